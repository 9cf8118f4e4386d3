"""The head-count of a reveal under the five scores, large: a dot for each agency, names when asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from hsb_desktop.ui.still_label import StillLabel
from hsb_desktop.ui.strip_words import StripContent, dots
from hsb_desktop.values import SCORES

_MOST_LINES = 7
"""Of names under one score in which a long name has two."""
_STANDING_IN = "   "


class HeadCountRow(QWidget):
    """Five columns that stand under the five buttons of a score selector."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("head_count_row")
        self._counts = [StillLabel(self) for _ in SCORES]
        self._names = [StillLabel(self) for _ in SCORES]
        self._across = StillLabel(self)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(0)
        for column, (count, names) in enumerate(zip(self._counts, self._names, strict=True)):
            layout.addWidget(count, 0, column)
            layout.addWidget(names, 1, column)
            layout.setColumnStretch(column, 1)
        layout.addWidget(self._across, 2, 0, 1, len(SCORES))
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
        """Show names whole: under their scores in two lines each at the most, or else across the screen."""
        width = (self.width() - (len(SCORES) - 1) * self._layout.horizontalSpacing()) // len(SCORES) - 4
        metrics = self._names[0].fontMetrics()
        columns = [[_in_two_lines(name, metrics, width) for name in names] for names in self._shown_names]
        by_score: list[str] = []
        if max(sum(map(len, column)) for column in columns) > _MOST_LINES:
            by_score = [
                f"{score}:  {', '.join(names)}" for score, names in enumerate(self._shown_names) if names
            ]
            columns = [[] for _ in SCORES]
        self._across.show_words("\n".join(by_score), self._colour)
        self._across.setVisible(bool(by_score))
        for label, names, column in zip(self._names, self._shown_names, columns, strict=True):
            lines = [line for name in column for line in name]
            label.show_words("\n".join(lines), self._colour)
            label.setAccessibleName(", ".join(names))
            label.setVisible(bool(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        self._fit_names()

    def set_fonts(self, count: QFont, names: QFont, spacing: int) -> None:
        """Show counts and names in these fonts, with that many pixels between columns."""
        self._layout.setHorizontalSpacing(spacing)
        for labels, font in ((self._counts, count), ((*self._names, self._across), names)):
            for label in labels:
                label.setFont(font)
                label.updateGeometry()
        self._fit_names()


def _in_two_lines(name: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Return a name in one line, or in two of which the second stands in a little."""
    if metrics.horizontalAdvance(name) <= width:
        return [name]
    words, first = name.split(), ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".lstrip()) <= width:
        first = f"{first} {words.pop(0)}".lstrip()
    if not first:
        return [metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, width)]
    rest = f"{_STANDING_IN}{' '.join(words)}"
    return [first, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]
