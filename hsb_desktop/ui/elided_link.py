"""A link that shows as many of its words as there is room for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

_AROUND = 2
"""Letter heights that the style keeps free beside the words, both sides together at most."""


class ElidedLink(QPushButton):
    """Ends with "…" where the line is too short, so that no text makes the page wider than the window."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = text
        self.setProperty("role", "link")
        self.setStyleSheet("text-align: left;")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.fit()

    @property
    def whole(self) -> str:
        """The words, whole."""
        return self._whole

    def show_words(self, text: str) -> None:
        """Show other words."""
        self._whole = text
        self.setAccessibleName(text)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show as many words as there is room for, in the present letters."""
        metrics = self.fontMetrics()
        room = self.width() - _AROUND * metrics.height()
        shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
