"""The columns that CSV and workbook share: an audit as a table of texts, and rows back into values.

`docs/interchange.md` describes each column. A table holds texts only; what a spreadsheet's cell means is
settled before, by `csv_rows` and `workbook_cells`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hsb_desktop.errors import InputRefused, RowProblem
from hsb_desktop.interchange.text import is_date, shown, text_fault, with_line_ends
from hsb_desktop.model import Instrument
from hsb_desktop.values import NO_VIEW, SCORES, Value

TEXT_COLUMNS = ("evidence", "assurance", "comments", "reading", "no view reason", "sector", "agency area")
DATE_COLUMNS = ("wave date", "completed on")
COLUMNS = ("wave", "agency", "statement", "score", "target", *TEXT_COLUMNS, *DATE_COLUMNS)
UNSETTLED = "unsettled"
"""Which values of a row wait to be settled."""
LAST_TIME = "last time"
"""In a worksheet to be filled in: what its party answered before."""
HELP_COLUMNS = ("domain", "statement text", UNSETTLED, LAST_TIME)
"""Columns that are there for a table's readers; on import they are passed over."""

_CONTINUED = re.compile(r"(.+) \(([0-9]{1,4})\)")
_SCORE = re.compile(r"([0-4])(\.0+)?")
_NAMING_COLUMNS = ("wave", "agency", "statement")
"""What a row is about; the others say something about that."""
_MOST_ROWS_TOLD = 12
_RESPONSE_COLUMNS = ("score", "target", "evidence", "assurance", "no view reason")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; `place` is how the other program counts it. Cells count from 0; empty ones are left out."""

    place: str
    cells: Mapping[int, str]
    faults: Mapping[int, str] = field(default_factory=dict)
    """Why a cell could not be read."""
    fault: str = ""
    """Why the whole row cannot be read."""
    numbers: frozenset[int] = frozenset()
    """Cells that the other program holds as numbers: 1.10 and 1.1 are one and the same there."""


@dataclass(frozen=True, slots=True)
class Table:
    """A heading row and the rows under it."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says. An empty text says nothing about its value."""

    place: str
    wave: str
    agency: str
    domain_id: str
    statement_id: str
    """Empty in a row about a whole domain."""
    answer: Mapping[str, Value]
    """Fields of the response that the row gives, and no others."""
    comments: str
    completed_on: str
    reading: str
    wave_date: str
    sector: str
    agency_area: str


@dataclass(frozen=True, slots=True)
class Entries:
    """What a table says, what was wrong in it, and what a person should know besides."""

    entries: tuple[Entry, ...]
    with_faulty: tuple[Entry, ...]
    """The same and, in their places, what can be told of rows with a fault: others may clash with those."""
    problems: tuple[RowProblem, ...]
    notices: tuple[str, ...]
    columns: frozenset[str] = frozenset()
    """Those of ours that are there."""
    unknown: tuple[str, ...] = ()
    """Those that are not ours, in quotation marks."""


def column_name(heading: str) -> str:
    """Return a heading as columns are compared: small letters, single spaces, no underscores."""
    return " ".join(heading.replace("_", " ").casefold().split())


def known_columns(headings: Iterable[str]) -> int:
    """Return how many of these headings name a column of ours."""
    names = {column_name(heading) for heading in headings}
    return len(names.intersection((*COLUMNS, *HELP_COLUMNS)))


def read_entries(table: Table, instrument: Instrument, name: str) -> Entries:
    """Return what every row of a table says about an audit on this edition; `name` is the file's.

    Raises InputRefused where the headings cannot be used: no `statement`, or one that stands there twice.
    Faults of single rows are in the result, all of them.
    """
    layout, unknown = _layout(table.columns, name)
    notices = []
    if unknown:
        notices.append(f"Not taken in, because the program has no such column: {', '.join(unknown)}.")
    if stray := [row.place for row in table.rows if _stands_under_no_heading(row, table.columns)]:
        notices.append(f"Not taken in, because it stands under no heading: text in {listed_rows(stray)}.")
    if any(_stands_under_an_empty_heading(row, table.columns) for row in table.rows):
        unknown = (*unknown, "cells that stand under no heading")
    reader = _RowReader(instrument, layout)
    told = [entry for row in table.rows if (entry := reader.entry(row)) is not None]
    faulty = {problem.row for problem in reader.problems}
    return Entries(
        tuple(entry for entry in told if entry.place not in faulty),
        tuple(told),
        tuple(reader.problems),
        (*notices, *reasons_left_out(reader.left_out)),
        frozenset(layout),
        unknown,
    )


