"""Where everything of a radar graph stands: rings, spokes, labels, and one polygon for each series.

Lines run only between neighbouring axes that both have a value, so that an axis with nothing scored is a gap;
a true 0 is a visible point at the centre; a part-scored axis has a hollow point. Series differ by line style,
marker and hue (Okabe and Ito's, which colour-blind readers tell apart), never by hue alone. All of it is
arithmetic: `radar_drawing` draws it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, pi, sin

from hsb_desktop.report.content import Radar, RadarSeries

HIGHEST = 4

Point = tuple[float, float]

LABEL_HEIGHT = 11.5
SUBLABEL_HEIGHT = 10.0
LEGEND_HEIGHT = 13.0
"""Heights of one line of text, in points."""

_GAP = 9.0
"""Between the outer ring and a label."""
_UPRIGHT = 0.2
"""Sine of the angle within which a label stands centred above or below its spoke."""
_STRAIGHT = 1e-9
"""Below this a direction is straight up, down or sideways."""


@dataclass(frozen=True, slots=True)
class SeriesLook:
    """How one series is told apart: hue, line style and marker."""

    colour: str
    dashes: tuple[float, ...]
    marker: str


LOOKS = (
    SeriesLook("#0072B2", (), "circle"),
    SeriesLook("#D55E00", (6, 3), "square"),
    SeriesLook("#009E73", (2, 2.5), "triangle"),
    SeriesLook("#000000", (8, 2.5, 2, 2.5), "diamond"),
    SeriesLook("#B8619A", (12, 4), "cross"),
)
"""In the order of the series. The last is Okabe and Ito's purple, darkened to 3:1 on white."""


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """Text of an axis, and the box it takes: left, bottom, width and height."""

    axis_id: str
    lines: tuple[str, ...]
    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SeriesGeometry:
    """One series as lines and points. `areas` are the wedges between neighbours that both have values."""

    name: str
    look: SeriesLook
    lines: tuple[tuple[Point, Point], ...]
    areas: tuple[tuple[Point, Point, Point], ...]
    points: tuple[tuple[str, Point, bool], ...]
    """Axis id, place, and whether it is hollow."""


@dataclass(frozen=True, slots=True)
class RadarLayout:
    """Where everything of a radar stands, in points from the lower left corner of its rectangle."""

    centre: Point
    radius: float
    rings: tuple[tuple[Point, ...], ...]
    ends: tuple[Point, ...]
    """Where each spoke ends."""
    labels: tuple[PlacedLabel, ...]
    series: tuple[SeriesGeometry, ...]
    legend_height: float = field(default=0)


def radar_layout(
    radar: Radar,
    width: float,
    height: float,
    measure: Callable[[str, bool], float],
    *,
    sublabels: dict[str, str] | None = None,
) -> RadarLayout:
    """Return the radar's geometry within a rectangle.

    `measure` returns how wide a label is in points (second argument: whether it is a sublabel); `sublabels`
    are second lines below the labels of axes, such as "2.1 · 7 of 10 scored".
    """
    sublabels = sublabels or {}
    count = len(radar.axes)
    legend_height = (LEGEND_HEIGHT * len(radar.series) + 6) if len(radar.series) > 1 else 0.0
    blocks: list[_Block] = []
    for axis in radar.axes:
        sublabel = sublabels.get(axis.axis_id, "")
        extent = max(measure(axis.label, False), measure(sublabel, True) if sublabel else 0)
        lines = (axis.label, sublabel) if sublabel else (axis.label,)
        blocks.append((axis.axis_id, lines, extent, LABEL_HEIGHT + (SUBLABEL_HEIGHT if sublabel else 0)))
    directions = [(sin(2 * pi * place / count), cos(2 * pi * place / count)) for place in range(count)]
    centre, radius = _fitted(directions, blocks, width, height, legend_height)

    def at(place: int, value: float) -> Point:
        reach = radius * value / HIGHEST
        return centre[0] + directions[place][0] * reach, centre[1] + directions[place][1] * reach

    return RadarLayout(
        centre=centre,
        radius=radius,
        rings=tuple(tuple(at(place, ring) for place in range(count)) for ring in range(1, HIGHEST + 1)),
        ends=tuple(at(place, HIGHEST) for place in range(count)),
        labels=_placed_labels(directions, blocks, centre, radius),
        series=tuple(
            _series_geometry(
                series, LOOKS[number % len(LOOKS)], [axis.axis_id for axis in radar.axes], at, centre
            )
            for number, series in enumerate(radar.series)
        ),
        legend_height=legend_height,
    )


_Block = tuple[str, tuple[str, ...], float, float]


def _fitted(
    directions: list[Point], blocks: list[_Block], width: float, height: float, legend_height: float
) -> tuple[Point, float]:
    """Return the centre and the largest radius at which every label still fits into the rectangle."""
    radius = min(width, height - legend_height) / 2
    for (x, y), (_, _, extent, tall) in zip(directions, blocks, strict=True):
        sideways = extent if abs(x) > _UPRIGHT else extent / 2
        if abs(x) > _STRAIGHT:
            radius = min(radius, max((width / 2 - sideways) / abs(x) - _GAP, 0))
        if abs(y) > _STRAIGHT:
            radius = min(
                radius, max(((height - legend_height) / 2 - tall * (0.5 + abs(y) / 2)) / abs(y) - _GAP, 0)
            )
    top = max(
        y * (radius + _GAP) + tall * (1 + y) / 2
        for (_, y), (_, _, _, tall) in zip(directions, blocks, strict=True)
    )
    bottom = min(
        y * (radius + _GAP) - tall * (1 - y) / 2
        for (_, y), (_, _, _, tall) in zip(directions, blocks, strict=True)
    )
    middle = legend_height + (height - legend_height) / 2
    return (width / 2, middle - (top + bottom) / 2), radius


def _placed_labels(
    directions: list[Point], blocks: list[_Block], centre: Point, radius: float
) -> tuple[PlacedLabel, ...]:
    placed: list[PlacedLabel] = []
    for (x, y), (axis_id, lines, extent, tall) in zip(directions, blocks, strict=True):
        anchor_x, anchor_y = centre[0] + x * (radius + _GAP), centre[1] + y * (radius + _GAP)
        left = anchor_x - extent / 2
        if abs(x) > _UPRIGHT:
            left = anchor_x if x > 0 else anchor_x - extent
        placed.append(PlacedLabel(axis_id, lines, left, anchor_y - tall * (1 - y) / 2, extent, tall))
    return tuple(placed)


def _series_geometry(
    series: RadarSeries,
    look: SeriesLook,
    axis_ids: list[str],
    at: Callable[[int, float], Point],
    centre: Point,
) -> SeriesGeometry:
    values = [series.values.get(axis_id) for axis_id in axis_ids]
    points = [None if value is None else at(place, value) for place, value in enumerate(values)]
    # Two axes are neighbours once, not twice; fewer than three make no ring.
    neighbours = list(pairwise(points)) + ([(points[-1], points[0])] if len(points) > 2 else [])
    lines = tuple((one, other) for one, other in neighbours if one is not None and other is not None)
    return SeriesGeometry(
        name=series.name,
        look=look,
        lines=lines,
        areas=tuple((centre, one, other) for one, other in lines),
        points=tuple(
            (axis_id, point, axis_id in series.hollow)
            for axis_id, point in zip(axis_ids, points, strict=True)
            if point is not None
        ),
    )
