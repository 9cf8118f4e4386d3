"""What a merge does, one sentence after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hsb_desktop.interchange.text import shown
from hsb_desktop.operations.merge_places import in_words
from hsb_desktop.operations.merge_plan import MergeEntry, MergePlan, SourceCount

_MOST_NAMED = 12
"""Longer lists are cut off with how many more there are."""


def sentences_of(plan: MergePlan) -> tuple[str, ...]:
    """Return the plan in sentences: first by copy and in all, then what a person should look at."""
    return tuple(_sentences(plan))


def _sentences(plan: MergePlan) -> Iterator[str]:
    yield from map(_of_copy, plan.counts)
    if plan.is_empty:
        yield f"{shown(plan.target_name)} holds all of that already."
    else:
        changed, kept = plan.values_changed, plan.conflicts_kept
        twice = f", {'1 answer is' if kept == 1 else f'{kept} answers are'} kept twice" if kept else ""
        yield f"{_values(changed)} of {shown(plan.target_name)} {_change(changed)}{twice}."
    if plan.conflicts:
        count = len({entry.address for entry in plan.conflicts})
        yield f"{_values(count)} {_was(count)} answered differently in both:"
        yield from _listed(_conflict(entry) for entry in plan.conflicts)
    if plan.conflicts_kept:
        yield "Both answers are kept, with who gave them, until somebody settles which of them holds."
    if plan.cleared:
        count = len({entry.address for entry in plan.cleared})
        yield f"{_values(count)} {_was(count)} emptied in a copy and kept here:"
        yield from _listed(f"{entry.place} ({entry.source_name})" for entry in plan.cleared)
    reasons = dict.fromkeys((entry.source_name, entry.reason) for entry in plan.left_out)
    for name, reason in reasons:
        left_out = [entry for entry in plan.left_out if (entry.source_name, entry.reason) == (name, reason)]
        yield f"{_values(len(left_out))} of {name} left out. {reason}"
        yield from _listed(entry.place for entry in left_out)
    yield from plan.notices


def conflict_lines(plan: MergePlan) -> tuple[str, ...]:
    """Return a line for each value that was answered differently, all of them."""
    return tuple(_conflict(entry) for entry in plan.conflicts)


def _of_copy(count: SourceCount) -> str:
    parts = (
        (count.taken, "new or newer there"),
        (count.conflicts, "answered differently in both"),
        (count.joined, "the same in both"),
        (count.older, "older there"),
        (count.cleared, "emptied there and kept here"),
        (count.left_out, "left out"),
    )
    told = [f"{number} {words}" for number, words in parts if number]
    return f"{count.name}: {', '.join(told) or 'nothing that differs'}."


def _conflict(entry: MergeEntry) -> str:
    ours, theirs, after = (
        in_words(entry.address, value) for value in (entry.ours, entry.theirs, entry.after)
    )
    here = f"{ours} here{_by(entry.our_author)}"
    return f"{entry.place}: {here}, {theirs} in {entry.source_name}{_by(entry.their_author)}; {after} stands."


def _by(author: str) -> str:
    return f" by {shown(author)}" if author else ""


def _listed(lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    for line in found[:_MOST_NAMED]:
        yield f"  {line}"
    if len(found) > _MOST_NAMED:
        yield f"  and {len(found) - _MOST_NAMED} more"


def _values(count: int) -> str:
    return "1 value" if count == 1 else f"{count} values"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _change(count: int) -> str:
    return "changes" if count == 1 else "change"
