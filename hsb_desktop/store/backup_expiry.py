"""Backups of audits that nobody opens any more go."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hsb_desktop.store.backup_folder import audit_folders, backups_folder, backups_in
from hsb_desktop.store.backup_note import read_note
from hsb_desktop.whole_file import delete_left_parts

DAYS_KEPT = 90
"""How long after an audit was last opened its backups go."""

_PART_LEFT_AFTER = timedelta(hours=1)
_LONGEST_REST = timedelta(days=366)
_LAST_RUN = "last-run"


def remove_expired(now: datetime) -> None:
    """Delete the backups of audits that were last opened more than 90 days ago, and backups left half made.

    Where the clock went on by more than a year since the last time, or back, it may be wrong: nothing expires
    before the next day on which the program is used. What the disk refuses waits for next time.
    """
    is_trusted = _is_clock_trusted(now.date())
    for folder in audit_folders():
        _remove_parts(folder, now)
        opened_on = _opened_on(folder)
        if is_trusted and opened_on is not None and (now.date() - opened_on).days > DAYS_KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def _is_clock_trusted(today: date) -> bool:
    """Whether today's date goes on from that of the last run; remember today's."""
    stamp = backups_folder() / _LAST_RUN
    try:
        words = stamp.read_text(encoding="ascii").split()
        last, was_trusted = date.fromisoformat(words[0]), words[1:] != ["wait"]
    except FileNotFoundError:
        last, was_trusted = today, True
    except (OSError, ValueError, IndexError):
        last, was_trusted = today, False
    is_trusted = was_trusted if last == today else timedelta(0) < today - last <= _LONGEST_REST
    with suppress(OSError):
        if stamp.parent.is_dir():
            descriptor = os.open(stamp, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(f"{today.isoformat()}{'' if is_trusted else ' wait'}")
    return is_trusted


def _opened_on(folder: Path) -> date | None:
    opened_on = read_note(folder).opened_on
    if opened_on is not None:
        return opened_on
    backups = backups_in(folder)
    return backups[0].made_at.date() if backups else None


def _remove_parts(folder: Path, now: datetime) -> None:
    delete_left_parts(folder)
    for part in folder.glob(".*.part*"):
        with suppress(OSError):
            changed_at = datetime.fromtimestamp(part.stat().st_mtime, UTC)
            # A younger one may be a backup that another window is making.
            if abs(now - changed_at) > _PART_LEFT_AFTER:
                part.unlink()
