"""What a fault of the matrix is: how it is tried, what must not happen, and what cannot be tried here."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

STORE = "store"
WINDOW = "window"


class Lost(Exception):
    """What must not happen did: an acknowledged edit is gone, something changed silently, a crash, a hang."""


class NotRun(Exception):
    """This machine cannot try it; the words say what is missing. It counts as neither survived nor lost."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one trial happens, and what is different in it from the others."""

    folder: Path
    """Empty, for this trial alone, and removed after it."""
    index: int
    """0 for the first trial; a trial with the same index and seed is the same again."""
    random: random.Random
    """Seeded from the run's seed, the fault's number and the index."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the matrix."""

    number: int
    title: str
    must: str
    """What must happen, in a few words."""
    trial: Callable[[Place], int]
    """Tries it; returns how many trials it was (one process can do several), or raises Lost or NotRun."""
    count: int
    """How many trials the full run must reach."""
    sample: int
    """How many calls of `trial` the quick suite makes."""
    limits: str
    """What the simulation leaves out, for the reader of the table."""
    control: Callable[[Place], None] | None = None
    """The same without the protection; it must raise Lost, or the trial proves nothing."""
    where: str = STORE
    """What is put to the test: the store, or the real window offscreen. A row may have a Fault for each."""

    @property
    def name(self) -> str:
        """The row's number, and where it is tried if that is not the store: "1", "1 (window)"."""
        return str(self.number) if self.where == STORE else f"{self.number} ({self.where})"
