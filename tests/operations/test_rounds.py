"""Scoring in the room: open, record unseen, reveal, agree. Each is one change set, and undo takes it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.analysis.consensus import StandingKind, recommendation, standing_of
from hsb_desktop.analysis.rounds import open_round, revealed_rounds, state_of_open_round
from hsb_desktop.errors import InputRefused
from hsb_desktop.model import Agreement, Answer, Audit
from hsb_desktop.operations import rounds
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import NO_VIEW, PARTNERSHIP, Change, ChangeSet, ResponseKey, Subject, ValueAddress
from tests.analysis.agencies import STATEMENT, after, answered, attended_by, locked, with_agreement
from tests.analysis.audits import AGENCIES, WAVE

ANSWERS: st.SearchStrategy[Answer] = st.one_of(st.integers(0, 4), st.just(NO_VIEW))
AT = (WAVE, STATEMENT)


def key(agency: str) -> ResponseKey:
    return ResponseKey(WAVE, agency, STATEMENT)


def opened(audit: Audit | None = None) -> Audit:
    audit = audit or answered({})
    return after(audit, rounds.start_round(audit, *AT))


def voted(audit: Audit, **votes: Answer) -> Audit:
    for agency, vote in votes.items():
        audit = after(audit, rounds.record_vote(audit, *AT, agency, vote))
    return audit


def revealed(audit: Audit) -> Audit:
    return after(audit, rounds.reveal(audit, *AT))


def answers(audit: Audit) -> dict[str, object]:
    return {
        name: NO_VIEW if response.no_view else response.score
        for name in AGENCIES
        if (response := audit.response(key(name))).no_view or response.score is not None
    }


def record(audit: Audit) -> list[tuple[str, dict[str, Answer]]]:
    return [
        (seen.key.round_number, {agency.agency_id: answer for agency, answer in seen.answers})
        for seen in revealed_rounds(audit, *AT)
    ]


# Open, record, reveal -----------------------------------------------------------------------------------


@given(votes=st.dictionaries(st.sampled_from(AGENCIES), ANSWERS, min_size=1))
def test_until_the_reveal_no_response_changes_and_no_label_tells(votes: dict[str, Answer]) -> None:
    audit = opened(answered({"police": 2}))
    for agency, vote in votes.items():
        change_set = rounds.record_vote(audit, *AT, agency, vote)
        assert change_set.label == f"{agency.title()}: recorded for {STATEMENT}"
        assert {change.address.subject for change in change_set.changes} == {Subject.VOTE}
        audit = after(audit, change_set)
    assert answers(audit) == {"police": 2}
    assert answers(revealed(audit)) == {"police": 2, **votes}


def test_the_reveal_is_one_change_set_and_the_votes_stay_as_the_record() -> None:
    audit = voted(opened(), police=3, health=NO_VIEW, education=0)
    change_set = rounds.reveal(audit, *AT)
    seen = after(audit, change_set)
    assert open_round(seen, *AT) is None
    assert answers(seen) == {"police": 3, "health": NO_VIEW, "education": 0}
    assert record(seen) == [("1", {"police": 3, "health": NO_VIEW, "education": 0})]
    assert after(seen, change_set.reversed()) == audit


def test_a_vote_can_be_changed_and_taken_back_while_the_round_is_open() -> None:
    audit = voted(voted(opened(), police=3, health=1), police=2)
    taken_back = rounds.record_vote(audit, *AT, "health", None)
    assert taken_back.label == "Health: taken back for 3.2"
    assert answers(revealed(after(audit, taken_back))) == {"police": 2}


def test_why_an_agency_had_no_view_goes_with_that_answer() -> None:
    reason = ValueAddress(Subject.RESPONSE, tuple(key("police")), "no_view_reason")
    audit = answered({"police": NO_VIEW}).with_changes([Change(reason, None, "No such cases yet.")])
    again = revealed(voted(opened(audit), police=NO_VIEW))
    assert again.value(reason) == "No such cases yet."
    assert revealed(voted(opened(audit), police=2)).value(reason) is None


def test_recording_the_same_answer_again_changes_nothing() -> None:
    audit = voted(opened(), police=3)
    assert rounds.record_vote(audit, *AT, "police", 3).changes == ()


def test_a_second_blind_round_replaces_only_the_answers_given_in_it() -> None:
    audit = opened(revealed(voted(opened(), police=3, health=1)))
    state = state_of_open_round(audit, *AT)
    assert state is not None
    assert (state.key.round_number, state.recorded) == ("2", ())
    audit = voted(audit, police=1)
    assert answers(audit) == {"police": 3, "health": 1}
    audit = revealed(audit)
    assert answers(audit) == {"police": 1, "health": 1}
    found = recommendation(audit, *AT)
    assert found is not None
    assert (found.is_agreement, found.round_number) == (True, "2")


def test_a_cancelled_round_leaves_nothing_and_undo_brings_it_back() -> None:
    before = answered({"police": 2})
    audit = voted(opened(before), police=0, health=4)
    change_set = rounds.cancel_round(audit, *AT)
    assert after(audit, change_set) == before
    assert after(before, change_set.reversed()) == audit


@pytest.mark.parametrize("operation", [rounds.reveal, rounds.cancel_round])
def test_what_is_not_open_is_neither_revealed_nor_cancelled(
    operation: Callable[[Audit, str, str], ChangeSet],
) -> None:
    with pytest.raises(InputRefused, match=r"No round is open for 3\.2"):
        operation(answered({}), *AT)


def test_a_round_is_not_opened_twice() -> None:
    with pytest.raises(InputRefused, match="is open for"):
        rounds.start_round(opened(), *AT)


def test_a_round_needs_agencies_and_a_statement_that_is_scored() -> None:
    with pytest.raises(InputRefused, match="no agencies"):
        rounds.start_round(replace(answered({}), agencies=()), *AT)
    with pytest.raises(InputRefused, match="has no statement"):
        rounds.start_round(answered({}), WAVE, "1.6")
    with pytest.raises(InputRefused, match="no such wave"):
        rounds.start_round(answered({}), "w9", STATEMENT)


def test_nothing_is_revealed_before_anybody_is_recorded() -> None:
    with pytest.raises(InputRefused, match="No agency has been recorded"):
        rounds.reveal(opened(), *AT)


def test_a_vote_needs_an_open_round() -> None:
    with pytest.raises(InputRefused, match="No round is open"):
        rounds.record_vote(answered({}), *AT, "police", 1)


@pytest.mark.parametrize("agency", ["health", "unknown", PARTNERSHIP])
def test_who_takes_no_part_has_no_vote(agency: str) -> None:
    audit = opened(attended_by(answered({}), "police"))
    with pytest.raises(InputRefused, match="othing was changed"):
        rounds.record_vote(audit, *AT, agency, 1)


@pytest.mark.parametrize("answer", [5, -1, True, "3", ""])
def test_an_answer_is_0_to_4_or_no_view(answer: Answer) -> None:
    with pytest.raises(InputRefused, match="An agency answers"):
        rounds.record_vote(opened(), *AT, "police", answer)


def test_no_more_than_nine_rounds_are_kept() -> None:
    audit = answered({})
    for _ in range(9):
        audit = revealed(voted(opened(audit), police=1))
    with pytest.raises(InputRefused, match="9 rounds"):
        rounds.start_round(audit, *AT)


def test_after_the_ninth_round_a_changed_answer_is_put_right_in_it() -> None:
    audit = answered({})
    for _ in range(9):
        audit = revealed(voted(opened(audit), police=1, health=2))
    audit = after(audit, rounds.answer(audit, key("police"), 3))
    assert answers(audit) == {"police": 3, "health": 2}
    assert record(audit)[-1] == ("9", {"police": 3, "health": 2})


def test_a_locked_wave_is_not_scored() -> None:
    audit = locked(voted(opened(), police=1))
    every_edit: tuple[Callable[[], ChangeSet], ...] = (
        lambda: rounds.record_vote(audit, *AT, "police", 2),
        lambda: rounds.reveal(audit, *AT),
        lambda: rounds.cancel_round(audit, *AT),
        lambda: rounds.start_round(locked(answered({})), *AT),
        lambda: rounds.answer(locked(answered({})), key("police"), 1),
        lambda: rounds.accept_recommendation(locked(answered({"police": 1})), *AT),
        lambda: rounds.note_dissent(audit, *AT, "Health"),
    )
    for refused in every_edit:
        with pytest.raises(InputRefused, match='The wave "Baseline" is locked'):
            refused()


# Answers outside a round --------------------------------------------------------------------------------


def test_before_any_round_an_answer_is_the_response_alone() -> None:
    audit = answered({})
    audit = after(audit, rounds.answer(audit, key("police"), 3))
    assert (answers(audit), record(audit)) == ({"police": 3}, [])


def test_while_a_round_is_open_an_answer_is_a_vote_and_stays_unseen() -> None:
    audit = opened()
    change_set = rounds.answer(audit, key("police"), 3)
    assert change_set == rounds.record_vote(audit, *AT, "police", 3)
    assert answers(after(audit, change_set)) == {}


def test_a_change_after_the_reveal_is_a_second_round_recorded() -> None:
    audit = revealed(voted(opened(), police=3, health=1))
    change_set = rounds.answer(audit, key("police"), 2)
    changed = after(audit, change_set)
    assert answers(changed) == {"police": 2, "health": 1}
    assert record(changed) == [("1", {"police": 3, "health": 1}), ("2", {"police": 2})]
    assert open_round(changed, *AT) is None
    assert after(changed, change_set.reversed()) == audit


def test_another_agencys_change_belongs_to_the_same_second_round() -> None:
    audit = revealed(voted(opened(), police=3, health=1))
    for agency in ("police", "health"):
        audit = after(audit, rounds.answer(audit, key(agency), 2))
    assert record(audit)[1:] == [("2", {"police": 2, "health": 2})]
    found = recommendation(audit, *AT)
    assert found is not None
    assert (found.score, found.is_agreement, found.round_number) == (2, True, "2")


def test_an_agency_that_answers_again_in_its_own_round_puts_it_right() -> None:
    audit = revealed(voted(opened(), police=3))
    for score in (2, 1):
        audit = after(audit, rounds.answer(audit, key("police"), score))
    assert record(audit)[1:] == [("2", {"police": 1})]


def test_an_agency_that_answers_again_after_another_makes_a_further_round() -> None:
    audit = revealed(voted(opened(), police=3, health=1))
    for agency, score in (("police", 2), ("health", 0), ("police", 0)):
        audit = after(audit, rounds.answer(audit, key(agency), score))
    assert record(audit)[1:] == [("2", {"police": 2, "health": 0}), ("3", {"police": 0})]


def test_an_answer_taken_back_after_the_reveal_leaves_the_record_of_the_first_round() -> None:
    audit = revealed(voted(opened(), police=3))
    cleared = after(audit, rounds.answer(audit, key("police"), None))
    assert (answers(cleared), record(cleared)) == ({}, [("1", {"police": 3})])
    changed = after(audit, rounds.answer(audit, key("police"), 2))
    cleared = after(changed, rounds.answer(changed, key("police"), None))
    assert (answers(cleared), record(cleared)) == ({}, [("1", {"police": 3})])


def test_the_same_answer_again_is_no_further_round() -> None:
    audit = revealed(voted(opened(), police=3))
    assert rounds.answer(audit, key("police"), 3).changes == ()


@given(steps=st.lists(st.tuples(st.sampled_from(AGENCIES), st.one_of(st.none(), ANSWERS)), max_size=12))
def test_after_a_reveal_the_last_recorded_answer_is_the_response(
    steps: list[tuple[str, Answer | None]],
) -> None:
    audit = revealed(voted(opened(), police=3, health=1, education=NO_VIEW))
    given: dict[str, object] = dict(answers(audit))
    for agency, value in steps:
        change_set = rounds.answer(audit, key(agency), value)
        assert after(after(audit, change_set), change_set.reversed()) == audit
        audit = after(audit, change_set)
        given.pop(agency, None)
        if value is not None:
            given[agency] = value
    assert answers(audit) == given
    votes_by_round = [votes for _, votes in record(audit)]
    assert all(votes_by_round)
    for agency, response in given.items():
        assert [votes[agency] for votes in votes_by_round if agency in votes][-1] == response


# What is agreed -----------------------------------------------------------------------------------------


def test_accepting_makes_the_recommended_score_the_agreed_one() -> None:
    audit = answered({"police": 3, "health": 1})
    audit = after(audit, rounds.accept_recommendation(audit, *AT))
    assert audit.agreed(*AT).score == 1
    assert standing_of(audit, *AT).kind is StandingKind.ACCEPTED


def test_accepting_drops_the_reason_for_another_score_and_keeps_the_rest() -> None:
    audit = with_agreement(
        answered({"police": 3, "health": 1}, agreed=3),
        Agreement(reason="Old", agreed_by="A. Chair", what_would_help="A panel", dissent="Health"),
    )
    audit = after(audit, rounds.accept_recommendation(audit, *AT))
    assert audit.agreement(*AT) == Agreement(what_would_help="A panel", dissent="Health")


def test_an_override_keeps_the_reason_and_who_agreed() -> None:
    audit = answered({"police": 3, "health": 1})
    change_set = rounds.override(audit, *AT, 2, reason="The protocol is signed", agreed_by="All present")
    agreed = after(audit, change_set)
    assert agreed.agreed(*AT).score == 2
    assert agreed.agreement(*AT) == Agreement(reason="The protocol is signed", agreed_by="All present")
    assert standing_of(agreed, *AT).kind is StandingKind.OVERRIDDEN
    assert after(agreed, change_set.reversed()) == audit


@pytest.mark.parametrize(
    ("police", "health", "keeps"), [(4, 4, False), (2, 4, False), (4, 1, True), (1, NO_VIEW, True)]
)
def test_a_reveal_that_recommends_another_score_takes_the_reason_for_agreeing_otherwise(
    police: Answer, health: Answer, keeps: bool
) -> None:
    """Why 3 was agreed instead of 1 is no reason for agreeing 3 instead of 4."""
    audit = answered({"police": 3, "health": 1})
    audit = after(audit, rounds.override(audit, *AT, 3, reason="New evidence", agreed_by="All"))
    before = voted(opened(audit), police=police, health=health)
    change_set = rounds.reveal(before, *AT)
    kept = after(before, change_set).agreement(*AT)
    assert (kept.reason, kept.agreed_by) == (("New evidence", "All") if keeps else ("", ""))
    back = after(after(before, change_set), change_set.reversed()).agreement(*AT)
    assert (back.reason, back.agreed_by) == ("New evidence", "All")


@pytest.mark.parametrize(("reason", "agreed_by"), [("", "A. Chair"), ("Because", " "), ("\n", "")])
def test_an_override_without_a_reason_or_a_name_is_refused(reason: str, agreed_by: str) -> None:
    with pytest.raises(InputRefused, match="needs a reason and who agreed"):
        rounds.override(answered({"police": 3}), *AT, 2, reason=reason, agreed_by=agreed_by)


def test_the_recommended_score_is_accepted_and_not_an_override() -> None:
    with pytest.raises(InputRefused, match="recommended score"):
        rounds.override(answered({"police": 3}), *AT, 3, reason="So", agreed_by="All")
    with pytest.raises(InputRefused, match="A score is"):
        rounds.override(answered({"police": 3}), *AT, 7, reason="So", agreed_by="All")


def test_nothing_is_agreed_while_a_round_is_open_or_nobody_has_scored() -> None:
    with pytest.raises(InputRefused, match="still open"):
        rounds.accept_recommendation(opened(answered({"police": 1})), *AT)
    with pytest.raises(InputRefused, match="No agency has scored"):
        rounds.accept_recommendation(answered({"police": NO_VIEW}), *AT)


def test_dissent_what_would_help_and_a_late_reason_are_noted_and_taken_away() -> None:
    audit = answered({"police": 3}, agreed=2)
    audit = after(audit, rounds.note_dissent(audit, *AT, "Health would give 1"))
    audit = after(audit, rounds.note_what_would_help(audit, *AT, "A shared panel"))
    audit = after(audit, rounds.note_reason(audit, *AT, reason="Signed", agreed_by="All"))
    assert audit.agreement(*AT) == Agreement("Signed", "All", "A shared panel", "Health would give 1")
    audit = after(audit, rounds.note_dissent(audit, *AT, ""))
    assert audit.agreement(*AT).dissent == ""


def test_a_text_that_cannot_be_kept_is_refused() -> None:
    with pytest.raises(InputRefused):
        rounds.note_dissent(answered({}), *AT, "a\x00b")


def test_a_whole_round_is_written_to_the_file_and_read_back(audit_file: AuditFile) -> None:
    wave_id = audit_file.read().waves[0].wave_id
    at = (wave_id, STATEMENT)
    names = [ValueAddress(Subject.AGENCY, (name,), "name") for name in AGENCIES]
    audit_file.apply(ChangeSet("agencies", tuple(Change(name, None, name.key[0]) for name in names)))
    steps: tuple[Callable[[Audit], ChangeSet], ...] = (
        lambda audit: rounds.start_round(audit, *at),
        lambda audit: rounds.record_vote(audit, *at, "police", 3),
        lambda audit: rounds.record_vote(audit, *at, "health", NO_VIEW),
        lambda audit: rounds.reveal(audit, *at),
        lambda audit: rounds.answer(audit, ResponseKey(wave_id, "health", STATEMENT), 1),
        lambda audit: rounds.override(audit, *at, 2, reason="Signed", agreed_by="All"),
        lambda audit: rounds.start_round(audit, *at),
        lambda audit: rounds.record_vote(audit, *at, "police", 0),
        lambda audit: rounds.cancel_round(audit, *at),
    )
    for step in steps:
        before = audit_file.read()
        change_set = step(before)
        audit_file.apply(change_set)
        assert audit_file.read() == before.with_changes(change_set.changes)
