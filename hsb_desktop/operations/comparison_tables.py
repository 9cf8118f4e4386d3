"""A comparison as tables: CSV for analysts, a workbook to look through. Members in the order of their names
or letters; no column ranks them."""

from __future__ import annotations

from collections.abc import Iterator

from hsb_desktop.analysis.several import Distribution
from hsb_desktop.analysis.side_by_side import UNMODERATED, SideBySide
from hsb_desktop.interchange.csv_rows import write_csv
from hsb_desktop.interchange.plain_workbook import Cell, PlainSheet, write_plain_workbook
from hsb_desktop.interchange.rows import Table, TableRow
from hsb_desktop.interchange.text import guard

_SUMMARY = ("lowest", "median", "highest", "scored by", "of")


def comparison_csv(shown: SideBySide) -> bytes:
    """Return one row for each domain and each statement: what it is, the summary, each member's value."""
    # Names come out of files, and a heading is a cell as any other.
    columns = ("level", "number", "text", *_SUMMARY, *(guard(name) for name in shown.names), "note")
    rows = [("domain", *row, UNMODERATED) for row in _domains(shown)]
    rows += [("statement", *row, UNMODERATED) for row in _statements(shown)]
    return write_csv(
        Table(
            columns,
            tuple(
                TableRow(f"row {number}", {place: _text(cell) for place, cell in enumerate(row)})
                for number, row in enumerate(rows, 2)
            ),
        )
    )


def comparison_workbook(shown: SideBySide) -> bytes:
    """Return the same as a workbook: a sheet of domains, one of statements, and one that explains."""
    heads = ("number", "text", *_SUMMARY, *shown.names)
    widths = (10, 60)
    about = (
        ("What", f"{UNMODERATED}. Not an inspection; nobody outside has verified the scores."),
        ("Order", "By letter or name. This is no league table."),
        (shown.kind.value.capitalize(), len(shown.names)),
        ("Wave", shown.wave),
        ("Audit tool", f"{shown.instrument.title}: {shown.instrument.edition}"),
        ("Acknowledgement", shown.instrument.acknowledgement),
        *(("Note", note) for note in shown.notes),
        *zip(shown.names, shown.details, strict=False),
        *((("Sample", "Some of this is invented data."),) if shown.is_sample else ()),
    )
    sheets = (
        PlainSheet("Domains", heads, tuple(_domains(shown)), widths),
        PlainSheet("Statements", heads, tuple(_statements(shown)), widths),
        PlainSheet("About", ("what", "words"), about, (20, 100)),
    )
    return write_plain_workbook(sheets, shown.instrument.title, shown.marking)


def _domains(shown: SideBySide) -> Iterator[tuple[Cell, ...]]:
    for found in shown.comparison.domains:
        means = (None if score.mean is None else round(score.mean, 2) for score in found.scores)
        yield found.domain.domain_id, found.domain.title, *_summary(found.distribution), *means


def _statements(shown: SideBySide) -> Iterator[tuple[Cell, ...]]:
    for found in shown.comparison.statements:
        yield (
            found.statement.statement_id,
            found.statement.full_text,
            *_summary(found.distribution),
            *found.scores,
        )


def _summary(found: Distribution) -> tuple[Cell, ...]:
    values = (found.lowest, found.median, found.highest)
    return (*(None if value is None else round(value, 2) for value in values), found.scored, found.members)


def _text(cell: Cell) -> str:
    return "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)
