"""The workbook: a sheet `Responses` that people fill in and the program reads, and a sheet `About`."""

from __future__ import annotations

import io
import re
from typing import Any

from hsb_desktop import __version__
from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.audit_table import table_of
from hsb_desktop.interchange.rows import Table, TableRow, column_name, known_columns
from hsb_desktop.interchange.text import guard, unguard
from hsb_desktop.interchange.workbook_cells import read_cells
from hsb_desktop.model import Audit
from hsb_desktop.values import NO_VIEW, SCORES

SHEET = "Responses"
LONGEST_CELL = 32_767
"""Units of UTF-16, as spreadsheets count: an emoji is two."""

_NEEDS_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDTHS = {"statement text": 60, "evidence": 60, "assurance": 45, "comments": 45, "reading": 30, "agency": 24}
_USUAL_WIDTH = 14
_MOST_ABOVE_HEADING = 40
_FEWEST_HEADINGS = 3
_NUMBER_COLUMNS = ("score", "target")
_LINE_HEIGHT = 15.0
_LONGEST_HEADER = 100
_TALLEST_ROW = 405.0
"""Points; spreadsheets allow 409."""


def read_workbook(content: bytes, name: str) -> Table:
    """Return the cells of a workbook's sheet `Responses`; `name` is what messages call the file.

    Raises InputRefused for what is not a workbook, or has no such sheet, or nothing on it.
    """
    rows = read_cells(content, SHEET, name)
    if not rows:
        raise InputRefused(f'The sheet "{SHEET}" of {name} is empty. Nothing was changed.')
    heading, *others = rows[_place_of_heading(rows) :]
    columns = tuple(heading.cells.get(index, "") for index in range(1 + max(heading.cells, default=0)))
    return Table(
        columns,
        tuple(
            TableRow(
                row.place,
                {index: text if index in row.numbers else unguard(text) for index, text in row.cells.items()},
                row.faults,
                numbers=row.numbers,
            )
            for row in others
        ),
    )


def _place_of_heading(rows: tuple[TableRow, ...]) -> int:
    """Return where the headings stand: a worksheet to be filled in has its instructions above them."""
    for place, row in enumerate(rows[:_MOST_ABOVE_HEADING]):
        headings = [column_name(text) for text in row.cells.values()]
        if "statement" in headings and known_columns(headings) >= _FEWEST_HEADINGS:
            return place
    return 0


