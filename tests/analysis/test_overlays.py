"""What the radar lays over one another. Values of single series are tested with the radar."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.analysis.overlays import (
    SeriesKey,
    domain_series,
    overlay,
    shown_keys,
    shown_overlays,
    statement_series,
)
from hsb_desktop.analysis.standing import standing
from hsb_desktop.model import Answer
from hsb_desktop.values import NO_VIEW, PARTNERSHIP
from tests.analysis.agencies import with_round
from tests.analysis.audits import AGENCIES, WAVE, audit_with, instrument

NEXT = "w2"


def test_where_nothing_was_chosen_the_wave_on_the_screen_and_the_partnership_are_shown() -> None:
    assert shown_keys(audit_with({}), NEXT) == ((NEXT, PARTNERSHIP),)


def test_chosen_series_stand_in_the_order_of_waves_the_partnership_before_its_agencies() -> None:
    chosen = {(NEXT, "police"), (WAVE, "health"), (NEXT, PARTNERSHIP), (WAVE, "police")}
    audit = replace(audit_with({}), series=frozenset(chosen))
    assert shown_keys(audit, WAVE) == (
        (WAVE, "police"),
        (WAVE, "health"),
        (NEXT, PARTNERSHIP),
        (NEXT, "police"),
    )


def test_what_was_chosen_of_a_wave_or_an_agency_that_is_gone_is_left_out() -> None:
    audit = replace(audit_with({}), series=frozenset({("gone", PARTNERSHIP), (WAVE, "gone")}))
    assert shown_keys(audit, WAVE) == ((WAVE, PARTNERSHIP),)


def test_a_legend_names_wave_and_party_and_says_what_is_part_scored() -> None:
    scored = {statement.statement_id: 2 for domain in instrument().domains for statement in domain.statements}
    audit = replace(
        audit_with(dict(scored), agencies={"police": {"1.1": 0}}),
        series=frozenset({(WAVE, PARTNERSHIP), (WAVE, "police")}),
    )
    agreed, police = shown_overlays(audit, WAVE)
    assert (agreed.wave_label, agreed.party_name, agreed.is_part_scored) == ("Baseline", "Partnership", False)
    assert (police.wave_label, police.party_name, police.is_part_scored) == ("Baseline", "Police", True)
    assert [agreed.series.name, police.series.name] == ["Baseline", "Baseline · Police"]
    assert police.series.values == {"1": 0.0, "2": None, "3": None, "4": None, "5": None}


def test_of_one_domain_the_scores_of_its_statements_are_shown() -> None:
    audit = audit_with({"3.1": 0, "3.2": 4})
    (only,) = shown_overlays(audit, WAVE, "3")
    assert only.series == statement_series(audit, WAVE, "3")
    assert only.is_part_scored
    assert not overlay(audit, SeriesKey(WAVE, PARTNERSHIP), "4").is_part_scored


@given(st.dictionaries(st.sampled_from([s.statement_id for s in instrument().statements]), st.integers(0, 4)))
def test_an_overlay_is_the_series_that_is_shown_alone(scores: dict[str, int]) -> None:
    audit = audit_with(dict(scores))
    assert overlay(audit, SeriesKey(WAVE, PARTNERSHIP)).series == domain_series(standing(audit, WAVE))


@given(st.dictionaries(st.sampled_from(AGENCIES), st.one_of(st.integers(0, 4), st.just(NO_VIEW))))
def test_no_overlay_discloses_a_vote(votes: dict[str, Answer]) -> None:
    series = frozenset((WAVE, party) for party in (PARTNERSHIP, *AGENCIES))
    audit = replace(audit_with({"3.2": 1}, agencies={"police": {"3.2": 2}}), series=series)
    blind = with_round(audit, votes)
    for domain_id in ("", "3"):
        assert shown_overlays(blind, WAVE, domain_id) == shown_overlays(audit, WAVE, domain_id)