def reasons_left_out(places: Iterable[str]) -> tuple[str, ...]:
    """Return a sentence about the rows whose reason for no view was not taken in; none for none."""
    rows = ", ".join(places)
    return (
        (f"Not taken in, because the answer is not no view: the reason for no view in {rows}.",)
        if rows
        else ()
    )


def listed_rows(places: Sequence[str]) -> str:
    """Return rows as they are told in a sentence: the first of them, and how many more."""
    words = ", ".join(places[:_MOST_ROWS_TOLD])
    more = len(places) - _MOST_ROWS_TOLD
    return f"{words} and {more} more" if more > 0 else words


def _stands_under_no_heading(row: TableRow, headings: tuple[str, ...]) -> bool:
    is_beyond = any(index >= len(headings) and text.strip() for index, text in row.cells.items())
    return is_beyond or _stands_under_an_empty_heading(row, headings)


def _stands_under_an_empty_heading(row: TableRow, headings: tuple[str, ...]) -> bool:
    return any(index < len(headings) and not headings[index].strip() for index in row.cells)


def _layout(headings: tuple[str, ...], name: str) -> tuple[dict[str, tuple[int, ...]], tuple[str, ...]]:
    """Return the places of each column's cells, first part first."""
    parts: dict[str, dict[int, int]] = {}
    unknown: list[str] = []
    for index, heading in enumerate(headings):
        column, part = column_name(heading), 1
        continued = _CONTINUED.fullmatch(column)
        if continued and continued.group(1) in (*COLUMNS, *HELP_COLUMNS):
            column, part = continued.group(1), int(continued.group(2))
        if column in COLUMNS:
            if part in parts.setdefault(column, {}):
                raise InputRefused(
                    f'{name} has two columns called "{shown(heading.strip())}". Nothing was changed.'
                )
            parts[column][part] = index
        elif column and column not in HELP_COLUMNS:
            unknown.append(f'"{shown(heading.strip())}"')
    if "statement" not in parts:
        raise InputRefused(
            f'{name} has no column called "statement" in its first row, so its rows cannot be told apart. '
            "Nothing was changed. The columns are statement, score, evidence, assurance, and those that "
            "docs/interchange.md names besides."
        )
    layout = {column: tuple(places[part] for part in sorted(places)) for column, places in parts.items()}
    return layout, tuple(unknown)


