"""A line of text that is changed only by whoever types in it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget


class FilledLine(QLineEdit):
    """Gives back exactly the text that it was filled with, line breaks and all, until it is touched."""

    def __init__(self, object_name: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.fill(text)

    def fill(self, text: str) -> None:
        """Show a text of the audit."""
        self.setText(text)
        self._filled_with, self._shown = text, self.text()
        # From the beginning: the end of a long title says less than its first words.
        self.setCursorPosition(0)

    def entered(self) -> str:
        """Return the text as it was given or, once somebody changed it, without the spaces around it."""
        return self._filled_with if self.text() == self._shown else self.text().strip()
