"""A clock that somebody sets anew in the middle of a workshop, and a machine that sleeps and wakes up."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from hsb_desktop.store import audit_file
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import Value
from tests.faults.audits import NAME, is_posix, replaced, sound_bytes
from tests.faults.children.keep_editing import jumping_clock
from tests.faults.fault import Fault, Lost, Place
from tests.store.files import EVIDENCE, SCORE, change_set

_ROOT = Path(__file__).resolve().parents[3]
_CHILD = Path(__file__).resolve().parents[1] / "children" / "keep_editing.py"
_EDITS = 12
_TRIES_OF_THE_CONTROL = 20
_SLEEP_EVERY, _LONG_SLEEP_AT = 10, 199
_SHORT_SLEEP, _LONG_SLEEP = 1.0, 60.0
"""Seconds."""


def _trial(place: Place) -> int:
    _jumping_clock(place)
    if is_posix() and place.index == _LONG_SLEEP_AT:
        _sleep(place, _LONG_SLEEP)
    elif is_posix() and place.index % _SLEEP_EVERY == 0:
        _sleep(place, _SHORT_SLEEP)
    return 1


def _jumping_clock(place: Place) -> None:
    """What was entered last counts, whatever the clock said; history is in the order in which it was made."""
    path = place.folder / NAME
    path.write_bytes(sound_bytes())
    made: list[Value] = []
    with replaced(audit_file, _now=lambda: jumping_clock(place.random)):
        file = AuditFile.open(path)
        for number in range(_EDITS):
            if place.random.random() < 0.2:
                file.close()
                file = AuditFile.open(path)
            audit = file.read()
            text, score = f"Edit {number}.", place.random.randrange(5)
            file.apply(change_set((EVIDENCE, audit.value(EVIDENCE), text)))
            if score != audit.value(SCORE):
                file.apply(change_set((SCORE, audit.value(SCORE), score)))
            made.append(text)
        file.close()
    with AuditFile.open(path) as again:
        if again.read().value(EVIDENCE) != made[-1]:
            raise Lost("an older value came back because the clock was set back")
        found = [entry.after for entry in again.history(EVIDENCE)][-_EDITS:]
        if found != made:
            raise Lost(f"history is in another order than it was made in: {found}")
        if problems := again.check():
            raise Lost(f"the check says: {problems}")
    _ancestry_follows(path, again_made=made)


def _ancestry_follows(path: Path, again_made: list[Value]) -> None:
    """Each revision names the one before it; the newest of the value is the newest of its history."""
    with closing(sqlite3.connect(path)) as connection:
        parents = dict(connection.execute("SELECT revision_id, parent_id FROM revision"))
        (revision,) = connection.execute(
            "SELECT revision_id FROM value_state WHERE address = ?", (str(EVIDENCE),)
        ).fetchone()
        by_revision = dict(connection.execute("SELECT revision_id, value_after FROM history"))
    backwards = []
    while revision is not None:
        backwards.append(by_revision.get(revision))
        revision = parents[revision]
    if backwards[: len(again_made)] != again_made[::-1]:
        raise Lost(f"revisions are in another order than the edits: {backwards}")


def _sleep(place: Place, seconds: float) -> None:
    """Everything that was told as saved before, between and after is there, and the file is whole."""
    path = place.folder / f"slept {NAME}"
    path.write_bytes(sound_bytes())
    child = subprocess.Popen(
        [sys.executable, str(_CHILD), str(path), str(place.index)],
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    try:
        for _ in range(place.random.randrange(3, 40)):
            child.stdout.readline()
        os.kill(child.pid, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(child.pid, signal.SIGCONT)
        for _ in range(place.random.randrange(30, 60)):
            told = int(child.stdout.readline())
    finally:
        os.kill(child.pid, signal.SIGKILL)
        rest = child.stdout.read()
        child.stdout.close()
        child.wait(60)
    told = int(rest.split()[-1]) if rest.split() else told
    with AuditFile.open(path) as file:
        held = int(str(file.read().value(EVIDENCE)).split()[0])
        if problems := file.check():
            raise Lost(f"after {seconds} s of sleep the check says: {problems}")
    # The last one may be on the disk although its word of it did not come out.
    if held not in (told, told + 1):
        raise Lost(f"after {seconds} s of sleep {held} edits are there, and {told} were told as saved")


def _control(place: Place) -> None:
    """An order by the clock, as many programs keep one: right by chance at times, so tried often."""
    for attempt in range(_TRIES_OF_THE_CONTROL):
        _order_by_the_clock(place, place.folder / f"{attempt}-{NAME}")


def _order_by_the_clock(place: Place, path: Path) -> None:
    path.write_bytes(sound_bytes())
    with replaced(audit_file, _now=lambda: jumping_clock(place.random)), AuditFile.open(path) as file:
        for number in range(_EDITS):
            file.apply(change_set((EVIDENCE, file.read().value(EVIDENCE), f"Edit {number}.")))
    with closing(sqlite3.connect(path)) as connection:
        (newest,) = connection.execute(
            "SELECT value_after FROM history ORDER BY edited_at DESC LIMIT 1"
        ).fetchone()
    if newest != f"Edit {_EDITS - 1}.":
        raise Lost(f'by the clock "{newest}" would be the newest')


FAULT = Fault(
    number=29,
    title="Clock jumps, sleep and resume",
    must="order by revision, not by clock; nothing lost by a sleep",
    trial=_trial,
    count=200,
    sample=2,
    limits="The store's clock is set, not the machine's; every tenth trial stops the process for 1 s, one "
    "for 60 s, which is how a sleep looks from inside. The store, not the window.",
    control=_control,
)
