"""Deleting an audit for good, with everything that the program keeps of it on this computer."""

from __future__ import annotations

from pathlib import Path

from hsb_desktop.errors import OutputRefused
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import delete_backups, leftovers_of


def delete_audit(path: Path, audit_id: str, password: str | None = None) -> int:
    """Delete an audit that is not open, what was left half written beside it, and its backups.

    Return how many backups there were. Raises FileRefused while another program has it open, OutputRefused if
    the disk refuses; as long as the audit itself cannot be deleted, its backups stay.
    """
    if path.exists():
        with AuditFile.open(path, password=password) as file:
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
    return delete_backups(audit_id)
