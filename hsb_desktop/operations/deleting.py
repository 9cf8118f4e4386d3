"""Deleting an audit for good, with everything that the program keeps of it on this computer."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from hsb_desktop.errors import FileRefused, OutputRefused
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of, delete_backups, forget_place
from hsb_desktop.store.backup_folder import Backup, delete_backup, delete_unfinished, leftovers_of
from hsb_desktop.store.backup_places import by_place

_MOST_LOOKED_INTO = 30


def other_files_of(
    path: Path, audit_id: str, password: str | None = None, known: Iterable[Path] = ()
) -> tuple[Path, ...]:
    """Return other files that hold the same audit: beside it and among those known, as far as they open.

    Backups of which nobody can tell from which of them they were made are theirs, too.
    """
    found = []
    for other in sorted({*_beside(path), *known} - {path})[:_MOST_LOOKED_INTO]:
        with suppress(FileRefused), AuditFile.open(other, read_only=True, password=password) as file:
            if file.read().audit_id == audit_id and not other.samefile(path):
                found.append(other)
    return tuple(found)


def _beside(path: Path) -> tuple[Path, ...]:
    try:
        return tuple(path.resolve().parent.glob(f"*{path.suffix}"))
    except OSError:
        return ()


def delete_audit(
    path: Path, audit_id: str, password: str | None = None, *, keeps_backups: bool = False
) -> int:
    """Delete an audit that is not open, what was left half written of it, and the backups made from it.

    Return how many backups that were; which they are, `backups_that_go` tells. Raises FileRefused while
    another program has it open, OutputRefused if the disk refuses; as long as the audit itself cannot be
    deleted, its backups stay.
    """
    if path.exists():
        with AuditFile.open(path, password=password, keep_version=True) as file:
            if file.is_read_only:
                raise OutputRefused(
                    f"{path} can only be read, so it was not deleted. Its backups are as they were."
                )
        try:
            for leftover in leftovers_of(path):
                leftover.unlink()
            path.resolve().unlink()
            path.unlink(missing_ok=True)  # where it was a link
        except OSError as error:
            raise OutputRefused(
                f"{path} could not be deleted: {error.strerror or error}. Its backups are as they were."
            ) from error
    return _delete_backups_from(path, audit_id, keeps_backups=keeps_backups)


def backups_that_go(path: Path, audit_id: str, *, keeps_backups: bool = False) -> tuple[Backup, ...]:
    """Return the backups that are deleted with the audit at this path: those that were made from it.

    With `keeps_backups`, because other files of the audit are known, only those that are surely not theirs.
    """
    here = by_place(backups_of(audit_id), path).here
    return tuple(backup for backup in here if backup.mark or not keeps_backups)


def _delete_backups_from(path: Path, audit_id: str, *, keeps_backups: bool) -> int:
    delete_unfinished(path, audit_id)
    going = backups_that_go(path, audit_id, keeps_backups=keeps_backups)
    if not keeps_backups and len(going) == len(backups_of(audit_id)):
        return delete_backups(audit_id)
    for number, backup in enumerate(going):
        try:
            delete_backup(backup)
        except OutputRefused as error:
            raise OutputRefused(
                f"{len(going) - number} of {len(going)} backups could not be deleted. {error} They are in "
                f"{backup.path.parent}."
            ) from error
    forget_place(audit_id, path)
    return len(going)
