"""What is remembered beside the backups of an audit: when it was last opened, and from which places.

A place is kept as a hash of its path, so that nobody can read in it how a file or a folder is called. The
beginning of that hash, its mark, stands in the names of the backups that were made from there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

NOTE_NAME = "note.json"
_MOST_PLACES = 100
_MARK_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Note:
    """When an audit was last opened, and for each place that it was opened at, the day of its last backup."""

    opened_on: date | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    """Hash of a path to YYYY-MM-DD, or to an empty text where no backup was made from there yet."""

    opened_at: Mapping[str, str] = field(default_factory=dict)
    """Hash of a path to the moment (UTC) at which this audit was last opened there."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Hash of a path to what the disk knew the file there by; a file that is renamed takes it along."""

    def with_opened(self, path: Path, today: date) -> Note:
        """Return the note after the audit was opened at this path."""
        place = hashed_place(path)
        # What was used last comes last, so that of too many places the oldest go.
        others = {other: day for other, day in self.places.items() if other != place}
        places = {**others, place: self.places.get(place, "")}
        kept = dict(list(places.items())[-_MOST_PLACES:])
        opened_at = {**self.opened_at, place: datetime.now(UTC).isoformat(timespec="microseconds")}
        files = {**self.files, place: _known_by(path)}
        return Note(
            today,
            kept,
            {known: at for known, at in opened_at.items() if known in kept},
            {known: file for known, file in files.items() if known in kept},
        )

    def renamed_from(self, path: Path) -> tuple[str, ...]:
        """Return the places at which the file that is at this path was before it was renamed."""
        place, known_by = hashed_place(path), _known_by(path)
        found = [other for other, file in self.files.items() if file and file == known_by and other != place]
        # A number is given again once its file is gone; what is still beside it has not become this one.
        beside = _places_beside(path) if found else frozenset()
        return tuple(other for other in found if other not in beside)

    def without_places(self, places: tuple[str, ...]) -> Note:
        """Return the note without places at which the audit is no more."""
        return replace(
            self,
            places={place: day for place, day in self.places.items() if place not in places},
            opened_at={place: at for place, at in self.opened_at.items() if place not in places},
            files={place: file for place, file in self.files.items() if place not in places},
        )

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


def mark_of(place: str) -> str:
    """Return the part of a hashed place by which backups that were made from there are known."""
    return place[:_MARK_LENGTH]


def _known_by(path: Path) -> str:
    """Return what the disk knows a file by, with a hash of its folder; empty where it cannot be told.

    The folder belongs to it because two sticks may know two files by the same number.
    """
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_dev}:{found.st_ino}:{hashed_place(_folder_of(path))}" if found.st_ino else ""


def _places_beside(path: Path) -> frozenset[str]:
    try:
        return frozenset(hashed_place(other) for other in _folder_of(path).iterdir())
    except OSError:
        return frozenset()


def _folder_of(path: Path) -> Path:
    return Path(os.path.realpath(path)).parent


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
    places, opened_at, files = (_texts_in(content, name) for name in ("places", "opened_at", "files"))
    return Note(opened_on, places, opened_at, files)


def _texts_in(content: Mapping[str, object], name: str) -> dict[str, str]:
    found = content.get(name)
    understood = found.items() if isinstance(found, dict) else ()
    return {place: text for place, text in understood if isinstance(text, str)}


def write_note(folder: Path, note: Note) -> None:
    """Keep a note, whole or not at all. Raises OSError."""
    temporary = folder / f".{NOTE_NAME}.part"
    opened_on = note.opened_on.isoformat() if note.opened_on else ""
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(
            {
                "opened_on": opened_on,
                "places": dict(note.places),
                "opened_at": dict(note.opened_at),
                "files": dict(note.files),
            },
            file,
        )
    temporary.replace(folder / NOTE_NAME)
