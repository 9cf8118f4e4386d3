"""A row of widgets that leaves out the least missed of them when it becomes too narrow for all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget


class FittingRow(QWidget):
    """Never asks the window to be wider. A subclass says in `fit`, by `show_what_fits`, what it can spare."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row_layout = QHBoxLayout(self)
        self._has_room = False

    @property
    def room(self) -> int:
        """Pixels between the margins."""
        margins = self.row_layout.contentsMargins()
        return self.width() - margins.left() - margins.right()

    def fit(self) -> None:
        """Show what there is room for."""

    def fit_again(self) -> None:
        """Fit after the contents have changed; before the row was given its room there is nothing to fit."""
        if self._has_room:
            self.fit()

    def show_what_fits(self, row: Sequence[QWidget], optional: Sequence[QWidget]) -> None:
        """Hide optional widgets, the least missed first, until the rest of the row fits."""
        shown, spacing = list(row), self.row_layout.spacing()
        for widget in optional:
            needed = sum(max(one.sizeHint().width(), one.minimumWidth()) + spacing for one in shown)
            fits = needed <= self.room
            widget.setVisible(fits)
            if not fits:
                shown.remove(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        self._has_room = True
        self.fit()

    def minimumSizeHint(self) -> QSize:  # Qt's own name
        return QSize(0, super().minimumSizeHint().height())