def write_workbook(audit: Audit) -> bytes:
    """Return the audit as an .xlsx workbook, every text whole and as text."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _write_responses(sheet, in_cells(table_of(audit, for_people=True)))
    # In a sheet's header & begins a code, and there is no escape for what XML cannot say.
    marking = "".join(char for char in audit.details.marking[:_LONGEST_HEADER] if char.isprintable())
    if marking:
        sheet.oddHeader.right.text = marking.replace("&", "&&")
    _write_about(book.create_sheet("About"), audit)
    book.properties.creator = f"HSB Audit Workshop {__version__}"
    # What people typed stays in the cells: file managers show these words to anybody.
    book.properties.title = audit.instrument.title
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def in_cells(table: Table) -> Table:
    """Return the table with every long text split over as many columns as the longest needs."""
    split = [{index: split_for_cells(text) for index, text in row.cells.items()} for row in table.rows]
    columns: list[str] = []
    first_place: list[int] = []
    for index, column in enumerate(table.columns):
        parts = max((len(cells[index]) for cells in split if index in cells), default=1)
        first_place.append(len(columns))
        columns += [column, *(f"{column} ({part})" for part in range(2, parts + 1))]
    rows = [
        TableRow(
            row.place,
            {
                first_place[index] + part: text
                for index, parts in cells.items()
                for part, text in enumerate(parts)
            },
        )
        for row, cells in zip(table.rows, split, strict=True)
    ]
    return Table(tuple(columns), tuple(rows))


def split_for_cells(text: str) -> tuple[str, ...]:
    """Return the text as it stands in cells: guarded, escaped, and cut where a cell is full.

    A character is never cut in two. Joined after `unguard`, the parts are the text again.
    """
    parts = []
    rest = text
    while rest:
        length = _fitting(rest, LONGEST_CELL)
        while _units(_escaped(guard(rest[:length]))) > LONGEST_CELL:
            length -= max(1, length // 8)
        parts.append(_escaped(guard(rest[:length])))
        rest = rest[length:]
    return tuple(parts) or ("",)


def _fitting(text: str, units: int) -> int:
    """Return how many characters from the start fit into so many units of UTF-16."""
    start = text[:units]
    if _units(start) <= units:
        return len(start)
    # An odd unit at the cut is half a character, which is left for the next cell.
    return len(start.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore"))


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _escaped(text: str) -> str:
    """Return the text with the workbook format's own escapes for what XML cannot say."""
    return _NEEDS_ESCAPE.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def _write_responses(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    top = Alignment(vertical="top", wrap_text=True)
    centred = Alignment(horizontal="center", vertical="top")
    heading = {
        "font": Font(name="Calibri", bold=True),
        "fill": PatternFill("solid", fgColor="DDE6EC"),
        "alignment": top,
    }
    for index, column in enumerate(table.columns):
        write_cell(sheet.cell(1, index + 1), column, **heading)
        sheet.column_dimensions[get_column_letter(index + 1)].width = _width(column)
    for number, row in enumerate(table.rows, 2):
        for index, text in row.cells.items():
            column = table.columns[index]
            cell = sheet.cell(number, index + 1)
            if column in _NUMBER_COLUMNS and text.isdigit():
                cell.value = int(text)
                cell.alignment = centred
            else:
                write_cell(cell, text, alignment=top)
            if column == "statement":
                # As a number, a statement 1.10 would turn into 1.1.
                cell.number_format = "@"
        sheet.row_dimensions[number].height = _row_height(table.columns, row)
    sheet.freeze_panes = sheet.cell(2, table.columns.index("score") + 1)
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    scores = [str(score) for score in SCORES]
    for column, allowed in (("score", [*scores, NO_VIEW]), ("target", scores)):
        letter = get_column_letter(table.columns.index(column) + 1)
        add_score_list(sheet, column, letter, (2, len(table.rows) + 1), allowed)


def add_score_list(sheet: Any, column: str, letter: str, rows: tuple[int, int], allowed: list[str]) -> None:
    """Let people choose from a list in a column's cells, from one row to another, and type nothing else."""
    from openpyxl.worksheet.datavalidation import DataValidation

    formula = f'"{",".join(allowed)}"'
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = column.capitalize(), f"One of: {', '.join(allowed)}"
    rule.add(f"{letter}{rows[0]}:{letter}{rows[1]}")
    sheet.add_data_validation(rule)


def _width(column: str) -> int:
    return _WIDTHS.get(column.partition(" (")[0], _USUAL_WIDTH)


def _row_height(columns: tuple[str, ...], row: TableRow) -> float:
    """Return about the height in which a row's texts can be read; LibreOffice would show one line of them."""
    lines = max(
        sum(1 + len(line) // _width(columns[index]) for line in text.split("\n"))
        for index, text in row.cells.items()
    )
    return min(lines * _LINE_HEIGHT, _TALLEST_ROW)


def _write_about(sheet: Any, audit: Audit) -> None:
    from openpyxl.styles import Alignment, Font

    instrument = audit.instrument
    lines = [
        ("Audit", audit.details.title),
        ("Area", audit.details.area),
        ("Kind", str(audit.details.kind)),
        ("Protective marking", audit.details.marking),
        ("Waves", "; ".join(f"{wave.label} {wave.held_on}".strip() for wave in audit.waves)),
        ("Audit tool", f"{instrument.title}. {instrument.edition}"),
        ("Acknowledgement", instrument.acknowledgement),
        *((f"Score {point.score}", point.label) for point in instrument.scale),
        (
            "Filling in",
            f'Scores, evidence and assurance go into the sheet "{SHEET}". A score is a number from 0 to 4, '
            f'or "{NO_VIEW}" in the row of an agency; a cell left empty changes nothing. Comments and the '
            "date completed go into the row of their domain.",
        ),
        ("Never write", "names of children, or anything else by which a child could be known."),
    ]
    for number, (name, text) in enumerate(lines, 1):
        write_cell(
            sheet.cell(number, 1),
            name,
            font=Font(name="Calibri", bold=True),
            alignment=Alignment(vertical="top"),
        )
        sheet.row_dimensions[number].height = min((1 + len(text) // 60) * _LINE_HEIGHT, _TALLEST_ROW)
        for place, part in enumerate(split_for_cells(text), 2):
            write_cell(sheet.cell(number, place), part, alignment=Alignment(vertical="top", wrap_text=True))
    sheet.column_dimensions["A"].width = 20
    sheet.column_dimensions["B"].width = 65


def write_cell(cell: Any, text: str, **styles: Any) -> None:
    """Write a text, never a formula or a number, into a cell, with these styles."""
    cell.value = text
    # openpyxl takes "#N/A" for an error and "=1" for a formula; here everything is text.
    cell.data_type = "s"
    for style, value in styles.items():
        setattr(cell, style, value)
