"""Breaks text into lines of a given width, so that every character of it has its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from hsb_desktop.report.shaping import ShapedParagraph, shape, shape_line
from hsb_desktop.report.typefaces import Typeface, Weight, typeface

# A line may end after spaces, and after hyphens, dashes and slashes inside a word; no-break spaces hold.
_SPACES = " \u2000-\u2006\u2008-\u200a\u205f\u3000"
_PIECES = re.compile(rf"[{_SPACES}]+|[^{_SPACES}/\-–—]+[/\-–—]*|[/\-–—]+")
_ELLIPSIS = "…"
_WEAK_ENDS = " ,;:("
"""What does not stand well before an ellipsis."""
_LONG = 2_000
"""Characters from which on a text's lines are kept, in case they are asked for again."""
_MOST_KEPT = 4
"""Long texts at a time: as many as there are in one statement and at the end of its domain."""
_LONGEST_WORD_LEFT_OUT = 24
"""A clipped text ends after a whole word, unless its last word is longer than this."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set. Sizes in points, colour as #RRGGBB."""

    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    colour: str = "#17212B"

    @property
    def typeface(self) -> Typeface:
        """The typeface of this weight."""
        return typeface(self.weight)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands on paper, from left to right."""

    text: str
    width: float
    """In points; spaces at its end are counted in `text` only."""
    runs_leftwards: bool = False
    """Whether the paragraph is right-to-left, so that the line is set to the right."""


class TextSetter:
    """Sets the texts of one document and keeps what it could not print."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        """The distinct characters that no bundled face has."""
        self._widths: dict[Weight, dict[str, float]] = {weight: {} for weight in Weight}
        self._long_texts: dict[tuple[str, Style, float], list[Line]] = {}

    def lines(self, text: str, style: Style, width: float) -> list[Line]:
        """Return all of a text in lines of at most `width` points; an empty text is one empty line."""
        if len(text) < _LONG:
            return self._set(text, style, width)
        # What ends a domain is tried on its page in up to three ways; its long texts are set once.
        asked = text, style, width
        lines = self._long_texts.pop(asked, None) or self._set(text, style, width)
        self._long_texts[asked] = lines
        if len(self._long_texts) > _MOST_KEPT:
            del self._long_texts[next(iter(self._long_texts))]
        return lines.copy()

    def _set(self, text: str, style: Style, width: float) -> list[Line]:
        return [
            line
            for paragraph in shape(text, style.typeface, self.missing)
            for line in self._broken(paragraph, style, width)
        ]

    def clipped(self, text: str, style: Style, width: float, most: int) -> list[Line]:
        """Return at most `most` lines; the last ends in an ellipsis if the text goes on.

        Only for texts that stand whole elsewhere in the same document.
        """
        # However narrow its letters, no more than this can fit: spares the breaking of a very long text.
        first = shape_line(text[: most * 400], style.typeface, self.missing)
        lines = self._broken(first, style, width)
        if len(lines) <= most and len(text) <= most * 400:
            return lines
        ends = self._ends(first.text, style, width)
        start = ends[most - 2] if most > 1 else 0
        end = min(ends[most - 1] if most <= len(ends) else len(first.text), len(first.text))
        ellipsis_width = self.width(_ELLIPSIS, style)
        while end > start and self._measure(first.text[start:end].rstrip(), style) + ellipsis_width > width:
            end -= 1
        space = first.text.rfind(" ", start, end + 1)
        if space > max(start, end - _LONGEST_WORD_LEFT_OUT):
            end = space
        last = self.single_line(first.text[start:end].rstrip(_WEAK_ENDS) + _ELLIPSIS, style)
        return [*lines[: most - 1], last]

    def single_line(self, text: str, style: Style) -> Line:
        """Return a text as one line, however wide; line ends become spaces."""
        paragraph = shape_line(text, style.typeface, self.missing)
        return self._line(paragraph, 0, len(paragraph.text), style)

    def width(self, text: str, style: Style) -> float:
        """Return how wide a text is in one line, in points."""
        return self.single_line(text, style).width

    def _broken(self, paragraph: ShapedParagraph, style: Style, width: float) -> list[Line]:
        start = 0
        lines = []
        for end in self._ends(paragraph.text, style, width):
            lines.append(self._line(paragraph, start, end, style))
            start = end
        return lines

    def _line(self, paragraph: ShapedParagraph, start: int, end: int, style: Style) -> Line:
        text = paragraph.on_paper(start, end)
        return Line(
            text=text,
            width=self._measure(text.rstrip(" "), style),
            runs_leftwards=bool(paragraph.base_level),
        )

    def _ends(self, text: str, style: Style, width: float) -> list[int]:
        """Return where each line ends. Spaces hang over the edge; a word wider than the line is cut."""
        limit = width * 1000 / style.size
        widths, advances = self._widths[style.weight], style.typeface.advances
        ends: list[int] = []
        used = 0.0
        for piece in _PIECES.finditer(text):
            word = piece.group()
            extent = widths.get(word)
            if extent is None:
                extent = widths[word] = sum([advances[character] for character in word])
            if used + extent <= limit or word.isspace():
                used += extent
                continue
            if piece.start() and used:
                ends.append(piece.start())
            used = extent
            if extent > limit:
                used = self._cut(word, piece.start(), limit, style, ends)
        return [*ends, len(text)]

    def _cut(self, word: str, offset: int, limit: float, style: Style, ends: list[int]) -> float:
        """Add the ends of all lines that a too wide word fills, and return how much its rest uses."""
        advances = style.typeface.advances
        used = 0.0
        for index, character in enumerate(word):
            advance = advances[character]
            if used and used + advance > limit and not unicodedata.combining(character):
                ends.append(offset + index)
                used = 0.0
            used += advance
        return used

    def _measure(self, text: str, style: Style) -> float:
        advances = style.typeface.advances
        return sum([advances[character] for character in text]) * style.size / 1000

    @property
    def reported(self) -> tuple[str, ...]:
        """The characters that no bundled face has, in the order of their code points."""
        return tuple(sorted(self.missing))
