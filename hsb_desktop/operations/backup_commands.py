"""What the command line can do with the earlier versions of an audit, and the sentences that tell of it."""

from __future__ import annotations

from pathlib import Path

from hsb_desktop.errors import InputRefused
from hsb_desktop.operations.backup_lines import backups_in_lines, when_made
from hsb_desktop.operations.restoring import earlier_versions, restore, save_earlier_version
from hsb_desktop.store.backup import Backup, delete_backup


def listed(path: Path, password: str | None = None) -> tuple[str, ...]:
    """Return a line for each earlier version of an audit, and where they are kept."""
    backups = earlier_versions(path, password)
    if not backups:
        return (f"There is no earlier version of {path} on this computer.",)
    folders = sorted({str(backup.path.parent) for backup in backups})
    return (*backups_in_lines(backups), *(f"Kept in {folder}" for folder in folders))


def go_back(path: Path, number: int, out: Path | None = None, password: str | None = None) -> tuple[str, ...]:
    """Put an earlier version in the audit's place or, where there is an `out`, into that new file.

    Raises InputRefused for a number that none has, and what `restore` and `save_earlier_version` raise.
    """
    backup = _numbered(path, number, password)
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


def delete_version(path: Path, number: int, password: str | None = None) -> tuple[str, ...]:
    """Delete an earlier version. Raises InputRefused for a number that none has."""
    backup = _numbered(path, number, password)
    delete_backup(backup)
    return (f"Deleted the version of {when_made(backup)}.",)


def delete_versions(path: Path, password: str | None = None) -> tuple[str, ...]:
    """Delete all earlier versions of an audit."""
    backups = earlier_versions(path, password)
    for backup in backups:
        delete_backup(backup)
    return (f"Deleted {len(backups)} earlier {'version' if len(backups) == 1 else 'versions'}.",)


def _numbered(path: Path, number: int, password: str | None) -> Backup:
    backups = earlier_versions(path, password)
    if number > len(backups):
        there_is = f"only {len(backups)}" if backups else "none"
        raise InputRefused(
            f"There is no version {number} of {path}: of earlier versions there is {there_is}."
        )
    return backups[number - 1]
