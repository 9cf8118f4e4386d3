"""One box that was answered differently, with everything that was answered in it, before a merge."""

from __future__ import annotations

from dataclasses import dataclass

from hsb_desktop.analysis.merging import Choice
from hsb_desktop.operations.merge_plan import MergeEntry
from hsb_desktop.operations.merge_preview import Preview
from hsb_desktop.values import Value


@dataclass(frozen=True, slots=True)
class MergeQuestion:
    """A question to the person who merges; the entries are of one address, one for each copy."""

    address: str
    entries: tuple[MergeEntry, ...]

    @property
    def first(self) -> MergeEntry:
        """The one whose "ours" is what stands here now."""
        return self.entries[0]

    def can_be(self, choice: Choice) -> bool:
        """Whether a choice is clear: with several copies nothing says whose answer "theirs" would be."""
        return choice is not Choice.THEIRS or len(self.entries) == 1

    def after(self, choice: Choice) -> Value:
        """Return what would stand in the box."""
        if choice is Choice.BOTH:
            return self.entries[-1].after
        return self.first.ours if choice is Choice.OURS else self.entries[-1].theirs


def questions_in(preview: Preview) -> dict[str, MergeQuestion]:
    """Return the questions of a merge by address, in order."""
    entries: dict[str, list[MergeEntry]] = {}
    for entry in preview.plan.conflicts:
        entries.setdefault(str(entry.address), []).append(entry)
    return {address: MergeQuestion(address, tuple(found)) for address, found in entries.items()}
