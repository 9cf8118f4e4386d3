"""Series are told apart by more than their hue, and each keeps its look."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product

import pytest

from hsb_desktop.analysis.legend import (
    DASHES,
    HUES,
    MARKERS,
    PRINT_HUES,
    legend_names,
    look_in_words,
    numbered_look,
    series_look,
)
from hsb_desktop.analysis.overlays import SeriesKey, overlay
from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Agency, Audit, Wave
from hsb_desktop.resources import resource_path
from hsb_desktop.values import PARTNERSHIP

WAVES = tuple(f"w{number}" for number in range(1, 7))
AGENCIES = tuple(f"a{number}" for number in range(1, 13))


@pytest.fixture
def audit() -> Audit:
    return Audit(
        "audit",
        instrument_by_id(),
        waves=tuple(Wave(wave_id, f"Wave {wave_id}") for wave_id in WAVES),
        agencies=tuple(Agency(agency_id, f"Agency {agency_id}") for agency_id in AGENCIES),
    )


def test_line_style_and_marker_alone_tell_six_waves_of_twelve_agencies_apart(audit: Audit) -> None:
    keys = [SeriesKey(*key) for key in product(WAVES, (PARTNERSHIP, *AGENCIES))]
    assert len({series_look(audit, key)[1:] for key in keys}) == len(keys) == 6 * 13


def test_waves_of_one_party_differ_in_hue_line_style_and_marker(audit: Audit) -> None:
    for party_id in (PARTNERSHIP, "a1", "a12"):
        looks = [series_look(audit, SeriesKey(wave_id, party_id)) for wave_id in WAVES[:HUES]]
        assert all(len(set(part)) == HUES for part in zip(*looks, strict=True))


def test_the_first_parties_of_one_wave_differ_in_all_three_and_all_in_their_markers(audit: Audit) -> None:
    parties = (PARTNERSHIP, *AGENCIES)
    looks = [series_look(audit, SeriesKey("w2", party_id)) for party_id in parties]
    assert all(len(set(part)) == HUES for part in zip(*looks[:HUES], strict=True))
    assert len({look.marker for look in looks}) == 13


def test_a_series_keeps_its_look_whatever_comes_after_it(audit: Audit) -> None:
    key = SeriesKey("w2", "a3")
    fewer = replace(audit, waves=audit.waves[:2], agencies=audit.agencies[:3])
    assert series_look(fewer, key) == series_look(audit, key)
    assert series_look(audit, SeriesKey("w3", PARTNERSHIP)) == numbered_look(2)


def test_looks_have_words_that_differ_as_they_do(audit: Audit) -> None:
    assert look_in_words(numbered_look(0)) == "solid line, circles"
    assert len({dash.name for dash in DASHES}) == len(DASHES)
    assert len({marker.name for marker in MARKERS}) == len({m.corners for m in MARKERS}) == len(MARKERS)
    assert all(abs(x) <= 0.6 and abs(y) <= 0.6 for marker in MARKERS for x, y in marker.corners)


def test_every_theme_and_print_have_each_hue() -> None:
    assert len(set(PRINT_HUES)) == HUES
    for path in resource_path("themes").glob("*.json"):
        assert len(set(json.loads(path.read_text(encoding="utf-8"))["series"])) == HUES


def test_hues_of_print_stand_out_on_paper() -> None:
    for hue in PRINT_HUES:
        parts = [int(hue[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        assert 1.05 / (luminance + 0.05) >= 3, hue


def test_a_legend_leaves_out_what_all_series_share(audit: Audit) -> None:
    def names(*keys: tuple[str, str]) -> tuple[str, ...]:
        return legend_names([overlay(audit, SeriesKey(*key)) for key in keys])

    assert names(("w1", PARTNERSHIP), ("w2", PARTNERSHIP)) == ("Wave w1", "Wave w2")
    assert names(("w2", PARTNERSHIP), ("w2", "a1")) == ("Partnership", "Agency a1")
    assert names(("w1", PARTNERSHIP), ("w2", "a1")) == ("Wave w1 · Partnership", "Wave w2 · Agency a1")
    assert names(("w1", "a1"), ("w2", "a1")) == ("Wave w1 · Agency a1", "Wave w2 · Agency a1")
