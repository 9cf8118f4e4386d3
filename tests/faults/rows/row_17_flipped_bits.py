"""Single bits that turned over, on a worn stick or in a bad cable."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.faults.audits import NAME, look, sound, sound_bytes
from tests.faults.fault import Fault, Lost, Place

_AT_ONCE = 250


def _flip(path: Path, at: int, bit: int) -> bytes:
    """Flip one bit in the file where it lies; returns the bytes the file then has."""
    content = bytearray(sound_bytes())
    content[at] ^= bit
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content[at : at + 1])
    return bytes(content)


def _restore(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(sound_bytes()[at : at + 1])


def _trial(place: Place) -> int:
    whole, size = sound(), len(sound_bytes())
    path = place.folder / NAME
    path.write_bytes(sound_bytes())
    for _ in range(_AT_ONCE):
        at, bit = place.random.randrange(size), 1 << place.random.randrange(8)
        flipped = _flip(path, at, bit)
        seen = look(path)
        if not seen.found and seen != whole:
            raise Lost(f"bit {bit} of byte {at} changed what is read, and nothing said so")
        if path.read_bytes() != flipped:
            raise Lost(f"bit {bit} of byte {at}: the attempt changed the file")
        _restore(path, at)
    if list(place.folder.iterdir()) != [path]:
        raise Lost("something was left beside the file")
    return _AT_ONCE


def _control(place: Place) -> None:
    """The database's own check alone: it looks at structure, so a changed letter passes."""
    path = place.folder / NAME
    path.write_bytes(sound_bytes())
    at = sound_bytes().rindex(b"Rewritten in the room, twice.")
    _flip(path, at, 1)
    with closing(sqlite3.connect(path)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() == ("ok",):
            raise Lost("the database's own check does not see a changed letter")


FAULT = Fault(
    number=17,
    title="Flipped bits",
    must="every flip that changes what is read is found; the file stays as it was",
    trial=_trial,
    count=50_000,
    sample=1,
    limits="One bit at a time, anywhere in the file; one in unused bytes may pass: nothing differs then.",
    control=_control,
)
