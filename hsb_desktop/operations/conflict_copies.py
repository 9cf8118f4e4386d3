"""Copies of an audit that a program for synchronising made where two computers had changed it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePath

from hsb_desktop.errors import HsbError
from hsb_desktop.store.audit_file import AuditFile

_ADDED = re.compile(
    # Dropbox, Nextcloud, ownCloud: "(Ann's conflicted copy 2026-11-20)"; in other languages the words differ,
    # so a date in brackets counts too. Google Drive: "(1)", "[Conflict]".
    r" ?\((?:.*\b(?:conflict|conflicted)\b.*|.*\b\d{4}-\d{2}-\d{2}\b.*|\d{1,3})\)| ?\[conflict(?:ed)?.*\]"
    r"|\.sync-conflict-\d{8}-\d{6}-[0-9a-z]+"  # Syncthing
    r"|_conflict-\d{8}-\d{6}"  # ownCloud of earlier years
    r"| \d{1,3}"  # iCloud Drive: "name 2"
    r"|-[^()\[\]]{1,63}?(?:-\d{1,3})?",  # OneDrive: "name-COMPUTER", then "name-COMPUTER-2"
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ConflictCopy:
    """A file beside an audit that holds the same audit, or that by its name may and cannot be opened."""

    path: Path
    changed_at: float
    """When the file was last written, in seconds since 1970; 0 if the disk does not say."""
    problem: str = ""
    """Why it cannot be opened; empty if it can."""


def is_conflict_name(name: str, of: str) -> bool:
    """Whether a file name is one that a program for synchronising gives to a copy of the other."""
    own, other = PurePath(of), PurePath(name)
    if other.suffix.lower() != own.suffix.lower() or not other.stem.startswith(own.stem):
        return False
    return bool(_ADDED.fullmatch(other.stem.removeprefix(own.stem)))


def find_conflict_copies(path: Path, audit_id: str, password: str | None = None) -> tuple[ConflictCopy, ...]:
    """Return the conflict copies that lie beside an audit, the last written first.

    Each is opened for reading only, as a whole, a protected one with the password of the audit. A copy that
    cannot be opened is listed with the reason; a file of another audit is left out. A folder that cannot be
    looked into holds none.
    """
    real = path.resolve()
    try:
        names = sorted(entry.name for entry in os.scandir(real.parent) if entry.is_file())
    except OSError:
        return ()
    found = []
    # All of them, however long that takes: a text that is removed for good must be left in none.
    for name in names:
        if name == real.name or not is_conflict_name(name, real.name):
            continue
        copy = _looked_into(real.with_name(name), audit_id, password)
        if copy is not None:
            found.append(copy)
    return tuple(sorted(found, key=lambda copy: (-copy.changed_at, copy.path.name)))


def _looked_into(path: Path, audit_id: str, password: str | None) -> ConflictCopy | None:
    try:
        changed_at = path.stat().st_mtime
    except OSError:
        changed_at = 0.0
    try:
        with AuditFile.open(path, read_only=True, password=password) as file:
            return ConflictCopy(path, changed_at) if file.read().audit_id == audit_id else None
    except HsbError as error:
        return ConflictCopy(path, changed_at, str(error))
