"""What a radar keeps of its series says the same as reckoning them anew, whatever changes between."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from hsb_desktop.analysis.overlays import SeriesKey, overlay, without_unnamed
from hsb_desktop.model import Audit, Response
from hsb_desktop.ui.radar.known_overlays import KnownOverlays
from hsb_desktop.values import PARTNERSHIP, ResponseKey
from tests.bench.overlays import audit_with_agencies

WAVE, AGENCY, STATEMENT = "wave1", "agency03", "1.1"
NONE: frozenset[tuple[str, str]] = frozenset()


@pytest.fixture(scope="module")
def audit() -> Audit:
    return audit_with_agencies()


def keys_of(audit: Audit) -> tuple[SeriesKey, ...]:
    parties = (PARTNERSHIP, *(agency.agency_id for agency in audit.agencies))
    return tuple(SeriesKey(wave.wave_id, party) for wave in audit.waves for party in parties)


def answered(audit: Audit, score: int | None) -> Audit:
    key = ResponseKey(WAVE, AGENCY, STATEMENT)
    responses = {**audit.responses, key: Response(score=score)}
    return replace(audit, responses=MappingProxyType(responses))


def taken_back(audit: Audit) -> Audit:
    responses = {key: each for key, each in audit.responses.items() if key.statement_id != STATEMENT}
    return replace(audit, responses=MappingProxyType(responses))


def renamed(audit: Audit) -> Audit:
    agencies = tuple(replace(agency, name=f"{agency.name} again") for agency in audit.agencies)
    return replace(audit, agencies=agencies)


def relabelled(audit: Audit) -> Audit:
    return replace(audit, waves=tuple(replace(wave, label=f"{wave.label} b") for wave in audit.waves))


def test_after_every_kind_of_change_it_says_what_is_reckoned_anew(audit: Audit) -> None:
    known = KnownOverlays()
    hidden = frozenset({(WAVE, STATEMENT)})
    for changed, unnamed, domain_id in (
        (audit, NONE, ""),
        (answered(audit, 0), NONE, ""),
        (answered(audit, 4), NONE, ""),
        (answered(audit, None), NONE, "1"),
        (taken_back(audit), NONE, "1"),
        (audit, hidden, "1"),
        (audit, NONE, "1"),
        (audit, hidden, ""),
        (renamed(audit), hidden, ""),
        (relabelled(audit), NONE, ""),
        (audit, NONE, ""),
    ):
        seen = without_unnamed(changed, unnamed)
        fresh = tuple(overlay(seen, key, domain_id) for key in keys_of(changed))
        assert known.of(changed, keys_of(changed), unnamed, domain_id) == fresh


def test_what_nobody_touched_is_not_reckoned_again(audit: Audit) -> None:
    known = KnownOverlays()
    before = known.of(audit, keys_of(audit), NONE, "")
    after = known.of(answered(audit, 0), keys_of(audit), NONE, "")
    touched = {now.key for then, now in zip(before, after, strict=True) if then is not now}
    assert touched == {SeriesKey(WAVE, AGENCY)}
