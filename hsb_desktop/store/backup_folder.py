"""The folders in which backups are kept: what is in them, under which names, and letting go of it."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

from hsb_desktop.errors import HsbError, OutputRefused
from hsb_desktop.settings import user_data_folder
from hsb_desktop.store.backup_note import hashed_place, mark_of
from hsb_desktop.store.backup_thinning import kept
from hsb_desktop.whole_file import delete_left_parts

SUFFIX = ".hsbaudit"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-([a-z]+)(?:-([0-9a-f]{16}))?\.hsbaudit")
_TIME = "%Y%m%dT%H%M%SZ"
_PLAIN_ID = re.compile(r"[0-9a-z][0-9a-z-]{7,63}")
_LONGEST_REST = timedelta(days=366)


class BackupReason(Enum):
    """What a backup was made before; the value stands in its name."""

    DAY = "day"
    IMPORT = "import"
    MERGE = "merge"
    MIGRATION = "migration"
    RESTORE = "restore"
    REMOVE = "remove"
    UNREADABLE = "unreadable"
    """Not verified: what stood in an audit's place and could not be opened, byte for byte."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Backup:
    """One earlier version of an audit: a whole audit file."""

    path: Path
    made_at: datetime
    """Aware, in UTC."""
    reason: BackupReason
    size: int
    """Bytes."""
    mark: str = ""
    """Of the place of the file that it was made from; empty where an earlier program made it."""

    @property
    def name(self) -> str:
        """By which it is asked for: no other backup of the audit has it, and it stays the same."""
        return f"{self.made_at:{_TIME}}"


def backups_folder() -> Path:
    """Return where the folders of all audits are; it need not exist."""
    return user_data_folder() / "backups"


def folder_of(audit_id: str) -> Path:
    """Return the folder of one audit's backups; it need not exist."""
    # An id comes out of a file that anybody may have made: it must not lead to another folder.
    is_plain = _PLAIN_ID.fullmatch(audit_id) is not None
    hashed = hashlib.sha256(audit_id.encode("utf-8", "surrogatepass")).hexdigest()
    return backups_folder() / (audit_id if is_plain else f"id-{hashed[:32]}")


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """Return the backups in one audit's folder, the newest first."""
    try:
        paths = list(folder.iterdir())
    except OSError:
        return ()
    found = (backup_at(path) for path in paths)
    return tuple(sorted((b for b in found if b is not None), key=lambda b: b.made_at, reverse=True))


def backup_at(path: Path) -> Backup | None:
    """Return the backup that has this name; None if there is none, or it is no backup's name."""
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        made_at = datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)
        known = {reason.value for reason in BackupReason}
        reason = BackupReason(match[2]) if match[2] in known else BackupReason.OTHER
        return Backup(path, made_at, reason, path.stat().st_size, match[3] or "")
    except (OSError, ValueError):
        return None


def audit_folders() -> tuple[Path, ...]:
    """Return the folders of all audits that have backups or are remembered."""
    try:
        return tuple(path for path in backups_folder().iterdir() if path.is_dir() and not path.is_symlink())
    except OSError:
        return ()


def made_folder(audit_id: str) -> Path:
    """Return the folder of an audit's backups, made if need be. Raises OSError."""
    folder = folder_of(audit_id)
    make_private(folder)
    return folder


def make_private(folder: Path) -> None:
    """Make a folder for backups that only its owner may look into. Raises OSError."""
    user_data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    for place in (backups_folder(), folder):
        place.mkdir(exist_ok=True, mode=0o700)
        if place.stat().st_mode & 0o077:
            # Made by something else; on Windows a folder there is private by its place, and stays as it is.
            place.chmod(0o700)


def free_name(folder: Path, now: datetime, reason: BackupReason, of: Path) -> Path:
    """Return a name for a backup of that file; two of one second get seconds of their own."""
    taken = {backup.made_at for backup in backups_in(folder)}
    made_at = now.astimezone(UTC).replace(microsecond=0)
    while made_at in taken:
        made_at += timedelta(seconds=1)
    return folder / f"{made_at:{_TIME}}-{reason.value}-{mark_of(hashed_place(of))}{SUFFIX}"


# Letting go -----------------------------------------------------------------------------------------------


def leftovers_of(path: Path) -> tuple[Path, ...]:
    """Return the files beside an audit in which SQLite keeps a write that was left half done."""
    real = path.resolve()
    names = (real.with_name(real.name + ending) for ending in ("-journal", "-wal", "-shm"))
    return tuple(name for name in names if name.exists())


def delete_unfinished(path: Path, audit_id: str) -> tuple[Path, ...]:
    """Delete what ended programs left half written beside an audit and among its backups.

    Return what is still there because somebody may be writing it, or the disk refuses.
    """
    return (*delete_left_parts(path.resolve().parent), *delete_left_parts(folder_of(audit_id)))


def delete_backup(backup: Backup) -> None:
    """Delete one backup. Raises OutputRefused if the disk refuses."""
    try:
        for leftover in leftovers_of(backup.path):
            leftover.unlink(missing_ok=True)
        backup.path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputRefused(f"The backup could not be deleted: {error.strerror or error}.") from error


def thin(audit_id: str, now: datetime) -> None:
    """Delete the backups of an audit that `kept` does not name. What the disk refuses waits for next time.

    Those of one file are none of another's: two copies of an audit are thinned each for itself.
    """
    found = [b for b in backups_in(folder_of(audit_id)) if b.reason is not BackupReason.UNREADABLE]
    for mark in {backup.mark for backup in found}:
        _thin([backup for backup in found if backup.mark == mark], now)


def _thin(backups: list[Backup], now: datetime) -> None:
    earlier = [backup.made_at for backup in backups[1:2]]
    if earlier and now - earlier[0] > _LONGEST_REST:
        # After so long a rest the clock may be wrong, and nearly all of them would seem old.
        return
    staying = kept((backup.made_at for backup in backups), now)
    for backup in backups:
        if backup.made_at not in staying:
            with suppress(HsbError):
                delete_backup(backup)
