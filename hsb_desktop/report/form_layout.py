"""The pages of the paper form: fields and scale, a table for each domain, continuation sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.model import Audit, Domain, Instrument, Response, Statement
from hsb_desktop.report import shapes
from hsb_desktop.report.document import Document
from hsb_desktop.report.flow import Flow, Frame
from hsb_desktop.report.page_style import ACCENT_SOFT, HEADING, NUMBER, SAMPLE, SMALL, STRONG, SUBTITLE, TITLE
from hsb_desktop.report.structure import Element
from hsb_desktop.report.text_setting import Line, Style
from hsb_desktop.report.typefaces import Weight
from hsb_desktop.report.wording import NOT_GIVEN
from hsb_desktop.values import NoteKey

_FRAME = Frame(left=40, right=802, top=545, bottom=62)
_LINE = "#78838F"
_CELL = Style(9, 12.5)
_CELL_BOLD = Style(9, 12.5, Weight.BOLD)
_HEAD = Style(8.5, 11.5, Weight.BOLD)
_SCORE = Style(16, 20, Weight.BOLD)
_FIELD = Style(10, 14)
_PAD = 6.0
_NUMBER_WIDTH = 30.0
"""Of the statement's number beside its text."""

_COLUMNS = (232.0, 58.0, 252.0, 220.0)
_HEADINGS = (
    "Statement",
    "Score",
    "Evidence supporting this score",
    "Assurance systems in place locally for QA/evidencing this statement",
)
_SMALLEST_ROW = 98.0
"""Room for six or seven handwritten lines."""
_HEAD_OF_PAGE = 100.0
"""Room for the line, the table's head and a heading that stand above the first row of a further page."""
_SPACE_BEFORE_END = 12.0
_AROUND_COMMENTS = 52.0
"""Heading above the comments' box, and the date completed below it."""
_LONGEST_IN_CELL = 900
_MOST_LINES_IN_CELL = 24
_MOST_LINES_ABOVE, _MOST_LINES_WITH_UNDER = 16, 27
"""Of a statement under which something stands, and of both together: a page has room for them."""
_CONTINUES = "… goes on, whole, on the continuation sheets"

INSTRUCTIONS = (
    "Talk about each statement together and agree one score from 0 to 4.",
    "Write down what supports the score. A 3 or 4 needs evidence that somebody else could look at.",
    "Under assurance, write which local systems would show that it is still true.",
    "Leave the score empty where there is none yet. Not scored is not 0.",
    "Write as if this could be disclosed. Nothing that identifies a child.",
)


@dataclass(frozen=True, slots=True)
class FormEntries:
    """What is filled in; everything is empty on a blank form."""

    fields: tuple[tuple[str, str], ...]
    """Label and value of each field on the first page, two in a row."""
    title: str = ""
    area: str = ""
    wave: str = ""
    marking: str = ""
    printed_on: str = ""
    is_sample: bool = False
    audit: Audit | None = None
    wave_id: str = ""
    instructions: tuple[str, ...] = INSTRUCTIONS
    readings: Mapping[str, str] = field(default_factory=dict)
    """By statement, how the partnership reads it, to stand under the statement."""
    last_time: Mapping[str, str] = field(default_factory=dict)
    """By statement, what whoever fills in the form answered before, in words."""

    def response(self, statement: Statement) -> Response:
        """Return the agreed response to a statement."""
        return Response() if self.audit is None else self.audit.agreed(self.wave_id, statement.statement_id)


