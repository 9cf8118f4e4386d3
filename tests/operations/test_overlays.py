"""What is shown is remembered."""

from __future__ import annotations

import pytest

from hsb_desktop.analysis.overlays import SeriesKey, shown_keys
from hsb_desktop.errors import InputRefused
from hsb_desktop.model import Audit
from hsb_desktop.operations.overlays import hide_series, show_only, show_series
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import PARTNERSHIP
from tests.analysis.agencies import after, locked
from tests.analysis.audits import WAVE, audit_with

NEXT = "w2"
SHOWN, POLICE, BASELINE = (
    SeriesKey(NEXT, PARTNERSHIP),
    SeriesKey(NEXT, "police"),
    SeriesKey(WAVE, PARTNERSHIP),
)


@pytest.fixture
def audit() -> Audit:
    return audit_with({})


def test_a_further_series_is_laid_over_the_one_that_is_shown_by_itself(audit: Audit) -> None:
    change_set = show_series(audit, NEXT, POLICE)
    assert shown_keys(after(audit, change_set), NEXT) == (SHOWN, POLICE)
    assert change_set.label == "Six months · Police shown on the radar"
    assert after(after(audit, change_set), change_set.reversed()) == audit


def test_what_was_chosen_stays_when_another_wave_is_on_the_screen(audit: Audit) -> None:
    audit = after(audit, show_series(audit, NEXT, POLICE))
    assert shown_keys(audit, WAVE) == (SHOWN, POLICE)
    assert shown_keys(after(audit, show_series(audit, WAVE, BASELINE)), WAVE) == (BASELINE, SHOWN, POLICE)


def test_a_hidden_series_is_gone_and_the_last_gives_way_to_the_wave_on_the_screen(audit: Audit) -> None:
    audit = after(audit, show_series(audit, NEXT, POLICE))
    audit = after(audit, hide_series(audit, NEXT, SHOWN))
    assert shown_keys(audit, NEXT) == (POLICE,)
    audit = after(audit, hide_series(audit, WAVE, POLICE))
    assert shown_keys(audit, WAVE) == (BASELINE,)


def test_showing_what_is_shown_keeps_it(audit: Audit) -> None:
    audit = after(audit, show_series(audit, NEXT, POLICE))
    assert show_series(audit, NEXT, POLICE).changes == ()


def test_exactly_what_was_asked_for_is_shown(audit: Audit) -> None:
    audit = after(audit, show_series(audit, NEXT, POLICE))
    audit = after(audit, show_only(audit, (BASELINE, POLICE)))
    assert shown_keys(audit, NEXT) == (BASELINE, POLICE)


def test_a_locked_waves_series_may_be_shown(audit: Audit) -> None:
    audit = locked(audit)
    assert shown_keys(after(audit, show_series(audit, NEXT, BASELINE)), NEXT) == (BASELINE, SHOWN)


@pytest.mark.parametrize("key", [SeriesKey("gone", PARTNERSHIP), SeriesKey(WAVE, "gone")])
def test_what_is_not_there_is_not_shown(audit: Audit, key: SeriesKey) -> None:
    with pytest.raises(InputRefused, match="Nothing was changed"):
        show_series(audit, NEXT, key)


def test_it_is_remembered_in_the_file(audit_file: AuditFile) -> None:
    audit = audit_file.read()
    key = SeriesKey(audit.waves[0].wave_id, PARTNERSHIP)
    audit_file.apply(show_series(audit, key.wave_id, key))
    assert audit_file.read().series == {tuple(key)}
