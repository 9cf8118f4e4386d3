"""Choosing what the radar lays over one another; it is remembered, and it is what the report prints."""

from __future__ import annotations

from hsb_desktop.analysis.overlays import SeriesKey, series_name, shown_keys
from hsb_desktop.errors import InputRefused
from hsb_desktop.model import Audit
from hsb_desktop.operations.waves import known_wave
from hsb_desktop.values import PARTNERSHIP, Change, ChangeSet, Subject, ValueAddress


def show_series(audit: Audit, shown_wave_id: str, key: SeriesKey) -> ChangeSet:
    """Return the change that lays one more series over those that are shown.

    `shown_wave_id` is the wave on the screen: the series that it shows by itself stays. Raises InputRefused
    for a wave or an agency that the audit does not have. A locked wave's series may be shown.
    """
    known_wave(audit, key.wave_id)
    if key.party_id != PARTNERSHIP and key.party_id not in {a.agency_id for a in audit.agencies}:
        raise InputRefused("The audit has no such agency any more. Nothing was changed.")
    wanted = (*shown_keys(audit, shown_wave_id), key)
    return _choose(audit, f"{_name(audit, key)} shown on the radar", wanted)


def hide_series(audit: Audit, shown_wave_id: str, key: SeriesKey) -> ChangeSet:
    """Return the change that takes a series off the radar.

    Where none is left, the partnership's in the wave on the screen is shown.
    """
    wanted = tuple(other for other in shown_keys(audit, shown_wave_id) if other != key)
    return _choose(audit, f"{_name(audit, key)} hidden on the radar", wanted)


def show_only(audit: Audit, keys: tuple[SeriesKey, ...]) -> ChangeSet:
    """Return the change that shows exactly these series; without any, what the screen shows by itself."""
    return _choose(audit, "what the radar shows", keys)


def _choose(audit: Audit, label: str, wanted: tuple[SeriesKey, ...]) -> ChangeSet:
    now, chosen = audit.series, frozenset(tuple(key) for key in wanted)
    gone = [Change(_address(pair), 1, None) for pair in sorted(now - chosen)]
    come = [Change(_address(pair), None, 1) for pair in sorted(chosen - now)]
    return ChangeSet(label, tuple(gone + come))


def _address(pair: tuple[str, ...]) -> ValueAddress:
    return ValueAddress(Subject.SERIES, pair, "is_shown")


def _name(audit: Audit, key: SeriesKey) -> str:
    return series_name(audit, *key)
