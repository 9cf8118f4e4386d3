"""The head-count of a reveal under the five scores, large: a dot for each agency, names when asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from hsb_desktop.ui.still_label import StillLabel
from hsb_desktop.ui.strip_words import StripContent, dots
from hsb_desktop.values import SCORES


class HeadCountRow(QWidget):
    """Five columns that stand under the five buttons of a score selector."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("head_count_row")
        self._counts = [StillLabel(self) for _ in SCORES]
        self._names = [StillLabel(self) for _ in SCORES]
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(0)
        for column, (count, names) in enumerate(zip(self._counts, self._names, strict=True)):
            layout.addWidget(count, 0, column)
            layout.addWidget(names, 1, column)
            layout.setColumnStretch(column, 1)
        self._layout = layout
        self._colour = QColor()
        self._shown_names: list[tuple[str, ...]] = [() for _ in SCORES]

    def show_content(self, content: StripContent, *, with_names: bool, colour: QColor, muted: QColor) -> None:
        """Show how many gave which score, and who."""
        for score in SCORES:
            count = content.counts.by_score[score]
            words = f"{score}:  {dots(count)}"
            self._counts[score].show_words(
                f"{words}  {count}" if count else words, colour if count else muted
            )
            self._shown_names[score] = content.names[score] if with_names else ()
        self._colour = colour
        self._fit_names()

    def _fit_names(self) -> None:
        """One line for each name, however long: a dozen of them have to fit on the screen."""
        width = (self.width() - (len(SCORES) - 1) * self._layout.horizontalSpacing()) // len(SCORES)
        for label, names in zip(self._names, self._shown_names, strict=True):
            metrics = label.fontMetrics()
            lines = [metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, width - 4) for name in names]
            label.show_words("\n".join(lines), self._colour)
            label.setAccessibleName(", ".join(names))
            label.setVisible(bool(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        self._fit_names()

    def set_fonts(self, count: QFont, names: QFont, spacing: int) -> None:
        """Show counts and names in these fonts, with that many pixels between columns."""
        self._layout.setHorizontalSpacing(spacing)
        for labels, font in ((self._counts, count), (self._names, names)):
            for label in labels:
                label.setFont(font)
                label.updateGeometry()
        self._fit_names()
