"""What people open by mistake, and what somebody left there on purpose: none of it is an audit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.faults import no_audits
from tests.faults.audits import NAME, is_posix, plain_sentence, refusal, sound_bytes
from tests.faults.fault import Fault, Lost, NotRun, Place
from tests.store.test_faults import NOBODY, is_root

_OPEN = """
import sys
from pathlib import Path
from hsb_desktop.errors import FileRefused
from hsb_desktop.store.audit_file import AuditFile
try:
    AuditFile.open(Path(sys.argv[1]))
except FileRefused as refused:
    print(refused)
"""
_ROOT = Path(__file__).resolve().parents[3]


def _trial(place: Place) -> int:
    kinds: tuple[tuple[str, Callable[[Path], Path]], ...] = no_audits.KINDS
    if place.index % (len(kinds) + 1) == len(kinds):
        _may_not_be_read()
        return 1
    name, make = kinds[place.index % (len(kinds) + 1)]
    path = make(place.folder / NAME)
    try:
        sentence = refusal(path)
    except Lost as lost:
        raise Lost(f"{name}: {lost}") from lost
    if path.name not in sentence and str(path) not in sentence:
        raise Lost(f"{name}: the sentence does not name the file: {sentence}")
    return 1


def _may_not_be_read() -> None:
    """A file whose permissions shut this user out; the administrator tries it as somebody else."""
    if not is_posix():
        raise NotRun("this system has no permission bits")
    if is_root() and shutil.which("setpriv") is None:
        raise NotRun("the administrator may read everything, and there is no setpriv to become somebody else")
    folder = Path(tempfile.mkdtemp(prefix="hsb-fault-"))
    try:
        folder.chmod(0o755)
        path = folder / NAME
        path.write_bytes(sound_bytes())
        path.chmod(0)
        done = subprocess.run(
            [*(NOBODY if is_root() else ()), sys.executable, "-c", _OPEN, str(path)],
            env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if "ModuleNotFoundError" in done.stderr or "Permission denied" in done.stderr:
            raise NotRun("an ordinary user cannot start this Python")
        if "cannot be read" not in plain_sentence(done.stdout):
            raise Lost(f"a file without permission to read it: {done.stdout}{done.stderr}")
        path.chmod(0o644)
        if path.read_bytes() != sound_bytes():
            raise Lost("a file without permission to read it was changed")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


FAULT = Fault(
    number=18,
    title="Not an audit at all",
    must="a plain sentence in under two seconds; bytes unchanged",
    trial=_trial,
    count=len(no_audits.KINDS) + 1,
    sample=len(no_audits.KINDS) + 1,
    limits="Devices and pipes of Linux; the special names of Windows (CON, NUL) were not tried.",
)
