"""What the command line can do with the earlier versions of an audit, and the sentences that tell of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hsb_desktop.errors import FileRefused, InputRefused, WrongPassword
from hsb_desktop.operations.backup_lines import backups_in_lines, when_made
from hsb_desktop.operations.restoring import earlier_versions, restore, save_earlier_version
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup_folder import Backup, BackupReason, delete_backup
from hsb_desktop.store.backup_places import backups_for_path, by_place
from hsb_desktop.store.gate import can_be_protected, judge


def listed(path: Path, password: str | None = None, known: Iterable[Path] = ()) -> tuple[str, ...]:
    """Return a line for each earlier version of an audit, and where they are kept.

    Files among those `known` are called by their names where a version is of one of them.
    """
    backups = earlier_versions(path, password)
    if not backups:
        return (f"There is no earlier version of {path} on this computer.",)
    folders = sorted({str(backup.path.parent) for backup in backups})
    return (*backups_in_lines(backups, path, known), *(f"Kept in {folder}" for folder in folders))


def go_back(path: Path, name: str, out: Path | None = None, password: str | None = None) -> tuple[str, ...]:
    """Put an earlier version in the audit's place or, where there is an `out`, into that new file.

    Raises InputRefused for a name that none has, and what `restore` and `save_earlier_version` raise.
    """
    backup = _named(path, name, password)
    if out is not None:
        save_earlier_version(backup, out, password)
        return (f"Wrote {out} as the audit was on {when_made(backup)}.",)
    replaced = restore(path, backup, password=password)
    back = f"{path} is again as it was on {when_made(backup)}."
    return (
        (back,)
        if replaced is None
        else (back, "What it held until now is the latest of its earlier versions.")
    )


def delete_version(path: Path, name: str, password: str | None = None) -> tuple[str, ...]:
    """Delete an earlier version. Raises InputRefused for a name that none has."""
    backup = _named(path, name, password)
    delete_backup(backup)
    return (f"Deleted the version of {when_made(backup)}.",)


def delete_versions(path: Path, password: str | None = None) -> tuple[str, ...]:
    """Delete all earlier versions that were made from the file at this path; those of other copies stay.

    Raises WrongPassword where a password opens neither the file nor any of them: it may be another audit.
    """
    backups = earlier_versions(path, password)
    if password is not None:
        _refuse_strange(path, backups, password)
    places = by_place(backups, path)
    for backup in places.here:
        delete_backup(backup)
    stay = len(places.elsewhere) + len(places.unsure)
    deleted = f"Deleted {_versions(len(places.here))}."
    if not stay:
        return (deleted,)
    was = "was" if stay == 1 else "were"
    return (
        deleted,
        f"{_versions(stay).capitalize()} {was} made from a file in another place, or nobody can tell from "
        "which, and may be of another copy: delete what is not wanted with --delete.",
    )


def needs_password(path: Path, name: str) -> bool:
    """Whether an earlier version of a file that cannot be opened is protected.

    Raises InputRefused for a name that none has.
    """
    backup = _one_of(backups_for_path(path), path, name)
    try:
        return backup.reason is not BackupReason.UNREADABLE and can_be_protected(backup.path)
    except FileRefused:
        return False


def _named(path: Path, name: str, password: str | None) -> Backup:
    return _one_of(earlier_versions(path, password), path, name)


def _one_of(backups: tuple[Backup, ...], path: Path, name: str) -> Backup:
    for backup in backups:
        if backup.name == name:
            return backup
    there_is = f"there {'is' if len(backups) == 1 else 'are'} {len(backups)}" if backups else "there is none"
    raise InputRefused(
        f'There is no version "{name}" of {path}: of earlier versions {there_is}. '
        "They are listed by their names where no option is given; nothing was changed."
    )


def _refuse_strange(path: Path, backups: tuple[Backup, ...], password: str) -> None:
    try:
        AuditFile.open(path, read_only=True, password=password).close()
    except WrongPassword:
        if not any(_opens(backup, password) for backup in backups):
            raise
    except FileRefused:
        return


def _opens(backup: Backup, password: str) -> bool:
    try:
        return judge(backup.path, password)
    except FileRefused:
        return False


def _versions(count: int) -> str:
    return f"{count} earlier {'version' if count == 1 else 'versions'}"
