"""Letters, figures and marks as a plain keyboard has them, so that one pattern finds every way of typing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_UNSEEN = "\0"
"""Stands for what cannot be seen until it is taken out; no text of an audit holds one."""

_UNSEEN_CATEGORIES = ("Cf", "Mn", "Me")
_SPACES = ("Zs", "Zl", "Zp")


class _PlainMarks(dict[int, str]):
    """From a character's number to the plain one; each is looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text in plain marks, and where each of them stands in the text as it was typed."""

    text: str
    places: tuple[int, ...] | None = None
    """The index in what was typed for each character; None where they are the same."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the plain text begins and ends in what was typed; it is not empty."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)


def plain_text(typed: str) -> PlainText:
    """Return a text with hard spaces, dashes, wide and foreign figures as plain ones.

    What cannot be seen (soft hyphens, zero-width spaces) is left out, because it hides a number from a
    pattern but not from a reader.
    """
    if typed.isascii():
        return PlainText(typed)
    plain = typed.translate(_PLAIN)
    if _UNSEEN not in plain:
        return PlainText(plain)
    places = tuple(place for place, mark in enumerate(plain) if mark != _UNSEEN)
    return PlainText(plain.replace(_UNSEEN, ""), places)


def _plain(mark: str) -> str:
    category = unicodedata.category(mark)
    if category in _SPACES:
        return " "
    if category == "Pd" or mark == "−":
        return "-"
    if category in _UNSEEN_CATEGORIES:
        return _UNSEEN
    if category == "Nd":
        return str(unicodedata.decimal(mark))
    same = unicodedata.normalize("NFKC", mark)
    # One for one, or the places would no longer fit.
    return same if len(same) == 1 else mark


_PLAIN = _PlainMarks()
