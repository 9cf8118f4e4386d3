"""The rules for text that comes in, and for text that goes into a spreadsheet's cell.

Every text that enters an audit passes `clean_text`, or `kept_text` where somebody types or pastes it; every
cell that leaves for a spreadsheet passes `guard`. They are described in `docs/interchange.md`. The store,
which does not know this room, refuses the same in `value_rules`; a test holds the two together.
"""

from __future__ import annotations

import re
from datetime import date

from hsb_desktop.errors import InputRefused

LONGEST_TEXT = 1_000_000
"""Characters in one text: about 400 pages."""

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_REFUSED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_NONCHARACTERS}]")
_FIRST_SURROGATE, _FIRST_NONCHARACTER = 0xD800, 0xFDD0
_SEEMS_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_LONGEST_QUOTE = 60
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1900, 2101)


def with_line_ends(text: str) -> str:
    r"""Return the text with every line end as `\n`, whichever system wrote it.

    Unicode's own separators of lines and paragraphs (U+2028, U+2029) are line ends too.
    """
    return _LINE_ENDS.sub("\n", text)


def text_fault(text: str) -> str:
    """Return why a text (with line ends made equal) cannot be kept, as half a sentence; empty if it can.

    Control characters other than tab and line end are refused, halves of characters (lone surrogates), and
    the codes that never are a character: no file format carries them safely. So is a text beyond all measure.
    """
    if len(text) > LONGEST_TEXT:
        return f"is longer than {LONGEST_TEXT:,} characters, which is the most that can be kept"
    found = _REFUSED.search(text)
    if found is None:
        return ""
    code = ord(found.group())
    kind = "a control character"
    if code >= _FIRST_SURROGATE:
        kind = "half a character" if code < _FIRST_NONCHARACTER else "a code that is no character"
    return f"holds {kind} (U+{code:04X}) after {found.start()} characters, which cannot be kept"


def clean_text(text: str, name: str = "The text") -> str:
    """Return the text as an audit keeps it: line ends made equal, everything else untouched.

    Raises InputRefused, with `name` for the text, where it holds what cannot be kept.
    """
    text = with_line_ends(text)
    if fault := text_fault(text):
        raise InputRefused(f"{name} {fault}. Take it out and try again; nothing was changed.")
    return text


def kept_text(text: str) -> tuple[str, int]:
    """Return what can be kept of a text that somebody typed or pasted, and how many characters were left out.

    Line ends are made equal, which leaves nothing out. The text is not cut: one longer than `LONGEST_TEXT`
    comes back as long, and the store refuses it.
    """
    return _REFUSED.subn("", with_line_ends(text))


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, from 1900 to 2100, written as YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    try:
        return date.fromisoformat(text).year in _YEARS
    except ValueError:
        return False


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
