"""Backups in words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.store.backup_folder import Backup, BackupReason
from hsb_desktop.store.backup_note import hashed_place, mark_of
from hsb_desktop.store.backup_places import by_place

WHY = {
    BackupReason.DAY: "before the first edit of the day",
    BackupReason.IMPORT: "before an import",
    BackupReason.MERGE: "before a merge",
    BackupReason.MIGRATION: "before an update of the file",
    BackupReason.RESTORE: "before going back to another",
    BackupReason.REMOVE: "before a removal for good",
    BackupReason.UNREADABLE: "could not be opened; kept",
    BackupReason.OTHER: "by a newer version of the program",
}


def when_made(backup: Backup) -> str:
    """Return when a backup was made, by the clock on the wall: "20 November 2026, 09:03"."""
    here = backup.made_at.astimezone()
    return f"{written_date(here.date().isoformat())}, {here:%H:%M}"


def size_of(backup: Backup) -> str:
    """Return how large a backup is: "240 kB", "1.3 MB"."""
    if backup.size < 1_000_000:
        return f"{max(1, round(backup.size / 1000))} kB"
    return f"{backup.size / 1_000_000:.1f} MB"


def backups_in_lines(
    backups: tuple[Backup, ...], path: Path | None = None, known: Iterable[Path] = ()
) -> tuple[str, ...]:
    """Return one line for each backup, with the name by which it is asked for.

    A line says of which file its backup is where that is not the one at `path`.
    """
    of = files_of(backups, path, known) if path is not None else {}
    rows = [(b.name, when_made(b), WHY[b.reason], size_of(b), of.get(b.path, "")) for b in backups]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    return tuple(
        f"{name}  {when:>{widths[1]}}  {why:<{widths[2]}}  {size:>{widths[3]}}  {whose}".rstrip()
        for name, when, why, size, whose in rows
    )


def files_of(backups: Iterable[Backup], path: Path, known: Iterable[Path] = ()) -> dict[Path, str]:
    """Return, for each backup that is not of the file at this path, of which it is: "of Copy.hsbaudit".

    Only a hash of that file's place is kept; it is called by its name where it is among the files `known` or
    beside this one, or was.
    """
    places = by_place(backups, path)
    candidates = (*known, *_beside(path)) if places.elsewhere else ()
    by_mark = {mark_of(hashed_place(other)): other for other in candidates}
    of = {backup.path: "of a file in another place" for backup in places.elsewhere}
    for backup in places.elsewhere:
        if (other := by_mark.get(backup.mark)) is not None:
            is_beside = other.parent == path.parent
            of[backup.path] = f"of {other.name}" if is_beside else f"of {other}"
    return of | {backup.path: "of this or another file" for backup in places.unsure}


def _beside(path: Path) -> tuple[Path, ...]:
    try:
        return tuple(path.resolve().parent.glob(f"*{path.suffix}"))
    except OSError:
        return ()
