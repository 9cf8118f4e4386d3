"""A pack as a worksheet, for an agency that has a spreadsheet program and not this one.

The sheet `Responses` is the workbook's own, with instructions above its headings, so that what comes back is
read by the same rules. The sheet `Reference` says what the worksheet belongs to, whatever it is called then.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from hsb_desktop import __version__
from hsb_desktop.interchange.pack_reference import SHEET as REFERENCE_SHEET
from hsb_desktop.interchange.pack_reference import reference_rows
from hsb_desktop.interchange.rows import LAST_TIME, Table, TableRow
from hsb_desktop.interchange.workbook_rows import (
    SHEET,
    add_score_list,
    in_cells,
    split_for_cells,
    write_cell,
)
from hsb_desktop.model import Audit, Pack, Statement
from hsb_desktop.values import NO_VIEW, PARTNERSHIP, SCORES, NoteKey, ResponseKey

_FOR_AGENCY = (
    "domain", "statement", "statement text", "score", "evidence", "assurance", "no view reason", "wave",
    "agency",
)  # fmt: skip
_FOR_TABLE = (
    "domain", "statement", "statement text", "score", "evidence", "assurance", "comments", "completed on",
    "wave",
)  # fmt: skip
_OF_A_STATEMENT = frozenset(("score", "evidence", "assurance", "no view reason"))
_OF_A_DOMAIN = frozenset(("comments", "completed on"))
_WIDTHS = {
    "domain": 13, "statement": 11, "statement text": 52, LAST_TIME: 36, "score": 10, "evidence": 58,
    "assurance": 46, "no view reason": 30, "comments": 46, "completed on": 14, "wave": 16, "agency": 26,
}  # fmt: skip
READS_IT_SO = "The partnership reads it so:"
_TEXT = "@"
_FORMATS = {
    # As a number, a statement 1.10 would turn into 1.1.
    "statement": _TEXT,
    # What begins with a dash or "=" stays the text that somebody types.
    "evidence": _TEXT,
    "assurance": _TEXT,
    "no view reason": _TEXT,
    "comments": _TEXT,
    # However a date is typed, it is one, and is read as one.
    "completed on": "yyyy-mm-dd",
}
_TOP_WIDTH = 150
"""Characters over which the instructions run, about."""
_LINE_HEIGHT = 15.0
_LEAST_HEIGHT = 62.0
"""Points: room for four lines to be typed."""
_TALLEST_ROW = 405.0
_NEVER_WRITE = (
    "Never write names of children, or anything else by which a child could be known. Write as if this could "
    "be disclosed."
)


def write_pack_sheet(
    part: Audit,
    base: Mapping[str, str],
    return_to: str = "",
    last_time: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Return the worksheet of a pack as an .xlsx file; `part` is the audit that the pack holds.

    `base` says by address, as text, which revision a value has now, so that what comes back is known to go on
    from that. `return_to` says where it goes back to, the coordinator if it is empty. `last_time` has by
    statement, in words, what the party answered before; there is a column for it where there is something.
    """
    from openpyxl import Workbook

    pack = part.pack
    if pack is None:
        raise ValueError("this is no pack")
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    top = _top(part, pack, return_to)
    _write_top(sheet, top)
    is_table = pack.party_id == PARTNERSHIP
    domain_ids = frozenset(domain.domain_id for domain in part.instrument.domains if is_table)
    _write_answers(sheet, len(top) + 2, in_cells(_table(part, pack, last_time)), domain_ids)
    _write_reference(book.create_sheet(REFERENCE_SHEET), part, pack, base)
    book.properties.creator = f"HSB Audit Workshop {__version__}"
    # What people typed stays in the cells: file managers show these words to anybody.
    book.properties.title = part.instrument.title
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# What stands above the answers ------------------------------------------------------------------------------


