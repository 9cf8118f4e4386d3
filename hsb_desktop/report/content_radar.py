"""A radar graph as values: what is drawn, and what it says in words."""

from __future__ import annotations

from dataclasses import dataclass

from hsb_desktop.analysis.legend import SeriesLook


@dataclass(frozen=True, slots=True)
class RadarAxis:
    """One spoke: its id and what stands at its end."""

    axis_id: str
    label: str


@dataclass(frozen=True, slots=True)
class RadarSeries:
    """One polygon: a value from 0 to 4 for each axis, None where nothing is scored."""

    name: str
    values: dict[str, float | None]
    hollow: frozenset[str] = frozenset()
    """Axes that are part scored."""
    look: SeriesLook | None = None
    """Which hue, line style and marker, as in the window; None for that of its place among the others."""


@dataclass(frozen=True, slots=True)
class Radar:
    """A radar graph and what it says in words, for those who cannot see it."""

    axes: tuple[RadarAxis, ...]
    series: tuple[RadarSeries, ...]
    description: str
    first_look: int = 0
    """Which look the first series has, where many are spread over several radars."""
