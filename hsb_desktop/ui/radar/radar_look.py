"""How a radar looks at its size and in its theme: colours, lines, points and letters."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPen

from hsb_desktop.ui.theme import BASE_POINT_SIZE, Theme

DASHES: tuple[tuple[float, ...], ...] = ((), (3, 2), (1, 1.8), (6, 2, 1, 2), (8, 3), (4, 1.5, 1, 1.5, 1, 1.5))
"""Line style of each series, in line widths; the first is solid."""


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

    def color(self, index: int) -> QColor:
        """Return the colour of a series; the main one is 0."""
        return QColor(self.theme.series[index % len(self.theme.series)])

    def line_pen(self, index: int) -> QPen:
        """Return the pen of a series, with the dashes by which it is told from the others."""
        line = pen(self.color(index), self.line_width)
        dashes = DASHES[index % len(DASHES)]
        if dashes:
            line.setCapStyle(Qt.PenCapStyle.FlatCap)
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
