"""How the series of a radar are told apart: what each is called, and its hue, line style and marker.

A series keeps its look whatever else is shown, in the window and in print: it follows from where its wave and
its party stand in the audit. Line style and marker alone tell six waves of the partnership and twelve
agencies apart, for whoever sees no hues; beyond that, looks come again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import NamedTuple

from hsb_desktop.analysis.overlays import Overlay, SeriesKey
from hsb_desktop.model import Audit
from hsb_desktop.values import PARTNERSHIP

HUES = 6
"""How many colours a theme and print have for series; a look says which, counted from 0."""

PRINT_HUES = ("#0072B2", "#D55E00", "#009E73", "#B8619A", "#000000", "#8A6D00")
"""On white paper: Okabe and Ito's, the purple and the yellow darkened to 3:1."""


class SeriesLook(NamedTuple):
    """Which hue, which of DASHES and which of MARKERS."""

    hue: int
    dash: int
    marker: int


@dataclass(frozen=True, slots=True)
class Dash:
    """A line style: how a list calls it, and its strokes and gaps, in line widths; none for a solid line."""

    name: str
    pattern: tuple[float, ...]


DASHES = (
    Dash("solid line", ()),
    Dash("dashed line", (3, 2)),
    Dash("dotted line", (1, 1.8)),
    Dash("dash and dot", (6, 2, 1, 2)),
    Dash("long dashes", (8, 3)),
    Dash("dash and two dots", (4, 1.5, 1, 1.5, 1, 1.5)),
    Dash("pairs of dashes", (3, 1.2, 3, 4)),
)

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Marker:
    """The shape of a series' points: how a list calls it, and its corners, y upwards, within ±0.6.

    Without corners it is a circle of diameter 1.
    """

    name: str
    corners: tuple[Place, ...]


def _regular(corners: int, reach: float, inner: float = 0.0) -> tuple[Place, ...]:
    """Return a regular polygon that points up or, with an inner reach, a star of so many points."""
    count = 2 * corners if inner else corners
    reaches = [inner if inner and place % 2 else reach for place in range(count)]
    return tuple(
        (r * sin(2 * pi * place / count), r * cos(2 * pi * place / count)) for place, r in enumerate(reaches)
    )


_PLUS = (
    (-0.2, 0.55), (0.2, 0.55), (0.2, 0.2), (0.55, 0.2), (0.55, -0.2), (0.2, -0.2),
    (0.2, -0.55), (-0.2, -0.55), (-0.2, -0.2), (-0.55, -0.2), (-0.55, 0.2), (-0.2, 0.2),
)  # fmt: skip


def _turned(corners: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(((x - y) * 0.7071, (x + y) * 0.7071) for x, y in corners)


MARKERS = (
    Marker("circles", ()),
    Marker("squares", ((-0.45, 0.45), (0.45, 0.45), (0.45, -0.45), (-0.45, -0.45))),
    Marker("triangles", ((0, 0.55), (0.55, -0.45), (-0.55, -0.45))),
    Marker("diamonds", ((0, 0.6), (0.5, 0), (0, -0.6), (-0.5, 0))),
    Marker("plus signs", _PLUS),
    Marker("stars", _regular(5, 0.6, 0.27)),
    Marker("pentagons", _regular(5, 0.55)),
    Marker("triangles pointing down", ((0, -0.55), (-0.55, 0.45), (0.55, 0.45))),
    Marker("hourglasses", ((-0.5, 0.55), (0.5, 0.55), (0.1, 0), (0.5, -0.55), (-0.5, -0.55), (-0.1, 0))),
    Marker("triangles pointing right", ((0.55, 0), (-0.45, -0.55), (-0.45, 0.55))),
    Marker("crosses", _turned(_PLUS)),
    Marker("triangles pointing left", ((-0.55, 0), (0.45, 0.55), (0.45, -0.55))),
    Marker("bow ties", ((0.55, -0.5), (0.55, 0.5), (0, 0.1), (-0.55, 0.5), (-0.55, -0.5), (0, -0.1))),
)


def numbered_look(number: int) -> SeriesLook:
    """Return the look of the partnership in the wave of this number, counted from 0."""
    return _look(number, 0)


def series_look(audit: Audit, key: SeriesKey) -> SeriesLook:
    """Return the look of a series: the same wherever it is drawn, and whatever it is drawn with."""
    waves = [wave.wave_id for wave in audit.waves]
    parties = [PARTNERSHIP, *(agency.agency_id for agency in audit.agencies)]
    return _look(
        waves.index(key.wave_id) if key.wave_id in waves else 0,
        parties.index(key.party_id) if key.party_id in parties else 0,
    )


def _look(wave: int, party: int) -> SeriesLook:
    # Found by trying: with these steps the first 6 x 13 pairs of line style and marker all differ, waves of
    # one party and the first parties of one wave differ in all three, and few share hue and line style.
    return SeriesLook(
        (wave + 5 * party) % HUES, (wave + party) % len(DASHES), (wave + 7 * party) % len(MARKERS)
    )


def look_in_words(look: SeriesLook) -> str:
    """Return line style and marker in words, for a list that is read aloud."""
    return f"{DASHES[look.dash].name}, {MARKERS[look.marker].name}"


def legend_names(overlays: Sequence[Overlay]) -> tuple[str, ...]:
    """Return what a legend calls each series: wave and party, less what all of them share.

    Of one wave, the party alone; where every party is the partnership, the wave alone.
    """
    one_wave = len({overlay.key.wave_id for overlay in overlays}) < 2
    only_partnership = all(overlay.key.party_id == PARTNERSHIP for overlay in overlays)
    if only_partnership:
        return tuple(overlay.wave_label for overlay in overlays)
    if one_wave:
        return tuple(overlay.party_name for overlay in overlays)
    return tuple(f"{overlay.wave_label} · {overlay.party_name}" for overlay in overlays)
