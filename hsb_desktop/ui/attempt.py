"""What a person asked for after a fault, and that it did not help: so that they see that it was tried."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class AttemptKind(Enum):
    """What was tried."""

    WRITE = auto()
    """To write what could not be written."""
    READ = auto()
    """To go back to what the file holds."""
    LOOK = auto()
    """To look whether the file is there again."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The last attempt, at a time as HH:MM:SS; `why` it failed, where the state of saving does not say it."""

    kind: AttemptKind
    at: str
    why: str = ""
