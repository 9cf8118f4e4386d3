"""Makes one backup of an audit that is open: verified, under a free name, noted; in plain words if not."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from hsb_desktop.errors import FileRefused, HsbError, OutputRefused
from hsb_desktop.store.backup_folder import (
    Backup,
    BackupReason,
    backup_at,
    free_name,
    made_folder,
    thin,
)
from hsb_desktop.store.backup_marks import settled
from hsb_desktop.store.backup_note import write_note
from hsb_desktop.store.connection import Connection, DatabaseError, is_held_by_another
from hsb_desktop.store.copying import write_whole

_WAIT_MILLISECONDS = 1000
"""How long a backup waits for another program that holds the audit: the edit behind it waits as well."""
_NO_FOLDER = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR, errno.ENOENT)
FAULTS: tuple[type[Exception], ...] = (OSError, HsbError, *DatabaseError)


def back_up(
    connection: Connection, path: Path, password: str | None, reason: BackupReason, now: datetime
) -> Backup:
    """Make a verified backup of the audit that is open at this path, and thin those that there are.

    It is protected with the audit's password. Raises OutputRefused, with nothing left behind.
    """
    with told_why(), short_wait(connection):
        audit_id, _ = about(connection)
        folder = made_folder(audit_id)
        out = free_name(folder, now, reason, path)
        write_whole(connection, out, password)
    backup = backup_at(out)
    assert backup is not None  # it was made a moment ago
    # The backup is there; that it was made today may be forgotten, and thinning may wait.
    with suppress(OSError):
        write_note(folder, settled(folder, path).with_backup(path, now.date()))
    thin(audit_id, now)
    return backup


def about(connection: Connection) -> tuple[str, bool]:
    """Return the id of the audit that is open, and whether it is the program's example."""
    audit_id, is_sample = connection.execute("SELECT audit_id, is_sample FROM audit").fetchone()
    return str(audit_id), bool(is_sample)


@contextmanager
def short_wait(connection: Connection) -> Iterator[None]:
    """Do not wait long for another program that holds the audit."""
    (usual,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {_WAIT_MILLISECONDS}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {usual}")


@contextmanager
def told_why() -> Iterator[None]:
    """Raise OutputRefused with the cause in a few words, whatever kept a backup from being made."""
    try:
        yield
    except FAULTS as error:
        raise OutputRefused(f"No backup could be made: {_why(error)}.") from error


def _why(error: BaseException) -> str:
    """Return in a few words why no backup could be made."""
    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__) is not None:
        causes.append(cause)
    first = causes[-1]
    number = first.errno if isinstance(first, OSError) else None
    text = str(first).lower()
    if number in (errno.ENOSPC, errno.EDQUOT) or "is full" in text:
        return "the disk is full"
    if number in _NO_FOLDER or "readonly" in text or "unable to open" in text:
        return "the backup folder cannot be written"
    if isinstance(first, DatabaseError) and is_held_by_another(first):
        return "another program is holding the audit"
    if any(isinstance(one, FileRefused) for one in causes):
        return "the copy did not pass its check"
    return str(getattr(first, "strerror", None) or first).rstrip(".")
