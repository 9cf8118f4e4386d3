"""A PDF in the making: sheets of drawing operations, each piece of them tagged with what it is.

The sheets are kept until the end, because "page x of y" needs to know how many there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from reportlab.pdfbase.pdfdoc import PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from hsb_desktop.report.shapes import colour_code
from hsb_desktop.report.structure import Element, add_structure_tree
from hsb_desktop.report.text_setting import Line, Style, TextSetter
from hsb_desktop.report.typefaces import encoded, first_font
from hsb_desktop.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Sequence

A4 = (595.28, 841.89)
A4_LANDSCAPE = (841.89, 595.28)

_LONGEST_BOOKMARK = 90


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """What the maker of a printed file has to tell: characters that no bundled face has, each once.

    They stand in print as `[U+1F937]`, so nothing is lost; an export can say so.
    """

    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedPdf:
    """A whole PDF in memory: no file of it was written on the way."""

    content: bytes
    missing: tuple[str, ...]
    """Characters that no bundled face has, each once."""

    def write(self, out: Path) -> PrintOutcome:
        """Write it, whole or not at all; OutputRefused says why the disk refused it."""
        with whole_file(out) as path:
            path.write_bytes(self.content)
        return PrintOutcome(self.missing)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; level 0 is the highest."""

    title: str
    level: int
    top: float


@dataclass(slots=True, eq=False)
class Sheet:
    """One page: what is drawn on it, in the order of reading. An element of None is decoration."""

    pieces: list[tuple[Element | None, str]] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)


class Furniture(Protocol):
    """Draws what stands at the head and foot of each page."""

    def __call__(self, number: int, total: int) -> str:
        """Return the drawing operations for one page."""
        ...


class Document:
    """A PDF that is being made, while `typefaces.printing_lock` is held; `save` comes last."""

    def __init__(self, size: tuple[float, float], *, title: str, subject: str, made_on: str) -> None:
        self.size = size
        self._out = BytesIO()
        self.setter = TextSetter()
        self.root = Element("Document")
        self.sheets: list[Sheet] = []
        self._canvas = Canvas(
            self._out,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            initialFontName=first_font(),
            lang="en-GB",
            pdfVersion=(1, 7),
        )
        # The file's date is the one printed on it, never the clock's: the same content gives the same bytes.
        self._canvas.setDateFormatter(lambda *_now: f"D:{made_on.replace('-', '')}")
        self._canvas.setTitle(title)
        # What people typed stays on the pages: search engines and file managers show these words to anybody.
        self._canvas.setAuthor("HSB Audit Workshop")
        self._canvas.setSubject(subject)
        self._canvas.setCreator("HSB Audit Workshop")
        self._canvas.setProducer("HSB Audit Workshop")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    def start_sheet(self) -> Sheet:
        """Add an empty page and return it."""
        self.sheets.append(Sheet())
        return self.sheets[-1]

    def text(self, lines: Sequence[Line], style: Style, left: float, top: float, width: float = 0) -> str:
        """Return operations that draw lines downwards from `top`; lines that run leftwards end at right."""
        baseline = top - 0.5 * (style.leading + 0.72 * style.size)
        operations = [f"{colour_code(style.colour)} rg BT"]
        for line in lines:
            if line.text:
                start = left + max(width - line.width, 0) if line.runs_leftwards else left
                operations.append(f"1 0 0 1 {start:.2f} {baseline:.2f} Tm {self._line(line, style)}")
            baseline -= style.leading
        return "\n".join([*operations, "ET"])

    def text_ending_at(self, line: Line, style: Style, right: float, top: float) -> str:
        """Return operations that draw one line so that it ends at `right`."""
        return self.text([line], style, right - line.width, top)

    def centred_text(self, line: Line, style: Style, centre: float, top: float) -> str:
        """Return operations that draw one line around `centre`."""
        return self.text([line], style, centre - line.width / 2, top)

    def _line(self, line: Line, style: Style) -> str:
        operations = []
        for face, run in style.typeface.runs(line.text):
            for font, inside in encoded(face, run, self._canvas._doc):
                operations.append(f"{font} {style.size:g} Tf ({inside}) Tj")
        return " ".join(operations)

    def save(self, furniture: Furniture) -> PrintedPdf:
        """Finish all pages and return them, with what could not be printed as typed."""
        elements_on_pages: list[list[Element]] = []
        for index, sheet in enumerate(self.sheets):
            elements: list[Element] = []
            for element, code in _merged(sheet.pieces):
                if element is None:
                    self._canvas.addLiteral(f"/Artifact BMC\n{code}\nEMC")
                    continue
                element.children.append((index, len(elements)))
                self._canvas.addLiteral(f"/{element.kind} <</MCID {len(elements)}>> BDC\n{code}\nEMC")
                elements.append(element)
            self._canvas.addLiteral(f"/Artifact BMC\n{furniture(index + 1, len(self.sheets))}\nEMC")
            for number, bookmark in enumerate(sheet.bookmarks):
                key = f"p{index}-{number}"
                self._canvas.bookmarkHorizontalAbsolute(key, bookmark.top)
                self._canvas.addOutlineEntry(
                    _shortened(bookmark.title), key, bookmark.level, closed=bookmark.level > 0
                )
            elements_on_pages.append(elements)
            self._canvas.showPage()
            self._compress_last_page()
        self._canvas.showOutline()
        add_structure_tree(self._canvas._doc, self.root, elements_on_pages)
        self._canvas.save()
        return PrintedPdf(self._out.getvalue(), self.setter.reported)

    def _compress_last_page(self) -> None:
        """Compress a page as it is: reportlab would spell it in ASCII, a quarter longer and slower."""
        page = self._canvas._doc.Pages.pages[-1]
        page.Contents = PDFStream(content=page.stream, filters=[PDFZCompress])


def _merged(pieces: list[tuple[Element | None, str]]) -> list[tuple[Element | None, str]]:
    merged: list[tuple[Element | None, str]] = []
    for element, code in pieces:
        if merged and merged[-1][0] is element:
            merged[-1] = element, merged[-1][1] + "\n" + code
        else:
            merged.append((element, code))
    return merged


def _shortened(title: str) -> str:
    title = " ".join(title.split())
    return title if len(title) <= _LONGEST_BOOKMARK else title[: _LONGEST_BOOKMARK - 1].rstrip() + "…"
