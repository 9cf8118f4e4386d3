"""The rules of the arithmetic, one test a rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.analysis.scoring import (
    domain_score,
    domain_scores,
    has_evidence,
    spread,
    strengths,
    weakest,
    weakest_besides_strengths,
)
from hsb_desktop.model import Response
from hsb_desktop.values import PARTNERSHIP
from tests.analysis.audits import WAVE, all_scored, audit_with, in_wave, instrument, without_evidence

NUMBERS = [statement.statement_id for statement in instrument().statements]
SOME_SCORES = st.dictionaries(st.sampled_from(NUMBERS), st.integers(0, 4))


def numbers(statements: object) -> list[str]:
    assert isinstance(statements, tuple)
    return [statement.statement_id for statement in statements]


def test_there_are_46_scored_statements_10_10_8_10_8() -> None:
    assert [score.statements for score in domain_scores(audit_with({}), WAVE)] == [10, 10, 8, 10, 8]
    assert len(NUMBERS) == 46


def test_the_headings_of_parts_take_no_score() -> None:
    assert not {"1.6", "2.1", "4.1"} & set(NUMBERS)
    parts = [statement.statement_id for statement in instrument().statements if statement.heading_id]
    assert parts == [f"{heading}{part}" for heading in ("1.6", "2.1", "4.1") for part in "abc"]


def test_a_domains_score_is_the_mean_of_its_scored_statements() -> None:
    assert domain_score(audit_with({"3.1": 1, "3.2": 4, "3.3": 2}), WAVE, "3").mean == pytest.approx(7 / 3)


def test_not_scored_never_counts_as_0() -> None:
    without = audit_with({"3.1": 4, "3.2": 2})
    with_open = audit_with({"3.1": 4, "3.2": 2, "3.3": None, "3.4": without_evidence(None, "only words")})
    assert domain_score(with_open, WAVE, "3") == domain_score(without, WAVE, "3")
    assert domain_score(with_open, WAVE, "3").mean == 3


def test_a_domain_with_nothing_scored_has_no_mean_and_no_percent() -> None:
    score = domain_score(audit_with({"1.1": 3}), WAVE, "2")
    assert (score.mean, score.percent, score.possible, score.scored) == (None, None, 0, 0)


def test_a_true_0_is_a_mean_of_0_and_not_a_gap() -> None:
    score = domain_score(audit_with({"5.1": 0}), WAVE, "5")
    assert score.mean == 0
    assert score.percent == 0
    assert score.scored == 1


def test_the_possible_total_counts_scored_statements_only() -> None:
    score = domain_score(audit_with({"1.1": 3, "1.2": 2}), WAVE, "1")
    assert (score.total, score.possible, score.percent) == (5, 8, 62.5)


def test_a_domain_of_eight_can_reach_the_same_mean_as_one_of_ten() -> None:
    scores = domain_scores(audit_with(all_scored(4)), WAVE)
    assert {score.mean for score in scores} == {4.0}
    assert [score.possible for score in scores] == [40, 40, 32, 40, 32]


def test_the_three_parts_of_a_heading_weigh_three_times() -> None:
    agreed = {"4.2": 4, "4.1a": 0, "4.1b": 0, "4.1c": 0}
    assert domain_score(audit_with(agreed), WAVE, "4").mean == 1


def test_a_domain_is_part_scored_when_some_and_not_all_statements_are() -> None:
    some_one_all: list[dict[str, int]] = [
        {},
        {"3.1": 0},
        {number: 1 for number in NUMBERS if number.startswith("3.")},
    ]
    found = [domain_score(audit_with(agreed), WAVE, "3").is_part_scored for agreed in some_one_all]
    assert found == [False, True, False]


def test_agencies_scores_do_not_move_the_agreed_score() -> None:
    audit = audit_with({"1.1": 3}, agencies={"police": {"1.1": 0, "1.2": 0}})
    assert domain_score(audit, WAVE, "1").mean == 3
    assert domain_score(audit, WAVE, "1", "police").mean == 0


def test_one_wave_does_not_count_in_another() -> None:
    audit = in_wave(audit_with({"1.1": 3}), "w2")
    assert domain_score(audit, WAVE, "1").mean is None
    assert domain_score(audit, "w2", "1").mean == 3


@given(SOME_SCORES)
def test_a_mean_is_within_0_and_4_and_agrees_with_its_total(agreed: dict[str, int]) -> None:
    for score in domain_scores(audit_with(agreed), WAVE):
        if score.mean is None:
            assert score.total == 0
            continue
        assert 0 <= score.mean <= 4
        assert score.percent == pytest.approx(score.mean * 25)
        assert score.total <= score.possible


# Spread ---------------------------------------------------------------------------------------------------


def test_spread_is_highest_minus_lowest_agency_score() -> None:
    audit = audit_with({"1.1": 4}, agencies={"police": {"1.1": 3}, "health": {"1.1": 1}})
    assert spread(audit, WAVE, "1.1") == 2


def test_one_agency_alone_has_no_spread() -> None:
    assert spread(audit_with({"1.1": 4}, agencies={"police": {"1.1": 3}}), WAVE, "1.1") is None


def test_an_agency_without_a_view_has_no_say_in_the_spread() -> None:
    agencies: dict[str, dict[str, int | Response]] = {
        "police": {"1.1": 3},
        "health": {"1.1": 3},
        "education": {"1.1": Response(no_view=True)},
    }
    assert spread(audit_with({}, agencies=agencies), WAVE, "1.1") == 0


# Weakest and strongest ------------------------------------------------------------------------------------


def test_weakest_first_is_the_lowest_score() -> None:
    assert numbers(weakest(audit_with({"1.1": 3, "1.2": 0, "1.3": 2}), WAVE)) == ["1.2", "1.3", "1.1"]


def test_among_equal_scores_the_widest_spread_is_weakest() -> None:
    agencies = {
        "police": {"1.1": 1, "1.2": 0, "1.3": 2},
        "health": {"1.1": 2, "1.2": 4, "1.3": 2},
    }
    audit = audit_with({"1.1": 1, "1.2": 1, "1.3": 1}, agencies=agencies)
    assert numbers(weakest(audit, WAVE)) == ["1.2", "1.1", "1.3"]


def test_then_the_one_without_evidence_then_the_order_of_the_form() -> None:
    audit = audit_with({"1.1": 1, "1.2": 1, "1.3": without_evidence(1), "1.6b": 1})
    assert numbers(weakest(audit, WAVE)) == ["1.3", "1.1", "1.2", "1.6b"]


def test_spread_goes_before_evidence() -> None:
    agencies = {"police": {"1.2": 0}, "health": {"1.2": 1}}
    audit = audit_with({"1.1": without_evidence(1), "1.2": 1}, agencies=agencies)
    assert numbers(weakest(audit, WAVE)) == ["1.2", "1.1"]


def test_a_statement_that_is_not_scored_is_not_among_the_weakest() -> None:
    assert numbers(weakest(audit_with({"1.1": 4, "1.2": without_evidence(None, "words")}), WAVE)) == ["1.1"]


def test_the_board_sees_five_of_the_weakest_and_the_agenda_all() -> None:
    audit = audit_with(all_scored(2))
    assert numbers(weakest(audit, WAVE)) == NUMBERS[:5]
    assert numbers(weakest(audit, WAVE, limit=None)) == NUMBERS


def test_strengths_are_scored_3_or_4_highest_first() -> None:
    audit = audit_with({"1.1": 3, "1.2": 4, "1.3": 2, "1.4": 4})
    assert numbers(strengths(audit, WAVE)) == ["1.2", "1.4", "1.1"]


def test_a_strength_never_lacks_evidence() -> None:
    audit = audit_with({"1.1": without_evidence(4), "1.2": without_evidence(3, " \n\t"), "1.3": 3})
    assert numbers(strengths(audit, WAVE)) == ["1.3"]


def test_there_are_five_strengths_at_most_and_fewer_where_there_are_fewer() -> None:
    assert len(strengths(audit_with(all_scored(4)), WAVE)) == 5
    assert strengths(audit_with(all_scored(2)), WAVE) == ()


def test_beside_the_strengths_none_of_them_is_called_weakest() -> None:
    audit = audit_with({"1.1": 4, "1.2": 4, "1.3": 1})
    assert numbers(strengths(audit, WAVE)) == ["1.1", "1.2"]
    assert numbers(weakest_besides_strengths(audit, WAVE)) == ["1.3"]
    assert weakest_besides_strengths(audit_with({"1.1": 4, "1.2": 3}), WAVE) == ()


@given(SOME_SCORES)
def test_the_short_lists_share_nothing_and_the_weaker_list_keeps_its_order(agreed: dict[str, int]) -> None:
    audit = audit_with(agreed)
    strong, weak = numbers(strengths(audit, WAVE)), numbers(weakest_besides_strengths(audit, WAVE))
    assert not set(strong) & set(weak)
    assert weak == [s for s in numbers(weakest(audit, WAVE, None)) if s not in strong][:5]


@given(SOME_SCORES)
def test_no_statement_is_a_strength_below_3_and_every_scored_one_can_be_weak(agreed: dict[str, int]) -> None:
    audit = audit_with(agreed)
    assert all(agreed[number] >= 3 for number in numbers(strengths(audit, WAVE)))
    order = numbers(weakest(audit, WAVE, limit=None))
    assert sorted(order) == sorted(agreed)
    assert [agreed[number] for number in order] == sorted(agreed.values())


@pytest.mark.parametrize(
    ("text", "says"), [("", False), ("  \n\t", False), ("\N{NO-BREAK SPACE}", False), ("x", True)]
)
def test_evidence_is_a_text_that_says_something(text: str, says: bool) -> None:
    assert has_evidence(text) is says


def test_the_agreed_score_is_the_partnerships() -> None:
    audit = audit_with({"1.1": 2})
    assert audit.agreed(WAVE, "1.1").score == 2
    assert audit.party_name(PARTNERSHIP) == "Partnership"
