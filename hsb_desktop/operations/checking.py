"""Whether an audit file is whole."""

from __future__ import annotations

from pathlib import Path

from hsb_desktop.store.audit_file import AuditFile


def check_audit_file(path: Path, password: str | None = None) -> tuple[str, ...]:
    """Return sentences about what is wrong in a file; empty when all is well. Its bytes stay as they are.

    Raises FileRefused for what cannot be opened as an audit at all.
    """
    with AuditFile.open(path, read_only=True, password=password) as file:
        return file.check()
