"""What the program sees to in its own process, so that an audit's words stay in the audit's file.

No memory of it is written to a core dump, and what libraries write on their way (the workbook's sheets, a
damaged file's private copy) goes to a folder of this person's own, which is emptied at the end and, after a
crash, by the next start.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hsb_desktop.settings import user_data_folder

_PR_SET_DUMPABLE = 4
_STILL_ACTIVE, _QUERY_LIMITED_INFORMATION = 259, 0x1000
_NO_CRASH_WINDOW = 0x0002


@dataclass(frozen=True, slots=True)
class ProcessId:
    """A process, told from a later one that was given the same number."""

    number: int
    started: str
    """When it was started, as the system counts; empty where the system does not tell."""

    @property
    def is_running(self) -> bool:
        """Whether this very process is still there. Where that cannot be known, it is."""
        if not _has_process(self.number):
            return False
        return not self.started or not (now := _started(self.number)) or now == self.started


def this_process() -> ProcessId:
    """Return the process that asks."""
    return ProcessId(os.getpid(), _started(os.getpid()))


def keep_memory_private() -> None:
    """Let no core dump be written: it would hold whatever is on the screen. Does what the system allows."""
    if sys.platform == "win32":
        _keep_crash_window_away()
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # A limit of 0 does not keep a dump from a program that collects them.
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def use_private_temporary_folder() -> None:
    """Let every library put its temporary files where only this person can read; remove those of crashes."""
    import atexit
    import shutil
    import tempfile

    folder = _temporary_folder()
    own = folder / str(os.getpid())
    try:
        own.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except OSError:
        # The system's own folder for temporary files: files there are for their owner's eyes, too.
        return
    tempfile.tempdir = str(own)
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    remove_leftovers()


def remove_leftovers() -> None:
    """Remove the temporary files of processes that are gone."""
    import shutil

    with suppress(OSError):
        for left in _temporary_folder().iterdir():
            if not left.name.isdecimal() or not _has_process(int(left.name)):
                shutil.rmtree(left, ignore_errors=True)


def _temporary_folder() -> Path:
    return user_data_folder() / "temporary"


def _has_process(number: int) -> bool:
    if number <= 0:
        return False
    if sys.platform == "win32":
        return _windows_has(number)
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        # It is somebody else's, or the number is none that the system knows.
        return number < 1 << 31
    return True


def _started(number: int) -> str:
    """Return when a process was started, in ticks since the computer was; only Linux tells it in a file."""
    try:
        told = Path(f"/proc/{number}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    # The second field is a name that may hold spaces and brackets; the start is the 22nd.
    fields = told.rpartition(")")[2].split()
    return fields[19] if len(fields) > 19 else ""


if sys.platform == "win32":  # pragma: no cover  (not run on this side)
    import ctypes

    def _windows_has(number: int) -> bool:
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, number)
        if not handle:
            return False
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == _STILL_ACTIVE

    def _keep_crash_window_away() -> None:
        ctypes.windll.kernel32.SetErrorMode(_NO_CRASH_WINDOW)
