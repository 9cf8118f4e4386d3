"""The orders of an agenda by disagreement."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.analysis.agenda import AgendaOrder, agenda
from hsb_desktop.analysis.consensus import StandingKind, standing_of
from hsb_desktop.model import Agreement, Answer, Audit, Response
from hsb_desktop.values import NO_VIEW, PARTNERSHIP, ResponseKey
from tests.analysis.agencies import with_agreement, with_round
from tests.analysis.audits import AGENCIES, WAVE, audit_with, instrument, without_evidence

NEXT = "w2"
NUMBERS = [statement.statement_id for statement in instrument().statements]


def listed(audit: Audit, order: AgendaOrder, wave_id: str = WAVE) -> list[str]:
    return [item.statement.statement_id for item in agenda(audit, wave_id, order)]


def also_in_next(audit: Audit, scores: dict[str, int], party: str = PARTNERSHIP) -> Audit:
    more = {ResponseKey(NEXT, party, number): Response(score=score) for number, score in scores.items()}
    return replace(audit, responses={**audit.responses, **more})


def test_by_spread_the_widest_stands_first_and_then_the_lowest() -> None:
    agencies = {
        "police": {"1.1": 4, "1.2": 3, "1.3": 2, "1.4": 2, "1.5": 1},
        "health": {"1.1": 2, "1.2": 1, "1.3": 2, "1.4": 0},
    }
    audit = audit_with({}, agencies=agencies)
    assert listed(audit, AgendaOrder.SPREAD) == ["1.4", "1.2", "1.1"]
    first = agenda(audit, WAVE, AgendaOrder.SPREAD)[0]
    assert (first.spread, first.lowest, first.score) == (2, 0, None)


def test_by_spread_what_is_settled_stands_after_what_is_open() -> None:
    agencies = {
        "police": {"1.1": 4, "1.2": 3, "1.3": 2, "1.4": 3},
        "health": {"1.1": 0, "1.2": 1, "1.3": 1, "1.4": 1},
    }
    # Accepted as recommended, another score with its reason, and another score without one.
    audit = audit_with({"1.1": 0, "1.2": 2, "1.4": 3}, agencies=agencies)
    reason = Agreement(reason="The log was seen since.", agreed_by="All")
    audit = with_agreement(audit, reason, statement="1.2")
    assert listed(audit, AgendaOrder.SPREAD) == ["1.4", "1.3", "1.1", "1.2"]
    settled = [item.is_settled for item in agenda(audit, WAVE, AgendaOrder.SPREAD)]
    assert settled == [False, False, True, True]


def test_where_agencies_agree_or_one_alone_has_scored_there_is_no_disagreement() -> None:
    audit = audit_with({}, agencies={"police": {"1.1": 2, "1.2": 4}, "health": {"1.1": 2}})
    assert listed(audit, AgendaOrder.SPREAD) == []


def test_weakest_first_is_lowest_agreed_then_widest_spread_then_no_evidence_then_the_form() -> None:
    agreed: dict[str, int | Response | None] = {"1.1": 1, "1.2": 1, "1.4": 0, "1.5": 1}
    agreed["1.3"] = without_evidence(1)
    agencies = {"police": {"1.5": 3}, "health": {"1.5": 1}}
    audit = audit_with(agreed, agencies=agencies)
    assert listed(audit, AgendaOrder.WEAKEST) == ["1.4", "1.5", "1.3", "1.1", "1.2"]


def test_without_evidence_the_highest_stands_first_and_a_0_needs_none() -> None:
    agreed: dict[str, int | Response | None] = {
        "1.1": without_evidence(0),
        "1.2": without_evidence(1),
        "1.3": without_evidence(3, "  "),
        "1.4": without_evidence(4),
        "1.5": 4,
        "1.6a": without_evidence(2),
        "1.6b": without_evidence(None),
    }
    assert listed(audit_with(agreed), AgendaOrder.NO_EVIDENCE) == ["1.4", "1.3", "1.6a", "1.2"]


def test_the_biggest_drop_since_the_last_wave_stands_first() -> None:
    audit = also_in_next(
        audit_with({"1.1": 3, "1.2": 4, "1.3": 2, "1.4": 1, "1.5": 4}),
        {"1.1": 2, "1.2": 1, "1.3": 2, "1.4": 3},
    )
    items = agenda(audit, NEXT, AgendaOrder.BIGGEST_DROP)
    assert [(i.statement.statement_id, i.score_before, i.score_now, i.drop) for i in items] == [
        ("1.2", 4, 1, 3),
        ("1.1", 3, 2, 1),
    ]


def test_before_a_score_is_agreed_the_recommended_one_is_compared() -> None:
    audit = also_in_next(audit_with({"1.1": 3}), {"1.1": 1}, "police")
    (item,) = agenda(audit, NEXT, AgendaOrder.BIGGEST_DROP)
    assert (item.score, item.score_now, item.drop) == (None, 1, 2)


def test_in_the_first_wave_nothing_dropped() -> None:
    assert listed(audit_with({"1.1": 0}), AgendaOrder.BIGGEST_DROP) == []


def test_not_yet_scored_are_those_without_an_agreed_score() -> None:
    audit = audit_with({"1.1": 0, "1.2": 4}, agencies={"police": {"1.3": 1}})
    assert listed(audit, AgendaOrder.NOT_SCORED) == NUMBERS[2:]


@pytest.mark.parametrize("order", AgendaOrder)
@given(
    scores=st.dictionaries(st.sampled_from(NUMBERS[:4]), st.integers(0, 4)),
    votes=st.dictionaries(st.sampled_from(AGENCIES), st.one_of(st.integers(0, 4), st.just(NO_VIEW))),
)
def test_no_order_discloses_a_vote(
    order: AgendaOrder, scores: dict[str, int], votes: dict[str, Answer]
) -> None:
    audit = audit_with(dict(scores), agencies={"police": scores, "health": {"1.1": 2}})
    audit = also_in_next(audit, {"1.1": 1})
    for wave_id in (WAVE, NEXT):
        assert agenda(with_round(audit, votes, statement="1.1"), wave_id, order) == agenda(
            audit, wave_id, order
        )


@pytest.mark.parametrize("order", AgendaOrder)
@given(scores=st.dictionaries(st.sampled_from(NUMBERS), st.integers(0, 4)))
def test_no_statement_stands_twice(order: AgendaOrder, scores: dict[str, int]) -> None:
    found = listed(audit_with(dict(scores), agencies={"police": scores, "health": {"1.1": 2}}), order)
    assert len(found) == len(set(found))


def test_an_override_that_does_not_say_who_agreed_is_open_as_on_the_card() -> None:
    agencies = {"police": {"1.1": 4, "1.2": 3}, "health": {"1.1": 0, "1.2": 1}}
    audit = audit_with({"1.1": 2, "1.2": 1}, agencies=agencies)
    audit = with_agreement(audit, Agreement(reason="The log was seen since."), statement="1.1")
    items = agenda(audit, WAVE, AgendaOrder.SPREAD)
    assert standing_of(audit, WAVE, "1.1").kind is StandingKind.OVERRIDDEN_WITHOUT_REASON
    assert [(item.statement.statement_id, item.is_settled) for item in items] == [
        ("1.1", False),
        ("1.2", True),
    ]
