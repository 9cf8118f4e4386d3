"""Where everything of a radar graph stands: rings, spokes, labels, and one polygon for each series.

Lines run only between neighbouring axes that both have a value, so that an axis with nothing scored is a gap;
a true 0 is a visible point at the centre; a part-scored axis has a hollow point. Series differ by line style,
marker and hue (Okabe and Ito's, which colour-blind readers tell apart), never by hue alone. All of it is
arithmetic: `radar_drawing` draws it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from math import cos, pi, sin

from hsb_desktop.analysis import legend
from hsb_desktop.report.content import Radar, RadarSeries

HIGHEST = 4

Point = tuple[float, float]

LABEL_HEIGHT = 11.5
SUBLABEL_HEIGHT = 10.0
LEGEND_HEIGHT = 13.0
"""Heights of one line of text, in points."""

LINE_WEIGHT = 1.8
"""Of a series' line, in points."""
_GAP = 9.0
"""Between the outer ring and a label."""
_UPRIGHT = 0.2
"""Sine of the angle within which a label stands centred above or below its spoke."""
_TOUCH = 0.01
_SEARCH_STEPS = 20


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


def printed_look(look: legend.SeriesLook) -> SeriesLook:
    """Return on paper the look that a series has in the window."""
    return SeriesLook(
        colour=legend.PRINT_HUES[look.hue],
        dashes=tuple(stroke * LINE_WEIGHT for stroke in legend.DASHES[look.dash].pattern),
        marker=legend.MARKERS[look.marker].name,
    )


def look_of(number: int) -> SeriesLook:
    """Return the look of a series, counted from 0. The first 125 all differ, those of one hue in their lines.

    After the first five, hue, line style and marker come together in other ways than before.
    """
    kinds = len(LOOKS)
    once, twice = number // kinds % kinds, number // kinds**2 % kinds
    return SeriesLook(
        colour=LOOKS[number % kinds].colour,
        dashes=LOOKS[(number + once) % kinds].dashes,
        marker=LOOKS[(number + 2 * once + twice) % kinds].marker,
    )


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """Text of an axis, and the box it takes: left, bottom, width and height."""

    axis_id: str
    lines: tuple[str, ...]
    left: float
    bottom: float
    width: float
    height: float

    def overlaps(self, other: PlacedLabel) -> bool:
        """Whether the two boxes share more than an edge."""
        return (
            self.left < other.left + other.width - _TOUCH
            and other.left < self.left + self.width - _TOUCH
            and self.bottom < other.bottom + other.height - _TOUCH
            and other.bottom < self.bottom + self.height - _TOUCH
        )


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
    labels = []
    for place, axis in enumerate(radar.axes):
        sublabel = sublabels.get(axis.axis_id, "")
        labels.append(
            _Label(
                axis_id=axis.axis_id,
                lines=(axis.label, sublabel) if sublabel else (axis.label,),
                width=max(measure(axis.label, False), measure(sublabel, True) if sublabel else 0),
                height=LABEL_HEIGHT + (SUBLABEL_HEIGHT if sublabel else 0),
                direction=(sin(2 * pi * place / count), cos(2 * pi * place / count)),
            )
        )
    centre, radius, placed = _fitted(labels, width, height - legend_height)
    if _any_overlap(placed):  # so many spokes that every second label goes one line further out
        staggered = [
            replace(label, gap=_GAP + place % 2 * (LABEL_HEIGHT + 2)) for place, label in enumerate(labels)
        ]
        centre, radius, placed = _fitted(staggered, width, height - legend_height)
    centre = centre[0], centre[1] + legend_height
    directions = [label.direction for label in labels]

    def at(place: int, value: float) -> Point:
        reach = radius * value / HIGHEST
        return centre[0] + directions[place][0] * reach, centre[1] + directions[place][1] * reach

    return RadarLayout(
        centre=centre,
        radius=radius,
        rings=tuple(tuple(at(place, ring) for place in range(count)) for ring in range(1, HIGHEST + 1)),
        ends=tuple(at(place, HIGHEST) for place in range(count)),
        labels=tuple(replace(label, bottom=label.bottom + legend_height) for label in placed),
        series=tuple(
            _series_geometry(
                series,
                look_of(number) if series.look is None else printed_look(series.look),
                [axis.axis_id for axis in radar.axes],
                at,
                centre,
            )
            for number, series in enumerate(radar.series, radar.first_look)
        ),
        legend_height=legend_height,
    )


@dataclass(frozen=True, slots=True)
class _Label:
    axis_id: str
    lines: tuple[str, ...]
    width: float
    height: float
    direction: Point
    gap: float = _GAP
    """Between the outer ring and this label."""

    def at(self, centre: Point, radius: float) -> PlacedLabel:
        x, y = self.direction
        left = centre[0] + x * (radius + self.gap)
        if abs(x) <= _UPRIGHT:
            left -= self.width / 2
        elif x < 0:
            left -= self.width
        bottom = centre[1] + y * (radius + self.gap) - self.height * (1 - y) / 2
        return PlacedLabel(self.axis_id, self.lines, left, bottom, self.width, self.height)


def _fitted(labels: list[_Label], width: float, height: float) -> tuple[Point, float, list[PlacedLabel]]:
    """Return centre, largest radius and places at which every label is still inside the rectangle."""
    fitting, too_large = 0.0, max(width, height)
    for _ in range(_SEARCH_STEPS):
        radius = (fitting + too_large) / 2
        placed = [label.at((0, 0), radius) for label in labels]
        sideways = max(max(label.left + label.width, -label.left) for label in placed)
        upright = max(label.bottom + label.height for label in placed) - min(label.bottom for label in placed)
        if sideways <= width / 2 and upright <= height:
            fitting = radius
        else:
            too_large = radius
    placed = [label.at((0, 0), fitting) for label in labels]
    top, bottom = max(label.bottom + label.height for label in placed), min(label.bottom for label in placed)
    centre = width / 2, height / 2 - (top + bottom) / 2
    return centre, fitting, [label.at(centre, fitting) for label in labels]


def _any_overlap(placed: list[PlacedLabel]) -> bool:
    return any(one.overlaps(other) for one, other in combinations(placed, 2))


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
