"""Rounds of scoring merge as a whole: what a round says was answered belongs to the answers that are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsb_desktop.operations.merging import Choice
from hsb_desktop.operations.questions import questions_of, settle_question
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import Subject, Value, ValueAddress
from tests.operations.merging import audit_at, conflicts_in, content, copied, enter, held, merge
from tests.store.files import HEALTH, POLICE, WAVE, address, of_police

SAID = of_police("1.1")


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return audit_at(tmp_path / "ours.hsbaudit")


def round_of(number: str = "1") -> ValueAddress:
    return address(Subject.ROUND, (WAVE, "1.1", number), "state")


def vote(agency: str, number: str = "1") -> ValueAddress:
    return address(Subject.VOTE, (WAVE, "1.1", number, agency), "answer")


def revealed(path: Path, score: Value, number: str = "1") -> None:
    """A round is run in which the police answer, and revealed."""
    enter(path, (round_of(number), "open"), (vote(POLICE, number), score))
    enter(path, (round_of(number), "revealed"), (SAID, score))


# As a whole -----------------------------------------------------------------------------------------------


def test_round_that_was_cancelled_here_and_revealed_there_comes_with_its_votes(ours: Path) -> None:
    enter(ours, (round_of(), "open"), (vote(POLICE), 3), (vote(HEALTH), 1))
    theirs = copied(ours, "theirs")
    enter(theirs, (vote(POLICE), None), (vote(HEALTH), None), (round_of(), None))
    enter(ours, (round_of(), "revealed"), (SAID, 3))
    kept = copied(theirs, "kept")
    merge(theirs, ours)
    assert (held(theirs, round_of()), held(theirs, vote(POLICE)), held(theirs, vote(HEALTH))) == (
        "revealed",
        3,
        1,
    )
    assert merge(theirs, ours).is_empty
    merge(ours, kept)
    assert content(ours) == content(theirs)


def test_vote_that_was_taken_back_here_is_there_again_in_a_round_that_was_revealed_there(ours: Path) -> None:
    enter(ours, (round_of(), "open"), (vote(POLICE), 3), (vote(HEALTH), 1))
    theirs = copied(ours, "theirs")
    enter(ours, (vote(POLICE), None))
    enter(theirs, (round_of(), "revealed"), (SAID, 3))
    merge(ours, theirs)
    assert (held(ours, round_of()), held(ours, vote(POLICE)), held(ours, SAID)) == ("revealed", 3, 3)


def test_vote_of_a_copy_in_which_the_round_is_still_open_is_not_among_those_that_come(ours: Path) -> None:
    enter(ours, (round_of(), "open"), (vote(POLICE), 3))
    theirs, still_open = copied(ours, "theirs"), copied(ours, "still open")
    enter(still_open, (vote(HEALTH), 4))
    enter(ours, (vote(POLICE), None), (round_of(), None))
    enter(theirs, (round_of(), "revealed"), (SAID, 3))
    merge(ours, still_open, theirs)
    assert (held(ours, round_of()), held(ours, vote(POLICE)), held(ours, vote(HEALTH))) == (
        "revealed",
        3,
        None,
    )


def test_round_that_was_revealed_in_both_keeps_a_vote_that_was_taken_back_out(ours: Path) -> None:
    revealed(ours, 3)
    theirs = copied(ours, "theirs")
    enter(ours, (vote(POLICE), None))
    enter(theirs, (vote(HEALTH), 2))
    merge(ours, theirs)
    assert (held(ours, vote(POLICE)), held(ours, vote(HEALTH))) == (None, 2)


# The vote belongs to the answer ---------------------------------------------------------------------------


def test_round_that_was_run_in_both_waits_with_the_answers_that_came_of_it(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    revealed(ours, 3)
    revealed(theirs, 1)
    merge(ours, theirs)
    assert (held(ours, SAID), held(ours, vote(POLICE))) == (1, 1)
    assert {row.address for row in conflicts_in(ours)} == {str(SAID), str(vote(POLICE))}


@pytest.mark.parametrize("choice", [Choice.OURS, Choice.THEIRS])
def test_choice_of_an_answer_is_the_choice_of_the_vote_that_it_came_of(choice: Choice, ours: Path) -> None:
    theirs = copied(ours, "theirs")
    revealed(ours, 3)
    revealed(theirs, 1)
    merge(ours, theirs, choices={str(SAID): choice})
    assert held(ours, vote(POLICE)) == held(ours, SAID)
    assert conflicts_in(ours) == ()
    assert merge(ours, theirs).is_empty


@pytest.mark.parametrize("choice", [Choice.OURS, Choice.THEIRS])
def test_vote_that_was_changed_before_one_of_the_copies_revealed_it_belongs_to_the_answer_chosen(
    choice: Choice, ours: Path
) -> None:
    enter(ours, (round_of(), "open"), (vote(POLICE), 1))
    theirs = copied(ours, "theirs")
    enter(ours, (round_of(), "revealed"), (SAID, 1))
    enter(theirs, (vote(POLICE), 3))
    enter(theirs, (round_of(), "revealed"), (SAID, 3))
    merge(ours, theirs, on_conflict=choice)
    assert held(ours, vote(POLICE)) == held(ours, SAID) == (1 if choice is Choice.OURS else 3)
    assert conflicts_in(ours) == ()
    assert merge(ours, theirs).is_empty


def test_choice_that_leaves_a_newer_answer_standing_leaves_its_vote(ours: Path) -> None:
    enter(ours, (SAID, 2))
    theirs = copied(ours, "theirs")
    enter(ours, (round_of(), "revealed"), (vote(POLICE), 2))
    revealed(theirs, 3)
    merge(ours, theirs, on_conflict=Choice.OURS)
    assert (held(ours, SAID), held(ours, vote(POLICE))) == (3, 3)
    assert conflicts_in(ours) == ()


@pytest.mark.parametrize("score", [1, 3])
def test_settling_an_answer_leaves_the_last_vote_and_the_answer_alike(score: int, ours: Path) -> None:
    enter(ours, (round_of(), "open"), (vote(POLICE), 1))
    theirs, apart = copied(ours, "theirs"), copied(ours, "apart")
    enter(ours, (round_of(), "revealed"), (SAID, 1))
    enter(theirs, (vote(POLICE), 3))
    enter(theirs, (round_of(), "revealed"), (SAID, 3))
    enter(apart, (vote(POLICE), None))
    enter(apart, (vote(POLICE), 3))
    enter(apart, (round_of(), "revealed"), (SAID, 3))
    for copy in (theirs, apart):
        here = copied(ours, f"here {copy.stem}")
        merge(here, copy)
        settle_in(here, score)
        assert last_vote(here) == held(here, SAID) == score
        assert conflicts_in(here) == ()


@pytest.mark.parametrize("alone", [1, 4])
@pytest.mark.parametrize("takes_what_was_said_alone", [True, False])
def test_settling_never_changes_a_vote_that_was_revealed_in_the_room_and_that_nobody_doubts(
    alone: int, takes_what_was_said_alone: bool, ours: Path
) -> None:
    """What an agency had answered alone, in its pack, becomes a further round where it stands in the end."""
    pack = copied(ours, "pack")
    revealed(ours, 2)
    enter(pack, (SAID, alone))
    merge(ours, pack)
    settle_in(ours, alone if takes_what_was_said_alone else 2)
    assert held(ours, vote(POLICE)) == 2
    assert held(ours, vote(POLICE, "2")) == (alone if takes_what_was_said_alone else None)
    assert last_vote(ours) == held(ours, SAID)
    assert conflicts_in(ours) == ()


def test_choice_of_an_answer_brings_no_vote_back_that_was_taken_out_here(ours: Path) -> None:
    revealed(ours, 3)
    theirs = copied(ours, "theirs")
    enter(ours, (vote(POLICE), None), (SAID, 1))
    enter(theirs, (SAID, None))
    enter(theirs, (SAID, 3), (vote(HEALTH), 2))
    merge(ours, theirs, on_conflict=Choice.THEIRS)
    assert (held(ours, SAID), held(ours, vote(POLICE)), held(ours, vote(HEALTH))) == (3, None, 2)


def test_settling_an_answer_finds_its_vote_in_the_round_in_which_the_agency_answered_last(
    ours: Path,
) -> None:
    theirs = copied(ours, "theirs")
    revealed(ours, 3)
    enter(ours, (round_of("2"), "revealed"), (vote(HEALTH, "2"), 2))
    revealed(theirs, 1)
    merge(ours, theirs)
    settle_in(ours, 3)
    assert (held(ours, vote(POLICE)), conflicts_in(ours)) == (3, ())


def test_settling_an_answer_that_is_not_the_last_vote_is_a_further_round(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (round_of(), "revealed"), (vote(POLICE), 4), (SAID, 3))
    enter(theirs, (SAID, 1))
    merge(ours, theirs)
    settle_in(ours, 1)
    assert (held(ours, SAID), held(ours, vote(POLICE)), held(ours, vote(POLICE, "2"))) == (1, 4, 1)


def last_vote(path: Path) -> object:
    votes = (held(path, vote(POLICE, number)) for number in ("3", "2", "1"))
    return next((given for given in votes if given is not None), None)


def settle_in(path: Path, score: int) -> None:
    with AuditFile.open(path) as file:
        audit = file.read()
        assert SAID in [question.address for question in questions_of(audit)]
        file.apply(settle_question(audit, SAID, score))
        assert file.check() == ()
