"""Schemas that are not ours to the letter, made by code; each would harm a program that trusted it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hsb_desktop.store.connection import memory_connection
from hsb_desktop.store.schema import create_schema

Editing = Callable[[sqlite3.Connection], object]
_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


@dataclass(frozen=True, slots=True)
class HostileSchema:
    """One of them: its name, and what makes it out of a sound file."""

    name: str
    edit: Editing


def make_hostile(path: Path, schema: HostileSchema) -> None:
    """Turn the closed sound file into this one."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA writable_schema = ON")
        schema.edit(connection)


@cache
def hostile_schemas() -> tuple[HostileSchema, ...]:
    """All of them, always in the same order."""
    return (*_for_every_table(), *_single())


def _run(*statements: str) -> Editing:
    return lambda connection: [connection.execute(statement).fetchall() for statement in statements]


def _words(name: str, before: str, after: str) -> Editing:
    """Other words in the schema for the thing of this name, its rows as they were."""
    return lambda connection: connection.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?", (before, after, name)
    )


def _columns() -> dict[str, list[str]]:
    connection = memory_connection()
    try:
        create_schema(connection)
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in tables
        }
    finally:
        connection.close()


def _for_every_table() -> Iterator[HostileSchema]:
    for table, columns in _columns().items():
        first, last = columns[0], columns[-1]
        edits: dict[str, Editing] = {
            "a trigger": _run(
                f"CREATE TRIGGER t AFTER UPDATE ON {table} BEGIN UPDATE response_score SET score = 4; END"
            ),
            "a trigger before": _run(
                f"CREATE TRIGGER t BEFORE INSERT ON {table} BEGIN DELETE FROM response_text; END"
            ),
            "an index": _run(f"CREATE INDEX extra ON {table} ({last})"),
            "an index that computes": _run(f"CREATE INDEX extra ON {table} (hex({last}) || 'x')"),
            "an index of some rows": _run(f"CREATE INDEX extra ON {table} ({first}) WHERE {last} IS NULL"),
            "a column": _run(f"ALTER TABLE {table} ADD COLUMN extra TEXT"),
            "a column that computes": _run(f"ALTER TABLE {table} ADD COLUMN extra TEXT AS (upper({first}))"),
            "a renamed column": _run(f"ALTER TABLE {table} RENAME COLUMN {last} TO other"),
            "another name": _run(f"ALTER TABLE {table} RENAME TO {table}_2"),
            "none of its rules of types": _words(table, "STRICT", ""),
            "capitals": _words(table, f"CREATE TABLE {table}", f"CREATE TABLE {table.upper()}"),
            "a comment": _words(table, "(", "( /* */"),
            "another type": _words(table, "TEXT", "ANY"),
        }
        for name, edit in edits.items():
            if not (name == "another type" and table in {"seal"}):
                yield HostileSchema(f"{table} with {name}", edit)


def _two_roots(first: str, second: str) -> Editing:
    """One table shows the rows of the other; no word of the schema differs."""

    def edit(connection: sqlite3.Connection) -> None:
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_schema").fetchall())
        connection.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = ?", (roots[second], first))
        connection.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = ?", (roots[first], second))

    return edit


def _root(name: str, page: int) -> Editing:
    return lambda connection: connection.execute(
        "UPDATE sqlite_schema SET rootpage = ? WHERE name = ?", (page, name)
    )


def _row(kind: str, name: str, table: str, page: int, sql: str | None) -> Editing:
    return lambda connection: connection.execute(
        "INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", (kind, name, table, page, sql)
    )


