"""Pieces of the series' lines, for legend and table alike; each is drawn once."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from hsb_desktop.analysis.legend import SeriesLook
from hsb_desktop.ui.radar.radar_lettering import paint_sample
from hsb_desktop.ui.radar.radar_look import RadarLook
from hsb_desktop.ui.theme import Theme

_WIDTH, _HEIGHT = 3.8, 1.25
"""In heights of a letter."""
_POINT_OF_LETTER = 0.62


class SeriesSamples:
    """Draws a line with one of its points in the middle, in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._drawn: dict[tuple[SeriesLook, int, float], QPixmap] = {}

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        if theme != self.theme:
            self.theme = theme
            self._drawn.clear()

    @staticmethod
    def size(letters: int) -> QSize:
        """Return how large a sample is beside letters of this height in pixels."""
        return QSize(round(_WIDTH * letters), round(_HEIGHT * letters))

    def sample(self, look: SeriesLook, letters: int, ratio: float) -> QPixmap:
        """Return the sample of a series, for a screen with so many dots to a pixel."""
        asked = look, letters, ratio
        if asked not in self._drawn:
            self._drawn[asked] = self._draw(*asked)
        return self._drawn[asked]

    def _draw(self, look: SeriesLook, letters: int, ratio: float) -> QPixmap:
        size = self.size(letters)
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        usual = RadarLook(self.theme, 1.0, "", 96)
        scale = max(1.0, _POINT_OF_LETTER * letters / usual.point_size)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start, end = QPointF(2, size.height() / 2), QPointF(size.width() - 2, size.height() / 2)
        paint_sample(painter, RadarLook(self.theme, scale, "", 96), look, start, end)
        painter.end()
        return picture
