"""Copies files that belong together, as they were at one moment, although a program may be writing them."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

_TRIES = 60
_SECONDS_BETWEEN = 0.025
_SECONDS_OF_A_CLOCK_STEP = 0.02
"""A file system's clock goes in steps: what was written within one looks as if nothing had happened."""


def copy_still(copies: dict[Path, Path]) -> bool:
    """Copy every file to its place, all of one moment; return False if they were not left alone for long.

    Raises OSError if one of them is gone, or cannot be read or written.
    """
    for _ in range(_TRIES):
        before = _looks(copies)
        if not _is_fresh(before):
            for source, target in copies.items():
                shutil.copyfile(source, target)
            if _looks(copies) == before:
                return True
        time.sleep(_SECONDS_BETWEEN)
    return False


def _looks(copies: dict[Path, Path]) -> list[tuple[int, int, int]]:
    return [(about.st_ino, about.st_size, about.st_mtime_ns) for about in map(Path.stat, copies)]


def _is_fresh(looks: list[tuple[int, int, int]]) -> bool:
    """Whether one of them was written so lately that a further write could not be told from it."""
    newest = max(written for _inode, _size, written in looks) / 1e9
    return 0 <= time.time() - newest < _SECONDS_OF_A_CLOCK_STEP
