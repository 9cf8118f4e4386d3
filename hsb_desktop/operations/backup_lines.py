"""Backups in words."""

from __future__ import annotations

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.store.backup import Backup, BackupReason

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


def backups_in_lines(backups: tuple[Backup, ...]) -> tuple[str, ...]:
    """Return one line for each backup, with the number by which it is asked for."""
    rows = [(str(n), when_made(b), WHY[b.reason], size_of(b)) for n, b in enumerate(backups, 1)]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    return tuple(
        f"{number:>{widths[0]}}  {when:>{widths[1]}}  {why:<{widths[2]}}  {size:>{widths[3]}}"
        for number, when, why, size in rows
    )
