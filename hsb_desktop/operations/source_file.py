"""Reading the file that somebody wants to import."""

from __future__ import annotations

import stat
from pathlib import Path

from hsb_desktop.errors import InputRefused

LARGEST_SOURCE = 100_000_000
"""Bytes. An audit with 20,000 characters in every box has two million for each party and wave."""


def read_source(source: Path) -> bytes:
    """Return the bytes of a file; only real files are read, so that nothing is waited on.

    Raises InputRefused for what is missing, unreadable, a folder, or larger than any audit.
    """
    try:
        status = source.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputRefused(f"{source} is a folder. Give the name of a file; nothing was changed.")
        if not stat.S_ISREG(status.st_mode):
            raise InputRefused(f"{source} is not a file. Nothing was changed.")
        if status.st_size > LARGEST_SOURCE:
            raise InputRefused(f"{source} is larger than 100 MB, which no audit is. Nothing was changed.")
        return source.read_bytes()
    except FileNotFoundError as error:
        raise InputRefused(f"{source} does not exist. Nothing was changed.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputRefused(f"{source} could not be read: {reason}. Nothing was changed.") from error
