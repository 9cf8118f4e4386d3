"""A label whose new words move nothing around it as long as they need no more room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hsb_desktop.ui.by_name import LEFT, TOP, WRAPPED, write_in

_FLAGS = WRAPPED | LEFT | TOP
_TALL = 10_000


class StillLabel(QWidget):
    """Plain words, wrapped. A QLabel lays out a whole tab anew at each change; this one only if it grows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._heights: dict[int, int] = {}
        """By width, in pixels: a layout asks a dozen times for each change."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        """The words that are shown."""
        return self._text

    def show_words(self, text: str, colour: QColor) -> None:
        """Show words in a colour."""
        # Asked of the palette, because another style sheet brings an earlier colour back.
        if self.palette().color(self.foregroundRole()).rgba() != colour.rgba():
            write_in(self, colour)
        if text == self._text:
            return
        before = self.heightForWidth(self.width())
        self._heights.clear()
        self._text = text
        self.setAccessibleName(text)
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:  # Qt's own name
        return True

    def heightForWidth(self, width: int) -> int:  # Qt's own name
        if width not in self._heights:
            metrics = self.fontMetrics()
            box = QRect(0, 0, max(width, 1), _TALL)
            needed = metrics.boundingRect(box, _FLAGS, self._text or " ").height()
            self._heights[width] = max(needed, metrics.height())
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:  # Qt's own name
        if event.type() is QEvent.Type.FontChange:
            self._heights.clear()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:  # Qt's own name
        return QSize(self.fontMetrics().horizontalAdvance(self._text), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:  # Qt's own name
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # Qt's own name
        painter = QPainter(self)
        painter.drawText(self.rect(), _FLAGS, self._text)
        painter.end()
