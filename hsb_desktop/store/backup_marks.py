"""Of which file each backup is: copies of one audit in several places share a folder of backups."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hsb_desktop.store.backup_folder import SUFFIX, Backup, backups_in, leftovers_of
from hsb_desktop.store.backup_note import Note, hashed_place, mark_of, read_note


def settled(folder: Path, path: Path) -> Note:
    """Return the note of a folder in which the backups of a renamed file are known as of its new name.

    Backups that tell no place, made by an earlier version of the program while the audit was in one place
    only, are known as of that place from now on: it may be the last moment at which that can be told.
    """
    note = read_note(folder)
    renamed = note.renamed_from(path)
    marks = {mark_of(place): mark_of(hashed_place(path)) for place in renamed}
    if len(note.places) == 1:
        (only,) = (mark_of(place) for place in note.places)
        marks[""] = marks.get(only, only)
    for backup in backups_in(folder) if marks else ():
        if backup.mark in marks:
            # One that cannot be renamed now seems to be of another file, and is left alone as such.
            with suppress(OSError):
                _mark(backup, marks[backup.mark])
    return note.without_places(renamed)


def take_over(backup: Backup, path: Path) -> None:
    """Name a backup as one that was made from the file at this path. Raises OSError."""
    _mark(backup, mark_of(hashed_place(path)))


def _mark(backup: Backup, mark: str) -> None:
    unmarked = backup.path.name.removesuffix(SUFFIX).removesuffix(f"-{backup.mark}")
    for found in (*leftovers_of(backup.path), backup.path):
        ending = found.name.removeprefix(backup.path.name)
        found.rename(backup.path.with_name(f"{unmarked}-{mark}{SUFFIX}{ending}"))
