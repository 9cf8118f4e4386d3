"""What a merge would do, as frozen values: shown before anything is written, and written as it was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hsb_desktop.operations.merge_places import Places
from hsb_desktop.store.merge_writing import MergedValue
from hsb_desktop.values import REQUIRED_FIELD, ChangeSet, Subject, Value, ValueAddress


@dataclass(frozen=True, slots=True)
class MergeEntry:
    """One value at which an audit and a copy of it were compared, and what comes of it."""

    address: ValueAddress
    source_name: str
    ours: Value
    theirs: Value
    after: Value
    """What stands in the audit after the merge."""
    our_author: str = ""
    """Empty where nothing tells."""
    their_author: str = ""
    reason: str = ""
    """Why it is left out; empty for all others."""
    places: Places = field(default_factory=Places, repr=False, compare=False)

    @property
    def place(self) -> str:
        """Where it stands, in words: of thousands of entries a person sees a few."""
        return self.places.place(self.address)


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How many values of one copy were compared, by what came of them."""

    name: str
    taken: int = 0
    joined: int = 0
    """The same in both, entered in each."""
    older: int = 0
    conflicts: int = 0
    cleared: int = 0
    """Emptied there, kept here."""
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging one or several copies into an audit would do."""

    target_name: str
    counts: tuple[SourceCount, ...]
    """By copy, in the order in which they were given."""
    taken: tuple[MergeEntry, ...]
    conflicts: tuple[MergeEntry, ...]
    """What was answered differently in both, each a question to a person; see `after` for what stands."""
    cleared: tuple[MergeEntry, ...]
    left_out: tuple[MergeEntry, ...]
    notices: tuple[str, ...]
    change_set: ChangeSet
    """What changes in the audit as people see it, for undo: conflicts that are kept are in it."""
    values: tuple[MergedValue, ...] = field(repr=False)
    """What is written: also values that only get another revision."""
    ancestry: Mapping[str, tuple[str, ...]] = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether the copies hold nothing that this audit lacks."""
        return not self.values

    def with_notices(self, notices: tuple[str, ...]) -> MergePlan:
        """Return the same plan that tells these first: what of the sources no answer comes of."""
        return replace(self, notices=(*notices, *self.notices)) if notices else self

    @property
    def conflicts_kept(self) -> int:
        """How many conflicts wait to be settled after the merge and did not before."""
        required = Subject.CONFLICT, REQUIRED_FIELD[Subject.CONFLICT]
        return sum(
            (change.address.subject, change.address.field) == required and change.before is None
            for change in self.change_set.changes
        )

    @property
    def values_changed(self) -> int:
        """How many boxes hold something else after the merge."""
        return len({entry.address for entry in (*self.taken, *self.conflicts) if entry.after != entry.ours})