def _many_tables(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    for number in range(800):
        connection.execute(f"CREATE TABLE t{number} (x)")
    connection.execute("COMMIT")


def _single() -> Iterator[HostileSchema]:
    yield from (HostileSchema(name, edit) for name, edit in _SINGLE.items())


_SINGLE: dict[str, Editing] = {
    "a view without end": _run(f"CREATE VIEW v AS {_ENDLESS}"),
    "our view without end": _run("DROP VIEW response", f"CREATE VIEW response AS {_ENDLESS}"),
    "our view that loads a library": _run(
        "DROP VIEW response", "CREATE VIEW response AS SELECT load_extension('x') AS wave_id"
    ),
    "our view without a line": _words("response", "response_score.target,", "4 AS target,"),
    "our view with other words": _words("response", "reason", "cause"),
    "our view as a table": _run("DROP VIEW response", "CREATE TABLE response (wave_id TEXT)"),
    "no view": _run("DROP VIEW response"),
    "a table as a view": _run(
        "ALTER TABLE reading RENAME TO kept", "CREATE VIEW reading AS SELECT * FROM kept"
    ),
    "scores as a view": _run(
        "ALTER TABLE response_score RENAME TO kept",
        "CREATE VIEW response_score AS SELECT wave_id, party_id, statement_id, 4 AS score, no_view, target"
        " FROM kept",
    ),
    "a trigger instead of a view": _run(
        "CREATE TRIGGER t INSTEAD OF INSERT ON response BEGIN DELETE FROM history; END"
    ),
    "a trigger that never ends": _run(
        f"CREATE TRIGGER t AFTER UPDATE ON seal BEGIN {_ENDLESS}; END"
    ),
    "a trigger on a delete": _run(
        "CREATE TRIGGER t AFTER DELETE ON history BEGIN UPDATE audit SET title = 'x'; END"
    ),
    "a rule that never ends": _words("reading", "text TEXT", "text TEXT CHECK (length(hex(zeroblob(1e8))))"),
    "a rule that counts for ever": _words(
        "wave", "position > 0", "position > 0 AND length(printf('%.*c', 1000000000, 'x'))"
    ),
    "a default that computes": _words("wave", "label TEXT", "label TEXT DEFAULT (hex(randomblob(1e8)))"),
    "a full-text table": _run("CREATE VIRTUAL TABLE extra USING fts5(x)"),
    "an old full-text table": _run("CREATE VIRTUAL TABLE extra USING fts4(x)"),
    "a table of boxes": _run("CREATE VIRTUAL TABLE extra USING rtree(a, b, c)"),
    "a virtual table that is not there": _row(
        "table", "extra", "extra", 0, "CREATE VIRTUAL TABLE extra USING dbstat(main)"
    ),
    "a virtual table of a library": _row(
        "table", "extra", "extra", 0, "CREATE VIRTUAL TABLE extra USING csv(filename='/etc/passwd')"
    ),
    "statistics": _run("ANALYZE"),
    "a counter": _run("CREATE TABLE extra (x INTEGER PRIMARY KEY AUTOINCREMENT)"),
    "a table without columns' types": _run("CREATE TABLE extra (x)"),
    "a table that looks internal": _row("table", "sqlite_extra", "sqlite_extra", 2, "CREATE TABLE x (y)"),
    "800 tables": _many_tables,
    "no history": _run("DROP TABLE history"),
    "no seal": _run("DROP TABLE seal"),
    "no index": _run("DROP INDEX history_by_address"),
    "an index of other columns": _words("history_by_address", "(address)", "(author)"),
    "an index of one of each": _words("history_by_address", "CREATE INDEX", "CREATE UNIQUE INDEX"),
    "an index in another order": _words("history_by_address", "(address)", "(address DESC)"),
    "an index with other letters": _words("history_by_address", "(address)", "(address COLLATE NOCASE)"),
    "a text with other letters": _words("agency", "name TEXT", "name TEXT COLLATE NOCASE"),
    "a text with unknown letters": _words("agency", "name TEXT", "name TEXT COLLATE northmoor"),
    "numbers for rows": _words("revision", "STRICT, WITHOUT ROWID", "STRICT"),
    "no numbers for rows": _words("reading", "STRICT", "STRICT, WITHOUT ROWID"),
    "no foreign keys": _words("sitting", "REFERENCES wave (wave_id)", ""),
    "foreign keys that delete": _words("sitting", "DEFERRABLE", "ON DELETE CASCADE DEFERRABLE"),
    "any score": _words("response_score", "BETWEEN 0 AND 4", "BETWEEN 0 AND 9"),
    "a line end more": _words("reading", "STRICT", "STRICT\n"),
    "a space more": _words("reading", "text TEXT", "text  TEXT"),
    "a comment of SQL": _words("reading", "text TEXT", "text TEXT -- all is well\n"),
    "names in quotation marks": _words("reading", "text TEXT", '"text" TEXT'),
    "a letter that looks like another": _words("reading", "text TEXT", "teхt TEXT"),
    "a nothing in the words": _words("reading", "STRICT", "STRICT\0"),
    "words that are no SQL": _words("reading", "CREATE TABLE", "CREATE TABEL"),
    "a megabyte of words": _words("reading", "STRICT", "STRICT" + " " * 1_000_000),
    "no words": _run("UPDATE sqlite_schema SET sql = NULL WHERE name = 'reading'"),
    "words that are a number": _run("UPDATE sqlite_schema SET sql = 5 WHERE name = 'reading'"),
    "words that are bytes": _run("UPDATE sqlite_schema SET sql = CAST(sql AS BLOB) WHERE name = 'reading'"),
    "words that are no text": _run(
        "UPDATE sqlite_schema SET sql = CAST(x'ff00ff' AS TEXT) WHERE name = 'wave'"
    ),
    "the words of another table": _run(
        "UPDATE sqlite_schema SET sql = (SELECT sql FROM sqlite_schema WHERE name = 'wave')"
        " WHERE name = 'reading'"
    ),
    "another name in the list": _run("UPDATE sqlite_schema SET name = 'Reading' WHERE name = 'reading'"),
    "another table in the list": _run("UPDATE sqlite_schema SET tbl_name = 'wave' WHERE name = 'reading'"),
    "another kind in the list": _run("UPDATE sqlite_schema SET type = 'TABLE' WHERE name = 'reading'"),
    "a trigger in the list": _row(
        "trigger", "t", "seal", 0, "CREATE TRIGGER t AFTER UPDATE ON seal BEGIN SELECT 1; END"
    ),
    "a table twice in the list": _run(
        "INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'wave'"
    ),
    "an empty row in the list": _run("INSERT INTO sqlite_schema VALUES (NULL, NULL, NULL, NULL, NULL)"),
    "nothing in the list": _run("DELETE FROM sqlite_schema"),
    "a table that begins beyond the end": _root("reading", 2_000_000_000),
    "a table that begins at the list": _root("reading", 1),
    "a table that begins at zero": _root("reading", 0),
    "a table that begins before the file": _root("reading", -5),
    "scores that are notes": _two_roots("response_score", "attendance"),
    "agencies that are sittings": _two_roots("agency", "sitting"),
    "statements that are texts": _two_roots("statement", "response_text"),
    "an index that is another table's": _two_roots("history_by_address", "revision"),
    "other letters": _run("PRAGMA application_id = 1"),
    "other pages": _run("PRAGMA page_size = 65536", "DROP VIEW response", "VACUUM"),
}  # fmt: skip
