"""What is remembered beside the backups of an audit: when it was last opened, and from which places.

A place is kept as a hash of its path, so that nobody can read in it how a file or a folder is called.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

NOTE_NAME = "note.json"
_MOST_PLACES = 100


@dataclass(frozen=True, slots=True)
class Note:
    """When an audit was last opened, and for each place that it was opened at, the day of its last backup."""

    opened_on: date | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    """Hash of a path to YYYY-MM-DD, or to an empty text where no backup was made from there yet."""

    def with_opened(self, path: Path, today: date) -> Note:
        """Return the note after the audit was opened at this path."""
        place = hashed_place(path)
        # What was used last comes last, so that of too many places the oldest go.
        others = {other: day for other, day in self.places.items() if other != place}
        places = {**others, place: self.places.get(place, "")}
        return replace(self, opened_on=today, places=dict(list(places.items())[-_MOST_PLACES:]))

    def with_backup(self, path: Path, today: date) -> Note:
        """Return the note after a backup was made from this path."""
        opened = self.with_opened(path, today)
        return replace(opened, places={**opened.places, hashed_place(path): today.isoformat()})

    def has_backup(self, path: Path, today: date) -> bool:
        """Whether a backup was made from this path on that day."""
        return self.places.get(hashed_place(path)) == today.isoformat()


def hashed_place(path: Path) -> str:
    """Return a hash of where a file is; it need not be there any more."""
    real = os.path.normcase(os.path.realpath(path))
    return hashlib.sha256(os.fsencode(real)).hexdigest()


def read_note(folder: Path) -> Note:
    """Return the note in a folder; whatever cannot be read or understood is as if it were not there."""
    try:
        content = json.loads((folder / NOTE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Note()
    if not isinstance(content, dict):
        return Note()
    opened_on = None
    with suppress(TypeError, ValueError):
        opened_on = date.fromisoformat(content.get("opened_on"))  # type: ignore[arg-type]  # no text: TypeError
    places = content.get("places")
    understood = places.items() if isinstance(places, dict) else ()
    return Note(opened_on, {place: day for place, day in understood if isinstance(day, str)})


def write_note(folder: Path, note: Note) -> None:
    """Keep a note, whole or not at all. Raises OSError."""
    temporary = folder / f".{NOTE_NAME}.part"
    opened_on = note.opened_on.isoformat() if note.opened_on else ""
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"opened_on": opened_on, "places": dict(note.places)}, file)
    temporary.replace(folder / NOTE_NAME)
