"""What a screen reader is told to say by itself: tests of announcements listen to it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget


def listen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which all is added that is announced from now on, in words."""
    heard: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        told = event.object()
        words = ""
        if isinstance(event, QAccessibleAnnouncementEvent):
            words = event.message()
        elif isinstance(told, QWidget):
            words = told.accessibleName()
        heard.append(words)

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return heard
