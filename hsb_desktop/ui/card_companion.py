"""What stands on a statement's card beside its score and boxes, and is made after the first paint."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QKeyEvent


class CardCompanion(Protocol):
    """A widget that follows its card."""

    def refresh(self) -> None:
        """Show what the session has, now or in a moment; called with every change of the card's response."""

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a plain key asks for; return whether it was one of this companion's."""
