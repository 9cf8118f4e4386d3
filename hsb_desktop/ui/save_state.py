"""What the screen says about saving."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class SaveKind(Enum):
    """Where the words on the screen stand."""

    SAVED = auto()
    SAVING = auto()
    NOT_SAVED = auto()
    READ_ONLY = auto()


@dataclass(frozen=True, slots=True)
class SaveState:
    """The state of saving and, where something went wrong, why."""

    kind: SaveKind
    at: str = ""
    """Time of the last commit as HH:MM."""
    reason: str = ""
