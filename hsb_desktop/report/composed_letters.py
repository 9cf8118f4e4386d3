"""Letters with their marks as one character each, however many marks somebody put on a letter."""

from __future__ import annotations

import re
import unicodedata

_MOST_MARKS = 30
"""Marks on one letter that nobody needs to put in order beforehand; no language has so many."""


def composed(text: str) -> str:
    """Return the text in Unicode's form NFC, in a time that grows as the text does.

    Python puts the marks of a letter in order by moving each past all others: for some hundred thousand on
    one letter that takes minutes. Marks that are in order already cost nothing.
    """
    marks = [character for character in set(text) if _is_mark(character)]
    if marks:
        run = re.compile(f"[{re.escape(''.join(marks))}]{{{_MOST_MARKS},}}")
        text = run.sub(lambda found: _in_order(found.group()), text)
    return unicodedata.normalize("NFC", text)


def _is_mark(character: str) -> bool:
    """Whether it moves past other marks; a few that do not are written as two that do."""
    return not character.isascii() and all(
        map(unicodedata.combining, unicodedata.normalize("NFD", character))
    )


def _in_order(marks: str) -> str:
    apart = "".join([unicodedata.normalize("NFD", mark) for mark in marks])
    return "".join(sorted(apart, key=unicodedata.combining))
