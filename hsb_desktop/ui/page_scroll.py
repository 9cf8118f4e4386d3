"""A page of the tabs that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QTimer
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


def bring_into_view(widget: QWidget, margin: int) -> None:
    """Scroll the page around a widget to it, `margin` pixels further, once everything has its place."""
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget, margin))


def _scroll_to(widget: QWidget, margin: int) -> None:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None and widget.isVisible():
        around.ensureWidgetVisible(widget, 0, margin)
