"""The series that the radar lays over one another, as the report prints them: any waves, any agencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hsb_desktop.analysis import overlays
from hsb_desktop.analysis.legend import SeriesLook, series_look
from hsb_desktop.analysis.overlays import Overlay, SeriesKey
from hsb_desktop.model import Audit
from hsb_desktop.report.content_radar import Radar, RadarAxis, RadarSeries
from hsb_desktop.values import PARTNERSHIP

_MOST_IN_A_RADAR = 5
_MOST_FOR_STATEMENTS = 10
"""With more series than these, a domain's statements stand in the table only."""


@dataclass(frozen=True, slots=True)
class OverlaidRow:
    """One series in the table: its name and look, and its value on each axis as it is written."""

    name: str
    look: SeriesLook
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverlaidAxes:
    """All series over the domains, or over the statements of one domain."""

    title: str
    axes: tuple[RadarAxis, ...]
    radars: tuple[Radar, ...]
    """As many as it takes to tell the series apart; each has its look as in the window."""
    rows: tuple[OverlaidRow, ...]


def overlaid(audit: Audit, wave_id: str) -> tuple[OverlaidAxes, ...]:
    """Return the chosen series over the domains and over each domain's statements.

    Nothing where the partnership in this wave is all that is shown: that is on the other pages.
    """
    if overlays.shown_keys(audit, wave_id) == (SeriesKey(wave_id, PARTNERSHIP),):
        return ()
    found = [_over(audit, wave_id, "", "The domains")]
    for domain in audit.instrument.domains:
        title = f"{domain.domain_id} {domain.short_title}"
        found.append(_over(audit, wave_id, domain.domain_id, title))
    return tuple(found)


def _over(audit: Audit, wave_id: str, domain_id: str, title: str) -> OverlaidAxes:
    axes = overlays.shown_axes(audit.instrument, domain_id)
    shown = overlays.shown_overlays(audit, wave_id, domain_id)
    spokes = tuple(RadarAxis(axis.axis_id, axis.label) for axis in axes)
    has_radars = not domain_id or len(shown) <= _MOST_FOR_STATEMENTS
    return OverlaidAxes(
        title=title,
        axes=spokes,
        radars=tuple(
            _radar(audit, spokes, shown[first : first + _MOST_IN_A_RADAR])
            for first in range(0, len(shown) if has_radars else 0, _MOST_IN_A_RADAR)
        ),
        rows=tuple(
            OverlaidRow(name, series_look(audit, each.key), tuple(_value(each, axis) for axis in spokes))
            for each, name in ((each, _name(each)) for each in shown)
        ),
    )


def _radar(audit: Audit, spokes: tuple[RadarAxis, ...], shown: Sequence[Overlay]) -> Radar:
    said = "; ".join(
        f"{_name(each)}: " + ", ".join(f"{axis.label} {each.series.number(axis.axis_id)}" for axis in spokes)
        for each in shown
    )
    return Radar(
        axes=spokes,
        series=tuple(
            RadarSeries(
                _name(each), dict(each.series.values), each.series.part_scored, series_look(audit, each.key)
            )
            for each in shown
        ),
        description=f"Radar graph of {len(shown)} series. {said}.",
    )


def _name(shown: Overlay) -> str:
    return f"{shown.wave_label} · {shown.party_name}"


def _value(shown: Overlay, axis: RadarAxis) -> str:
    number = shown.series.number(axis.axis_id)
    count = shown.series.counts.get(axis.axis_id)
    return number if count is None else f"{number} · {count.scored} of {count.statements}"
