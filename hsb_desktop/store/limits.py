"""How much an audit file may hold: far more than any audit has, and no more than can be judged.

Without limits a file of a few megabytes could keep the program busy for minutes before it is refused. What
the program writes is held against the same limits, so that it makes no file that it would not open again.
"""

from __future__ import annotations

from types import MappingProxyType

from hsb_desktop.errors import InputRefused
from hsb_desktop.store.connection import Connection
from hsb_desktop.store.value_rules import LONGEST_TEXT
from hsb_desktop.values import ROUND_NUMBERS, ChangeSet, Subject

MOST_BYTES = 4 * LONGEST_TEXT
"""Bytes in one value: a character takes four at the most."""

MOST_ROWS = MappingProxyType(
    {
        "instrument": 1,
        "scale_point": 5,
        "audit": 1,
        "seal": 1,
        "domain": 100,
        "statement": 1_000,
        "prompt": 10_000,
        "wave": 1_000,
        "agency": 1_000,
        "sitting": 10_000,
        "conflict": 100_000,
        "attendance": 1_000_000,
        "response_score": 1_000_000,
        "response_text": 3_000_000,
        "domain_note": 100_000,
        "reading": 1_000,
        "value_state": 10_000_000,
        "scoring_round": 1_000_000,
        "vote": 1_000_000,
        "agreement": 1_000_000,
        "pack": 1,
        "series": 1_000_000,
        "revision": 10_000_000,
        "history": 10_000_000,
    }
)
"""By table, the few that others are counted by before those others."""

_CROWDED = (Subject.WAVE, Subject.AGENCY, Subject.SITTING, Subject.CONFLICT, Subject.PACK)
_FEW_CHANGES = 100
_TEXT_FIELDS = 3
_ROUNDS = len(ROUND_NUMBERS)


def rows_in(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has; one that has more than it may counts as one too many."""
    counts = (
        f"(SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {most + 1}))"
        for table, most in MOST_ROWS.items()
    )
    return dict(zip(MOST_ROWS, connection.execute(f"SELECT {', '.join(counts)}").fetchone(), strict=True))


def excess(connection: Connection, rows: dict[str, int]) -> str:
    """Return which limit is passed, as half a sentence; empty where none is."""
    parties, waves, statements = rows["agency"] + 1, rows["wave"], rows["statement"]
    possible = {
        "attendance": waves * rows["agency"],
        "response_score": waves * parties * statements,
        "response_text": waves * parties * statements * _TEXT_FIELDS,
        "domain_note": waves * rows["domain"],
        "reading": statements,
        "scoring_round": waves * statements * _ROUNDS,
        "vote": waves * statements * _ROUNDS * rows["agency"],
        "agreement": waves * statements,
        "series": waves * parties,
    }
    for table, count in rows.items():
        most = min(MOST_ROWS[table], possible.get(table, MOST_ROWS[table]))
        if count > most:
            return f"at most {most:,} rows in the table {table}"
    columns: dict[str, list[str]] = {table: [] for table in MOST_ROWS}
    for table, column in connection.execute(
        "SELECT tables.name, columns.name"
        " FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'"
    ):
        columns[table].append(f"octet_length({column}) > {MOST_BYTES}")
    too_long = (
        f"EXISTS (SELECT 1 FROM {table} WHERE {' OR '.join(lengths)})"
        for table, lengths in columns.items()
        if lengths  # an older version has not all tables
    )
    if connection.execute(f"SELECT {' OR '.join(too_long)}").fetchone()[0]:
        return f"at most {LONGEST_TEXT:,} characters in one text"
    return ""


def refuse_excess(connection: Connection, change_set: ChangeSet | None = None) -> None:
    """Raise InputRefused if a new file, or one after these changes, holds more than an audit can.

    Nothing is counted for a few changes in boxes, which are as many as the form has.
    """
    if (
        change_set is not None
        and len(change_set.changes) <= _FEW_CHANGES
        and not any(change.address.subject in _CROWDED for change in change_set.changes)
    ):
        return
    if too_much := excess(connection, rows_in(connection)):
        raise InputRefused(f"Not saved: it is more than an audit can hold ({too_much}). Nothing was changed.")