class _RowReader:
    """Reads rows one after the other and keeps what is wrong with them."""

    def __init__(self, instrument: Instrument, layout: Mapping[str, tuple[int, ...]]) -> None:
        self.problems: list[RowProblem] = []
        self.left_out: list[str] = []
        """Rows whose reason for no view stands beside a score."""
        self._instrument = instrument
        self._layout = layout
        self._place = ""
        self._statements = {s.statement_id.casefold(): s for s in instrument.statements}
        self._headings = {
            s.heading_id.casefold(): s.heading_id for s in instrument.statements if s.heading_id
        }
        self._domains = {domain.domain_id.casefold(): domain.domain_id for domain in instrument.domains}

    def entry(self, row: TableRow) -> Entry | None:
        """Return what the row says, less what is wrong in it.

        None for a row with nothing in our columns, or if it cannot be told what it is about.
        """
        self._place = row.place
        if row.fault:
            self._refuse(row.fault)
            return None
        problems_before = len(self.problems)
        cells = {column: self._cell(row, column) for column in _NAMING_COLUMNS}
        is_named = len(self.problems) == problems_before
        cells |= {column: self._cell(row, column) for column in COLUMNS if column not in cells}
        if not any(cells.values()):
            return None
        domain_id, statement_id = self._statement(row, cells["statement"].strip())
        answer = self._answer(cells, bool(cells["agency"]))
        if domain_id and not statement_id:
            for column in (*_RESPONSE_COLUMNS, "reading"):
                if cells[column].strip():
                    self._refuse(
                        f'{column}: "{domain_id}" is a domain, which has comments and a date completed; '
                        "only its statements are scored"
                    )
        dates = {column: self._date(column, cells[column].strip()) for column in DATE_COLUMNS}
        if not cells["agency"] and (cells["sector"] or cells["agency area"]):
            self._refuse("sector and agency area say something about an agency, and the row names none")
        if not (is_named and domain_id):
            return None
        return Entry(
            place=row.place,
            wave=cells["wave"],
            agency=cells["agency"],
            domain_id=domain_id,
            statement_id=statement_id,
            answer=answer,
            comments=cells["comments"],
            completed_on=dates["completed on"],
            reading=cells["reading"],
            wave_date=dates["wave date"],
            sector=cells["sector"],
            agency_area=cells["agency area"],
        )

    def _cell(self, row: TableRow, column: str) -> str:
        places = self._layout.get(column, ())
        for index in places:
            if index in row.faults:
                self._refuse(f"{column}: {row.faults[index]}")
        text = with_line_ends("".join(row.cells.get(index, "") for index in places))
        if fault := text_fault(text):
            self._refuse(f"{column}: the text {fault}")
            return ""
        # A name of spaces only would be a name that nobody can see.
        return text if column in TEXT_COLUMNS or text.strip() else ""

    def _statement(self, row: TableRow, written: str) -> tuple[str, str]:
        wanted = written.casefold()
        if not wanted:
            self._refuse("names no statement")
            return "", ""
        if not row.numbers.isdisjoint(self._layout["statement"]):
            alike = [known for known in self._statements if known != wanted and known.rstrip("0") == wanted]
            if alike:
                self._refuse(
                    f'statement: the number {written} could also be "{alike[0]}"; give the cells of this '
                    "column the format Text and write them again"
                )
                return "", ""
        if statement := self._statements.get(wanted):
            return statement.domain_id, statement.statement_id
        if domain_id := self._domains.get(wanted):
            return domain_id, ""
        if heading_id := self._headings.get(wanted):
            parts = [s.statement_id for s in self._instrument.statements if s.heading_id == heading_id]
            self._refuse(
                f'statement: "{shown(written)}" is a heading; its parts {", ".join(parts)} are scored'
            )
        else:
            self._refuse(f'statement: this audit\'s edition has no statement "{shown(written)}"')
        return "", ""

    def _answer(self, cells: Mapping[str, str], is_agency: bool) -> dict[str, Value]:
        answer: dict[str, Value] = {}
        if cells["score"].strip() and (score := self._score(cells["score"].strip(), is_agency)) is not None:
            answer["score"] = score
        if cells["target"].strip():
            answer["target"] = self._target(cells["target"].strip(), is_agency)
        if cells["no view reason"]:
            if not is_agency:
                self._refuse("no view reason: only an agency can have no view, and the row names none")
            elif answer.get("score", NO_VIEW) == NO_VIEW:
                answer["no_view_reason"] = cells["no view reason"]
            else:
                self.left_out.append(self._place)
        for column in ("evidence", "assurance"):
            if cells[column]:
                answer[column] = cells[column]
        return answer

    def _score(self, text: str, is_agency: bool) -> Value:
        found = _SCORE.fullmatch(text)
        if found and int(found.group(1)) in SCORES:
            return int(found.group(1))
        if " ".join(text.casefold().split()) != NO_VIEW:
            allowed = "0, 1, 2, 3 or 4" + (f', or "{NO_VIEW}"' if is_agency else "")
            self._refuse(f'score: "{shown(text)}" is not {allowed}')
            return None
        if not is_agency:
            self._refuse(f'score: "{NO_VIEW}" is an answer of an agency, and the row names none')
            return None
        return NO_VIEW

    def _target(self, text: str, is_agency: bool) -> Value:
        found = _SCORE.fullmatch(text)
        if is_agency:
            self._refuse("target: targets belong to the agreed response, and the row names an agency")
            return None
        if not found:
            self._refuse(f'target: "{shown(text)}" is not 0, 1, 2, 3 or 4')
        return int(found.group(1)) if found else None

    def _date(self, column: str, text: str) -> str:
        if text and not is_date(text):
            self._refuse(f'{column}: "{shown(text)}" is not a day written as YYYY-MM-DD')
            return ""
        return text

    def _refuse(self, reason: str) -> None:
        self.problems.append(RowProblem(self._place, reason))
