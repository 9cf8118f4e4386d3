"""Prints the series that the radar lays over one another: told apart by line and marker as well as hue."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from hsb_desktop.analysis.legend import SeriesLook
from hsb_desktop.report.content_radar import Radar
from hsb_desktop.report.flow import Flow
from hsb_desktop.report.overlaid import OverlaidAxes
from hsb_desktop.report.page_style import HEADING, SMALL
from hsb_desktop.report.pdf_section import begin_section
from hsb_desktop.report.pdf_table import (
    SMALL_CELL,
    Cell,
    Column,
    height_of_beginning,
    height_of_table,
    print_table,
)
from hsb_desktop.report.radar_drawing import radar_code, series_sample
from hsb_desktop.report.radar_layout import printed_look

TITLE = "Waves and agencies over one another"
_RADAR_HEIGHT, _SMALL_RADAR_HEIGHT = 330.0, 236.0
"""Of the domains, and of one domain's statements: two of these go on a page."""
_NAME_WIDTH, _LINE_WIDTH = 118.0, 44.0
_MOST_COLUMNS = 10


def print_overlaid(flow: Flow, found: Sequence[OverlaidAxes]) -> None:
    """Print the radars and, below them, the same numbers as a table; nothing where there is none."""
    if not found:
        return
    begin_section(flow, TITLE, subtitle="As chosen on the radar.")
    flow.text(
        "From 0 in the centre to 4 at the outer ring. A hollow point: part scored. A gap: nothing scored.",
        SMALL,
    )
    for place, each in enumerate(found):
        _print_one(flow, each, _SMALL_RADAR_HEIGHT if place else _RADAR_HEIGHT)


def _print_one(flow: Flow, found: OverlaidAxes, height: float) -> None:
    rows = [_row(found, place) for place in range(len(found.rows))]
    chunks = [
        range(first, min(first + _MOST_COLUMNS, len(found.axes)))
        for first in range(0, len(found.axes), _MOST_COLUMNS)
    ]
    tables = [(_columns(flow, found, chunk), [_cells(row, chunk) for row in rows]) for chunk in chunks]
    whole = (
        HEADING.leading
        + len(found.radars) * (height + 8)
        + sum(height_of_table(flow, columns, cells) for columns, cells in tables)
    )
    beginning = height if found.radars else height_of_beginning(flow, *tables[0])
    flow.space(10)
    # A radar and its numbers stand on one page where one is enough for them.
    has_page = whole <= flow.frame.top - flow.frame.bottom
    flow.need(whole if has_page else HEADING.leading + beginning + 8)
    flow.bookmark(found.title, 1)
    flow.text(found.title, HEADING, kind="H2")
    for radar in found.radars:
        _radar(flow, radar, height)
    for columns, cells in tables:
        print_table(flow, columns, cells)


def _radar(flow: Flow, radar: Radar, height: float) -> None:
    flow.need(height + 8)
    bottom = flow.y - height
    flow.put(
        flow.parent.child("Figure", alternative=radar.description),
        radar_code(flow.document, radar, (flow.frame.left, bottom), (flow.frame.width, height)),
    )
    flow.y = bottom - 8


def _columns(flow: Flow, found: OverlaidAxes, chunk: range) -> list[Column]:
    width = (flow.frame.width - _NAME_WIDTH - _LINE_WIDTH) / len(chunk)
    return [
        Column("Wave and party", _NAME_WIDTH),
        Column("Line", _LINE_WIDTH),
        *(Column(found.axes[place].label, width, is_number=True) for place in chunk),
    ]


def _row(found: OverlaidAxes, place: int) -> tuple[Cell, ...]:
    row = found.rows[place]
    return row.name, partial(_sample, row.look), *row.values


def _cells(row: Sequence[Cell], chunk: range) -> list[Cell]:
    return [*row[:2], *(row[2 + place] for place in chunk)]


def _sample(look: SeriesLook, left: float, top: float) -> str:
    return series_sample(printed_look(look), left, top - SMALL_CELL.leading / 2)
