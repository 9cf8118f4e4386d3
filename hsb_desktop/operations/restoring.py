"""Earlier versions of an audit: which there are, what one holds, and going back to one."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hsb_desktop.analysis.progress import progress
from hsb_desktop.analysis.rounds import without_unseen
from hsb_desktop.errors import FileDamaged, FileRefused, OutputRefused
from hsb_desktop.model import Audit
from hsb_desktop.operations.replacing import changes_between
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of, keep_unreadable, make_backup
from hsb_desktop.store.backup_folder import Backup, BackupReason, leftovers_of
from hsb_desktop.store.backup_places import backups_for_path
from hsb_desktop.store.connection import is_held_by_another
from hsb_desktop.store.gate import can_be_protected, judge
from hsb_desktop.store.lock import in_words, other_holder
from hsb_desktop.whole_file import whole_file


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """What a backup holds, in numbers; they are of the agreed responses in its latest wave."""

    scored: int
    statements: int
    different: int | None
    """How many values are not as they are now; None where there is nothing to compare with.

    Answers that nobody may see yet are in no count.
    """


def earlier_versions(path: Path, password: str | None = None) -> tuple[Backup, ...]:
    """Return the backups of the audit in a file, the newest first; the file may be damaged or gone.

    What cannot be read is known by its place: then they are of the audit that was last opened at this path.
    Either way they are all of that audit, also those that were made from other copies of it.
    """
    try:
        with AuditFile.open(path, read_only=True, password=password) as file:
            audit_id = file.read().audit_id
    except FileRefused:
        return backups_for_path(path)
    return backups_of(audit_id)


def look_into(backup: Backup, present: Audit | None = None, password: str | None = None) -> EarlierVersion:
    """Return what a backup holds, compared with the audit as it is now. Raises FileRefused."""
    with AuditFile.open(backup.path, read_only=True, password=password) as file:
        audit = file.read()
    wave_id = audit.waves[-1].wave_id if audit.waves else ""
    stand = progress(audit, wave_id)
    different = None
    if present is not None:
        # Who has answered in an open round is nobody's to know, and no number may tell it.
        different = len(changes_between(without_unseen(audit), without_unseen(present)))
    return EarlierVersion(stand.scored, stand.statements, different)


def restore(
    path: Path, backup: Backup, now: datetime | None = None, password: str | None = None
) -> Backup | None:
    """Put an earlier version in the place of an audit that is not open, in one step.

    What stands there now is kept among the backups first, and returned; None if nothing does. The history in
    the file is then that of the earlier version. Raises FileRefused for a backup that is not sound, and
    OutputRefused, both with the audit as it was.
    """
    if not judge(backup.path, password) and _is_protected(path):
        raise OutputRefused(
            f"{path.name} is protected with a password, and this version of it is not: it may be of another "
            "copy of the audit. Nothing was changed; save the version under another name."
        )
    with whole_file(path) as temporary:
        shutil.copyfile(backup.path, temporary)
        judge(temporary, password)
        # Only now: what is kept may be one too many, and the version that is wanted the one that goes for it.
        replaced = _keep_present(path, backup.path.parent, now, password)
        # What another program left half written belongs to the file that goes, and is kept with it.
        for leftover in leftovers_of(path):
            leftover.unlink()
    return replaced


def save_earlier_version(backup: Backup, out: Path, password: str | None = None) -> None:
    """Write an earlier version into a new file; what could not be opened, as it is and with its journal.

    Raises FileRefused for a name that is taken or a backup that is not sound, OutputRefused if the disk
    refuses; nothing is left behind then.
    """
    is_sound = backup.reason is not BackupReason.UNREADABLE
    if is_sound:
        judge(backup.path, password)
    with whole_file(out, replace=False) as temporary:
        shutil.copyfile(backup.path, temporary)
        if is_sound:
            judge(temporary, password)
    for leftover in leftovers_of(backup.path):
        ending = leftover.name.removeprefix(backup.path.name)
        with whole_file(out.with_name(out.name + ending), replace=False) as temporary:
            shutil.copyfile(leftover, temporary)


def _keep_present(path: Path, folder: Path, now: datetime | None, password: str | None) -> Backup | None:
    if not path.exists():
        return None
    try:
        judge(path, password)
    except FileRefused as refused:
        # A refusal of a kind of its own has a remedy of its own: going over it would be rash.
        is_beyond_reading = type(refused) in {FileRefused, FileDamaged} and not _is_held(refused)
        if not is_beyond_reading:
            raise
        if (holder := other_holder(path)) is not None:
            raise OutputRefused(
                f"{path.name} is in use: it was opened{in_words(holder)}. Close it there first, "
                "or save the earlier version under another name. Nothing was changed."
            ) from refused
        return keep_unreadable(path, folder, now)
    with AuditFile.open(path, password=password, keep_version=True) as file:
        if file.is_read_only:
            raise OutputRefused(
                f"{path} can only be read, so nothing can take its place. Nothing was changed; save the "
                "earlier version under another name."
            )
        return make_backup(file, BackupReason.RESTORE, now)


def _is_protected(path: Path) -> bool:
    try:
        return can_be_protected(path)
    except FileRefused:
        return False


def _is_held(refused: FileRefused) -> bool:
    cause = refused.__cause__
    return isinstance(cause, Exception) and is_held_by_another(cause)
