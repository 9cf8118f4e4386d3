"""What happens to the backups of an audit whose password is set, changed or taken away."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hsb_desktop.errors import FileDamaged, HsbError, PasswordNeeded, WrongPassword
from hsb_desktop.operations.backup_lines import when_made
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of, note_replaced
from hsb_desktop.store.backup_folder import Backup, BackupReason, delete_backup, delete_unfinished
from hsb_desktop.store.backup_marks import take_over
from hsb_desktop.store.backup_places import by_place
from hsb_desktop.store.gate import can_be_protected, judge
from hsb_desktop.store.protection import reprotect

_LASTING = (FileDamaged, WrongPassword, PasswordNeeded)
"""What keeps a backup from ever being converted."""


@dataclass(frozen=True, slots=True)
class BackupChoice:
    """What somebody decided about the backups that are not simply converted."""

    also_elsewhere: bool = False
    """Those made from a file in another place are converted, too, and taken for backups of this file: it is
    the same one, which was moved.
    """
    keeps_unreadable: bool = False
    """What cannot be opened stays as it is, though the audit is protected now."""


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """What another password of an audit would mean for its backups; nothing is changed yet."""

    converted: tuple[Backup, ...] = ()
    unreadable: tuple[Backup, ...] = ()
    """Of this file, but they cannot be opened, or have a password that was given up long ago."""
    elsewhere: tuple[Backup, ...] = ()
    """Made from a file in another place, or nobody can tell from which."""


@dataclass(frozen=True, slots=True)
class Reprotected:
    """Which backups have the audit's password now, and which could not be given it."""

    converted: int
    lost: tuple[Backup, ...] = ()
    """They could not be opened, and were deleted."""
    left: int = 0
    """How many could be neither converted nor deleted."""
    kept: tuple[Backup, ...] = ()
    """They could not be opened, and stay as they were."""
    elsewhere: int = 0
    """How many stay as they were because they are, or may be, of another copy of the audit."""
    unfinished: tuple[Path, ...] = ()
    """What somebody may be writing beside the audit or among its backups, with another password or none."""

    @property
    def is_complete(self) -> bool:
        """Whether everything that is kept of the audit has its password now."""
        return not (self.lost or self.left or self.kept or self.elsewhere or self.unfinished)

    @property
    def deleted(self) -> int:
        """How many were deleted."""
        return len(self.lost)


def plan_backups(path: Path, audit_id: str, password: str | None) -> BackupPlan:
    """Return what is to be decided before the audit in this file gets another password.

    Every backup of it is opened with the password that it has now, which takes a while where there are many.
    """
    places = by_place(backups_of(audit_id), path)
    unreadable = tuple(backup for backup in places.here if not _can_be_opened(backup, password))
    converted = tuple(backup for backup in places.here if backup not in unreadable)
    return BackupPlan(converted, unreadable, (*places.elsewhere, *places.unsure))


def reprotect_backups(
    audit_id: str,
    password: str | None,
    new_password: str | None,
    path: Path,
    choice: BackupChoice | None = None,
) -> Reprotected:
    """Give every backup that was made from the file at this path the password that the file has now.

    One that cannot be converted, because it is damaged or has yet another password, is deleted where the
    audit is protected now unless it is chosen to be kept: no plain copy is left, and none that opens with a
    password that was given up. Where the audit is plain now it is left; and so is one that only the disk, or
    somebody who has it open, keeps from being converted. Those of another copy of the audit stay as they are
    unless it is chosen otherwise, and are never deleted: whoever has that copy knows its password only.
    """
    choice = choice or BackupChoice()
    places = by_place(backups_of(audit_id), path)
    elsewhere = (*places.elsewhere, *places.unsure)
    converted = left = 0
    lost: list[Backup] = []
    kept: list[Backup] = []
    for backup in (*places.here, *(elsewhere if choice.also_elsewhere else ())):
        try:
            _convert(backup, password, new_password)
        except HsbError as error:
            is_lost = new_password is not None and isinstance(error, _LASTING) and backup not in elsewhere
            if is_lost and choice.keeps_unreadable:
                kept.append(backup)
            elif is_lost and _has_deleted(backup):
                lost.append(backup)
            else:
                left += 1
        else:
            converted += 1
            if backup in elsewhere:
                with suppress(OSError):
                    take_over(backup, path)
    # The file is a new one on the disk, which is to be known again when it is renamed.
    note_replaced(audit_id, path, date.today())
    others = 0 if choice.also_elsewhere else len(elsewhere)
    unfinished = delete_unfinished(path, audit_id)
    return Reprotected(converted, tuple(lost), left, tuple(kept), others, unfinished)


def protect_plain_backups(file: AuditFile) -> int:
    """Protect what is plain among the backups made from a protected audit; return how many were.

    A program that is ended between protecting the audit and its backups leaves such ones behind. Those of
    other copies of the audit stay as they are.
    """
    if not file.is_protected:
        return 0
    found = 0
    for backup in by_place(backups_of(file.read().audit_id), file.path).here:
        with suppress(HsbError):
            if backup.reason is not BackupReason.UNREADABLE and not can_be_protected(backup.path):
                reprotect(backup.path, None, file.password)
                found += 1
    return found


def reprotected_in_words(outcome: Reprotected) -> tuple[str, ...]:
    """Return sentences for the person who changed the password; none where there is nothing to tell."""
    converted, left = outcome.converted, outcome.left
    sentences = (
        (converted, f"{converted} of its backups {_were(converted)} changed likewise."),
        (left, f"{left} of its backups could not be changed and {_are(left)} as before."),
    )
    return (
        *(sentence for count, sentence in sentences if count),
        *(
            f"Its backup of {when_made(backup)} could not be opened, so it could not be protected with this "
            "password, and was deleted."
            for backup in outcome.lost
        ),
        *(
            f"Its backup of {when_made(backup)} could not be opened; it stays as it was, without this "
            "password."
            for backup in outcome.kept
        ),
        *elsewhere_in_words(outcome.elsewhere),
        *(
            f"{part} is being written by another window or computer, or was left by one: it may be a copy of "
            "this audit with its earlier password, or none. Delete it if nobody is writing it."
            for part in outcome.unfinished
        ),
    )


def elsewhere_in_words(count: int) -> tuple[str, ...]:
    """Return what is to be known of the backups that stay as they are; nothing where there is none."""
    if not count:
        return ()
    they, are, were = ("it", "is", "was") if count == 1 else ("they", "are", "were")
    keep = "keeps the password that it has" if count == 1 else "keep the passwords that they have"
    return (
        f"{count} more of this audit's backups {were} made from a file in another place, or nobody can tell "
        f"from which: {they} may be of another copy, so {they} {keep}, or none. Where {they} {are} of this "
        f"file, delete {'it' if count == 1 else 'them'} among its earlier versions.",
    )


def _can_be_opened(backup: Backup, password: str | None) -> bool:
    if backup.reason is BackupReason.UNREADABLE:
        return False
    try:
        judge(backup.path, password)
    except _LASTING:
        return False
    except HsbError:
        # What the disk, or somebody who has it open, keeps from being read now may be read another time.
        return True
    return True


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
