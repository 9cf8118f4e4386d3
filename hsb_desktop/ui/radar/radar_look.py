"""How a radar looks at its size and in its theme: colours, lines, points and letters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainterPath, QPainterPathStroker, QPen, QPolygonF

from hsb_desktop.analysis.legend import DASHES, MARKERS, SeriesLook
from hsb_desktop.ui.theme import BASE_POINT_SIZE, Theme

_FADED = 0.34
"""How much of its colour a series keeps that stands behind the one in front."""


class Emphasis(Enum):
    """How strongly a series is drawn: the width of its line, the size of its points, and its colour."""

    FRONT = (1.25, 1.15, False)
    USUAL = (1.0, 1.0, False)
    THIN = (0.6, 0.75, False)
    FADED = (0.55, 0.7, True)

    @property
    def line(self) -> float:
        """Of the usual width."""
        return self.value[0]

    @property
    def point(self) -> float:
        """Of the usual size."""
        return self.value[1]

    @property
    def is_faded(self) -> bool:
        """Whether its colour is faded."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class RadarLook:
    """Everything that grows with `scale` (1 at 100 %) or changes with the theme."""

    theme: Theme
    scale: float
    family: str
    dots_per_inch: int

    @property
    def line_width(self) -> float:
        """Width of a series' line, in pixels."""
        return max(2.5, 2.5 * self.scale)

    @property
    def point_size(self) -> float:
        """Diameter of a point, in pixels."""
        return max(10.0, 11 * self.scale)

    def color(self, series: SeriesLook, emphasis: Emphasis = Emphasis.USUAL) -> QColor:
        """Return the colour of a series."""
        color = QColor(self.theme.series[series.hue % len(self.theme.series)])
        if not emphasis.is_faded:
            return color
        # Opaque all the same: what lies behind must not shine through where many cross.
        behind = self.theme.color("surface")
        parts = (
            (color.redF(), behind.redF()),
            (color.greenF(), behind.greenF()),
            (color.blueF(), behind.blueF()),
        )
        return QColor.fromRgbF(*(_FADED * own + (1 - _FADED) * other for own, other in parts))

    def line_pen(self, series: SeriesLook, emphasis: Emphasis = Emphasis.USUAL) -> QPen:
        """Return the pen of a series, with the dashes by which it is told from the others."""
        line = pen(self.color(series, emphasis), self.line_width * emphasis.line)
        # Every corner and end lies under a point: to round it off would be for nobody to see.
        line.setCapStyle(Qt.PenCapStyle.FlatCap)
        line.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        dashes = DASHES[series.dash].pattern
        if dashes:
            line.setDashPattern(dashes)
        return line

    def font(self, size: float = 1.0, *, bold: bool = True) -> QFont:
        """Return the letters at a share of their usual size."""
        font = QFont(self.family)
        # In pixels, so that a picture has the widget's proportions whatever its resolution says.
        font.setPixelSize(max(9, round(BASE_POINT_SIZE * self.scale * size * self.dots_per_inch / 72)))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font


def pen(color: QColor, width: float, *, cosmetic: bool = True) -> QPen:
    """Return a pen with round ends."""
    made = QPen(color, width)
    made.setCosmetic(cosmetic)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    made.setCapStyle(Qt.PenCapStyle.RoundCap)
    return made


@cache
def marker_path(number: int) -> QPainterPath:
    """Return the shape of a series' points, of size 1 around the origin, y downwards."""
    path = QPainterPath()
    corners = MARKERS[number].corners
    if corners:
        path.addPolygon(QPolygonF([QPointF(x, -y) for x, y in corners]))
        path.closeSubpath()
    else:
        path.addEllipse(QPointF(0, 0), 0.5, 0.5)
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def grown(shape: QPainterPath, edge: float) -> QPainterPath:
    """Return a shape with the edge that a pen of so many pixels would draw round it, to be filled as one.

    Forty series have two hundred points: to draw round each costs five times what filling it does.
    """
    whole = QPainterPathStroker(pen(QColor(), edge)).createStroke(shape).united(shape).simplified()
    whole.setFillRule(Qt.FillRule.WindingFill)
    return whole
