"""The headings of the radar's table: of several series each with a piece of its line, as in the legend."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QHeaderView, QWidget

from hsb_desktop.ui.radar.radar_lettering import SEPARATOR

_MARGIN = 6


class RadarHeader(QHeaderView):
    """Headings of columns or rows. Of one series they look as every other table's."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self._samples: tuple[QPixmap, ...] = ()
        self._sample_height = 0
        self._front: int | None = None
        self._has_several = False
        self._lines = 1

    def set_several(self, has_several: bool, *, has_two_lines: bool) -> None:
        """Head the columns of several series, with wave and party below one another where there are both."""
        wanted = has_several, 2 if has_two_lines else 1
        if wanted != (self._has_several, self._lines):
            self._has_several, self._lines = wanted
            self.viewport().update()

    def show_samples(self, samples: tuple[QPixmap, ...], height: int) -> None:
        """Show the lines of the series, of this height in pixels, from the second column on."""
        self._samples, self._sample_height = samples, height
        self.viewport().update()

    def mark(self, front: int | None) -> None:
        """Show which series is in front."""
        if front != self._front:
            self._front = front
            self.viewport().update()

    def sizeHint(self) -> QSize:
        if not self._has_several:
            return super().sizeHint()
        # Qt would ask the style about each of up to forty columns.
        if self.orientation() is Qt.Orientation.Vertical:
            return QSize(self.maximumWidth(), self.length())
        height = self.fontMetrics().height() * self._lines + self._sample_height + _MARGIN
        return QSize(self.length(), height)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw one heading."""
        if not self._has_several:
            super().paintSection(painter, rect, logicalIndex)
            return
        model = self.model()
        text = str(model.headerData(logicalIndex, self.orientation()))
        is_front = self.orientation() is Qt.Orientation.Horizontal and self._front == logicalIndex - 1
        palette, font = self.palette(), self.font()
        font.setBold(is_front)
        painter.save()
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Base))
        painter.setPen(
            palette.color(QPalette.ColorRole.Text if is_front else QPalette.ColorRole.PlaceholderText)
        )
        painter.setFont(font)
        if self.orientation() is Qt.Orientation.Horizontal:
            self._paint_column(painter, rect, text, logicalIndex - 1)
        else:
            box = rect.adjusted(_MARGIN, 0, -2, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _paint_column(self, painter: QPainter, rect: QRect, text: str, number: int) -> None:
        box = rect.adjusted(2, 2, -_MARGIN, -_MARGIN // 2)
        metrics = painter.fontMetrics()
        lines = (
            metrics.elidedText(line, Qt.TextElideMode.ElideRight, box.width())
            for line in text.split(SEPARATOR, 1)
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, "\n".join(lines))
        if 0 <= number < len(self._samples):
            sample = self._samples[number]
            width = round(sample.width() / sample.devicePixelRatio())
            painter.drawPixmap(box.right() - width, box.top(), sample)
        painter.setPen(self.palette().color(QPalette.ColorRole.Dark))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
