"""Of which file a backup is: copies of one audit in several places share a folder of backups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hsb_desktop.store.backup_folder import Backup, audit_folders, backups_in
from hsb_desktop.store.backup_note import hashed_place, mark_of, read_note


@dataclass(frozen=True, slots=True)
class ByPlace:
    """Backups of one audit, parted by the file that they were made from; each part the newest first."""

    here: tuple[Backup, ...]
    """Of the file at the path that was asked for."""
    elsewhere: tuple[Backup, ...]
    """Of a file in another place: a copy, or the same one before it was moved to another folder."""
    unsure: tuple[Backup, ...]
    """Made by an earlier version of the program, of an audit that was opened in more than one place."""


def by_place(backups: Iterable[Backup], path: Path) -> ByPlace:
    """Part the backups of one audit by whether they were made from the file at this path."""
    all_of_them = tuple(backups)
    mark = mark_of(hashed_place(path))
    other_marks = {backup.mark for backup in all_of_them} - {"", mark}
    for folder in {backup.path.parent for backup in all_of_them}:
        other_marks |= {mark_of(place) for place in read_note(folder).places} - {mark}
    unmarked = tuple(backup for backup in all_of_them if not backup.mark)
    return ByPlace(
        tuple(b for b in all_of_them if b.mark == mark or (not b.mark and not other_marks)),
        tuple(b for b in all_of_them if b.mark not in ("", mark)),
        unmarked if other_marks else (),
    )


def backups_for_path(path: Path) -> tuple[Backup, ...]:
    """Return the backups, the newest first, of the audit that was last opened at this path.

    The file itself is not read: it may be damaged or gone. They are those that `backups_of` returns for that
    audit, also the ones that were made from copies of it.
    """
    last = max(audit_folders(), key=lambda folder: _opened_there(folder, path), default=None)
    return () if last is None or not _opened_there(last, path) else backups_in(last)


def _opened_there(folder: Path, path: Path) -> tuple[str, ...]:
    """Return when an audit was last opened at this path, in a form that compares; empty if it never was."""
    place, note, backups = hashed_place(path), read_note(folder), backups_in(folder)
    made_there = [backup for backup in backups if backup.mark == mark_of(place)]
    if place not in note.places and not made_there:
        return ()
    opened_on = note.opened_on.isoformat() if note.opened_on else ""
    newest = (made_there or list(backups))[:1]
    return (
        note.opened_at.get(place, ""),
        note.places.get(place, "") or opened_on,
        *(backup.name for backup in newest),
    )
