"""A table on as many pages as it takes, with its headings at the top of each. No text is cut off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hsb_desktop.report import shapes
from hsb_desktop.report.flow import Flow
from hsb_desktop.report.page_style import LABEL, RULE
from hsb_desktop.report.structure import Element
from hsb_desktop.report.text_setting import Line, Style

Drawn = Callable[[float, float], str]
"""Draws what stands in a cell instead of a text, from its left edge and its top; one line high."""
Cell = str | Drawn

SMALL_CELL = Style(8.5, 11.5)
_ABOVE, _BELOW = 4.0, 4.0
_GAP = 8.0
"""Between two columns."""
_TALL = 120.0
"""A row of more points than these may run over the end of a page; any other stands whole."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands above it, how wide it is in points, and whether its texts end at its right."""

    heading: str
    width: float
    is_number: bool = False
    style: Style = SMALL_CELL


def print_table(flow: Flow, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """Print rows below their headings; the first column names its row."""
    flow.need(height_of_beginning(flow, columns, rows))
    table = flow.parent.child("Table")
    heads = _heads(flow, columns)
    _print_heads(flow, table, columns, heads)
    for row in rows:
        _print_row(flow, table, columns, heads, row)
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
    flow.y -= 8


def height_of_beginning(flow: Flow, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> float:
    """Return how much height the headings take with the first row, or with the beginning of a tall one."""
    heads = _height(_heads(flow, columns), [LABEL] * len(columns))
    first = _row_height(columns, _set(flow, columns, rows[0])) if rows else 0.0
    return heads + 3 + min(first, _TALL)


def height_of_table(flow: Flow, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> float:
    """Return how much height a table takes on one page, were there room for it."""
    heads = _height(_heads(flow, columns), [LABEL] * len(columns))
    return heads + 3 + sum(_row_height(columns, _set(flow, columns, row)) for row in rows) + 8


def _heads(flow: Flow, columns: Sequence[Column]) -> list[list[Line]]:
    return [flow.setter.lines(column.heading, LABEL, column.width - _GAP) for column in columns]


def _set(flow: Flow, columns: Sequence[Column], row: Sequence[Cell]) -> list[list[Line]]:
    return [
        flow.setter.lines(cell, column.style, column.width - _GAP) if isinstance(cell, str) else []
        for column, cell in zip(columns, row, strict=True)
    ]


def _row_height(columns: Sequence[Column], lines: Sequence[Sequence[Line]]) -> float:
    return _height(lines, [column.style for column in columns]) + _ABOVE + _BELOW


def _print_heads(
    flow: Flow, table: Element, columns: Sequence[Column], heads: Sequence[Sequence[Line]]
) -> None:
    row = table.child("TR")
    tallest = max(len(lines) for lines in heads)
    left = flow.frame.left
    for column, lines in zip(columns, heads, strict=True):
        # Headings of one line stand beside the last line of those with more.
        top = flow.y - (tallest - len(lines)) * LABEL.leading
        flow.put(row.child("TH", scope="Column"), _code(flow, lines, LABEL, (left, top), column))
        left += column.width
    flow.y -= tallest * LABEL.leading + 3


def _print_row(
    flow: Flow,
    table: Element,
    columns: Sequence[Column],
    heads: Sequence[Sequence[Line]],
    row: Sequence[Cell],
) -> None:
    rest = _set(flow, columns, row)
    element = table.child("TR")
    cells = [
        element.child("TD") if place else element.child("TH", scope="Row") for place in range(len(columns))
    ]
    leading = max(column.style.leading for column in columns)
    if flow.room < min(_row_height(columns, rest), _TALL):
        _go_on(flow, table, columns, heads)
    is_first = True
    while is_first or any(rest):
        flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
        flow.y -= _ABOVE
        fitting = max(1, int((flow.room - _BELOW) / leading))
        left, used = flow.frame.left, leading
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            if isinstance(cell, str):
                lines, rest[place] = rest[place][:fitting], rest[place][fitting:]
                flow.put(cells[place], _code(flow, lines, column.style, (left, flow.y), column))
                used = max(used, len(lines) * column.style.leading)
            elif is_first:
                flow.put(cells[place], cell(left, flow.y))
            left += column.width
        flow.y -= used + _BELOW
        is_first = False
        if any(rest):
            _go_on(flow, table, columns, heads)


def _go_on(flow: Flow, table: Element, columns: Sequence[Column], heads: Sequence[Sequence[Line]]) -> None:
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
    flow.start_sheet()
    _print_heads(flow, table, columns, heads)


def _code(flow: Flow, lines: Sequence[Line], style: Style, place: tuple[float, float], column: Column) -> str:
    """Return operations for the lines of a cell whose left edge and top these are."""
    left, top = place
    if not column.is_number:
        return flow.document.text(lines, style, left, top, column.width - _GAP)
    right = left + column.width - _GAP
    return "\n".join(
        flow.document.text_ending_at(line, style, right, top - number * style.leading)
        for number, line in enumerate(lines)
    )


def _height(cells: Sequence[Sequence[Line]], styles: Sequence[Style]) -> float:
    return max(
        (max(len(lines), 1) * style.leading for lines, style in zip(cells, styles, strict=True)), default=0
    )
