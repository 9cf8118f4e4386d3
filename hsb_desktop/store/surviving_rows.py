"""Reads what rows of a damaged, protected audit the database still gives, page after page that it refuses.

A protected file's pages cannot be read without the database, which refuses a page of which one bit is wrong.
So each table is read from its beginning and from its end, and a numbered one in halves around what is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

from hsb_desktop.store.connection import Connection, DatabaseError
from hsb_desktop.store.salvage import Row
from hsb_desktop.store.schema import SCHEMA_QUERY, VERSIONS, expected_schema

_ORDER = {
    "prompt": ("statement_id", "position"),
    "attendance": ("wave_id", "agency_id"),
    "response_score": ("wave_id", "party_id", "statement_id"),
    "value_state": ("address",),
    "scoring_round": ("wave_id", "statement_id", "round_number"),
    "vote": ("wave_id", "statement_id", "round_number", "agency_id"),
    "series": ("wave_id", "party_id"),
}
"""The tables without row numbers, with what they are ordered by."""
_NUMBERED = (
    "instrument", "scale_point", "domain", "statement", "audit", "wave", "sitting", "agency", "response_text",
    "domain_note", "reading", "conflict", "seal", "history", "agreement", "pack",
)  # fmt: skip
_MOST_REFUSALS = 60
"""Each costs a tenth of a second, for the password."""
_FEWEST_APART = 4
_MOST_ROWS = 2_000_000


def surviving_rows(connect: Callable[[], Connection]) -> Iterator[Row]:
    """Yield the rows that can be read, some twice; none if the tables are not exactly an audit's.

    `connect` opens the file for reading; again after each refusal, because a connection that met one page
    that it refuses gives no other any more. Raises what the database raises if the file does not open.
    """
    with closing(_Reader(connect)) as reader:
        tables = reader.our_tables()
        for table, key in _ORDER.items():
            if table not in tables:
                continue
            for direction in ("ASC", "DESC"):
                order = ", ".join(f"{column} {direction}" for column in key)
                rows, _ = reader.ask(table, f"SELECT * FROM {table} ORDER BY {order}")
                yield from rows
        for table in _NUMBERED:
            if table in tables:
                yield from reader.numbered(table)


class _Reader:
    """Asks, and opens the file anew after each refusal."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._refusals = 0
        self._connection = self._opened()

    def close(self) -> None:
        self._connection.close()

    def our_tables(self) -> frozenset[str]:
        """Return the tables of the file; none unless they are exactly those of a version that there was."""
        rows, is_whole = self.ask("", SCHEMA_QUERY)
        found = tuple(row.columns for row in rows)
        if not is_whole or found not in map(expected_schema, VERSIONS):
            return frozenset()
        return frozenset(str(name) for kind, name, *_ in found if kind == "table")

    def ask(self, table: str, query: str) -> tuple[list[Row], bool]:
        """Return the rows up to the first refusal, and whether there was none."""
        rows: list[Row] = []
        if self._refusals > _MOST_REFUSALS:
            return rows, False
        try:
            cursor = self._connection.execute(query)
            while (columns := cursor.fetchone()) is not None and len(rows) < _MOST_ROWS:
                rows.append(Row(tuple(columns), table))
        except DatabaseError:
            self._refusals += 1
            self._connection.close()
            self._connection = self._opened()
            return rows, False
        return rows, True

    def numbered(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table, leaving out as few numbers as can be."""
        rows, is_whole = self.ask(table, f"SELECT * FROM {table} NOT INDEXED ORDER BY rowid")
        yield from rows
        if is_whole:
            return
        rows, _ = self.ask(table, f"SELECT * FROM {table} NOT INDEXED ORDER BY rowid DESC")
        yield from rows
        numbers, _ = self.ask(table, f"SELECT max(rowid) FROM {table}")
        last = numbers[0].columns[0] if numbers else None
        ranges = [(1, last + 1)] if isinstance(last, int) else []
        while ranges and self._refusals <= _MOST_REFUSALS:
            first, past = ranges.pop()
            between = f"rowid >= {first} AND rowid < {past}"
            rows, is_whole = self.ask(table, f"SELECT * FROM {table} NOT INDEXED WHERE {between}")
            yield from rows
            if not is_whole and past - first > _FEWEST_APART:
                middle = (first + past) // 2
                ranges += [(middle, past), (first, middle)]

    def _opened(self) -> Connection:
        connection = self._connect()
        connection.text_factory = _text
        return connection


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
