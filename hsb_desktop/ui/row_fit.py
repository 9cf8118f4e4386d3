"""A row of widgets that leaves out the least missed of them when it becomes too narrow for all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hsb_desktop.ui.by_name import brush_of
from hsb_desktop.ui.theme import Appearance


class FittingRow(QWidget):
    """Never asks the window to be wider. A subclass says in `fit`, by `show_what_fits`, what it can spare.

    It stands at an edge of the window and paints itself, with a line where the page begins.
    """

    def __init__(
        self, appearance: Appearance, parent: QWidget | None = None, *, at_bottom: bool = False
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._is_at_bottom = at_bottom
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

    def paintEvent(self, event: QPaintEvent) -> None:  # Qt's own name
        theme, painter = self._appearance.theme, QPainter(self)
        edge = 0 if self._is_at_bottom else self.height() - 1
        for token, box in (
            ("surface", QRectF(self.rect())),
            ("border", QRectF(0, edge, self.width(), 1)),
        ):
            path = QPainterPath()
            path.addRect(box)
            painter.fillPath(path, brush_of(theme.color(token)))
        painter.end()

    def minimumSizeHint(self) -> QSize:  # Qt's own name
        return QSize(0, super().minimumSizeHint().height())
