"""Another program holds the file for a while, or each sync takes seconds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.calls import injected
from tests.faults.editor import Editor, Tracer, need
from tests.faults.fault import STORE, Fault, Lost, Place
from tests.faults.story import fresh_audit, must_hold

_STEPS = 3
_WAITED_FOR = 4.0
"""Seconds of a lock that the store must wait out; after five it may say that it gave up."""
_GIVEN_UP_AFTER = 6.0
_SYNC_SECONDS = 3

_HOLDS_A_LOCK = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("ROLLBACK")
"""


def fault(where: str, count: int) -> Fault:
    """Return this row's fault for the store or for the window."""

    def trial(place: Place) -> int:
        """A short lock first, for which the quick suite has time; then long ones, and slow syncs."""
        if place.index == 0:
            return _hold(where, place, 1.0)
        if place.index % 3 == 0:
            return _sync_slowly(where, place)
        return _hold(where, place, place.random.uniform(1.0, 10.0))

    def control(place: Place) -> None:
        _hold(where, place, 7.0, "--careless")

    return Fault(
        number=11,
        where=where,
        title="another program holds the file, or a sync takes seconds",
        must="waited for up to 5 s, then said; the window alive all the while",
        trial=trial,
        count=count,
        sample=1,
        limits=(
            "Another process holds SQLite's own exclusive lock for 1 to 10 s; a virus scanner on Windows "
            f"refuses access in other ways. `strace` lets each sync take {_SYNC_SECONDS} s. Alive means "
            "that the window's event loop never stood still for 2 s. The control says saved without "
            "waiting."
        ),
        control=control,
    )


def _hold(where: str, place: Place, seconds: float, *options: str) -> int:
    need()
    path = fresh_audit(place.folder)
    seed = place.random.randrange(1 << 30)
    with Editor(where, path, folder=place.folder, seed=seed, steps=_STEPS, options=options) as editor:
        editor.start()
        with _held_by_another_program(path, seconds):
            editor.tell("go")
            if options:
                # What careless edits promise must be in the file while the lock holds, and is not.
                editor.next_news()
                editor.kill()
                must_hold_copy = place.folder / "copy.hsbaudit"
                must_hold_copy.write_bytes(path.read_bytes())
                must_hold(must_hold_copy, seed, editor.acknowledged, editor.acknowledged + 1)
            editor.to_the_end(tries=5)
    if seconds < _WAITED_FOR and editor.refusals:
        raise Lost(f"a lock of {seconds:.1f} s was not waited for: {editor.refusals[0]}")
    if seconds > _GIVEN_UP_AFTER and not editor.refusals:
        raise Lost(f"a lock of {seconds:.1f} s was not said")
    must_hold(path, seed, _STEPS, _STEPS)
    return 1


def _sync_slowly(where: str, place: Place) -> int:
    need("strace")
    path = fresh_audit(place.folder)
    seed = place.random.randrange(1 << 30)
    with Editor(where, path, folder=place.folder, seed=seed, steps=1) as editor:
        editor.start()
        delay = f"delay_exit={_SYNC_SECONDS * 1_000_000}"
        with Tracer(editor, place.folder, *injected(path, "fsync,fdatasync", delay)):
            editor.tell("go")
            editor.to_the_end()
    must_hold(path, seed, 1, 1)
    return 1


@contextmanager
def _held_by_another_program(path: Path, seconds: float) -> Iterator[None]:
    # A program of its own: within one process, two copies of SQLite do not see each other's locks.
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDS_A_LOCK, str(path), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    try:
        if holder.stdout.readline() != "held\n":
            raise RuntimeError("the lock could not be taken")
        yield
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()


FAULT = fault(STORE, count=60)
