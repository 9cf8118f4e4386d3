"""What happens to the backups of an audit whose password is set, changed or taken away."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from hsb_desktop.errors import FileDamaged, HsbError, PasswordNeeded, WrongPassword
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import Backup, BackupReason, backups_of, delete_backup, folder_of
from hsb_desktop.store.backup_note import read_note
from hsb_desktop.store.gate import can_be_protected
from hsb_desktop.store.protection import reprotect

_LASTING = (FileDamaged,)
"""What keeps a backup from ever being converted."""


@dataclass(frozen=True, slots=True)
class Reprotected:
    """How many backups have the audit's password now, and how many could not be given it and were deleted."""

    converted: int
    deleted: int
    left: int = 0
    """Backups that could be neither converted nor deleted, or that keep an earlier password."""


def reprotect_backups(audit_id: str, password: str | None, new_password: str | None) -> Reprotected:
    """Give every backup of an audit the password that the audit has now.

    One that cannot be converted, because it is damaged or has yet another password, is deleted where the
    audit is protected now: no plain copy is left, and none that opens with a password that was given up.
    Where the audit is plain now it is left; and so is one that only the disk, or somebody who has it open,
    keeps from being converted, and one that may be of another copy of the audit with a password of its own.
    """
    has_other_copies = len(read_note(folder_of(audit_id)).places) > 1
    converted = deleted = left = 0
    for backup in backups_of(audit_id):
        try:
            _convert(backup, password, new_password)
        except HsbError as error:
            is_lost = type(error) in _LASTING or (
                isinstance(error, WrongPassword | PasswordNeeded) and not has_other_copies
            )
            if new_password is not None and is_lost and _has_deleted(backup):
                deleted += 1
            else:
                left += 1
        else:
            converted += 1
    return Reprotected(converted, deleted, left)


def protect_plain_backups(file: AuditFile) -> int:
    """Protect what is plain among the backups of a protected audit; return how many were.

    A program that is ended between protecting the audit and its backups leaves such ones behind.
    """
    if not file.is_protected:
        return 0
    found = 0
    for backup in backups_of(file.read().audit_id):
        with suppress(HsbError):
            if backup.reason is not BackupReason.UNREADABLE and not can_be_protected(backup.path):
                reprotect(backup.path, None, file.password)
                found += 1
    return found


def reprotected_in_words(outcome: Reprotected) -> tuple[str, ...]:
    """Return sentences for the person who changed the password; none where there is nothing to tell."""
    converted, deleted, left = outcome.converted, outcome.deleted, outcome.left
    sentences = (
        (converted, f"{converted} of its backups {_were(converted)} changed likewise."),
        (deleted, f"{deleted} {_were(deleted)} deleted, because that was not possible."),
        (left, f"{left} of its backups could not be changed and {_are(left)} as before."),
    )
    return tuple(sentence for count, sentence in sentences if count)


def _convert(backup: Backup, password: str | None, new_password: str | None) -> None:
    if backup.reason is BackupReason.UNREADABLE:
        raise FileDamaged(f"{backup.path.name} is damaged.")
    reprotect(backup.path, password, new_password)


def _has_deleted(backup: Backup) -> bool:
    try:
        delete_backup(backup)
    except HsbError:
        return False
    return True


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
