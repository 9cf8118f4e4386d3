"""Another file takes the audit's name, or its place, while it is open: noticed before the next write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hsb_desktop.errors import NotSaved
from hsb_desktop.store.audit_file import AuditFile
from tests.faults.editor import ROOT, environment
from tests.faults.fault import Fault, Lost, Place
from tests.faults.story import fresh_audit, steps

_SWAPS = 10
"""In one trial."""

_WRITES = """
import sys
from dataclasses import replace
from pathlib import Path
from hsb_desktop.store import audit_file
from tests.faults.story import steps
audit_file.Lock.take = classmethod(lambda cls, *_asked, **_more: None)
with audit_file.AuditFile.open(Path(sys.argv[1])) as file:
    for step, _ in zip(steps(int(sys.argv[2])), range(3)):
        (change,) = step.change_set.changes
        now = replace(change, before=file.read().value(change.address))
        if now.before != now.after:
            file.apply(replace(step.change_set, changes=(now,)))
"""


def _swap(place: Place) -> int:
    for number in range(_SWAPS):
        folder = place.folder / str(number)
        folder.mkdir()
        _one_swap(folder, place, by_program=number == _SWAPS - 1)
    return _SWAPS


def _one_swap(folder: Path, place: Place, *, by_program: bool) -> None:
    path = fresh_audit(folder, "audit.hsbaudit")
    seed = place.random.randrange(1 << 30)
    story = steps(seed)
    with AuditFile.open(path) as file:
        for _ in range(place.random.randrange(4)):
            file.apply(next(story).change_set)
        step = next(story)
        if by_program:
            _let_another_write(path, seed + 1, folder)
        else:
            _replace(path, seed + 1, folder)
        there = path.read_bytes()
        try:
            file.apply(step.change_set)
        except NotSaved:
            pass
        else:
            raise Lost("an edit was called saved that is not in this file, or went over another's")
        if path.read_bytes() != there:
            raise Lost("what stands there now was overwritten")
    if path.read_bytes() != there:
        raise Lost("closing changed what stands there now")
    AuditFile.open(path, read_only=True).close()


def _replace(path: Path, seed: int, folder: Path) -> None:
    incoming = fresh_audit(folder, ".incoming")
    with AuditFile.open(incoming) as other:
        other.apply(next(steps(seed)).change_set)
    incoming.replace(path)


def _let_another_write(path: Path, seed: int, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WRITES, str(path), str(seed)],
        env=environment(folder),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode:
        raise Lost(f"the other program could not write: {done.stderr[-200:]}")


def _control(place: Place) -> None:
    """A program that holds everything in memory and writes the whole file at each save overwrites it."""
    path = fresh_audit(place.folder, "audit.hsbaudit")
    held = path.read_bytes()
    _replace(path, 1, place.folder)
    there = path.read_bytes()
    path.write_bytes(held)
    if path.read_bytes() != there:
        raise Lost("what stood there was overwritten")


FAULT = Fault(
    number=12,
    title="file replaced underneath by a program that synchronises",
    must="noticed before the next write, never overwritten",
    trial=_swap,
    control=_control,
    count=200,
    sample=1,
    limits="os.replace, as most of these programs do it, and another process that writes with SQLite. What "
    "writes into the open file byte by byte is found by the digest at the next opening (rows 16 and 17).",
)
