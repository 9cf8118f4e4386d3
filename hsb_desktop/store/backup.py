"""Backups of audits: whole, verified audit files in this person's local data folder, never beside the audit.

Each audit has a folder of its own, named after its id; copies of one audit in several places share it. The
names in it tell a time, a reason and a hash of the place of the file that the backup is of, never a word of
the audit. A backup of a protected audit is protected.
"""

from __future__ import annotations

import errno
import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from pathlib import Path

from hsb_desktop.errors import FileRefused, HsbError, OutputRefused
from hsb_desktop.settings import user_data_folder
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup_note import Note, hashed_place, mark_of, read_note, write_note
from hsb_desktop.store.backup_thinning import kept
from hsb_desktop.store.connection import Connection, DatabaseError, is_held_by_another
from hsb_desktop.store.share import save_copy
from hsb_desktop.whole_file import whole_file

_SUFFIX = ".hsbaudit"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-([a-z]+)(?:-([0-9a-f]{16}))?\.hsbaudit")
_TIME = "%Y%m%dT%H%M%SZ"
_PLAIN_ID = re.compile(r"[0-9a-z][0-9a-z-]{7,63}")
_WAIT_MILLISECONDS = 1000
"""How long a backup waits for another program that holds the audit: the edit behind it waits as well."""
_LONGEST_REST = timedelta(days=366)
_NO_FOLDER = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR, errno.ENOENT)
_FAULTS: tuple[type[Exception], ...] = (OSError, HsbError, *DatabaseError)


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


# Making ---------------------------------------------------------------------------------------------------


def make_backup(file: AuditFile, reason: BackupReason, now: datetime | None = None) -> Backup:
    """Make a verified backup of an open audit, and thin those that there are.

    Raises OutputRefused, with nothing left behind.
    """
    now = now or datetime.now().astimezone()
    with _told_why(), _short_wait(file.connection):
        audit_id, _ = _about(file)
        folder = _made_folder(audit_id)
        path = _free_name(folder, now, reason, file.path)
        save_copy(file, path)
    backup = _backup_at(path)
    assert backup is not None  # it was made a moment ago
    # The backup is there; that it was made today may be forgotten, and thinning may wait.
    with suppress(OSError):
        write_note(folder, _settled(folder, file.path).with_backup(file.path, now.date()))
    thin(audit_id, now)
    return backup


def make_due_backup(
    file: AuditFile, reason: BackupReason, unless_made_on: date | None = None
) -> Backup | None:
    """Make a backup unless one was made from this file on that day; return it. A sample never needs one.

    Raises OutputRefused, with nothing left behind.
    """
    with _told_why(), _short_wait(file.connection):
        audit_id, is_sample = _about(file)
    note = read_note(folder_of(audit_id))
    is_made = unless_made_on is not None and note.has_backup(file.path, unless_made_on)
    return None if is_sample or is_made else make_backup(file, reason)


def keep_unreadable(path: Path, folder: Path, now: datetime | None = None) -> Backup:
    """Keep what cannot be opened as an audit byte for byte, with its journal, before something replaces it.

    It counts as a backup that thinning leaves alone. Raises OutputRefused.
    """
    now = now or datetime.now().astimezone()
    with _told_why():
        _make_private(folder)
        target = _free_name(folder, now, BackupReason.UNREADABLE, path)
        for leftover in leftovers_of(path):
            ending = leftover.name.removeprefix(path.resolve().name)
            with whole_file(target.with_name(target.name + ending)) as part:
                shutil.copyfile(leftover, part)
        with whole_file(target) as part:
            shutil.copyfile(path, part)
    backup = _backup_at(target)
    assert backup is not None  # it was made a moment ago
    return backup


def leftovers_of(path: Path) -> tuple[Path, ...]:
    """Return the files beside an audit in which SQLite keeps a write that was left half done."""
    real = path.resolve()
    names = (real.with_name(real.name + ending) for ending in ("-journal", "-wal", "-shm"))
    return tuple(name for name in names if name.exists())


# Listing --------------------------------------------------------------------------------------------------


def backups_of(audit_id: str) -> tuple[Backup, ...]:
    """Return the backups of an audit, the newest first."""
    return backups_in(folder_of(audit_id))


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """Return the backups in one audit's folder, the newest first."""
    try:
        paths = list(folder.iterdir())
    except OSError:
        return ()
    found = (_backup_at(path) for path in paths)
    return tuple(sorted((b for b in found if b is not None), key=lambda b: b.made_at, reverse=True))


def _backup_at(path: Path) -> Backup | None:
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


# Letting go -----------------------------------------------------------------------------------------------


def delete_backup(backup: Backup) -> None:
    """Delete one backup. Raises OutputRefused if the disk refuses."""
    try:
        for leftover in leftovers_of(backup.path):
            leftover.unlink(missing_ok=True)
        backup.path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputRefused(f"The backup could not be deleted: {error.strerror or error}.") from error


