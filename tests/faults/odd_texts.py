"""Texts as people paste them by accident, or to see what happens."""

from __future__ import annotations

BEGINNING, ENDING = "Beginning of it.", "Ending of it."

_MILLION = 1_000_000


def _between(odd: str) -> str:
    return f"{BEGINNING} {odd} {ENDING}"


def _filled(piece: str, length: int) -> str:
    room = length - len(_between(""))
    return _between((piece * (room // len(piece) + 1))[:room])


KEPT: tuple[tuple[str, str], ...] = (
    (
        "a little of everything",
        _between("👩‍👩‍👧 مرحبا שלום e\u0301 ŵ ﷽ \u200b\u202eabc\u202c 漢字 \t ½ “x” …\n\n=1+1 <b>&amp;"),
    ),
    ("a million letters in one word", _filled("x", _MILLION)),
    ("a million letters in words", _filled("word ", _MILLION)),
    ("emoji", _filled("😀", 20_000)),
    ("families of emoji", _filled("👨‍👩‍👧‍👦", 9_000)),
    ("flags", _filled("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 9_000)),
    ("from right to left", _filled("مرحبا بالعالم ", 20_000)),
    ("both directions", _filled("abc שלום 123 ", 20_000)),
    ("hundreds of marks on one letter", _filled("e" + "\u0301" * 300 + " ", 9_000)),
    ("marks on nothing", _filled("\u0301", 5_000)),
    ("turned by control characters of Unicode", _filled("\u202e\u2066abc\u2069\u202c", 9_000)),
    ("spaces that nobody sees", _filled("\u200b\u00a0\u3000\ufeff", 9_000)),
    ("a hundred thousand lines", _filled("\n", 100_000)),
    ("tabs", _filled("\t", 20_000)),
    ("quotation marks", _filled("\"'", 20_000)),
    ("apostrophes before an equals sign", "'" * 100 + "=" + _between("")),
    ("the escapes of workbooks", _filled("_x0041_", 20_000)),
    ("letters of private use", _filled("\ue000\U0010fffd", 9_000)),
    ("words of many scripts", _filled("漢字 हिन्दी ไทย ქართული አማርኛ ", 20_000)),
    ("mathematics beyond the first plane", _filled("𝔄𝕭𝓒", 9_000)),
    ("a megabyte of emoji", _filled("😀", 250_000)),
)
"""A name and a text that an audit keeps to the letter."""

REFUSED: tuple[tuple[str, str, str], ...] = (
    ("one letter more than a million", _filled("x", _MILLION + 1), "at most 1,000,000 characters"),
    ("ten million letters", _filled("word ", 10 * _MILLION), "at most 1,000,000 characters"),
    ("a NUL", _between("\0"), "a character that cannot be kept"),
    ("the codes of a terminal", _between("\x1b[2J\x07"), "a character that cannot be kept"),
    ("half a character", _between("\ud83d"), "a character that cannot be kept"),
    ("a code that is no character", _between("\ufffe"), "a character that cannot be kept"),
    ("line ends of Windows, straight into the file", _between("a\r\nb"), "a character that cannot be kept"),
)
"""A name, a text that is refused, and words of the refusal."""
