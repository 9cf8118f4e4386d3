"""What two copies of a value come to, over histories that nobody would think of."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import permutations
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsb_desktop.analysis.merging import (
    NOTHING,
    Choice,
    Head,
    Outcome,
    Side,
    ancestors,
    decide,
    merged_id,
    side_of,
)
from hsb_desktop.model import Conflict
from hsb_desktop.values import NO_VIEW, PARTNERSHIP, ResponseKey, Value, response_address
from tests.examples import examples

SCORE = response_address(ResponseKey("w1", "police", "1.1"), "score")
TEXT = response_address(ResponseKey("w1", PARTNERSHIP, "1.1"), "evidence")
COPIES = 4


@dataclass
class Copy:
    """What a file holds at one address."""

    value: Value = None
    revision_id: str = ""
    rows: tuple[Conflict, ...] = ()
    settled: frozenset[str] = frozenset()
    ancestry: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def edit(self, revision_id: str, value: Value) -> None:
        self.ancestry[revision_id] = (self.revision_id,) if self.revision_id else ()
        self.value, self.revision_id = value, revision_id

    def forked(self) -> Copy:
        return Copy(self.value, self.revision_id, self.rows, self.settled, dict(self.ancestry))

    def side(self) -> Side:
        return (
            side_of(self.value, self.revision_id, self.ancestry, self.rows) if self.revision_id else NOTHING
        )

    def merge(self, other: Copy, choice: Choice = Choice.BOTH) -> Outcome:
        ancestry = {**other.ancestry, **self.ancestry}
        decision = decide(SCORE, self.side(), other.side(), ancestry, choice, settled_there=other.settled)
        if decision.has_news:
            after = decision.after
            self.value, self.revision_id = after.value, after.revision_id
            self.put_rows(after.conflicts)
            ancestry.update(decision.made)
            # A file keeps what the value goes back to, and no more.
            needed = ancestors(ancestry, (self.revision_id,))
            self.ancestry |= {each: ancestry[each] for each in needed}
        return decision.outcome

    def put_rows(self, rows: tuple[Conflict, ...]) -> None:
        """A file remembers of a conflict that is gone that it was there."""
        gone = {row.conflict_id for row in self.rows} - {row.conflict_id for row in rows}
        self.rows, self.settled = rows, self.settled | gone

    @property
    def state(self) -> tuple[Value, str, tuple[Conflict, ...]]:
        return self.value, self.revision_id, self.rows

    @property
    def said(self) -> set[Value]:
        """Every answer that stands or waits in a conflict."""
        return {self.value, *(value for row in self.rows for value in (row.first_value, row.second_value))}


class Step(NamedTuple):
    """What happens to one copy; the other is what it is made from, or what is merged into it."""

    what: str
    one: int
    other: int
    value: Value


number = st.integers(0, COPIES - 1)
value = st.sampled_from([0, 1, 2, 3, 4, NO_VIEW, None])
what = st.sampled_from(["edit", "edit", "fork", "merge", "settle", "ours", "theirs"])
histories = st.lists(st.builds(Step, what, number, number, value), max_size=14)


def after(history: list[Step]) -> list[Copy]:
    """Copies of one audit after such a history."""
    copies = [Copy() for _ in range(COPIES)]
    for place, step in enumerate(history):
        copy, other = copies[step.one], copies[step.other].forked()
        # Ids in no order, so that nothing rests on which was made first.
        revision_id = f"{(place * 7919) % 101:03}-{place}"
        match step.what:
            case "edit":
                copy.edit(revision_id, step.value)
            case "fork":
                copies[step.one] = other
            case "merge":
                copy.merge(other)
            case "ours" | "theirs":
                copy.merge(other, Choice(step.what))
            case "settle" if copy.rows:
                copy.edit(revision_id, copy.rows[0].second_value)
                copy.put_rows(copy.rows[1:])
    return copies


def all_into(target: Copy, sources: tuple[Copy, ...]) -> Copy:
    merged = target.forked()
    for source in sources:
        merged.merge(source)
    return merged


@settings(max_examples=examples(300), deadline=None)
@given(histories)
def test_any_order_comes_to_the_same(history: list[Step]) -> None:
    target, *sources = after(history)
    states = {str(all_into(target, order).state) for order in permutations(sources)}
    assert len(states) == 1


@settings(max_examples=examples(150), deadline=None)
@given(histories)
def test_again_changes_nothing(history: list[Step]) -> None:
    target, *sources = after(history)
    once = all_into(target, tuple(sources))
    assert all_into(once, tuple(sources)).state == once.state
    assert all_into(once, (once,)).state == once.state


@settings(max_examples=examples(300), deadline=None)
@given(histories)
def test_nothing_that_was_entered_is_lost_or_invented(history: list[Step]) -> None:
    target, *sources = after(history)
    merged = all_into(target, tuple(sources))
    behind = ancestors(merged.ancestry, (merged.revision_id,))
    for copy in (target, *sources):
        for head in copy.side().heads:
            assert head.value in merged.said or head.revision_id in behind
        for row in copy.rows:
            assert row.first_value in merged.said or row.first_revision_id in behind
            assert row.second_value in merged.said or row.second_revision_id in behind
    assert merged.said <= {None}.union(*(copy.said for copy in (target, *sources)))


@settings(max_examples=examples(150), deadline=None)
@given(histories)
def test_nothing_empty_takes_the_place_of_something(history: list[Step]) -> None:
    target, *sources = after(history)
    merged = all_into(target, tuple(sources))
    assert target.value is None or merged.value is not None


@settings(max_examples=examples(150), deadline=None)
@given(histories)
def test_two_copies_come_to_the_same_answers_either_way(history: list[Step]) -> None:
    one, other, *_ = after(history)
    sides = one.side(), other.side()
    if any(side.value is None or side.emptied or side.kept for side in sides):
        # What was emptied, and a conflict that was typed over, stay so in their own copy only.
        return
    here, there = one.forked(), other.forked()
    here.merge(other)
    there.merge(one)
    assert here.state == there.state


@settings(max_examples=examples(800), deadline=None)
@given(histories, st.sampled_from([Choice.OURS, Choice.THEIRS]))
def test_choice_lets_go_of_the_answer_that_was_not_chosen_and_of_no_other(
    history: list[Step], choice: Choice
) -> None:
    one, other, *_ = after(history)
    before, not_chosen = one.forked(), (other if choice is Choice.OURS else one).value
    if one.merge(other, choice) is Outcome.CONFLICT:
        for copy, newer in ((before, other), (other, before)):
            gone_beyond = ancestors(newer.ancestry, (newer.revision_id,))
            for head in copy.side().heads:
                assert head.value in {*one.said, not_chosen} or head.revision_id in gone_beyond
    assert before.value is None or one.value is not None
    once = one.state
    one.merge(other)
    assert one.state == once


@pytest.mark.parametrize("choice, value", [(Choice.OURS, 3), (Choice.THEIRS, 1)])
def test_choice_stands_without_a_conflict_and_is_newer_for_all(choice: Choice, value: int) -> None:
    ours, theirs = Copy(), Copy()
    ours.edit("a", 3)
    theirs.edit("b", 1)
    assert ours.merge(theirs, choice) is Outcome.CONFLICT
    assert (ours.value, ours.rows) == (value, ())
    assert ours.merge(theirs) is Outcome.OLDER
    theirs.merge(ours)
    assert theirs.state == ours.state


def test_what_was_emptied_here_stays_out_whatever_comes_before_it() -> None:
    ours, apart = Copy(), Copy()
    ours.edit("a", 1)
    older = ours.forked()
    ours.edit("b", None)
    apart.edit("c", 4)
    one, other = all_into(ours, (older, apart)), all_into(ours, (apart, older))
    assert (one.value, one.rows) == (4, ())
    assert one.state == other.state


def test_conflict_that_was_typed_over_waits_where_it_was_and_is_gone_beyond_elsewhere() -> None:
    ours, theirs = Copy(), Copy()
    ours.edit("a", 0)
    theirs.edit("b", 1)
    theirs.merge(ours)
    ours.edit("c", 0)
    typed_over = theirs.forked()
    typed_over.edit("d", 0)
    one, other = all_into(ours, (theirs, typed_over)), all_into(ours, (typed_over, theirs))
    assert one.state == other.state
    assert (one.value, one.rows) == (0, ())
    assert typed_over.rows != ()


def test_hostile_ancestry_in_a_circle_ends() -> None:
    circle = {"a": ("b",), "b": ("a",)}
    assert ancestors(circle, ("a",)) == {"a", "b"}
    assert side_of(1, "a", circle).heads == (Head("a", 1),)


def test_conflict_rows_that_do_not_fit_the_value_count_for_nothing() -> None:
    both = merged_id("a", "b")
    row = Conflict("c", str(TEXT), "a", "one", "", "b", "another", "")
    side = side_of("a third", both, {both: ("a", "b")}, (row,))
    assert side.heads == (Head(both, "a third"),)
    assert side.kept == (row,)
