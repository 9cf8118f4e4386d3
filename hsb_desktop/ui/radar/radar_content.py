"""What the radar of a session shows: its axes, and the series that were chosen or follow the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QDate, QLocale, Qt, SignalInstance

from hsb_desktop.analysis.legend import SeriesLook, legend_names, series_look
from hsb_desktop.analysis.overlays import (
    RadarAxis,
    RadarSeries,
    SeriesKey,
    series_name,
    shown_axes,
    shown_keys,
    shown_series,
)
from hsb_desktop.analysis.standing import Standing
from hsb_desktop.model import Audit
from hsb_desktop.ui.radar.known_overlays import KnownOverlays
from hsb_desktop.ui.radar.radar_lettering import SEPARATOR
from hsb_desktop.values import PARTNERSHIP, ChangeSet


class RadarSession(Protocol):
    """What a radar reads of the open audit, and how it has remembered what it shows."""

    @property
    def path(self) -> Path:
        """The open file."""

    @property
    def is_read_only(self) -> bool:
        """Whether the file can only be looked at."""

    @property
    def audit(self) -> Audit:
        """The audit as it is now."""

    @property
    def wave_id(self) -> str:
        """The wave that is shown."""

    @property
    def party_id(self) -> str:
        """The party whose scores are shown."""

    @property
    def standing(self) -> Standing:
        """How far the shown party is in the shown wave."""

    @property
    def unnamed(self) -> frozenset[tuple[str, str]]:
        """Wave and statement of what was revealed, as long as nobody asked for the names."""

    @property
    def audit_changed(self) -> SignalInstance:
        """After each committed change."""

    @property
    def wave_changed(self) -> SignalInstance:
        """Another wave is shown."""

    def name_all(self) -> None:
        """From now on everything may show who answered what."""

    def apply(self, change_set: ChangeSet) -> None:
        """Write a change set, as one undo step."""


@dataclass(frozen=True, slots=True)
class RadarContent:
    """Axes and series, each series with its key and its look, in one order for radar, legend and table."""

    axes: tuple[RadarAxis, ...]
    keys: tuple[SeriesKey, ...]
    series: tuple[RadarSeries, ...]
    looks: tuple[SeriesLook, ...]
    main: int | None
    """The number of the series of the wave and the party on the screen; None if it is not among them."""


def radar_content(session: RadarSession, domain_id: str, known: KnownOverlays) -> RadarContent:
    """Return what the radar shows: means of domains, or the scores of one domain's statements.

    `known` belongs to the radar, and keeps the series that need not be reckoned anew.

    An agency that fills in its own column sees that alone. What agencies answered is left out until somebody
    asked for their names.
    """
    audit, own = session.audit, SeriesKey(session.wave_id, session.party_id)
    axes = shown_axes(audit.instrument, domain_id)
    keys = shown_keys(audit, own.wave_id) if may_compare(session) and audit.series else (own,)
    if keys == (own,):
        series: Sequence[RadarSeries] = (shown_series(session.standing, domain_id),)
    else:
        overlays = known.of(audit, keys, session.unnamed, domain_id)
        names = legend_names(overlays)
        series = [replace(each.series, name=name) for each, name in zip(overlays, names, strict=True)]
    looks = tuple(series_look(audit, key) for key in keys)
    return RadarContent(axes, keys, tuple(series), looks, keys.index(own) if own in keys else None)


def may_compare(session: RadarSession) -> bool:
    """Whether there is anything to lay over the radar of the screen."""
    audit = session.audit
    return session.party_id == PARTNERSHIP and len(audit.waves) + len(audit.agencies) > 1


def subject_words(audit: Audit, keys: Sequence[SeriesKey]) -> str:
    """Return whose values a radar shows: waves, the month where it is one, and the agency where it is one."""
    waves = [wave for wave in audit.waves if wave.wave_id in {key.wave_id for key in keys}]
    labels = ", ".join(wave.label for wave in waves)
    name = series_name(audit, *keys[0]) if len(keys) == 1 else labels
    held_on = waves[0].held_on if len(waves) == 1 else ""
    month = QLocale().toString(QDate.fromString(held_on, Qt.DateFormat.ISODate), "MMM yyyy")
    return SEPARATOR.join(part for part in (name, month) if part)
