"""Buttons beside one another, in as many rows as they need: none is cut off at any width or zoom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget


class ButtonRows(QWidget):
    """Holds buttons that it places itself; after showing or hiding one, call `place`."""

    def __init__(self, buttons: Sequence[QPushButton], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = tuple(buttons)
        for button in self._buttons:
            button.setParent(self)

    @property
    def width_of_one_row(self) -> int:
        """Pixels that the shown buttons take beside one another."""
        shown = self._shown()
        return sum(self._width_of(button) for button in shown) + self._gap * max(len(shown) - 1, 0)

    def place(self, width: int) -> None:
        """Place the shown buttons within a width, and take the height of their rows."""
        x = y = height = 0
        for button in self._shown():
            asked = min(self._width_of(button), width)
            if x and x + asked > width:
                x, y = 0, y + height + self._gap
            height = button.sizeHint().height()
            button.setGeometry(x, y, asked, height)
            x += asked + self._gap
        self.setFixedHeight(y + height)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # Qt's own name
        return QSize(self.width_of_one_row, self.height())

    def minimumSizeHint(self) -> QSize:  # Qt's own name
        """Any width: buttons never keep a window from becoming narrower."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.place(event.size().width())

    def event(self, event: QEvent) -> bool:
        """Place them again when the words or the size of one have changed."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.place(self.width())
        return super().event(event)

    @property
    def _gap(self) -> int:
        return self.fontMetrics().height() // 3

    def _shown(self) -> list[QPushButton]:
        return [button for button in self._buttons if not button.isHidden()]

    @staticmethod
    def _width_of(button: QPushButton) -> int:
        # The ring of a button that has the keyboard is wider than its border.
        return button.sizeHint().width() + 4
