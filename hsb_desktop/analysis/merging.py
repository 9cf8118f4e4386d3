"""What comes of one value when two copies of an audit meet: ancestry of edits decides, never a clock.

A copy holds at an address the answers that nobody has gone beyond yet, its *heads*: one as a rule, several
where copies were merged and nobody has settled which of them holds. When copies meet, a head stays unless
the other copy knows it and has gone beyond it. That is a set, so it comes out the same in any order and as
often as one likes. Emptying a box is no head: it keeps older answers of others out of the copy in which it
happened, and takes nothing out of any other copy.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from hsb_desktop.model import Conflict
from hsb_desktop.values import NO_VIEW, FieldKind, Value, ValueAddress

Ancestry = Mapping[str, tuple[str, ...]]
"""By revision, its parents: none, one, or the two that were merged. What is not in it has none."""

_TWO_PARENTS = 2

_MERGED = uuid.UUID("5f0c7a52-3f43-5f7e-9d0b-6a2f1e8c4b11")
_OVER_EMPTIED = uuid.UUID("b8a3d1c6-52d5-5c1f-8a57-0e94d6f7a2c3")
_DECIDED = uuid.UUID("0d9e6b74-91aa-5b0e-b6c2-7c35f4f1de58")
_BROUGHT_BACK = uuid.UUID("c41f9b0a-7e66-5d2c-93f8-2b5a0d87e6f4")
_CONFLICT = uuid.UUID("e27d5c38-0b19-5a4d-8f61-4c9be3a07d95")
"""Fixed for good: every copy of the program must give the same merge the same ids."""


class Choice(StrEnum):
    """What a person wants where two copies answer differently."""

    BOTH = "both"
    OURS = "ours"
    THEIRS = "theirs"


class Outcome(StrEnum):
    """What the other copy means for a value of this one."""

    SAME = "same"
    OLDER = "older"
    TAKEN = "taken"
    JOINED = "joined"
    """Both copies say the same, by edits of their own."""
    CONFLICT = "conflict"
    CLEARED = "cleared there, kept here"


@dataclass(frozen=True, slots=True)
class Head:
    """An answer that nobody has gone beyond; the author is empty where nothing tells who gave it."""

    revision_id: str
    value: Value
    author: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """What one copy holds at an address."""

    value: Value = None
    revision_id: str = ""
    """Of the last edit; empty where nothing was ever entered."""
    heads: tuple[Head, ...] = ()
    """Sorted by revision; none where the box is empty and no conflict waits."""
    emptied: tuple[str, ...] = ()
    """The edits by which the box was emptied in this copy, before what stands there came from others."""
    kept: tuple[Conflict, ...] = ()
    """Conflicts whose answers were typed over, and that nobody has settled yet."""
    conflicts: tuple[Conflict, ...] = ()
    """All conflicts that are kept about this address, those of `kept` too."""


NOTHING = Side()

NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Decision:
    """What a value is after a merge, and the revisions that have to be made for it."""

    outcome: Outcome
    after: Side
    made: Mapping[str, tuple[str, ...]]
    """New revisions with their parents."""
    has_news: bool
    """Whether anything about the value has to be written."""


# What a copy holds ----------------------------------------------------------------------------------------


def merged_id(first: str, second: str) -> str:
    """Return the revision in which two edits are merged, the same in every copy."""
    return str(uuid.uuid5(_MERGED, f"{first} {second}"))


def side_of(
    value: Value,
    revision_id: str,
    ancestry: Ancestry,
    conflicts: Sequence[Conflict] = (),
    authors: Mapping[str, str] = NOBODY,
) -> Side:
    """Return what a copy holds, by the value in place, its revision and the conflicts about its address.

    `authors` says by revision who made it, as far as the copy's history knows.
    """
    if not conflicts and value is not None and len(ancestry.get(revision_id, ())) < _TWO_PARENTS:
        # What nearly every value is: one edit, one answer.
        return Side(value, revision_id, (Head(revision_id, value, authors.get(revision_id, "")),))
    rows = tuple(sorted(conflicts, key=lambda row: row.conflict_id))
    if value is None:
        # Of a conflict that nobody settled both answers still wait, although the box was emptied.
        answers = ((row.first_revision_id, row.first_value, row.first_author) for row in rows)
        others = ((row.second_revision_id, row.second_value, row.second_author) for row in rows)
        waiting = {each: (value, author) for each, value, author in (*answers, *others) if value is not None}
        heads = tuple(_head(each, *waiting[each], authors) for each in sorted(waiting))
        return Side(None, revision_id, heads, (revision_id,) if revision_id else (), (), rows)
    found, emptied = _expanded(revision_id, ancestry)
    disputed: dict[str, tuple[Value, str]] = {}
    for row in rows:
        if row.first_revision_id in found and row.second_revision_id in found:
            disputed[row.first_revision_id] = row.first_value, row.first_author
            disputed[row.second_revision_id] = row.second_value, row.second_author
    heads = tuple(_head(each, *disputed.get(each, (value, "")), authors) for each in sorted(found))
    if all(head.value != value for head in heads) or any(head.value is None for head in heads):
        # The rows do not fit what stands there: it is an answer of its own.
        heads, emptied = (_head(revision_id, value, "", authors),), frozenset()
    regular = frozenset(head.revision_id for head in heads)
    kept = tuple(row for row in rows if not {row.first_revision_id, row.second_revision_id} <= regular)
    return Side(value, revision_id, heads, tuple(sorted(emptied)), kept, rows)


def _head(revision_id: str, value: Value, author: str, authors: Mapping[str, str]) -> Head:
    return Head(revision_id, value, author or authors.get(revision_id, ""))


def _expanded(revision_id: str, ancestry: Ancestry) -> tuple[frozenset[str], frozenset[str]]:
    """Return the edits that a revision merged, and those that emptied the box before."""
    heads: set[str] = set()
    emptied: set[str] = set()
    seen: set[str] = set()
    waiting = [(revision_id, heads)]
    while waiting:
        each, into = waiting.pop()
        parents = ancestry.get(each, ())
        if each in seen:
            continue
        seen.add(each)
        if len(parents) != _TWO_PARENTS:
            into.add(each)
        elif each == merged_id(*parents):
            waiting += [(parent, into) for parent in parents]
        elif each == _over_emptied_id(*parents):
            waiting += [(parents[0], into), (parents[1], emptied)]
        else:
            into.add(each)
    return frozenset(heads), frozenset(emptied)


def _over_emptied_id(entered: str, emptied: str) -> str:
    return str(uuid.uuid5(_OVER_EMPTIED, f"{entered} {emptied}"))


def ancestors(ancestry: Ancestry, revision_ids: Iterable[str]) -> frozenset[str]:
    """Return these revisions and everything that they go back to."""
    seen: set[str] = set()
    waiting = list(revision_ids)
    while waiting:
        each = waiting.pop()
        if each and each not in seen:
            seen.add(each)
            waiting += ancestry.get(each, ())
    return frozenset(seen)


# Two copies meet ------------------------------------------------------------------------------------------


def decide(
    address: ValueAddress,
    ours: Side,
    theirs: Side,
    ancestry: Ancestry,
    choice: Choice = Choice.BOTH,
    *,
    settled_there: Collection[str] = (),
) -> Decision:
    """Return what a value is once another copy has been merged into this one.

    `ancestry` knows the edits of both copies. The `choice` counts where they answer differently. A conflict
    over which somebody typed another answer waits in that copy alone, until it is one of those, by their ids,
    that are `settled_there`; for all other copies what was typed is newer than both of its answers.
    """
    if not theirs.heads:
        return Decision(_of_nothing_there(ours, theirs, ancestry), ours, {}, has_news=False)
    if not ours.revision_id and not theirs.conflicts and not theirs.emptied:
        return Decision(Outcome.TAKEN, theirs, {}, has_news=True)
    known_here = ancestors(ancestry, (*(head.revision_id for head in ours.heads), *ours.emptied))
    known_there = ancestors(ancestry, (head.revision_id for head in theirs.heads))
    our_ids = {head.revision_id for head in ours.heads}
    their_ids = {head.revision_id for head in theirs.heads}
    staying = [h for h in ours.heads if h.revision_id in their_ids or h.revision_id not in known_there]
    coming = [h for h in theirs.heads if h.revision_id in our_ids or h.revision_id not in known_here]
    heads = _united(staying, coming) or ours.heads
    kept = tuple(row for row in ours.kept if row.conflict_id not in settled_there)
    if {head.revision_id for head in heads} == our_ids:
        outcome = Outcome.SAME if our_ids == their_ids else Outcome.OLDER
        return _with_rows(address, outcome, ours, heads, kept)
    outcome = _outcome(their_ids, staying, coming)
    if outcome is Outcome.CONFLICT and address.kind is FieldKind.POSITION:
        # In which order things are listed is not worth a question.
        outcome = Outcome.TAKEN
    if outcome is Outcome.CONFLICT and choice is not Choice.BOTH:
        value, other = ours.value, theirs.value
        if choice is Choice.THEIRS:
            value, other = other, value
        if value is not None:
            # Emptied over a conflict that still waits, a box says nothing that could be chosen.
            return _decided(address, value, other, heads, emptied=ours.emptied, kept=kept)
    after, made = _as_side(address, heads, ours.emptied, kept)
    if outcome is not Outcome.CONFLICT:
        says_the_same = (after.value, after.conflicts) == (ours.value, ours.conflicts)
        outcome = Outcome.JOINED if says_the_same else Outcome.TAKEN
    return Decision(outcome, after, made, has_news=True)


def brought_back(ours: Side, theirs: Side) -> Decision:
    """Return what stands again where a thing was taken away here and something new there belongs to it."""
    if not ours.revision_id:
        return Decision(Outcome.TAKEN, theirs, {}, has_news=True)
    revision_id = str(uuid.uuid5(_BROUGHT_BACK, f"{ours.revision_id} {theirs.revision_id}"))
    after = Side(theirs.value, revision_id, (Head(revision_id, theirs.value),))
    made = {revision_id: (ours.revision_id, theirs.revision_id)}
    return Decision(Outcome.TAKEN, after, made, has_news=True)


def held_to(address: ValueAddress, value: Value, decision: Decision) -> Decision:
    """Return a decision after which this value stands instead, by an edit beyond those that were to stand."""
    after = decision.after
    held = _decided(address, value, after.value, after.heads, emptied=after.emptied, kept=after.kept)
    return replace(held, outcome=decision.outcome, made={**decision.made, **held.made})


def _of_nothing_there(ours: Side, theirs: Side, ancestry: Ancestry) -> Outcome:
    if not theirs.revision_id or theirs.revision_id in ancestors(ancestry, (ours.revision_id,)):
        return Outcome.SAME if theirs.revision_id == ours.revision_id else Outcome.OLDER
    return Outcome.CLEARED if ours.heads else Outcome.SAME


def _outcome(their_ids: set[str], staying: list[Head], coming: list[Head]) -> Outcome:
    """Return what it is where something comes from there."""
    if all(head.revision_id in their_ids for head in staying):
        return Outcome.TAKEN
    said_here, said_there = {head.value for head in staying}, {head.value for head in coming}
    return Outcome.JOINED if said_there <= said_here else Outcome.CONFLICT


def _united(staying: list[Head], coming: list[Head]) -> tuple[Head, ...]:
    heads = {head.revision_id: head for head in coming}
    for head in staying:
        other = heads.get(head.revision_id)
        heads[head.revision_id] = head if other is None or head.author else other
    return tuple(heads[each] for each in sorted(heads))


def _united_rows(*sides: tuple[Conflict, ...]) -> tuple[Conflict, ...]:
    rows: dict[str, Conflict] = {}
    for row in (row for side in sides for row in side):
        rows.setdefault(row.conflict_id, row)
    return tuple(rows[each] for each in sorted(rows))


# What is written ------------------------------------------------------------------------------------------


def _decided(
    address: ValueAddress,
    value: Value,
    other: Value,
    heads: tuple[Head, ...],
    *,
    emptied: tuple[str, ...],
    kept: tuple[Conflict, ...],
) -> Decision:
    """One side's answer over the other's: an edit beyond these two, the same whoever makes it.

    Further answers that waited to be settled were in nobody's question, and still wait.
    """
    asked = tuple(head for head in heads if head.value in (value, other))
    waiting = tuple(head for head in heads if head not in asked)
    parent, made = _folded(asked, () if waiting else emptied)
    revision_id = str(uuid.uuid5(_DECIDED, f"{parent} {value!r}"))
    made[revision_id] = (parent,)
    decided = Head(revision_id, value)
    if not waiting:
        after = Side(value, revision_id, (decided,), (), kept, kept)
        return Decision(Outcome.CONFLICT, after, made, has_news=True)
    after, folded = _as_side(address, _united([decided], list(waiting)), emptied, kept)
    return Decision(Outcome.CONFLICT, after, made | folded, has_news=True)


def _with_rows(
    address: ValueAddress, outcome: Outcome, ours: Side, heads: tuple[Head, ...], kept: tuple[Conflict, ...]
) -> Decision:
    """Nothing comes but, at most, who gave an answer, or that a conflict is settled."""
    if not ours.conflicts or ours.value is None:
        return Decision(outcome, ours, {}, has_news=False)
    rows = _united_rows(_rows(address, ours.value, heads), kept)
    after = replace(ours, heads=heads, kept=kept, conflicts=rows)
    has_news = rows != ours.conflicts
    return Decision(outcome, after if has_news else ours, {}, has_news)


def _as_side(
    address: ValueAddress, heads: tuple[Head, ...], emptied: tuple[str, ...], kept: tuple[Conflict, ...]
) -> tuple[Side, dict[str, tuple[str, ...]]]:
    revision_id, made = _folded(heads, emptied)
    value = _in_place(address.kind, heads)
    rows = _united_rows(_rows(address, value, heads), kept)
    return Side(value, revision_id, heads, emptied, kept, rows), made


def _folded(heads: tuple[Head, ...], emptied: tuple[str, ...]) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Return the revision that stands for all these edits, and those that have to be made for it."""
    made: dict[str, tuple[str, ...]] = {}

    def fold(revision_ids: Iterable[str]) -> str:
        first, *others = sorted(revision_ids)
        for other in others:
            pair = first, other
            first = merged_id(*pair)
            made[first] = pair
        return first

    revision_id = fold(head.revision_id for head in heads)
    if emptied:
        pair = revision_id, fold(emptied)
        revision_id = _over_emptied_id(*pair)
        made[revision_id] = pair
    return revision_id, made


def _in_place(kind: FieldKind, heads: tuple[Head, ...]) -> Value:
    """Return the answer that stands while a conflict waits: the lowest score, else that of the first edit."""
    if kind in (FieldKind.SCORE, FieldKind.ANSWER):
        scores = [head.value for head in heads if isinstance(head.value, int)]
        return min(scores) if scores else NO_VIEW
    return heads[0].value


def _rows(address: ValueAddress, value: Value, heads: tuple[Head, ...]) -> tuple[Conflict, ...]:
    """Return a conflict for each answer but the one in place and those that agree with it."""
    if address.kind is FieldKind.POSITION:
        return ()
    standing = next(head for head in heads if head.value == value)
    return tuple(_row(address, standing, head) for head in heads if head.value != value)


def _row(address: ValueAddress, one: Head, other: Head) -> Conflict:
    first, second = sorted((one, other), key=lambda head: head.revision_id)
    name = f"{address} {first.revision_id} {second.revision_id}"
    return Conflict(
        str(uuid.uuid5(_CONFLICT, name)),
        str(address),
        first.revision_id,
        first.value,
        first.author,
        second.revision_id,
        second.value,
        second.author,
    )
