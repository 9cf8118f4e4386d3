"""Blindness by construction: of an open round nobody learns more than who has been recorded."""

from __future__ import annotations

from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.analysis import attendance, rounds
from hsb_desktop.model import Answer
from hsb_desktop.values import (
    NO_VIEW,
    OPEN,
    REVEALED,
    ResponseKey,
    RoundKey,
    Subject,
    ValueAddress,
    VoteKey,
    response_address,
)
from tests.analysis.agencies import STATEMENT, answered, attended_by, with_round
from tests.analysis.audits import AGENCIES, WAVE

ANSWERS: st.SearchStrategy[Answer] = st.one_of(st.integers(0, 4), st.just(NO_VIEW))
VOTES = st.dictionaries(st.sampled_from(AGENCIES), ANSWERS)


def recorded(state: rounds.OpenRound | None) -> tuple[list[str], list[str]]:
    assert state is not None
    return [a.agency_id for a in state.recorded], [a.agency_id for a in state.waited_for]


def test_without_a_round_nothing_is_open_and_nothing_was_revealed() -> None:
    audit = answered({"police": 1})
    assert rounds.open_round(audit, WAVE, STATEMENT) is None
    assert rounds.last_round(audit, WAVE, STATEMENT) is None
    assert rounds.state_of_open_round(audit, WAVE, STATEMENT) is None
    assert rounds.revealed_rounds(audit, WAVE, STATEMENT) == ()


def test_an_open_round_says_who_is_recorded_and_who_is_waited_for() -> None:
    audit = with_round(answered({}), {"education": 0, "police": NO_VIEW})
    state = rounds.state_of_open_round(audit, WAVE, STATEMENT)
    assert recorded(state) == (["police", "education"], ["health"])


def test_a_vote_is_complete_when_every_agency_that_takes_part_is_recorded() -> None:
    audit = with_round(attended_by(answered({}), "police", "health"), {"police": 1})
    state = rounds.state_of_open_round(audit, WAVE, STATEMENT)
    assert state is not None
    assert (recorded(state), state.is_complete) == ((["police"], ["health"]), False)
    state = rounds.state_of_open_round(with_round(audit, {"health": 1}), WAVE, STATEMENT)
    assert state is not None
    assert state.is_complete


def test_where_no_attendance_is_noted_all_agencies_take_part() -> None:
    audit = answered({})
    assert attendance.taking_part(audit, WAVE) == audit.agencies
    assert [a.agency_id for a in attendance.taking_part(attended_by(audit, "health"), WAVE)] == ["health"]


@given(first=VOTES, second=VOTES)
def test_what_is_said_of_an_open_round_is_the_same_whatever_was_answered(
    first: dict[str, Answer], second: dict[str, Answer]
) -> None:
    """Two votes of the same agencies cannot be told apart."""
    second = {name: second.get(name, 0) for name in first}
    said = [
        rounds.state_of_open_round(with_round(answered({}), votes), WAVE, STATEMENT)
        for votes in (first, second)
    ]
    assert said[0] == said[1]
    assert said[0] is not None
    assert NO_VIEW not in str(asdict(said[0]))


def test_a_further_round_is_open_beside_one_that_was_revealed() -> None:
    audit = with_round(answered({"police": 3}), {"police": 3}, REVEALED)
    audit = with_round(audit, {"police": 1}, OPEN, "2")
    assert rounds.open_round(audit, WAVE, STATEMENT) == RoundKey(WAVE, STATEMENT, "2")
    assert rounds.last_revealed_round(audit, WAVE, STATEMENT) == RoundKey(WAVE, STATEMENT, "1")
    assert rounds.last_round(audit, WAVE, STATEMENT) == RoundKey(WAVE, STATEMENT, "2")


def test_the_record_has_revealed_rounds_only() -> None:
    audit = with_round(answered({}), {"health": 3, "police": NO_VIEW}, REVEALED)
    audit = with_round(audit, {"police": 1}, OPEN, "2")
    (only,) = rounds.revealed_rounds(audit, WAVE, STATEMENT)
    assert [(a.agency_id, answer) for a, answer in only.answers] == [("police", NO_VIEW), ("health", 3)]


def test_rounds_of_other_statements_and_waves_are_their_own() -> None:
    audit = with_round(answered({}), {"police": 1})
    assert rounds.open_round(audit, "w2", STATEMENT) is None
    assert rounds.open_round(audit, WAVE, "3.3") is None


def test_open_rounds_are_listed_in_the_order_of_the_form() -> None:
    audit = with_round(with_round(answered({}), {}, statement="3.3"), {}, statement="1.6b")
    audit = with_round(audit, {}, REVEALED, statement="1.1")
    assert [key.statement_id for key in rounds.open_rounds(audit)] == ["1.6b", "3.3"]
    assert rounds.open_rounds(audit, "w2") == ()


@given(opened=VOTES, revealed=VOTES)
def test_a_copy_without_open_votes_holds_every_other_value(
    opened: dict[str, Answer], revealed: dict[str, Answer]
) -> None:
    audit = with_round(with_round(answered({"police": 2}), revealed, REVEALED), opened, OPEN, "2")
    told = dict(rounds.without_open_votes(audit).values())
    hidden = {VoteKey(WAVE, STATEMENT, "2", name) for name in opened}
    assert told == {
        address: value
        for address, value in audit.values()
        if address.subject is not Subject.VOTE or VoteKey(*address.key) not in hidden
    }


def test_an_audit_without_open_rounds_is_not_copied() -> None:
    audit = with_round(answered({}), {"police": 1}, REVEALED)
    assert rounds.without_open_votes(audit) is audit


def test_only_votes_that_were_not_revealed_are_hidden() -> None:
    audit = with_round(with_round(answered({}), {"police": 1}, REVEALED), {"police": 2}, OPEN, "2")

    def vote(number: str) -> ValueAddress:
        return ValueAddress(Subject.VOTE, (WAVE, STATEMENT, number, "police"), "answer")

    assert [rounds.is_hidden(audit, vote(number)) for number in "123"] == [False, True, True]
    assert not rounds.is_hidden(audit, response_address(ResponseKey(WAVE, "police", STATEMENT), "score"))
