"""Deleting an audit for good, with everything that the program keeps of it on this computer."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from hsb_desktop.errors import FileRefused, OutputRefused
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import delete_backups, leftovers_of

_MOST_LOOKED_INTO = 30


def other_files_of(
    path: Path, audit_id: str, password: str | None = None, known: Iterable[Path] = ()
) -> tuple[Path, ...]:
    """Return other files that hold the same audit: beside it and among those known, as far as they open.

    Its backups are theirs, too.
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
    """Delete an audit that is not open, what was left half written beside it, and its backups.

    Return how many backups there were. Raises FileRefused while another program has it open, OutputRefused if
    the disk refuses; as long as the audit itself cannot be deleted, its backups stay.
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
    return 0 if keeps_backups else delete_backups(audit_id)
