"""Which audit was open when the program ended without being closed, so that the next start opens it again.

One small file for each running program, in the person's data folder: the path, the process, and how often in
a row this audit was reopened by itself. It holds no word of an audit.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hsb_desktop.process import ProcessId, this_process
from hsb_desktop.settings import user_data_folder

MOST_TIMES = 1
"""An audit with which the program ended this often in a row is not opened by itself again."""


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """An audit that was open when the program ended without being closed."""

    path: Path
    times: int
    """How often in a row it had been reopened by itself before that."""

    @property
    def may_reopen(self) -> bool:
        """Whether opening it by itself is tried: not if that already ended in the same way."""
        return self.times < MOST_TIMES


def take_left_open() -> LeftOpen | None:
    """Return what was left open last, if anything was, and forget it: whatever happens next, no loop."""
    found: list[tuple[float, LeftOpen]] = []
    for note in _notes():
        with suppress(OSError):
            modified = note.stat().st_mtime
            content = _read(note)
            if content is not None and content[0].number != os.getpid() and content[0].is_running:
                continue
            note.unlink(missing_ok=True)
            if content is not None:
                found.append((modified, content[1]))
    return max(found, key=lambda each: each[0])[1] if found else None


def note_open(path: Path, times: int = 0) -> None:
    """Keep that this audit is open now. A disk that refuses costs the reopening, never work."""
    process = this_process()
    note = _note()
    temporary = note.with_suffix(".new")
    content = {"path": os.fspath(path.absolute()), "process": process.number, "started": process.started}
    try:
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            # In ASCII, because a path may hold bytes that are no text.
            json.dump({**content, "times": times}, file)
        temporary.replace(note)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def note_closed() -> None:
    """Keep that no audit is open in this program any more."""
    with suppress(OSError):
        _note().unlink(missing_ok=True)


def forget_left_open() -> None:
    """Forget what earlier programs left open."""
    take_left_open()


def _folder() -> Path:
    return user_data_folder() / "running"


def _note() -> Path:
    return _folder() / f"{os.getpid()}.json"


def _notes() -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(_folder().glob("*.json"))


def _read(note: Path) -> tuple[ProcessId, LeftOpen] | None:
    """Return what a note says; None for one that says nothing, which is removed then."""
    try:
        content: Any = json.loads(note.read_text(encoding="utf-8"))
        path, number, started, times = (content[key] for key in ("path", "process", "started", "times"))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    kinds = (path, str), (number, int), (started, str), (times, int)
    if any(type(value) is not kind for value, kind in kinds):
        return None
    return ProcessId(number, started), LeftOpen(Path(path), times)
