"""What a radar shows, as frozen values, and where its parts stand: pure helpers without Qt.

What the series and axes are is reckoned in `analysis/overlays.py`, for the window and for print alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from hsb_desktop.analysis.overlays import (
    RadarAxis,
    RadarSeries,
    ScoredCount,
    domain_axes,
    domain_series,
    own_words,
    series_name,
    shown_axes,
    shown_series,
    statement_axes,
    statement_series,
)
from hsb_desktop.analysis.scoring import HIGHEST_SCORE

__all__ = [
    "MANY",
    "Box",
    "Point",
    "RadarAxis",
    "RadarLayout",
    "RadarSeries",
    "ScoredCount",
    "direction",
    "domain_axes",
    "domain_series",
    "flow",
    "lay_out",
    "nearest_axis",
    "own_words",
    "place",
    "runs",
    "series_name",
    "shown_axes",
    "shown_series",
    "statement_axes",
    "statement_series",
]

MANY = 6
"""More series than this are drawn thinner, and stand in columns in a legend."""

# Where things stand -------------------------------------------------------------------------------------


class Point(NamedTuple):
    """A place; on the radar itself y grows upwards and the score 4 has radius 1."""

    x: float
    y: float


class Box(NamedTuple):
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.top + self.height

    def moved(self, x: float, y: float) -> Box:
        """Return the same rectangle elsewhere."""
        return Box(self.left + x, self.top + y, self.width, self.height)

    def overlaps(self, other: Box) -> bool:
        """Whether the two share any place."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)


@dataclass(frozen=True, slots=True)
class RadarLayout:
    """Where the centre, the outer ring and the labels stand in a widget, in pixels, y downwards."""

    centre: Point
    radius: float
    labels: tuple[Box, ...]


@cache
def direction(index: int, count: int) -> Point:
    """Return the unit vector of a spoke: the first points up, the others follow clockwise."""
    angle = 2 * math.pi * index / count
    return Point(math.sin(angle), math.cos(angle))


def place(index: int, count: int, value: float) -> Point:
    """Return where a value stands on its spoke."""
    unit = direction(index, count)
    return Point(unit.x * value / HIGHEST_SCORE, unit.y * value / HIGHEST_SCORE)


def runs(values: Sequence[float | None]) -> tuple[tuple[int, ...], ...]:
    """Return the unbroken rows of neighbouring axes that have a value, going round; all of them as one run
    that ends where it began. An edge of the polygon joins two neighbours of one run and no others."""
    count = len(values)
    gaps = [index for index, value in enumerate(values) if value is None]
    if not gaps:
        return ((*range(count), 0),) if count > 2 else ((tuple(range(count))),) if count else ()
    found: list[list[int]] = []
    for step in range(1, count + 1):
        index = (gaps[0] + step) % count
        if values[index] is None:
            continue
        if found and found[-1][-1] == (index - 1) % count:
            found[-1].append(index)
        else:
            found.append([index])
    return tuple(tuple(run) for run in found)


def lay_out(
    area: Box, label_sizes: Sequence[tuple[float, float]], gap: float, farthest: float
) -> RadarLayout:
    """Return the largest radar that fits into `area` with its labels, none cut off or over the plot.

    A label keeps `gap` from the outer ring and, where the area is too narrow for it beside its spoke,
    moves up or down by `farthest` at most.
    """
    smallest, largest = 1.0, max(1.0, min(area.width, area.height) / 2)
    best = _attempt(area, label_sizes, gap, math.inf, smallest)
    for _ in range(14):
        radius = (smallest + largest) / 2
        attempt = _attempt(area, label_sizes, gap, farthest, radius)
        if attempt is None:
            largest = radius
        else:
            smallest, best = radius, attempt
    if best is None:
        centre = Point(area.left + area.width / 2, area.top + area.height / 2)
        return RadarLayout(centre, 1.0, tuple(Box(centre.x, centre.y, 0, 0) for _ in label_sizes))
    return best


def _attempt(
    area: Box, label_sizes: Sequence[tuple[float, float]], gap: float, farthest: float, radius: float
) -> RadarLayout | None:
    """Return the layout with this radius, or None if something is cut off, too far away or overlaps."""
    half = area.width / 2
    if radius + gap > half:
        return None
    count = len(label_sizes)
    boxes: list[Box] = []
    shifts: list[float] = []
    for index, (width, height) in enumerate(label_sizes):
        unit = direction(index, count)
        anchor = Point(unit.x * (radius + gap), -unit.y * (radius + gap))
        left = anchor.x + (_lean(unit.x) - 1) * width / 2
        top = anchor.y + (_lean(-unit.y) - 1) * height / 2
        boxes.append(Box(max(-half, min(half - width, left)), top, width, height))
        shifts.append(_shift_to_clear(boxes[-1], count, radius, gap, upwards=unit.y > -0.01))
    if any(box.width > area.width for box in boxes) or any(abs(shift) > farthest for shift in shifts):
        return None
    # Labels that mirror each other stand at one height.
    labels = [box.moved(0, max(shifts[index], shifts[-index], key=abs)) for index, box in enumerate(boxes)]
    if any(box.overlaps(other) for index, box in enumerate(labels) for other in labels[:index]):
        return None
    top = min([-radius - gap, *(label.top for label in labels)])
    lowest = min((direction(index, count).y for index in range(count)), default=-1.0)
    bottom = max([-lowest * radius + gap, *(label.bottom for label in labels)])
    if bottom - top > area.height:
        return None
    centre = Point(area.left + half, area.top + (area.height - bottom - top) / 2)
    return RadarLayout(centre, radius, tuple(label.moved(*centre) for label in labels))


def _lean(component: float) -> float:
    """How far a label stands aside from its spoke's end: −1 wholly before, 0 centred, 1 wholly after."""
    return max(-1.0, min(1.0, component * 1.7))


def _shift_to_clear(box: Box, count: int, radius: float, gap: float, upwards: bool) -> float:
    """Return the smallest move up (negative) or down after which the box keeps `gap` from the outer ring."""
    sign = -1.0 if upwards else 1.0
    shifts = [max(0.0, radius + gap - (-box.bottom if upwards else box.top))]
    sides = max(count, 3)
    for index in range(sides):
        angle = 2 * math.pi * (index + 0.5) / sides
        normal = Point(math.sin(angle), -math.cos(angle))
        nearest = min(normal.x * x + normal.y * y for x, y in _corners(box))
        missing = radius * math.cos(math.pi / sides) + gap - nearest
        if missing <= 0:
            return 0.0
        if sign * normal.y > 0.001:
            shifts.append(missing / (sign * normal.y))
    return sign * min(shifts)


def _corners(box: Box) -> Iterable[tuple[float, float]]:
    return ((x, y) for x in (box.left, box.right) for y in (box.top, box.bottom))


def nearest_axis(count: int, x: float, y: float) -> int:
    """Return the spoke that a place (from the centre, y upwards) is nearest to, by angle."""
    return round(math.atan2(x, y) / (2 * math.pi / count)) % count


def flow(widths: Sequence[float], line_height: float, available: float) -> tuple[Box, ...]:
    """Return where entries of these widths stand, in as many centred lines as they need."""
    lines: list[list[float]] = []
    for width in widths:
        if lines and sum(lines[-1]) + width <= available:
            lines[-1].append(width)
        else:
            lines.append([width])
    boxes: list[Box] = []
    for number, line in enumerate(lines):
        left = max(0.0, (available - sum(line)) / 2)
        for width in line:
            boxes.append(Box(left, number * line_height, width, line_height))
            left += width
    return tuple(boxes)