def delete_backups(audit_id: str) -> int:
    """Delete all backups of an audit and what is remembered with them; return how many backups there were.

    Raises OutputRefused if the disk refuses; some may be gone then.
    """
    folder = folder_of(audit_id)
    count = len(backups_in(folder))
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        left = len(backups_in(folder))
        raise OutputRefused(
            f"{left} of {count} backups could not be deleted: {error.strerror or error}. "
            f"They are in {folder}."
        ) from error
    return count


def thin(audit_id: str, now: datetime) -> None:
    """Delete the backups of an audit that `kept` does not name. What the disk refuses waits for next time.

    Those of one file are none of another's: two copies of an audit are thinned each for itself.
    """
    found = [b for b in backups_of(audit_id) if b.reason is not BackupReason.UNREADABLE]
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


def note_opened(file: AuditFile, today: date) -> None:
    """Remember that an audit was opened, and where; not of a sample, and not where the disk refuses."""
    with suppress(*_FAULTS):
        audit_id, is_sample = _about(file)
        if not is_sample:
            folder = _made_folder(audit_id)
            write_note(folder, _settled(folder, file.path).with_opened(file.path, today))


def note_replaced(audit_id: str, path: Path, today: date) -> None:
    """Remember that a file which is known took the place of what was there; not where the disk refuses."""
    folder = folder_of(audit_id)
    with suppress(OSError):
        if folder.is_dir():
            write_note(folder, read_note(folder).with_opened(path, today))


def forget_place(audit_id: str, path: Path) -> None:
    """Remember no longer that an audit was opened at this path; not where the disk refuses."""
    folder = folder_of(audit_id)
    with suppress(OSError):
        if folder.is_dir():
            write_note(folder, read_note(folder).without_places((hashed_place(path),)))


def _settled(folder: Path, path: Path) -> Note:
    """Return the note of a folder in which the backups of a renamed file are known as of its new name.

    Backups that tell no place, made by an earlier version of the program while the audit was in one place
    only, are known as of that place from now on: it may be the last moment at which that can be told.
    """
    note = read_note(folder)
    renamed = note.renamed_from(path)
    marks = {mark_of(place): mark_of(hashed_place(path)) for place in renamed}
    if len(note.places) == 1:
        (only,) = (mark_of(place) for place in note.places)
        marks[""] = marks.get(only, only)
    for backup in backups_in(folder) if marks else ():
        if backup.mark in marks:
            # One that cannot be renamed now seems to be of another file, and is left alone as such.
            with suppress(OSError):
                _mark(backup, marks[backup.mark])
    return note.without_places(renamed)


def take_over(backup: Backup, path: Path) -> None:
    """Name a backup as one that was made from the file at this path. Raises OSError."""
    _mark(backup, mark_of(hashed_place(path)))


def _mark(backup: Backup, mark: str) -> None:
    unmarked = backup.path.name.removesuffix(_SUFFIX).removesuffix(f"-{backup.mark}")
    for found in (*leftovers_of(backup.path), backup.path):
        ending = found.name.removeprefix(backup.path.name)
        found.rename(backup.path.with_name(f"{unmarked}-{mark}{_SUFFIX}{ending}"))


# Names and folders ----------------------------------------------------------------------------------------


def _about(file: AuditFile) -> tuple[str, bool]:
    audit_id, is_sample = file.connection.execute("SELECT audit_id, is_sample FROM audit").fetchone()
    return str(audit_id), bool(is_sample)


def _made_folder(audit_id: str) -> Path:
    folder = folder_of(audit_id)
    _make_private(folder)
    return folder


def _make_private(folder: Path) -> None:
    user_data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    for place in (backups_folder(), folder):
        place.mkdir(exist_ok=True, mode=0o700)
        if place.stat().st_mode & 0o077:
            # Made by something else; on Windows a folder there is private by its place, and stays as it is.
            place.chmod(0o700)


def _free_name(folder: Path, now: datetime, reason: BackupReason, of: Path) -> Path:
    """Return a name for a backup; two of one second get seconds of their own."""
    taken = {backup.made_at for backup in backups_in(folder)}
    made_at = now.astimezone(UTC).replace(microsecond=0)
    while made_at in taken:
        made_at += timedelta(seconds=1)
    return folder / f"{made_at:{_TIME}}-{reason.value}-{mark_of(hashed_place(of))}{_SUFFIX}"


def audit_folders() -> tuple[Path, ...]:
    """Return the folders of all audits that have backups or are remembered."""
    try:
        return tuple(path for path in backups_folder().iterdir() if path.is_dir() and not path.is_symlink())
    except OSError:
        return ()


@contextmanager
def _short_wait(connection: Connection) -> Iterator[None]:
    (usual,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {_WAIT_MILLISECONDS}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {usual}")


@contextmanager
def _told_why() -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
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
