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

from hsb_desktop.processes import is_gone, process_space, started
from hsb_desktop.settings import user_data_folder

_PR_SET_DUMPABLE = 4
_NO_CRASH_WINDOW = 0x0002
_NO_NUMBER = 1 << 31
"""No system gives a process so high a number."""

_removed_at_exit: set[Path] = set()


@dataclass(frozen=True, slots=True)
class ProcessId:
    """A process, told from a later one that was given the same number."""

    number: int
    started: str
    """When it was started, as the system counts; empty where the system does not tell."""

    @property
    def is_running(self) -> bool:
        """Whether this very process is still there. Where that cannot be known, it is."""
        is_number = 0 < self.number < _NO_NUMBER
        return is_number and not is_gone(self.number, self.started, process_space())


def this_process() -> ProcessId:
    """Return the process that asks."""
    return ProcessId(os.getpid(), started(os.getpid()))


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
    own = private_temporary_folder()
    if own is None:
        return
    import tempfile

    tempfile.tempdir = str(own)
    remove_leftovers()


def private_temporary_folder() -> Path | None:
    """Return this process's own folder for temporary files, made if need be; it goes when the process ends.

    For what may be written before `use_private_temporary_folder`, which waits for the first paint. None where
    the disk refuses: then the system's own folder is left, where files are for their owner's eyes, too.
    """
    folder = _temporary_folder()
    own = folder / str(os.getpid())
    try:
        own.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except OSError:
        return None
    if own not in _removed_at_exit:
        import atexit
        import shutil

        _removed_at_exit.add(own)
        atexit.register(shutil.rmtree, own, ignore_errors=True)
    return own


def remove_leftovers() -> None:
    """Remove the temporary files of processes that are gone."""
    import shutil

    with suppress(OSError):
        for left in _temporary_folder().iterdir():
            if not left.name.isdecimal() or not ProcessId(int(left.name), "").is_running:
                shutil.rmtree(left, ignore_errors=True)


def _temporary_folder() -> Path:
    return user_data_folder() / "temporary"


if sys.platform == "win32":

    def _keep_crash_window_away() -> None:
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(_NO_CRASH_WINDOW)
