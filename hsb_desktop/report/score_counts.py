"""Draws a head-count: how many gave each score from 0 to 4."""

from __future__ import annotations

from collections.abc import Sequence

from hsb_desktop.report import shapes
from hsb_desktop.report.document import Document
from hsb_desktop.report.page_style import ACCENT_SOFT, INK, MUTED
from hsb_desktop.report.text_setting import Style
from hsb_desktop.report.typefaces import Weight

_BOX, _BOX_HEIGHT, _GAP = 13.0, 12.0, 2.0
_SCORE_WIDTH = 8.0
COUNTS_WIDTH = 5 * (_BOX + _GAP)
LABELLED_COUNTS_WIDTH = 5 * (_BOX + _SCORE_WIDTH + 3 * _GAP)


def counts_code(document: Document, counts: Sequence[int], left: float, top: float) -> str:
    """Return five boxes with a head-count each, from 0 on; their order says which score they are of."""
    return "\n".join(
        _box(document, count, left + place * (_BOX + _GAP), top) for place, count in enumerate(counts)
    )


def labelled_counts_code(document: Document, counts: Sequence[int], left: float, top: float) -> str:
    """Return the same with each score before its box, so that it reads "0: 1, 1: –, 2: 3 …"."""
    code = []
    style = Style(8, 11.5, colour=MUTED)
    for place, count in enumerate(counts):
        x = left + place * (_BOX + _SCORE_WIDTH + 3 * _GAP)
        code.append(document.text([document.setter.single_line(f"{place}:", style)], style, x, top))
        code.append(_box(document, count, x + _SCORE_WIDTH + _GAP, top))
    return "\n".join(code)


def _box(document: Document, count: int, left: float, top: float) -> str:
    fill = ACCENT_SOFT if count else "#FFFFFF"
    box = shapes.box(left, top - _BOX_HEIGHT + 1, _BOX, _BOX_HEIGHT, fill=fill, line="#78838F", weight=0.5)
    style = Style(8, 11.5, Weight.BOLD if count else Weight.REGULAR, INK if count else MUTED)
    line = document.setter.single_line(str(count) if count else "–", style)
    return box + "\n" + document.centred_text(line, style, left + _BOX / 2, top)
