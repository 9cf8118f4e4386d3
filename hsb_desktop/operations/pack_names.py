"""Names of files made of names that people typed, good on every system and never the same twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 60
"""Characters of each name that goes into a file's name."""
_MOST_BYTES = 150
"""In UTF-8; file systems allow 255 for a name with its ending, and some count twice."""

_REFUSED = re.compile(r'[<>:"/\\|?*]')
"""What Windows allows in no name; the slash, nowhere."""
_DEVICES = frozenset(
    (
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"),
    )
)
"""Names that Windows keeps for its devices, whatever the ending."""


def safe_name(*words: str) -> str:
    """Return the words, joined by " - ", as the name of a file without its ending."""
    cleaned = (_clean(each) for each in words)
    name = " - ".join(each for each in cleaned if each) or "Pack"
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1]
    name = name.rstrip(" .")
    return f"_{name}" if name.partition(".")[0].strip().casefold() in _DEVICES else name


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names, each one that another has already, in whatever letters, with a number behind it."""
    taken: set[str] = set()
    found = []
    for name in names:
        number, candidate = 1, name
        while _folded(candidate) in taken:
            number += 1
            candidate = f"{name} ({number})"
        taken.add(_folded(candidate))
        found.append(candidate)
    return tuple(found)


def _clean(text: str) -> str:
    text = _REFUSED.sub("-", unicodedata.normalize("NFC", text))
    # Characters that nobody can see would let a name look like another.
    text = "".join(char if char.isprintable() and not _is_hidden(char) else " " for char in text)
    # A leading dot hides a file, and Windows drops dots and spaces at the end.
    return " ".join(text.split())[:_LONGEST].strip(" .")


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cf", "Zl", "Zp")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
