"""Fills pages from top to bottom: text of any length flows on, headings stay with what they head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hsb_desktop.report.document import Bookmark, Document, Sheet
from hsb_desktop.report.structure import Element
from hsb_desktop.report.text_setting import Line, Style

_FEWEST_LINES = 2
"""A text that runs over a page keeps at least so many lines together on either side."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a page that is filled, in points from the lower left corner."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide a line can be."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a document to which `Flow.back_to` returns, with how much there was of everything."""

    sheets: int
    pieces: int
    bookmarks: int
    children: int
    parent: Element
    y: float


def fewest_lines(lines: Sequence[Line]) -> int:
    """Return how many of these lines stand together at least where they begin."""
    return len(lines) if len(lines) < 2 * _FEWEST_LINES else _FEWEST_LINES


class Flow:
    """A cursor that moves down the pages of a document. `y` is the upper edge of what is still free."""

    def __init__(self, document: Document, frame: Frame) -> None:
        self.document = document
        self.frame = frame
        self.setter = document.setter
        self.parent = document.root
        """Where new elements are added in the structure tree."""
        self.sheet: Sheet
        self.y: float
        self.start_sheet()

    def start_sheet(self) -> None:
        """Go on at the top of a new page."""
        self.sheet = self.document.start_sheet()
        self.y = self.frame.top

    def mark(self) -> Mark:
        """Remember this place: what follows can be taken back, to try it another way."""
        sheet = self.sheet
        return Mark(
            sheets=len(self.document.sheets),
            pieces=len(sheet.pieces),
            bookmarks=len(sheet.bookmarks),
            children=len(self.parent.children),
            parent=self.parent,
            y=self.y,
        )

    def back_to(self, mark: Mark) -> None:
        """Take back everything that was put since, in the section of the mark."""
        del self.document.sheets[mark.sheets :]
        self.sheet = self.document.sheets[-1]
        del self.sheet.pieces[mark.pieces :]
        del self.sheet.bookmarks[mark.bookmarks :]
        self.parent = mark.parent
        del self.parent.children[mark.children :]
        self.y = mark.y

    @property
    def room(self) -> float:
        """How much height is left on this page."""
        return self.y - self.frame.bottom

    @property
    def is_at_top(self) -> bool:
        """Whether nothing stands on this page yet."""
        return self.y >= self.frame.top

    def need(self, height: float) -> None:
        """Go on at the top of a new page unless so much height is left here."""
        if self.room < height and not self.is_at_top:
            self.start_sheet()

    def space(self, height: float) -> None:
        """Leave white space; none is left at the top of a page."""
        if not self.is_at_top:
            self.y -= height

    def put(self, element: Element | None, code: str) -> None:
        """Draw on this page what belongs to an element (None: decoration, which nobody reads out)."""
        self.sheet.pieces.append((element, code))

    def bookmark(self, title: str, level: int) -> None:
        """Enter this place in the outline."""
        self.sheet.bookmarks.append(Bookmark(title, level, self.y))

    def section(self) -> None:
        """Let the elements that follow belong to a new section of the document."""
        self.parent = self.document.root.child("Sect")

    def text(
        self, text: str, style: Style, *, kind: str = "P", left: float = 0, width: float = 0, keep: float = 0
    ) -> None:
        """Print a text whole over as many pages as it takes; `left` counts from the frame's edge.

        `keep` is height of what must stand on the same page after it, for headings.
        """
        width = width or self.frame.width - left
        lines = self.setter.lines(text, style, width)
        self.lines(lines, style, self.parent.child(kind), left=left, width=width, keep=keep)

    def lines(
        self,
        lines: Sequence[Line],
        style: Style,
        element: Element,
        *,
        left: float = 0,
        width: float = 0,
        keep: float = 0,
        continued: str = "",
    ) -> None:
        """Print lines over as many pages as they take; `continued` stands in the margin of later pages."""
        x = self.frame.left + left
        width = width or self.frame.width - left
        if keep:
            self.need(len(lines) * style.leading + keep)
        rest = list(lines)
        is_first = True
        while rest:
            count = self._fitting(len(rest), style.leading, is_first)
            if count == 0:
                self.start_sheet()
                is_first = False
                continue
            if not is_first and continued:
                self._margin_note(continued, left)
            self.put(element, self.document.text(rest[:count], style, x, self.y, width))
            self.y -= count * style.leading
            rest = rest[count:]
            if rest:
                self.start_sheet()
                is_first = False

    def _fitting(self, count: int, leading: float, is_first: bool) -> int:
        """Return how many of `count` lines go on this page: all, none, or enough to stand on either side."""
        fitting = int((self.room + 0.01) / leading)
        if fitting >= count:
            return count
        if self.is_at_top:
            return max(fitting - (count - fitting < _FEWEST_LINES), 1)
        fitting = min(fitting, count - _FEWEST_LINES)
        return fitting if fitting >= (_FEWEST_LINES if is_first else 1) else 0

    def _margin_note(self, text: str, width: float) -> None:
        style = Style(7.5, 10, colour="#4D5966")
        lines = self.setter.clipped(text, style, width - 8, 3)
        self.put(None, self.document.text(lines, style, self.frame.left, self.y))