def _top(part: Audit, pack: Pack, return_to: str) -> tuple[tuple[str, str], ...]:
    """Return the lines above the answers, each with what it is."""
    details, instrument = part.details, part.instrument
    wave = part.wave(pack.wave_id)
    is_table = pack.party_id == PARTNERSHIP
    party = f"Table for domain {pack.domain_id}" if is_table else part.agency(pack.party_id).name
    coordinator = ", ".join(filter(None, (details.coordinator_name, details.coordinator_role)))
    place = return_to.strip() or coordinator or "whoever sent it to you"
    about = (details.title, details.area, details.marking, instrument.title, instrument.edition)
    sample = (("plain", "SAMPLE: invented, not a real area's audit."),) if part.is_sample else ()
    return (
        ("title", " · ".join(filter(None, (party, wave.label, wave.held_on)))),
        *sample,
        ("plain", " · ".join(filter(None, about))),
        *(("plain", line) for line in (_FOR_A_TABLE if is_table else _FOR_AN_AGENCY)),
        ("strong", f"Save it as .xlsx under any name, and send it back to: {place}"),
        *(("scale", f"{point.score}   {point.label}") for point in instrument.scale),
        ("small", instrument.acknowledgement),
    )


_REST = (
    "2. Write what supports the score under evidence: a 3 or 4 needs some that somebody else could look at. "
    "Under assurance, write which local systems would show that it is still true.",
    "3. Leave the score empty where there is none yet: not scored is not 0. What is empty changes nothing.",
    f"4. {_NEVER_WRITE}",
    "5. Leave the numbers of the statements, the columns at the end and the sheet Reference as they are: by "
    "them your answers find their place.",
)
_FOR_AN_AGENCY = (
    "1. Answer for your own agency: choose a score from 0 to 4 for each statement. Where your agency cannot "
    f'judge it, choose "{NO_VIEW}", and say why in the column for that, if you like.',
    *_REST,
)
_FOR_A_TABLE = (
    "1. Talk about each statement together, and choose the one score from 0 to 4 on which you agree.",
    *_REST,
)


def _write_top(sheet: Any, lines: tuple[tuple[str, str], ...]) -> None:
    from openpyxl.styles import Alignment, Font

    fonts = {
        "title": Font(name="Calibri", bold=True, size=15),
        "strong": Font(name="Calibri", bold=True),
        "small": Font(name="Calibri", size=8, color="FF505A64"),
    }
    for number, (kind, text) in enumerate(lines, 1):
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=6)
        cell = sheet.cell(number, 1)
        write_cell(
            cell,
            split_for_cells(text)[0],
            font=fonts.get(kind, Font(name="Calibri")),
            alignment=Alignment(vertical="top", wrap_text=True),
        )
        lines_needed = 1 + len(text) // _TOP_WIDTH
        sheet.row_dimensions[number].height = 24.0 if kind == "title" else lines_needed * _LINE_HEIGHT + 1
    sheet.row_dimensions[len(lines) + 1].height = 6.0


# The answers ------------------------------------------------------------------------------------------------


def _table(part: Audit, pack: Pack, last_time: Mapping[str, str]) -> Table:
    instrument = part.instrument
    is_table = pack.party_id == PARTNERSHIP
    columns: tuple[str, ...] = _FOR_TABLE if is_table else _FOR_AGENCY
    if last_time:
        beside = columns.index("statement text") + 1
        columns = (*columns[:beside], LAST_TIME, *columns[beside:])
    party = "" if is_table else part.agency(pack.party_id).name
    wave = part.wave(pack.wave_id).label
    rows = []
    for domain in (instrument.domain(pack.domain_id),) if pack.domain_id else instrument.domains:
        for statement in domain.statements:
            response = part.response(ResponseKey(pack.wave_id, pack.party_id, statement.statement_id))
            score = NO_VIEW if response.no_view else "" if response.score is None else str(response.score)
            rows.append(
                {
                    "domain": f"{domain.domain_id} {domain.short_title}",
                    "statement": statement.statement_id,
                    "statement text": _statement_text(part, statement),
                    LAST_TIME: last_time.get(statement.statement_id, ""),
                    "score": score,
                    "evidence": response.evidence,
                    "assurance": response.assurance,
                    "no view reason": response.no_view_reason if response.no_view else "",
                    "wave": wave,
                    "agency": party,
                }
            )
        if is_table:
            note = part.note(NoteKey(pack.wave_id, domain.domain_id))
            rows.append(
                {
                    "domain": f"{domain.domain_id} {domain.short_title}",
                    "statement": domain.domain_id,
                    "statement text": f"Domain {domain.domain_id}: comments and date completed",
                    "comments": note.comments,
                    "completed on": note.completed_on,
                    "wave": wave,
                }
            )
    return Table(
        columns,
        tuple(
            TableRow(f"row {number}", {i: row[name] for i, name in enumerate(columns) if row.get(name)})
            for number, row in enumerate(rows, 1)
        ),
    )


