"""A program that crashed leaves its lock behind: on this computer it goes by itself, else it is asked."""

from __future__ import annotations

import json
import subprocess
import sys

from hsb_desktop.errors import FileInUse
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.lock_file import lock_path_of
from tests.faults.editor import ROOT, environment
from tests.faults.fault import Fault, Lost, NotRun, Place
from tests.faults.story import fresh_audit

_CRASHES = 5
"""In one trial."""

_OPENS = """
import os, signal, sys
from pathlib import Path
from hsb_desktop.store.audit_file import AuditFile
for name in sys.argv[1:]:
    file = AuditFile.open(Path(name), author="Scribe Quillfeather")
    globals()[name] = file
print("open", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def _crash(place: Place) -> int:
    if sys.platform == "win32":
        raise NotRun("needs SIGKILL")
    paths = [fresh_audit(place.folder, f"crashed {number}.hsbaudit") for number in range(_CRASHES)]
    subprocess.run(
        [sys.executable, "-c", _OPENS, *map(str, paths)],
        env=environment(place.folder),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    for path in paths:
        lock = lock_path_of(path.resolve())
        if not lock.exists():
            raise Lost("there was no lock to begin with")
        left = lock.read_bytes()
        try:
            AuditFile.open(path).close()
        except FileInUse as error:
            raise Lost("the lock of a program that is gone stays") from error
        if lock.exists():
            raise Lost("the lock stays after the audit was closed")
        # The same lock, but of another computer: nobody here can know.
        told = json.loads(left)
        lock.write_text(json.dumps({**told, "computer": "another", "key": "another"}), encoding="utf-8")
        kept = lock.read_bytes()
        try:
            AuditFile.open(path).close()
        except FileInUse:
            if lock.read_bytes() != kept:
                raise Lost("the lock of another computer was touched") from None
        else:
            raise Lost("the lock of another computer was passed over")
        AuditFile.open(path, take_over=True).close()
    return _CRASHES


def _control(place: Place) -> None:
    """A lock that holds whatever happened to its program would keep people out."""
    path = fresh_audit(place.folder, "held.hsbaudit")
    with AuditFile.open(path):
        told = json.loads(lock_path_of(path.resolve()).read_bytes())
    lock_path_of(path.resolve()).write_text(json.dumps({**told, "key": "another"}), encoding="utf-8")
    try:
        AuditFile.open(path).close()
    except FileInUse as error:
        raise Lost("nobody gets in") from error


FAULT = Fault(
    number=10,
    title="a stale lock after a crash",
    must="clears itself if the process is gone on this computer; else asks",
    trial=_crash,
    control=_control,
    count=100,
    sample=1,
    limits="The other computer is a lock file that names one.",
)
