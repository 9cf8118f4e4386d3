"""A page of the tabs that scrolls."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from hsb_desktop.ui.by_name import set_by_name


class PageScroll(QScrollArea):
    """Scrolls up and down only, and leaves Ctrl with the wheel to the window, which zooms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        set_by_name(self, horizontalScrollBarPolicy="ScrollBarAlwaysOff", focusPolicy="NoFocus")

    def wheelEvent(self, event: QWheelEvent) -> None:  # Qt's own name
        from PySide6.QtCore import Qt

        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().wheelEvent(event)
