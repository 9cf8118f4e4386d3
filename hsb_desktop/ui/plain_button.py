"""A button with words alone, for what is seen at the first paint."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget


def plain_button(words: str, parent: QWidget) -> QPushButton:
    """Return a button with these words; given them when it is made, PySide6 would first look at icons."""
    button = QPushButton(parent)
    button.setText(words)
    return button