def _statement_text(part: Audit, statement: Statement) -> str:
    """Return a statement with how the partnership reads it: a column that is passed over on import."""
    reading = part.readings.get(statement.statement_id, "").strip()
    return f"{statement.full_text}\n\n{READS_IT_SO} {reading}" if reading else statement.full_text


def _write_answers(sheet: Any, first_row: int, table: Table, domain_ids: frozenset[str]) -> None:
    """Write the headings and the rows under them; `domain_ids` are of the domains that have a row too."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color="FFB6BEC6")
    border = Border(left=line, right=line, top=line, bottom=line)
    top = Alignment(vertical="top", wrap_text=True)
    centred = Alignment(horizontal="center", vertical="top")
    given = PatternFill("solid", fgColor="FFF1F4F6")
    heading = PatternFill("solid", fgColor="FFDDE6EC")
    statement_column = table.columns.index("statement")
    for index, column in enumerate(table.columns, 1):
        cell = sheet.cell(first_row, index)
        write_cell(cell, column, font=Font(name="Calibri", bold=True), fill=heading, alignment=top)
        cell.border = border
        sheet.column_dimensions[get_column_letter(index)].width = _width(column)
    for number, row in enumerate(table.rows, first_row + 1):
        filled_in = _OF_A_DOMAIN if row.cells[statement_column] in domain_ids else _OF_A_STATEMENT
        for index, column in enumerate(table.columns):
            cell, text = sheet.cell(number, index + 1), row.cells.get(index, "")
            cell.border, cell.alignment = border, centred if column == "score" else top
            if column.partition(" (")[0] in filled_in:
                cell.protection = Protection(locked=False)
            else:
                cell.fill = given
            if column == "score" and text.isdigit():
                cell.value = int(text)
            elif text:
                write_cell(cell, text)
            cell.number_format = _FORMATS.get(column.partition(" (")[0], "General")
        sheet.row_dimensions[number].height = _row_height(table.columns, row)
    add_score_list(
        sheet,
        "score",
        get_column_letter(table.columns.index("score") + 1),
        (first_row + 1, first_row + len(table.rows)),
        [*map(str, SCORES)] if domain_ids else [*map(str, SCORES), NO_VIEW],
    )
    sheet.print_title_rows = f"{first_row}:{first_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    _let_only_answers_be_typed(sheet)


def _let_only_answers_be_typed(sheet: Any) -> None:
    """Without a password: it keeps hands from slipping, nothing else."""
    sheet.protection.sheet = True
    for freedom in ("formatCells", "formatColumns", "formatRows"):
        setattr(sheet.protection, freedom, False)


def _width(column: str) -> int:
    return _WIDTHS[column.partition(" (")[0]]


def _row_height(columns: tuple[str, ...], row: TableRow) -> float:
    lines = max(
        sum(1 + len(line) // _width(columns[index]) for line in text.split("\n"))
        for index, text in row.cells.items()
    )
    return min(max(lines * _LINE_HEIGHT, _LEAST_HEIGHT), _TALLEST_ROW)


def _write_reference(sheet: Any, part: Audit, pack: Pack, base: Mapping[str, str]) -> None:
    from openpyxl.styles import Font

    for number, row in enumerate(reference_rows(part, pack, base), 1):
        for index, text in enumerate(row, 1):
            if text:
                write_cell(sheet.cell(number, index), split_for_cells(text)[0])
    sheet.cell(1, 1).font = Font(name="Calibri", bold=True)
    sheet.column_dimensions["A"].width = 18
    sheet.column_dimensions["B"].width = 60
    sheet.protection.sheet = True