class FormPages:
    """Fills the pages of one form."""

    def __init__(self, document: Document, instrument: Instrument, entries: FormEntries) -> None:
        self._document = document
        self._setter = document.setter
        self._instrument = instrument
        self._entries = entries
        self._flow = Flow(document, _FRAME)
        self._continued: list[tuple[str, str]] = []
        """Name of a cell and its whole text, for the continuation sheets."""

    # First page ----------------------------------------------------------------------------------------

    def first_page(self) -> None:
        """Fields, scale and instructions."""
        flow, entries = self._flow, self._entries
        flow.section()
        flow.bookmark("How to fill in this form", 0)
        if entries.is_sample:
            flow.text(SAMPLE, STRONG)
        flow.text(entries.title or self._instrument.title, TITLE, kind="H1")
        flow.text(self._instrument.edition, SUBTITLE)
        flow.space(12)
        half = (flow.frame.width - 24) / 2
        for fields in zip(entries.fields[::2], entries.fields[1::2], strict=True):
            self._fields(fields, half)
        flow.space(10)
        top = flow.y
        self._scale(half)
        floor = flow.y
        flow.y = top
        if entries.audit is None:
            self._instructions(flow.frame.left + half + 24, half)
        flow.y = min(flow.y, floor)

    def _fields(self, fields: Sequence[tuple[str, str]], width: float) -> None:
        flow = self._flow
        height = 40.0 if self._entries.audit is None else 26.0
        set_fields = []
        for index, (label, value) in enumerate(fields):
            lines = self._in_cell(value, _FIELD, width - 122, label, 7) if value else []
            height = max(height, len(lines) * _FIELD.leading + 10)
            set_fields.append((label, lines, flow.frame.left + index * (width + 24)))
        for label, lines, left in set_fields:
            element = flow.parent.child("P")
            labels = self._setter.lines(label, _CELL_BOLD, 112)
            flow.put(element, self._document.text(labels, _CELL_BOLD, left, flow.y - 8))
            flow.put(None, shapes.rule(left + 118, left + width, flow.y - height + 2, _LINE))
            if lines:
                flow.put(element, self._document.text(lines, _FIELD, left + 122, flow.y - 6, width - 122))
        flow.y -= height

    def _scale(self, width: float) -> None:
        flow = self._flow
        flow.text("The scale", HEADING, kind="H2", width=width)
        flow.y -= 4
        for point in self._instrument.scale:
            element = flow.parent.child("P")
            flow.put(None, shapes.rule(flow.frame.left, flow.frame.left + width, flow.y, _LINE))
            flow.y -= 4
            number = self._setter.single_line(str(point.score), NUMBER)
            flow.put(element, self._document.text([number], NUMBER, flow.frame.left + 4, flow.y))
            flow.lines(
                self._setter.lines(point.label, _FIELD, width - 30),
                _FIELD,
                element,
                left=30,
                width=width - 30,
            )
            flow.y -= 5

    def _instructions(self, left: float, width: float) -> None:
        flow = self._flow
        offset = left - flow.frame.left
        flow.text("How to fill it in", HEADING, kind="H2", left=offset, width=width)
        flow.y -= 6
        for number, text in enumerate(self._entries.instructions, 1):
            element = flow.parent.child("P")
            line = self._setter.single_line(f"{number}.", _CELL_BOLD)
            flow.put(element, self._document.text([line], _CELL_BOLD, left, flow.y))
            flow.lines(
                self._setter.lines(text, _FIELD, width - 18),
                _FIELD,
                element,
                left=offset + 18,
                width=width - 18,
            )
            flow.y -= 4

    # A domain ------------------------------------------------------------------------------------------

    def domain(self, domain: Domain) -> None:
        """The table of a domain, then its comments and date completed."""
        flow = self._flow
        flow.start_sheet()
        flow.section()
        flow.bookmark(f"{domain.domain_id} {domain.short_title}", 0)
        flow.text(f"{domain.domain_id}  {domain.short_title}: {domain.title}", HEADING, kind="H1")
        flow.y -= 4
        table = flow.parent.child("Table")
        self._table_head(table)
        heading_id = ""
        for statement in domain.statements:
            if statement.heading_id and statement.heading_id != heading_id:
                self._heading_row(table, domain, statement)
            heading_id = statement.heading_id
            is_last = statement is domain.statements[-1]
            self._row(table, domain, statement, below=self._end_height(domain) if is_last else 0)
        self._domain_end(domain)

    def _new_table_page(self, table: Element, domain: Domain) -> None:
        flow = self._flow
        flow.start_sheet()
        line = self._setter.clipped(
            f"{domain.domain_id}  {domain.short_title}, continued", _CELL_BOLD, 500, 1
        )
        flow.put(None, self._document.text(line, _CELL_BOLD, flow.frame.left, flow.y))
        flow.y -= 18
        self._table_head(table)

    def _table_head(self, table: Element) -> None:
        cells = [
            self._setter.lines(heading, _HEAD, width - 2 * _PAD)
            for heading, width in zip(_HEADINGS, _COLUMNS, strict=True)
        ]
        height = max(len(lines) for lines in cells) * _HEAD.leading + 2 * _PAD
        row = table.child("TR")
        elements = [row.child("TH", scope="Column") for _ in cells]
        self._cells(elements, [(lines, _HEAD) for lines in cells], height, fill=ACCENT_SOFT)

    def _heading_row(self, table: Element, domain: Domain, statement: Statement) -> None:
        flow = self._flow
        lines = self._setter.lines(
            f"{statement.heading_id}  {statement.heading}", _CELL_BOLD, sum(_COLUMNS) - 2 * _PAD
        )
        height = len(lines) * _CELL_BOLD.leading + 2 * _PAD
        if flow.room < height + self._row_height(self._set_row(statement, note=False)):
            self._new_table_page(table, domain)
        left, top = flow.frame.left, flow.y
        flow.put(None, shapes.box(left, top - height, sum(_COLUMNS), height, line=_LINE, fill="#F4F6F8"))
        cell = table.child("TR").child("TH", scope="Row")
        flow.put(cell, self._document.text(lines, _CELL_BOLD, left + _PAD, top - _PAD))
        flow.y -= height

    def _row(self, table: Element, domain: Domain, statement: Statement, *, below: float) -> None:
        """Print a statement; `below` is height that is wanted under it, if a page has room for both."""
        cells = self._set_row(statement)
        height = self._row_height(cells)
        whole_page = _FRAME.top - _FRAME.bottom - _HEAD_OF_PAGE
        wanted = height + below if height + below <= whole_page else height
        if self._flow.room < wanted:
            self._new_table_page(table, domain)
            if statement.heading:  # a part is no sentence without its heading
                self._heading_row(table, domain, statement)
        row = table.child("TR")
        elements = [row.child("TH", scope="Row"), *(row.child("TD") for _ in range(3))]
        number = self._setter.clipped(statement.statement_id, _CELL_BOLD, _NUMBER_WIDTH, 1)
        left, top = self._flow.frame.left + _PAD, self._flow.y - _PAD
        self._flow.put(elements[0], self._document.text(number, _CELL_BOLD, left, top))
        self._cells(elements, cells, height, indent=_NUMBER_WIDTH)

    def _row_height(self, cells: list[tuple[list[Line], Style]]) -> float:
        text = max(len(lines) * style.leading for lines, style in cells) + 2 * _PAD
        return max(text, _SMALLEST_ROW if self._entries.audit is None else 56)

    def _set_row(self, statement: Statement, *, note: bool = True) -> list[tuple[list[Line], Style]]:
        number = statement.statement_id
        response = self._entries.response(statement)
        text = statement.text + "".join(f"\n– {prompt}" for prompt in statement.prompts)
        score = "" if response.score is None else str(response.score)
        columns = [width - 2 * _PAD for width in _COLUMNS]
        columns[0] -= _NUMBER_WIDTH

        def cell(value: str, width: float, name: str) -> list[Line]:
            return self._in_cell(value, _CELL, width, f"{number} {name}", _MOST_LINES_IN_CELL, note=note)

        return [
            (self._statement_lines(number, text, columns[0], note=note), _CELL),
            (
                self._setter.lines(score or "not\nscored", _SCORE if score else SMALL, columns[1]),
                _SCORE if score else SMALL,
            )
            if self._entries.audit
            else ([], _SCORE),
            (cell(response.evidence, columns[2], "Evidence"), _CELL),
            (cell(response.assurance, columns[3], "Assurance"), _CELL),
        ]

    def _statement_lines(self, number: str, text: str, width: float, *, note: bool) -> list[Line]:
        """Return a statement and what stands under it, in so many lines that a page has room for them."""
        under = tuple(self._under(number))
        most = _MOST_LINES_ABOVE if under else _MOST_LINES_IN_CELL
        lines = self._in_cell(text, _CELL, width, f"{number} Statement", most, note=note)
        for place, (name, added) in enumerate(under):
            room = (_MOST_LINES_WITH_UNDER - len(lines)) // (len(under) - place) - 1
            set_lines = self._in_cell(added, _CELL, width, f"{number} {name}", room, note=note)
            lines = [*lines, Line("", 0.0), *set_lines]
        return lines

    def _under(self, number: str) -> Iterator[tuple[str, str]]:
        """Yield what stands under a statement, each with its name: it is scored on that reading, again."""
        if reading := self._entries.readings.get(number, "").strip():
            yield "Reading", f"The partnership reads it so: {reading}"
        if last := self._entries.last_time.get(number, ""):
            yield "Last time", f"Last time – {last}"

    def _in_cell(
        self, text: str, style: Style, width: float, name: str, most_lines: int, *, note: bool = True
    ) -> list[Line]:
        """Return a text's lines for a cell; a longer text goes to the continuation sheets and says so."""
        if not text.strip():
            return []
        lines = self._setter.lines(text[: _LONGEST_IN_CELL + 1], style, width)
        if len(text) <= _LONGEST_IN_CELL and len(lines) <= most_lines:
            return lines
        if note:
            self._continued.append((name, text))
        pointer = self._setter.lines(_CONTINUES, replace(style, weight=Weight.REGULAR), width)
        if len(text) > _LONGEST_IN_CELL:
            lines.pop()  # it ends where the text was cut, perhaps within a word
        return lines[: most_lines - len(pointer)] + pointer

    def _cells(
        self,
        elements: Sequence[Element],
        cells: Sequence[tuple[list[Line], Style]],
        height: float,
        *,
        fill: str = "",
        indent: float = 0,
    ) -> None:
        flow = self._flow
        left, top = flow.frame.left, flow.y
        for element, (lines, style), width in zip(elements, cells, _COLUMNS, strict=True):
            flow.put(None, shapes.box(left, top - height, width, height, line=_LINE, fill=fill))
            if lines:
                start, room = left + _PAD + indent, width - 2 * _PAD - indent
                flow.put(element, self._document.text(lines, style, start, top - _PAD, room))
            left += width
            indent = 0
        flow.y -= height

    def _set_comments(self, domain: Domain, *, note: bool = True) -> tuple[list[Line], float]:
        """Return the lines of a domain's comments, and the height of their box."""
        audit, width = self._entries.audit, sum(_COLUMNS) - 2 * _PAD
        name = f"{domain.domain_id} {domain.short_title}: comments"
        text = audit.note(NoteKey(self._entries.wave_id, domain.domain_id)).comments if audit else ""
        lines = self._in_cell(text, _CELL, width, name, _MOST_LINES_IN_CELL, note=note)
        return lines, max(len(lines) * _CELL.leading + 2 * _PAD, 110 if audit is None else 40)

    def _end_height(self, domain: Domain) -> float:
        return _SPACE_BEFORE_END + self._set_comments(domain, note=False)[1] + _AROUND_COMMENTS

    def _domain_end(self, domain: Domain) -> None:
        flow, audit = self._flow, self._entries.audit
        note = audit.note(NoteKey(self._entries.wave_id, domain.domain_id)) if audit else None
        width = sum(_COLUMNS)
        comments, height = self._set_comments(domain)
        flow.space(_SPACE_BEFORE_END)
        flow.need(height + _AROUND_COMMENTS)
        flow.text("Comments", _CELL_BOLD, kind="H2")
        flow.y -= 3
        flow.put(None, shapes.box(flow.frame.left, flow.y - height, width, height, line=_LINE))
        if comments:
            code = self._document.text(
                comments, _CELL, flow.frame.left + _PAD, flow.y - _PAD, width - 2 * _PAD
            )
            flow.put(flow.parent.child("P"), code)
        flow.y -= height + 8
        completed = (written_date(note.completed_on) or NOT_GIVEN) if note else ""
        element = flow.parent.child("P")
        flow.put(
            element,
            self._document.text(
                [self._setter.single_line("Date completed", _CELL_BOLD)], _CELL_BOLD, flow.frame.left, flow.y
            ),
        )
        flow.put(None, shapes.rule(flow.frame.left + 90, flow.frame.left + 260, flow.y - 14, _LINE))
        if completed:
            flow.put(
                element,
                self._document.text(
                    [self._setter.single_line(completed, _CELL)], _CELL, flow.frame.left + 94, flow.y
                ),
            )
        flow.y -= 20

    # Continuation --------------------------------------------------------------------------------------

    def continuation_sheets(self) -> None:
        """Everything that was too long for its place, whole."""
        if not self._continued:
            return
        flow = self._flow
        flow.start_sheet()
        flow.section()
        flow.bookmark("Continuation sheets", 0)
        flow.text("Continuation sheets", TITLE, kind="H1")
        flow.text("Texts that are too long for their place in the form, each of them whole.", SMALL)
        flow.space(10)
        for name, text in self._continued:
            flow.bookmark(name, 1)
            flow.text(name, STRONG, kind="H2", keep=30)
            lines = self._setter.lines(text, _CELL, flow.frame.width - 110)
            flow.lines(lines, _CELL, flow.parent.child("P"), left=110, continued=f"{name}, continued")
            flow.space(10)
