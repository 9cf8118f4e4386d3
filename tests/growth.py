"""How the cost of something grows with the size of what it is given, in time of the processor."""

from __future__ import annotations

import time
from collections.abc import Callable

LINEAR = 9.0
"""Four times as much costs four times as much; sixteen times would be the square. Between them, with room."""


def growth(work: Callable[[int], object], size: int) -> float:
    """Return how many times as much four times the size costs; the least of some rounds each."""
    work(size)  # what is made once and kept is not to count
    small, large = (min(_seconds(work, times * size) for _ in range(3)) for times in (1, 4))
    return large / small


def _seconds(work: Callable[[int], object], size: int) -> float:
    began = time.thread_time()
    work(size)
    return time.thread_time() - began
