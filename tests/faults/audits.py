"""The audit that the rows about files damage, and one attempt to open it, with what that must not do."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hsb_desktop.errors import HsbError
from hsb_desktop.model import Audit
from hsb_desktop.store.audit_file import AuditFile, HistoryEntry
from tests.faults.fault import Lost
from tests.store.files import EVIDENCE, SCORE, bare_audit, change_set, full_audit, make

NAME = "audit.hsbaudit"
LONGEST_SECONDS = 2.0
"""Of the processor's time, which other programs on a busy machine do not add to."""
LONGEST_WAIT = 20.0
"""Seconds on the wall, beyond which something was waited on."""
_FORBIDDEN_WORDS = ("Traceback", "sorry", "invalid", "please", "oops")
_LONGEST_SENTENCE = 600


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person who opened a file finds in it, or the sentence that they got instead."""

    audit: Audit | None = None
    history: tuple[HistoryEntry, ...] = ()
    found: str = ""
    """Why it was refused, or what the check of an opened file said."""


def sound_bytes(*, small: bool = False) -> bytes:
    """A closed audit with history in it: something in every table, or (small) in a few. Made once."""
    return _sound_bytes(small)


def sound(*, small: bool = False) -> Seen:
    """What a person finds in it before any damage."""
    return _sound(small)


@cache
def _sound_bytes(small: bool) -> bytes:
    folder = Path(tempfile.mkdtemp(prefix="hsb-fault-"))
    try:
        path = make(folder / NAME, bare_audit() if small else full_audit())
        with AuditFile.open(path) as file:
            audit = file.read()
            file.apply(change_set((EVIDENCE, audit.value(EVIDENCE), "Rewritten in the room.")))
            file.apply(change_set((SCORE, audit.value(SCORE), 4)))
            file.apply(change_set((EVIDENCE, "Rewritten in the room.", "Rewritten in the room, twice.")))
        return path.read_bytes()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def _sound(small: bool) -> Seen:
    folder = Path(tempfile.mkdtemp(prefix="hsb-fault-"))
    try:
        (folder / NAME).write_bytes(_sound_bytes(small))
        return look(folder / NAME)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def look(path: Path, *, read_only: bool = True) -> Seen:
    """Open, read, check and close. Raises Lost for a crash, a hang, or words that are none for people."""
    began, worked = time.monotonic(), time.thread_time()
    try:
        with AuditFile.open(path, read_only=read_only) as file:
            seen = Seen(file.read(), file.history(), " ".join(file.check()))
    except HsbError as error:
        seen = Seen(found=plain_sentence(str(error)))
    except Exception as error:
        raise Lost(f"{path.name}: {type(error).__name__}: {error}") from error
    if time.thread_time() - worked > LONGEST_SECONDS or time.monotonic() - began > LONGEST_WAIT:
        raise Lost(f"{path.name}: took {time.monotonic() - began:.1f} s")
    return seen


def look_without_a_trace(path: Path, *, read_only: bool = True) -> Seen:
    """The same; raises Lost too if a byte changed, or something lies beside the file that did not before."""
    before = contents(path.parent)
    seen = look(path, read_only=read_only)
    if contents(path.parent) != before:
        raise Lost(f"{path.name}: the attempt changed what lies on the disk")
    return seen


def refusal(path: Path, *, read_only: bool = False) -> str:
    """The sentence with which a file is refused, or that a check says; Lost if neither finds anything."""
    seen = look_without_a_trace(path, read_only=read_only)
    if not seen.found:
        raise Lost(f"{path.name} was opened as if nothing were wrong")
    return seen.found


def contents(folder: Path) -> dict[str, bytes | str]:
    """Every name in a folder with its bytes; of what is no file or too large to read, what it is."""
    return {entry.name: _content(entry) for entry in folder.iterdir()}


def _content(path: Path) -> bytes | str:
    status = path.lstat()
    if path.is_symlink():
        return str(path.readlink())
    if not path.is_file() or status.st_size > 100_000_000:
        return f"{status.st_mode:o} {status.st_size} {status.st_mtime_ns}"
    try:
        return path.read_bytes()
    except OSError:
        return f"{status.st_mode:o} {status.st_size} {status.st_mtime_ns}"


def plain_sentence(text: str) -> str:
    """The text, if it is one that may be shown to people; else Lost."""
    told = text.strip()
    if not told or len(told) > _LONGEST_SENTENCE or told[-1] not in ".…" or not all(map(_is_plain, told)):
        raise Lost(f"not a plain sentence: {told[:200]!r}")
    for word in _FORBIDDEN_WORDS:
        if word.lower() in told.lower():
            raise Lost(f'"{word}" is no word for people: {told[:200]!r}')
    return told


def _is_plain(letter: str) -> bool:
    return letter == "\n" or letter.isprintable()


@contextmanager
def replaced(module: Any, **functions: Any) -> Iterator[None]:
    """A control's world: the module without one of its protections."""
    kept = {name: getattr(module, name) for name in functions}
    for name, function in functions.items():
        setattr(module, name, function)
    try:
        yield
    finally:
        for name, function in kept.items():
            setattr(module, name, function)


def is_posix() -> bool:
    """Whether the system has pipes, links and permission bits."""
    return sys.platform != "win32"
