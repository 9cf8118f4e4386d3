"""A workbook to be read: sheets of texts and numbers, every text as text. Nothing of it is imported again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hsb_desktop import __version__
from hsb_desktop.interchange.workbook_rows import split_for_cells

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """One sheet: its name (up to 31 letters), its headings, its rows, and the width of its columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    """In characters, from the first column on; the others are of the usual width."""


def write_plain_workbook(sheets: Sequence[PlainSheet], title: str, marking: str = "") -> bytes:
    """Return the sheets as an .xlsx workbook. A text that begins like a formula stays a text.

    `marking` stands at the head of each printed page; a text longer than a cell can hold is cut there.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.name), sheet, marking)
    book.properties.creator = f"HSB Audit Workshop {__version__}"
    book.properties.title = title
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sheet(made: Any, sheet: PlainSheet, marking: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    top = Alignment(vertical="top", wrap_text=True)
    bold, fill = Font(name="Calibri", bold=True), PatternFill("solid", fgColor="DDE6EC")
    for place, heading in enumerate(sheet.columns, 1):
        cell = made.cell(1, place)
        _write_text(cell, heading)
        cell.font, cell.fill, cell.alignment = bold, fill, top
        width = sheet.widths[place - 1] if place <= len(sheet.widths) else 12
        made.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(sheet.rows, 2):
        for place, value in enumerate(row, 1):
            if value is None or value == "":
                continue
            cell = made.cell(number, place)
            if isinstance(value, str):
                _write_text(cell, value)
                # As a number, a statement 1.10 would turn into 1.1.
                cell.number_format = "@"
            else:
                cell.value = value
            cell.alignment = top
    made.freeze_panes = made.cell(2, 1)
    made.page_setup.orientation = "landscape"
    made.page_setup.fitToHeight = 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.print_title_rows = "1:1"
    # In a sheet's header & begins a code, and there is no escape for what XML cannot say.
    shown = "".join(char for char in marking[:100] if char.isprintable())
    if shown:
        made.oddHeader.right.text = shown.replace("&", "&&")


def _write_text(cell: Any, text: str) -> None:
    cell.value = split_for_cells(text)[0]
    # openpyxl takes "#N/A" for an error and "=1" for a formula; here everything is text.
    cell.data_type = "s"
