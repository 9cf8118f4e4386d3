"""The numbers of the radar's scale along its first spoke, in a layer between the grid and the series."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from hsb_desktop.ui.radar.radar_look import RadarLook
from hsb_desktop.ui.radar.radar_series import Point, RadarLayout
from hsb_desktop.values import SCORES

_SIZE = 0.85
_MARGIN = 1.0
"""Pixels of paper round a number, so that the grid does not run into it."""


class ScaleNumbers(QGraphicsItem):
    """Covers the plot; the scene's coordinates are the widget's pixels.

    Five items of text with a document each would take longer to draw than the grid and the series of one
    wave together.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(400)
        self._bounds = QRectF()
        self._layout = RadarLayout(Point(0, 0), 1.0, ())
        self._look: RadarLook | None = None

    def set_place(self, layout: RadarLayout, width: float, height: float) -> None:
        """Let the centre stand where the layout says, with its radius."""
        if QRectF(0, 0, width, height) != self._bounds:
            self.prepareGeometryChange()
            self._bounds = QRectF(0, 0, width, height)
        self._layout = layout
        self.update()

    def show_scale(self, look: RadarLook | None) -> None:
        """Show the numbers in a look; none without one."""
        self._look = look
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the numbers left of the first spoke, each on a piece of paper of its own."""
        del option, widget
        if self._look is None:
            return
        (x, y), radius = self._layout.centre, self._layout.radius
        font = self._font(self._look, radius)
        metrics, right = QFontMetricsF(font), x - self._look.point_size / 2
        painter.setFont(font)
        painter.setPen(self._look.theme.color("text_muted"))
        paper, height = self._look.theme.color("surface"), metrics.height() + 2 * _MARGIN
        for score in SCORES:
            width = metrics.horizontalAdvance(str(score)) + 2 * _MARGIN
            box = QRectF(right - width, y - radius * score / SCORES[-1] - height / 2, width, height)
            painter.fillRect(box, paper)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(score))

    def _font(self, look: RadarLook, radius: float) -> QFont:
        font = look.font(_SIZE, bold=False)
        # No higher than the rings are apart.
        font.setPixelSize(max(9, min(font.pixelSize(), round(radius / SCORES[-1] * 0.75))))
        return font
