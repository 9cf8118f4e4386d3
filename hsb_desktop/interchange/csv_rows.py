"""CSV as spreadsheets and analysts write it, to a table of texts and back."""

from __future__ import annotations

import csv
import io
import re

from hsb_desktop.errors import InputRefused, RowProblem, RowsRefused
from hsb_desktop.interchange.rows import Table, TableRow, known_columns
from hsb_desktop.interchange.text import guard, unguard

_SEPARATORS = (",", ";", "\t")
_LONGEST_CELL = 100_000_000
_MOST_ROWS, _MOST_CELLS = 250_000, 8_000_000
_EXCEL_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
_TOO_WIDE = "it has more cells than there are headings; a text with a comma in it needs quotation marks"


def read_csv(content: bytes, name: str) -> Table:
    """Return the cells of a CSV file; `name` is what messages call it.

    The separator (comma, semicolon or tab) is the one under which the heading row makes most sense. Rows
    count as a spreadsheet shows them: a row whose cell has several lines is one row. Raises InputRefused for
    a file that is not UTF-8, RowsRefused for a row whose quotation marks do not close.
    """
    text = _decoded(content, name)
    separator_line = _EXCEL_SEPARATOR_LINE.match(text)
    if separator_line:
        text, separator = text[separator_line.end() :], separator_line.group(1)
    else:
        separator = _likeliest_separator(text)
    records = _records(text, separator, name)
    heading = next((index for index, record in enumerate(records) if any(record)), None)
    if heading is None:
        raise InputRefused(f"{name} holds no rows. Nothing was changed.")
    columns = tuple(records[heading])
    rows = []
    for number, record in enumerate(records[heading + 1 :], heading + 2):
        if not any(record):
            continue
        # A comma in a text without quotation marks would move all that follows into wrong columns.
        fault = _TOO_WIDE if any(record[len(columns) :]) else ""
        cells = {index: unguard(cell) for index, cell in enumerate(record) if cell}
        rows.append(TableRow(f"row {number}", cells, fault=fault))
    return Table(columns, tuple(rows))


def write_csv(table: Table) -> bytes:
    """Return the table as CSV: guarded against formulas, UTF-8 with the mark that spreadsheets need."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([guard(row.cells.get(index, "")) for index in range(len(table.columns))])
    return out.getvalue().encode("utf-8-sig")


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputRefused(
            f"{name} is not written in UTF-8 (line {line} shows it), so letters could come out wrong. "
            'Nothing was changed. Open it in your spreadsheet program, save it as "CSV UTF-8", and import '
            "that file."
        ) from error


def _likeliest_separator(text: str) -> str:
    heading = next((line for line in text.splitlines() if line.strip()), "")
    # max() keeps the first of equals: a comma where there is one column only.
    return max(_SEPARATORS, key=lambda separator: known_columns(heading.replace('"', "").split(separator)))


def _records(text: str, separator: str, name: str) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    records: list[list[str]] = []
    cells = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            records.append(record)
            cells += len(record)
            if len(records) > _MOST_ROWS or cells > _MOST_CELLS:
                raise InputRefused(f"{name} holds more rows than an audit can have. Nothing was changed.")
    except csv.Error as error:
        problem = RowProblem(f"row {len(records) + 1}", f"its quotation marks do not close ({error})")
        raise RowsRefused(f"{name} was not taken in, and nothing was changed.", (problem,)) from error
    return records
