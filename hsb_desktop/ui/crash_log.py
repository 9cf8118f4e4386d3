"""A log of the program's own faults: types and places in the program, never a word of an audit."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from hsb_desktop.settings import user_log_folder

_MOST_BYTES = 100_000
_NAME = "faults.log"
_HARD_NAME = "crashes.log"


def log_fault(details: str) -> Path | None:
    """Add what `technical_details` says of a fault; return where, or None if the disk refuses.

    The oldest entries go when the log has grown to 100,000 bytes.
    """
    path = user_log_folder() / _NAME
    entry = f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{details}\n\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        earlier = path.read_bytes()[-_MOST_BYTES:] if path.exists() else b""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(earlier + entry.encode("utf-8", "backslashreplace"))
    except OSError:
        return None
    return path


def log_hard_crashes() -> None:
    """Let Python write where in the program it was if the process itself breaks down: places, no values."""
    import faulthandler

    path = user_log_folder() / _HARD_NAME
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and path.stat().st_size > _MOST_BYTES:
            path.unlink()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        # Never closed: it is needed at the very moment when nothing else works any more.
        faulthandler.enable(descriptor)
