"""What a merge does in the situations that people get into, one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hsb_desktop.model import Audit
from hsb_desktop.operations.merge_sentences import sentences_of
from hsb_desktop.operations.merging import Choice, redo_plan, undo_plan
from hsb_desktop.operations.settling import settle_with_first, settle_with_second
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import ChangeSet, Subject, Value
from tests.faults.merge_histories import lost_in
from tests.operations.merging import (
    audit_at,
    conflicts_in,
    content,
    copied,
    enter,
    held,
    merge,
    planned,
    shared,
)
from tests.store.files import EVIDENCE, HEALTH, SCORE, address, agreed, of_police

ANN, BOB = "Ann Thistlewood", "Bob Fennimore"


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return audit_at(tmp_path / "ours.hsbaudit")


def test_changed_there_is_taken(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(theirs, (SCORE, 3), author=ANN)
    plan = merge(ours, theirs)
    assert held(ours, SCORE) == 3
    assert [(entry.address, entry.after, entry.their_author) for entry in plan.taken] == [(SCORE, 3, ANN)]
    with AuditFile.open(ours) as file:
        (entry,) = file.history(SCORE)
    assert (entry.author, entry.label, entry.before, entry.after) == (
        ANN,
        "merged from theirs.hsbaudit",
        None,
        3,
    )


def test_changed_here_is_kept(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 3))
    before = ours.read_bytes()
    assert merge(ours, theirs).is_empty
    assert ours.read_bytes() == before


def test_newer_there_replaces_what_it_was_made_from(ours: Path) -> None:
    enter(ours, (SCORE, 1))
    theirs = copied(ours, "theirs")
    enter(theirs, (SCORE, 2))
    enter(theirs, (SCORE, 4))
    merge(ours, theirs)
    assert (held(ours, SCORE), conflicts_in(ours)) == (4, ())


def test_older_there_replaces_nothing(ours: Path) -> None:
    enter(ours, (SCORE, 1))
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 2))
    plan = merge(ours, theirs)
    assert (held(ours, SCORE), plan.is_empty, plan.counts[0].older) == (2, True, 1)


def test_changed_in_both_to_the_same_is_joined_and_no_question(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 2))
    enter(theirs, (SCORE, 2))
    plan = merge(ours, theirs)
    assert (held(ours, SCORE), conflicts_in(ours), plan.counts[0].joined) == (2, (), 1)
    assert plan.change_set.changes == ()
    # What either of them does next is newer for both.
    enter(ours, (SCORE, 3))
    merge(theirs, ours)
    assert (held(theirs, SCORE), conflicts_in(theirs)) == (3, ())


def test_changed_in_both_differently_keeps_both_with_their_authors(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (EVIDENCE, "We say this."), author=ANN)
    enter(theirs, (EVIDENCE, "They say that."), author=BOB)
    merge(ours, theirs)
    (row,) = conflicts_in(ours)
    assert {row.first_value: row.first_author, row.second_value: row.second_author} == {
        "We say this.": ANN,
        "They say that.": BOB,
    }
    assert row.first_revision_id < row.second_revision_id
    assert held(ours, EVIDENCE) == row.first_value
    assert row.address == str(EVIDENCE)


def test_what_it_will_do_says_that_answers_are_kept_twice(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 1), (EVIDENCE, "We say this."))
    enter(theirs, (SCORE, 3))
    said = sentences_of(planned(ours, theirs))
    assert "0 values of ours.hsbaudit change, 1 answer is kept twice." in said
    enter(theirs, (EVIDENCE, "They say that."))
    said = sentences_of(planned(ours, theirs))
    # Which of two texts stands is told by their revisions.
    assert ", 2 answers are kept twice." in " ".join(said)
    merge(ours, theirs)
    assert not any("kept twice" in line for line in sentences_of(planned(ours, theirs)))


@pytest.mark.parametrize("here, there", [(1, 3), (3, 1)])
def test_of_two_scores_the_lower_stands_until_it_is_settled(ours: Path, here: int, there: int) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, here))
    enter(theirs, (SCORE, there))
    merge(ours, theirs)
    assert held(ours, SCORE) == 1
    assert len(conflicts_in(ours)) == 1


def test_score_stands_against_no_view(ours: Path) -> None:
    theirs, place = copied(ours, "theirs"), of_police("1.1")
    enter(ours, (place, "no view"))
    enter(theirs, (place, 4))
    merge(ours, theirs)
    (row,) = conflicts_in(ours)
    assert (held(ours, place), {row.first_value, row.second_value}) == (4, {4, "no view"})


def test_deleted_there_is_kept_here_and_said(ours: Path) -> None:
    enter(ours, (SCORE, 3))
    theirs = copied(ours, "theirs")
    enter(theirs, (SCORE, None))
    plan = merge(ours, theirs)
    assert (held(ours, SCORE), plan.is_empty) == (3, True)
    assert [(entry.address, entry.ours, entry.theirs) for entry in plan.cleared] == [(SCORE, 3, None)]


def test_deleted_here_stays_deleted(ours: Path) -> None:
    enter(ours, (SCORE, 3))
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, None))
    assert merge(ours, theirs).is_empty
    assert held(ours, SCORE) is None


def test_deleted_there_but_changed_here_is_kept_and_said(ours: Path) -> None:
    enter(ours, (SCORE, 3))
    theirs = copied(ours, "theirs")
    enter(theirs, (SCORE, None))
    enter(ours, (SCORE, 2))
    plan = merge(ours, theirs)
    assert (held(ours, SCORE), len(plan.cleared), conflicts_in(ours)) == (2, 1, ())


def test_deleted_here_but_changed_there_is_taken(ours: Path) -> None:
    enter(ours, (SCORE, 3))
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, None))
    enter(theirs, (SCORE, 2))
    merge(ours, theirs)
    assert (held(ours, SCORE), conflicts_in(ours)) == (2, ())


def test_merged_twice_changes_nothing_more(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 1), (EVIDENCE, "Here."))
    enter(theirs, (SCORE, 2), (EVIDENCE, "There."))
    merge(ours, theirs)
    before = ours.read_bytes()
    assert merge(ours, theirs).is_empty
    assert ours.read_bytes() == before


def test_merged_into_itself_changes_nothing(ours: Path) -> None:
    enter(ours, (SCORE, 1))
    plan = merge(ours, copied(ours, "theirs"))
    assert (plan.is_empty, plan.counts[0].taken, plan.counts[0].older) == (True, 0, 0)


def test_both_copies_come_to_the_same_whichever_is_merged_into_which(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 1), (EVIDENCE, "Here."), author=ANN)
    enter(theirs, (SCORE, 2), (EVIDENCE, "There."), author=BOB)
    kept = copied(ours, "kept")
    merge(ours, theirs)
    merge(theirs, kept)
    assert content(ours) == content(theirs)


def test_three_copies_in_a_ring_come_to_the_same(ours: Path) -> None:
    second, third = copied(ours, "second"), copied(ours, "third")
    for path, score in ((ours, 3), (second, 1), (third, 2)):
        enter(path, (SCORE, score), author=f"author of {score}")
    for target, source in ((ours, second), (second, third), (third, ours), (ours, third), (second, ours)):
        merge(target, source)
    assert content(ours) == content(second) == content(third)
    rows = conflicts_in(ours)
    assert held(ours, SCORE) == 1
    assert {value for row in rows for value in (row.first_value, row.second_value)} == {1, 2, 3}


def test_created_in_both_is_two_agencies_and_is_said(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (address(Subject.AGENCY, ("new-here",), "name"), "Youth Justice"))
    enter(theirs, (address(Subject.AGENCY, ("new-there",), "name"), " youth justice "))
    plan = merge(ours, theirs)
    assert {"Youth Justice", " youth justice "} <= set(content(ours).values())
    assert any("two agencies of that name" in notice for notice in plan.notices)


def test_renamed_agency_keeps_its_answers(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(theirs, (address(Subject.AGENCY, ("police",), "name"), "Police and Crime"))
    enter(ours, (of_police("1.1"), 2))
    merge(ours, theirs)
    assert held(ours, address(Subject.AGENCY, ("police",), "name")) == "Police and Crime"
    assert held(ours, of_police("1.1")) == 2


def test_moved_agency_is_no_question(ours: Path) -> None:
    theirs, place = copied(ours, "theirs"), address(Subject.AGENCY, (HEALTH,), "position")
    enter(ours, (place, 2))
    enter(theirs, (place, 7))
    merge(ours, theirs)
    assert conflicts_in(ours) == ()
    assert held(ours, place) in (2, 7)


def test_agency_taken_away_here_is_back_with_what_it_answered_there(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (address(Subject.AGENCY, ("police",), "name"), None))
    enter(theirs, (of_police("1.1"), 2))
    plan = merge(ours, theirs)
    assert held(ours, address(Subject.AGENCY, ("police",), "name")) == "Northmoor Police"
    assert held(ours, of_police("1.1")) == 2
    assert any("it is back" in notice for notice in plan.notices)
    assert merge(ours, theirs).is_empty


def test_copy_without_history_merges_as_well(ours: Path) -> None:
    enter(ours, (SCORE, 1), (EVIDENCE, "Before."), author=ANN)
    theirs = shared(ours, "theirs")
    enter(theirs, (SCORE, 2), author=BOB)
    enter(ours, (EVIDENCE, "After."), author=ANN)
    merge(ours, theirs)
    assert (held(ours, SCORE), held(ours, EVIDENCE), conflicts_in(ours)) == (2, "After.", ())


def test_author_is_named_whichever_of_the_copies_knows(ours: Path) -> None:
    known, other = copied(ours, "known"), copied(ours, "other")
    enter(known, (SCORE, 1), author=ANN)
    enter(other, (SCORE, 2), author=BOB)
    merge(ours, shared(known, "unknown"), known, other)
    (row,) = conflicts_in(ours)
    assert {row.first_author, row.second_author} == {ANN, BOB}
    assert merge(ours, known, other).is_empty


def test_settled_there_is_settled_here(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 1))
    enter(theirs, (SCORE, 2))
    merge(ours, theirs)
    settled = copied(ours, "settled")
    with AuditFile.open(settled) as file:
        audit = file.read()
        (row,) = audit.conflicts
        first = row.first_value
        file.apply(settle_with_first(audit, row.conflict_id))
        assert file.read().conflicts == ()
    merge(ours, settled)
    assert (held(ours, SCORE), conflicts_in(ours)) == (first, ())
    assert merge(ours, theirs).is_empty


@pytest.mark.parametrize("settle", [settle_with_first, settle_with_second])
def test_what_both_had_said_alike_and_one_settled_otherwise_is_not_asked_again(
    settle: Callable[[Audit, str], ChangeSet], ours: Path
) -> None:
    """The copy in which two equal answers were joined holds nothing that nobody knew who settled it."""
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 0))
    enter(theirs, (SCORE, 0))
    merge(theirs, ours)
    enter(ours, (SCORE, 3))
    merge(ours, theirs)
    with AuditFile.open(ours) as file:
        audit = file.read()
        (row,) = audit.conflicts
        settled = settle(audit, row.conflict_id)
        file.apply(settled)
    stands = held(ours, SCORE)
    assert stands == (row.first_value if settle is settle_with_first else row.second_value)
    assert merge(ours, theirs).is_empty
    with AuditFile.open(ours) as file, AuditFile.open(theirs) as other:
        assert lost_in(file, [other]) == []
    merge(theirs, ours)
    assert (held(theirs, SCORE), conflicts_in(theirs)) == (stands, ())


def test_settling_is_one_step_that_undo_takes_back(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 1))
    enter(theirs, (SCORE, 2))
    merge(ours, theirs)
    before = content(ours)
    with AuditFile.open(ours) as file:
        changes = settle_with_second(file.read(), file.read().conflicts[0].conflict_id)
        file.apply(changes)
        assert file.read().conflicts == ()
        file.apply(changes.reversed())
    assert content(ours) == before


def test_merge_is_one_step_that_undo_takes_back(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 1))
    enter(theirs, (SCORE, 2), (EVIDENCE, "There."))
    before = content(ours)
    plan = merge(ours, theirs)
    after = content(ours)
    with AuditFile.open(ours) as file:
        file.apply(plan.change_set.reversed())
    assert content(ours) == before
    with AuditFile.open(ours) as file:
        file.apply(plan.change_set)
        assert file.check() == ()
    assert content(ours) == after


def test_merge_that_was_taken_back_can_be_made_again_with_another_choice(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 1), (EVIDENCE, "Here."))
    enter(theirs, (SCORE, 2), (agreed("1.2"), 3))
    before = content(ours)
    plan = merge(ours, theirs)
    after = content(ours)
    with AuditFile.open(ours) as file:
        undo_plan(file, plan)
        assert file.check() == ()
    assert content(ours) == before
    with AuditFile.open(ours) as file:
        redo_plan(file, plan)
        assert content(ours) == after
        undo_plan(file, plan)
    merge(ours, theirs, on_conflict=Choice.THEIRS)
    assert (held(ours, SCORE), held(ours, agreed("1.2")), conflicts_in(ours)) == (2, 3, ())


def test_merge_is_taken_back_also_where_something_was_edited_since(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(theirs, (SCORE, 2), (agreed("1.2"), 3))
    before = content(ours)
    plan = merge(ours, theirs)
    after = content(ours)
    enter(ours, (SCORE, 4))
    enter(ours, (SCORE, 2))
    with AuditFile.open(ours) as file:
        undo_plan(file, plan)
    assert content(ours) == before
    with AuditFile.open(ours) as file:
        redo_plan(file, plan)
    assert content(ours) == after


def test_merge_that_was_taken_back_after_an_edit_and_its_undo_can_be_made_again(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (EVIDENCE, "Here."))
    enter(theirs, (SCORE, 3), (EVIDENCE, "There."))
    before = content(ours)
    plan = merge(ours, theirs)
    after = content(ours)
    enter(ours, (SCORE, 4))
    enter(ours, (SCORE, 3))
    with AuditFile.open(ours) as file:
        undo_plan(file, plan)
        assert file.check() == ()
    assert content(ours) == before
    merge(ours, theirs)
    assert content(ours).keys() == after.keys()
    assert (held(ours, SCORE), len(conflicts_in(ours))) == (3, 1)


def test_choice_of_a_box_that_was_emptied_over_a_conflict_takes_nothing_out(ours: Path) -> None:
    theirs, third = copied(ours, "theirs"), copied(ours, "third")
    enter(theirs, (EVIDENCE, "There."))
    enter(third, (EVIDENCE, "Third."))
    merge(theirs, third)
    enter(theirs, (EVIDENCE, None))
    enter(ours, (EVIDENCE, "Here."))
    merge(ours, theirs, on_conflict=Choice.THEIRS)
    assert {"Here.", "There.", "Third."} <= values_in(ours)


def test_choice_between_two_answers_leaves_a_third_that_waited_before(ours: Path) -> None:
    for choice in (Choice.OURS, Choice.THEIRS):
        here = copied(ours, f"here {choice}")
        theirs, third = copied(ours, "theirs"), copied(ours, "third")
        enter(here, (EVIDENCE, "Here."))
        enter(third, (EVIDENCE, "Third."))
        enter(theirs, (EVIDENCE, "There."))
        merge(here, third)
        (entry,) = merge(here, theirs, on_conflict=choice).conflicts
        chosen, other = (entry.ours, entry.theirs) if choice is Choice.OURS else (entry.theirs, entry.ours)
        waiting = {"Here.", "There.", "Third."} - {other}
        (row,) = conflicts_in(here)
        assert {row.first_value, row.second_value} == waiting
        assert chosen in waiting
        assert merge(here, theirs).is_empty


def test_choice_leaves_a_conflict_that_was_typed_over(ours: Path) -> None:
    theirs, third = copied(ours, "theirs"), copied(ours, "third")
    enter(ours, (EVIDENCE, "Here."))
    enter(third, (EVIDENCE, "Third."))
    merge(ours, third)
    enter(ours, (EVIDENCE, "Typed over both."))
    enter(theirs, (EVIDENCE, "There."))
    merge(ours, theirs, on_conflict=Choice.THEIRS)
    assert held(ours, EVIDENCE) == "There."
    assert {"Here.", "Third."} <= values_in(ours)


def test_plan_writes_nothing(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(theirs, (SCORE, 2))
    before = ours.read_bytes(), theirs.read_bytes()
    planned(ours, theirs)
    assert (ours.read_bytes(), theirs.read_bytes()) == before


def values_in(path: Path) -> set[Value]:
    return set(content(path).values())


def test_new_wave_and_its_answers_come_together(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    score = agreed("1.1")._replace(key=("w9", "partnership", "1.1"))
    enter(theirs, (address(Subject.WAVE, ("w9",), "label"), "Six months"), (score, 4))
    merge(ours, theirs)
    assert held(ours, score) == 4
    assert "Six months" in values_in(ours)
