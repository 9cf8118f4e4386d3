"""Paragraphs that take as much height as they need up to a limit, and are scrolled beyond it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget


class ScrolledWords(QScrollArea):
    """Holds labels below one another; call `fit` after their words, their width or the limit has changed."""

    def __init__(self, labels: Sequence[QLabel], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = tuple(labels)
        content = QWidget()
        content.setObjectName("scroll_content")
        self._lines = QVBoxLayout(content)
        self._lines.setContentsMargins(0, 0, 0, 0)
        for label in self._labels:
            self._lines.addWidget(label)
        self._lines.addStretch()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)

    def fit(self, width: int, most: int) -> None:
        """Take the height that the words need in a width, `most` at most; both in pixels."""
        shown = [label for label in self._labels if not label.isHidden()]
        for label in shown:
            label.ensurePolished()
        gaps = self._lines.spacing() * len(shown)
        needed = sum(label.heightForWidth(max(width, 1)) for label in shown) + gaps
        most = max(most, self.fontMetrics().lineSpacing() * 2)
        self.setFixedHeight(min(needed, most))
        # Words that are scrolled are reached by the keyboard, too.
        focus = Qt.FocusPolicy.StrongFocus if needed > most else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)


def words_label(object_name: str, words: str = "") -> QLabel:
    """Return a label for it: plain text, over as many lines as it needs."""
    label = QLabel(words)
    label.setObjectName(object_name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
