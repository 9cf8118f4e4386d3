"""A mean as a bar on the scale from 0 to 4."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from hsb_desktop.analysis.scoring import HIGHEST_SCORE, written_mean
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.values import SCORES


class MeanBar(QWidget):
    """Reaches as far as the mean on an axis with a tick at each score; its end is hollow where part scored.

    Nothing scored is an empty axis, and a mean of 0 a visible point at its beginning.
    """

    def __init__(
        self,
        name: str,
        mean: float | None,
        appearance: Appearance,
        parent: QWidget | None = None,
        *,
        is_part_scored: bool = False,
    ) -> None:
        """`name` is what the mean is of, for a screen reader; `mean` is from 0 to 4."""
        super().__init__(parent)
        self.setObjectName("mean_bar")
        self._mean = mean
        self._appearance = appearance
        self._is_part_scored = is_part_scored
        told = (
            self.tr("nothing scored") if mean is None else self.tr("mean {0} of 4").format(written_mean(mean))
        )
        if is_part_scored:
            told = self.tr("{0}, part scored").format(told)
        self.setAccessibleName(f"{name}: {told}")
        self.setToolTip(f"<p>{told}</p>")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # Qt's own name
        pixels = self._appearance.pixels
        return QSize(pixels(220), pixels(22))

    def minimumSizeHint(self) -> QSize:  # Qt's own name
        pixels = self._appearance.pixels
        return QSize(pixels(60), pixels(22))

    def paintEvent(self, event: QPaintEvent) -> None:  # Qt's own name
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axis(painter)
        if self._mean is not None:
            self._paint_mean(painter, self._mean)
        painter.end()

    def _x(self, score: float) -> float:
        radius = self._appearance.pixels(6)
        return radius + (self.width() - 2 * radius) * score / HIGHEST_SCORE

    def _paint_axis(self, painter: QPainter) -> None:
        middle, half = self.height() / 2, self._appearance.pixels(8)
        painter.setPen(QPen(self._appearance.theme.color("grid"), max(1, self._appearance.pixels(1))))
        painter.drawLine(QPointF(self._x(0), middle), QPointF(self._x(HIGHEST_SCORE), middle))
        for score in SCORES:
            painter.drawLine(QPointF(self._x(score), middle - half), QPointF(self._x(score), middle + half))

    def _paint_mean(self, painter: QPainter, mean: float) -> None:
        theme, pixels, middle = self._appearance.theme, self._appearance.pixels, self.height() / 2
        half, radius = pixels(4), pixels(5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRect(QRectF(self._x(0), middle - half, self._x(mean) - self._x(0), 2 * half))
        painter.setPen(QPen(theme.color("accent"), pixels(2)))
        painter.setBrush(theme.color("surface") if self._is_part_scored else theme.color("accent"))
        painter.drawEllipse(QPointF(self._x(mean), middle), radius, radius)
