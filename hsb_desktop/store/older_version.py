"""Reads a file of an older version as it is: what its version has no table for, it holds none of.

Such tables stand empty in the connection's own memory, under their names, so that every question to an audit
is the same in all versions. Nothing of them gets into the file or into a copy of it.
"""

from __future__ import annotations

from hsb_desktop.store.connection import Connection
from hsb_desktop.store.schema import MIGRATIONS, USER_VERSION, VERSIONS

_MAKES_TABLE = "CREATE TABLE "


def version_of(connection: Connection) -> int:
    """Return the version of the tables in the file: one of `VERSIONS`, or any other number in no audit."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def is_older(connection: Connection) -> bool:
    """Whether the file is of an older version than this program writes."""
    return version_of(connection) != USER_VERSION


def add_missing_tables(connection: Connection) -> None:
    """Let the connection find an empty table for each that the file's version has not; none if it has all.

    Tables that a newer process has made in the file meanwhile are seen again.
    """
    for (name,) in connection.execute("SELECT name FROM temp.sqlite_schema WHERE type = 'table'").fetchall():
        connection.execute(f"DROP TABLE temp.{name}")
    version = version_of(connection)
    if version == USER_VERSION:
        return
    for migration in MIGRATIONS[VERSIONS.index(version) + 1 :]:
        for statement in migration.split(";\n"):
            made = statement.strip()
            if not made.startswith(_MAKES_TABLE):
                raise NotImplementedError("a step of a migration that is not a new table")
            connection.execute(f"CREATE TEMP TABLE {made.removeprefix(_MAKES_TABLE)}")
