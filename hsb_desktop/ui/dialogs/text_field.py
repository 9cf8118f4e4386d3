"""A text of several lines in a dialog that is entered as a whole when the dialog is."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from hsb_desktop.interchange.text import kept_text

_LINES = 3


class TextField(QPlainTextEdit):
    """Tab leaves it. Gives back exactly the text that it was filled with until somebody types in it."""

    def __init__(
        self, object_name: str, text: str = "", parent: QWidget | None = None, *, lines: int = _LINES
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setTabChangesFocus(True)
        self._filled_with = text
        self.setPlainText(text)
        self._shown = self.document().toRawText()
        metrics = self.fontMetrics()
        around = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        self.setFixedHeight(lines * metrics.lineSpacing() + around + metrics.height() // 2)

    def entered(self) -> str:
        """Return the text as it was given or as it was typed, hard spaces and all."""
        raw = self.document().toRawText()
        return self._filled_with if raw == self._shown else kept_text(raw.replace("\u2029", "\n"))[0]
