"""What a person should know of a worksheet that came back: what was typed where nothing is taken from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hsb_desktop.errors import RowProblem
from hsb_desktop.interchange.rows import Entries, Entry, listed_rows, reasons_left_out
from hsb_desktop.interchange.text import shown


def named_after_file(name: str, notices: Iterable[str]) -> tuple[str, ...]:
    """Return notices that say of which file they are: several may come back at once."""
    return tuple(f"{shown(name)}: {notice}" for notice in notices)


def with_statements(problems: Iterable[RowProblem], read: Entries) -> tuple[RowProblem, ...]:
    """Return the problems with the statement or domain that a row is about, as far as that can be told.

    Who filled in a worksheet knows the statement; above its rows stand instructions.
    """
    about = {
        each.place: f"statement {each.statement_id}" if each.statement_id else f"domain {each.domain_id}"
        for each in read.with_faulty
    }
    return tuple(
        RowProblem(f"{each.row}, {about[each.row]}" if each.row in about else each.row, each.reason)
        for each in problems
    )


def cells_left_out(entries: Iterable[Entry], *, is_table: bool) -> Iterator[str]:
    """Yield a sentence for each column of ours with words that a pack's worksheet does not bring in.

    `is_table` says that a table fills it in for the partnership: it comments on its domain.
    """
    rows: dict[str, list[str]] = {}
    for entry in entries:
        for column, text in _beside_the_answer(entry).items():
            is_taken = is_table and not entry.statement_id and column in ("comments", "completed on")
            if text and not is_taken:
                rows.setdefault(column, []).append(entry.place)
    for column, places in rows.items():
        yield f'Not taken in, because no worksheet of this kind has it: "{column}" in {listed_rows(places)}.'


def stray_reasons(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return a sentence about these rows, whose reason for no view has no such answer beside it."""
    return reasons_left_out(entry.place for entry in entries)


def _beside_the_answer(entry: Entry) -> Mapping[str, str]:
    return {
        "comments": entry.comments,
        "completed on": entry.completed_on,
        "reading": entry.reading,
        "wave date": entry.wave_date,
        "sector": entry.sector,
        "agency area": entry.agency_area,
    }
