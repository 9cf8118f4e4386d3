"""Backups of audits: whole, verified audit files in this person's local data folder, never beside the audit.

Each audit has a folder of its own, named after its id; copies of one audit in several places share it. The
names in it tell a time, a reason and a hash of the place of the file that the backup is of, never a word of
the audit. A backup of a protected audit is protected.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from hsb_desktop.errors import OutputRefused
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup_folder import (
    Backup,
    BackupReason,
    backup_at,
    backups_in,
    folder_of,
    free_name,
    leftovers_of,
    made_folder,
    make_private,
)
from hsb_desktop.store.backup_making import FAULTS, about, back_up, short_wait, told_why
from hsb_desktop.store.backup_marks import settled
from hsb_desktop.store.backup_note import hashed_place, read_note, write_note
from hsb_desktop.whole_file import whole_file

# Making ---------------------------------------------------------------------------------------------------


def make_backup(file: AuditFile, reason: BackupReason, now: datetime | None = None) -> Backup:
    """Make a verified backup of an open audit, and thin those that there are.

    Raises OutputRefused, with nothing left behind.
    """
    file.end_visit()
    return back_up(file.connection, file.path, file.password, reason, now or datetime.now().astimezone())


def make_due_backup(
    file: AuditFile, reason: BackupReason, unless_made_on: date | None = None
) -> Backup | None:
    """Make a backup unless one was made from this file on that day; return it. A sample never needs one.

    Raises OutputRefused, with nothing left behind.
    """
    with told_why(), short_wait(file.connection):
        audit_id, is_sample = about(file.connection)
    note = read_note(folder_of(audit_id))
    is_made = unless_made_on is not None and note.has_backup(file.path, unless_made_on)
    return None if is_sample or is_made else make_backup(file, reason)


def keep_unreadable(path: Path, folder: Path, now: datetime | None = None) -> Backup:
    """Keep what cannot be opened as an audit byte for byte, with its journal, before something replaces it.

    It counts as a backup that thinning leaves alone. Raises OutputRefused.
    """
    now = now or datetime.now().astimezone()
    with told_why():
        make_private(folder)
        target = free_name(folder, now, BackupReason.UNREADABLE, path)
        for leftover in leftovers_of(path):
            ending = leftover.name.removeprefix(path.resolve().name)
            with whole_file(target.with_name(target.name + ending)) as part:
                shutil.copyfile(leftover, part)
        with whole_file(target) as part:
            shutil.copyfile(path, part)
    backup = backup_at(target)
    assert backup is not None  # it was made a moment ago
    return backup


# Listing --------------------------------------------------------------------------------------------------


def backups_of(audit_id: str) -> tuple[Backup, ...]:
    """Return the backups of an audit, the newest first."""
    return backups_in(folder_of(audit_id))


# Letting go -----------------------------------------------------------------------------------------------


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


def note_opened(file: AuditFile, today: date) -> None:
    """Remember that an audit was opened, and where; not of a sample, and not where the disk refuses."""
    with suppress(*FAULTS):
        audit_id, is_sample = about(file.connection)
        if not is_sample:
            folder = made_folder(audit_id)
            write_note(folder, settled(folder, file.path).with_opened(file.path, today))


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
