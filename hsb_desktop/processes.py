"""Which computer and which process this is, and whether another process of this computer is still there."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

_ENDED, _HIDDEN = "ended", "hidden"
"""Instead of a start: it only waits to be forgotten; it belongs to somebody else and may not be asked."""


@cache
def computer_name() -> str:
    """Return the name that the computer has on its network; empty if it has none."""
    if sys.platform == "win32":
        import platform

        return platform.node()
    return os.uname().nodename


@cache
def computer_key() -> str:
    """Return what tells this computer from another of the same name; empty if the system does not say.

    A digest, so that the system's own identifier is never written into a shared folder.
    """
    identifier = _computer_identifier()
    return hashlib.sha256(f"hsb-audit lock {identifier}".encode()).hexdigest()[:16] if identifier else ""


def started(pid: int) -> str:
    """Return when a process of this computer began, in the system's own words; empty if there is none such.

    Two processes that were given the same number one after the other differ in it, also across a restart.
    Empty, too, where the system does not say.
    """
    if sys.platform == "win32":
        return _windows_started(pid)
    with suppress(OSError, IndexError):
        # The name in brackets may hold anything; after it come the state and, twentieth, the start in ticks.
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
        return _ENDED if fields[0] in "ZX" else f"{_boot()} {fields[19]}"
    return ""


def is_gone(pid: int, began: str, space: str) -> bool:
    """Whether a process that ran on this computer has certainly ended; `space` is its `process_space`."""
    if began and space == process_space() and (now := started(pid)):
        return now not in (began, _HIDDEN)
    if space and space != process_space():
        # Numbers of another container say nothing here, unless the computer was restarted since.
        return bool(_boot()) and space.partition(" ")[0] != _boot()
    return not _is_alive(pid)


@cache
def process_space() -> str:
    """Return what is the same for two processes that see each other's numbers; empty if there is no such."""
    with suppress(OSError):
        return f"{_boot()} {Path('/proc/self/ns/pid').readlink()}"
    return ""


@cache
def _boot() -> str:
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return ""


def _computer_identifier() -> str:
    if sys.platform == "win32":
        import winreg

        with suppress(OSError):
            key = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography")
            with key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        return ""
    with suppress(OSError):
        return Path("/etc/machine-id").read_text().strip()
    return ""


def _is_alive(pid: int) -> bool:
    if pid <= 0:
        return True
    if sys.platform == "win32":
        return bool(_windows_started(pid))
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


if sys.platform == "win32":

    def _windows_started(pid: int) -> str:
        """Ask Windows; `os.kill` there would end the process instead of looking at it."""
        import ctypes
        from ctypes import wintypes

        query_limited_information, no_such_process, still_active = 0x1000, 87, 259
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        handle = wintypes.HANDLE(kernel.OpenProcess(query_limited_information, False, pid))
        if not handle:
            return "" if ctypes.get_last_error() == no_such_process else _HIDDEN
        try:
            times = [wintypes.FILETIME() for _ in range(4)]
            code = wintypes.DWORD()
            if not kernel.GetProcessTimes(handle, *(ctypes.byref(time) for time in times)):
                return _HIDDEN
            if kernel.GetExitCodeProcess(handle, ctypes.byref(code)) and code.value != still_active:
                return _ENDED
            return f"{times[0].dwHighDateTime:x}{times[0].dwLowDateTime:08x}"
        finally:
            kernel.CloseHandle(handle)
