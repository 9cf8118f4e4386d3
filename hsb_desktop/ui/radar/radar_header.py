"""The headings of the radar's table: of several series each with a piece of its line, as in the legend."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QHeaderView, QWidget

from hsb_desktop.ui.radar.radar_lettering import SEPARATOR

_MARGIN = 6


class RadarHeader(QHeaderView):
    """Headings of columns or rows. Without `samples` it looks as every other table's."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.samples: tuple[QPixmap, ...] = ()
        """The lines of the series, from the second column on."""
        self.front: int | None = None
        self.has_several = False

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        if self.has_several and self.orientation() is Qt.Orientation.Horizontal and self.samples:
            sample = self.samples[0]
            letters = self.fontMetrics().height() * self._lines()
            size.setHeight(letters + round(sample.height() / sample.devicePixelRatio()) + _MARGIN)
        return size

    def _lines(self) -> int:
        """Return how many lines the names take: wave and party stand below one another."""
        model = self.model()
        names = (str(model.headerData(at, self.orientation())) for at in range(1, model.columnCount()))
        return 2 if any(SEPARATOR in name for name in names) else 1

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw one heading."""
        if not self.has_several:
            super().paintSection(painter, rect, logicalIndex)
            return
        model = self.model()
        text = str(model.headerData(logicalIndex, self.orientation()))
        is_front = self.orientation() is Qt.Orientation.Horizontal and self.front == logicalIndex - 1
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
        if 0 <= number < len(self.samples):
            sample = self.samples[number]
            width = round(sample.width() / sample.devicePixelRatio())
            painter.drawPixmap(box.right() - width, box.top(), sample)
        painter.setPen(self.palette().color(QPalette.ColorRole.Dark))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
