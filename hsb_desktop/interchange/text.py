"""The rules for text that comes in, and for text that goes into a spreadsheet's cell.

Every text that enters an audit passes `clean_text`; every cell that leaves for a spreadsheet passes `guard`.
Both are described in `docs/interchange.md`.
"""

from __future__ import annotations

import re
from datetime import date

from hsb_desktop.errors import InputRefused

_REFUSED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_SEEMS_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_LONGEST_QUOTE = 60
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def with_line_ends(text: str) -> str:
    r"""Return the text with every line end as `\n`, whichever system wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_fault(text: str) -> str:
    """Return why a text (with line ends made equal) cannot be kept, as half a sentence; empty if it can.

    Control characters other than tab and line end are refused, and halves of characters (lone surrogates):
    no file format carries them safely.
    """
    found = _REFUSED.search(text)
    if found is None:
        return ""
    code = ord(found.group())
    kind = "half a character" if code >= 0xD800 else "a control character"
    return f"holds {kind} (U+{code:04X}) after {found.start()} characters, which cannot be kept"


def clean_text(text: str, name: str = "The text") -> str:
    """Return the text as an audit keeps it: line ends made equal, everything else untouched.

    Raises InputRefused, with `name` for the text, where it holds what cannot be kept.
    """
    text = with_line_ends(text)
    if fault := text_fault(text):
        raise InputRefused(f"{name} {fault}. Take it out and try again; nothing was changed.")
    return text


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar written as YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def shown(value: object) -> str:
    """Return a value from outside as a message can quote it: short, on one line, nothing a terminal obeys."""
    text = str(value)
    text = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def guard(text: str) -> str:
    """Return the text with one `'` before it if it begins like a formula: a spreadsheet then shows text."""
    return f"'{text}" if _SEEMS_FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return the text that `guard` was given."""
    return text[1:] if _GUARDED.match(text) else text
