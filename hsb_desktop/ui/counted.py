"""Words with a number, in the singular where there is one."""

from __future__ import annotations

import re

_ENDING = re.compile(r"\((\w*)(?:/(\w+))?\)")


def counted(translated: str, count: int) -> str:
    """Return what `tr("%n place(s)", "", count)` gave as it reads for that number: "1 place", "2 places".

    Without a translation Qt leaves "(s)" in the text. Also "(is/are)" may stand in it. A translation has its
    language's own forms of the plural for %n, no brackets of this kind, and comes back as it is.
    """

    def chosen(match: re.Match[str]) -> str:
        one, many = ("", match[1]) if match[2] is None else (match[1], match[2])
        return one if count == 1 else many

    return _ENDING.sub(chosen, translated)
