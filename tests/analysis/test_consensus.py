"""The lower-score rule, one test a sentence (framework, "How to use the audit tool"; domain.md)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.analysis.consensus import (
    HeadCount,
    StandingKind,
    head_count,
    recommendation,
    standing_of,
    suggested_actions,
)
from hsb_desktop.analysis.scoring import spread
from hsb_desktop.analysis.several import Grouping, groups_of
from hsb_desktop.model import Agreement, Answer, Audit
from hsb_desktop.values import NO_VIEW, REVEALED
from tests.analysis.agencies import STATEMENT, answered, attended_by, with_agreement, with_round
from tests.analysis.audits import AGENCIES, WAVE, audit_with

ANSWERS: st.SearchStrategy[Answer] = st.one_of(st.integers(0, 4), st.just(NO_VIEW))
VOTES = st.dictionaries(st.sampled_from(AGENCIES), ANSWERS)


def kind(audit: Audit) -> StandingKind:
    return standing_of(audit, WAVE, STATEMENT).kind


def test_where_agencies_differ_the_lowest_is_recommended_with_its_calculation() -> None:
    """ "Recommended 1: Health 1, Police 3 (spread 2)" """
    found = recommendation(answered({"police": 3, "health": 1}), WAVE, STATEMENT)
    assert found is not None
    assert (found.score, found.spread, found.is_agreement) == (1, 2, False)
    assert [(given.agency.name, given.score) for given in found.answers] == [("Health", 1), ("Police", 3)]
    assert found.asks_what_would_help


def test_the_same_score_from_all_with_a_view_is_agreement() -> None:
    """A second round in which all with a view give the same score is agreement, not an override."""
    audit = answered({"police": 2, "health": 2, "education": NO_VIEW})
    audit = with_round(with_round(audit, {"police": 3, "health": 2}, REVEALED), {"police": 2}, REVEALED, "2")
    found = recommendation(audit, WAVE, STATEMENT)
    assert found is not None
    assert (found.score, found.spread, found.is_agreement, found.round_number) == (2, 0, True, "2")
    assert not found.asks_what_would_help


def test_one_score_alone_is_recommended_and_is_no_agreement_between_agencies() -> None:
    found = recommendation(answered({"health": 3}), WAVE, STATEMENT)
    assert found is not None
    assert (found.score, found.spread, found.is_agreement, found.round_number) == (3, 0, False, None)


@pytest.mark.parametrize("answers", [{}, {"police": NO_VIEW}])
def test_without_any_agencys_score_nothing_is_recommended(answers: dict[str, Answer]) -> None:
    assert recommendation(answered(answers, agreed=2), WAVE, STATEMENT) is None


@given(answers=VOTES)
def test_the_recommended_score_is_the_lowest_of_those_given(answers: dict[str, Answer]) -> None:
    scores = [given for given in answers.values() if isinstance(given, int)]
    found = recommendation(answered(answers), WAVE, STATEMENT)
    assert (found.score if found else None) == min(scores, default=None)


@given(answers=VOTES)
def test_agencies_with_no_view_or_no_answer_have_no_say(answers: dict[str, Answer]) -> None:
    with_a_view = {name: given for name, given in answers.items() if given != NO_VIEW}
    assert recommendation(answered(answers), WAVE, STATEMENT) == recommendation(
        answered(with_a_view), WAVE, STATEMENT
    )


@given(answers=VOTES, votes=VOTES)
def test_an_open_round_moves_no_calculation(answers: dict[str, Answer], votes: dict[str, Answer]) -> None:
    audit = answered(answers)
    blind = with_round(audit, votes)
    assert recommendation(blind, WAVE, STATEMENT) == recommendation(audit, WAVE, STATEMENT)
    assert head_count(blind, WAVE, STATEMENT) == head_count(audit, WAVE, STATEMENT)
    assert standing_of(blind, WAVE, STATEMENT) == standing_of(with_round(audit, {}), WAVE, STATEMENT)


@given(answers=VOTES)
def test_the_head_count_counts_every_agency_once(answers: dict[str, Answer]) -> None:
    audit = answered(answers)
    count = head_count(audit, WAVE, STATEMENT)
    assert count.scored + count.no_view + count.not_answered == len(AGENCIES)
    assert count.spread == spread(audit, WAVE, STATEMENT)


def test_the_head_count_tells_0_from_no_view_and_from_no_answer() -> None:
    count = head_count(answered({"police": 0, "health": NO_VIEW}), WAVE, STATEMENT)
    assert count == HeadCount((1, 0, 0, 0, 0), no_view=1, not_answered=1)


def test_an_agency_that_takes_no_part_is_not_waited_for_and_has_no_say() -> None:
    """Its answer stays in the audit: it counts again when the agency is ticked again."""
    answers: dict[str, Answer] = {"police": 3, "health": 1}
    audit = attended_by(answered(answers), "police", "education")
    assert head_count(audit, WAVE, STATEMENT) == HeadCount((0, 0, 0, 1, 0), no_view=0, not_answered=1)
    assert spread(audit, WAVE, STATEMENT) is None
    found = recommendation(audit, WAVE, STATEMENT)
    assert found is not None
    assert (found.score, [given.agency.name for given in found.answers]) == (3, ["Police"])
    assert recommendation(attended_by(answered(answers), "education"), WAVE, STATEMENT) is None


@given(answers=VOTES, part=st.sets(st.sampled_from(AGENCIES)))
def test_the_lower_score_rule_asks_the_same_agencies_here_and_where_they_are_grouped(
    answers: dict[str, Answer], part: set[str]
) -> None:
    """With one group for all, its score is the recommended one, whoever takes part."""
    audit = attended_by(answered(answers), *sorted(part))
    (group,) = groups_of(audit, WAVE, Grouping.AREA)
    found = recommendation(audit, WAVE, STATEMENT)
    assert group.scores.get(STATEMENT) == (found.score if found else None)
    assert head_count(audit, WAVE, STATEMENT).spread == spread(audit, WAVE, STATEMENT)


# How far the agreement is -------------------------------------------------------------------------------


def test_without_agencies_there_is_no_agreement_between_them() -> None:
    assert kind(replace(audit_with({STATEMENT: 3}), agencies=())) is StandingKind.NO_AGENCIES


def test_an_open_round_is_waited_for_whatever_stands_already() -> None:
    audit = with_round(answered({"police": 1}, agreed=1), {"health": 3})
    assert kind(audit) is StandingKind.WAITING
    assert standing_of(audit, WAVE, STATEMENT).recommendation is None


def test_before_any_score_the_agencies_are_waited_for() -> None:
    assert kind(answered({"police": NO_VIEW})) is StandingKind.WAITING


def test_a_recommendation_waits_to_be_accepted_and_then_is() -> None:
    assert kind(answered({"police": 3, "health": 1})) is StandingKind.RECOMMENDED
    assert kind(answered({"police": 3, "health": 1}, agreed=1)) is StandingKind.ACCEPTED


@pytest.mark.parametrize("agreed", [0, 2, 3, 4])
def test_any_other_score_is_an_override_that_needs_a_reason_and_who_agreed(agreed: int) -> None:
    audit = answered({"police": 3, "health": 1}, agreed=agreed)
    assert kind(audit) is StandingKind.OVERRIDDEN_WITHOUT_REASON
    assert kind(with_agreement(audit, Agreement(agreed_by="A. Chair"))) is (
        StandingKind.OVERRIDDEN_WITHOUT_REASON
    )
    for name in ("", " \n"):
        by_nobody = with_agreement(audit, Agreement(reason="Policy is in force", agreed_by=name))
        assert kind(by_nobody) is StandingKind.OVERRIDDEN_WITHOUT_REASON
    told = with_agreement(audit, Agreement(reason="Policy is in force", agreed_by="A. Chair"))
    assert kind(told) is StandingKind.OVERRIDDEN
    assert standing_of(told, WAVE, STATEMENT).is_override


def test_a_score_that_all_gave_in_the_second_round_is_not_an_override() -> None:
    audit = with_round(answered({"police": 2, "health": 2}, agreed=2), {"police": 3, "health": 1}, REVEALED)
    assert kind(with_round(audit, {"police": 2, "health": 2}, REVEALED, "2")) is StandingKind.ACCEPTED


def test_a_score_that_no_agency_gave_a_base_for_says_so() -> None:
    assert kind(answered({"police": NO_VIEW}, agreed=2)) is StandingKind.AGREED_WITHOUT_AGENCIES


def test_what_would_make_every_agency_confident_becomes_a_suggested_action() -> None:
    audit = with_agreement(answered({}), Agreement(what_would_help="A shared panel "), "4.2")
    audit = with_agreement(audit, Agreement(what_would_help="Yearly training"), "1.6b")
    audit = with_agreement(audit, Agreement(what_would_help=" ", dissent="Health"), "1.1")
    found = suggested_actions(audit, WAVE)
    assert [(a.statement.statement_id, a.text) for a in found] == [
        ("1.6b", "Yearly training"),
        ("4.2", "A shared panel"),
    ]
    assert suggested_actions(audit, "w2") == ()
