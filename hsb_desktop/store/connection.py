"""The one place where an audit file is opened, with the settings that keep its edits through a power cut.

`TRUNCATE` with `EXTRA` is the setting under which no acknowledged edit was lost in simulated power cuts and a
plain copy of the main file, made while it was open, was complete; see `docs/file-format.md`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2 as sqlite

from hsb_desktop.errors import HsbError, NotSaved
from hsb_desktop.store.password import as_typed_anywhere

Connection = Any
"""A DB-API connection of sqlcipher3, which has no type information."""

DatabaseError: tuple[type[Exception], ...] = (sqlite.Error, UnicodeDecodeError)
"""What the database raises; in a damaged file even the words of its own complaint may be no text."""
ConstraintError = sqlite.IntegrityError
"""A value that the tables do not take: a bug of ours, because values are checked before they get here."""

BUSY_SECONDS = 5.0
"""How long a lock that another program holds is waited for."""

_SETTINGS: tuple[tuple[str, str, object], ...] = (
    ("synchronous", "EXTRA", 3),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("foreign_keys", "ON", 1),
    *((("fullfsync", "ON", 1),) if sys.platform == "darwin" else ()),
)


def open_for_reading(path: Path, password: str | None = None) -> Connection:
    """Return a connection that cannot write a byte of the file; `password` opens a protected one."""
    connection = _connect(database_uri(path.absolute(), "ro"), password)
    with _closed_at_a_fault(connection):
        _apply_settings(connection)
    return connection


def open_for_writing(path: Path, password: str | None = None, *, new: bool = False) -> Connection:
    """Return a connection for editing; the file must exist unless `new`. `password` is a protected file's.

    Raises HsbError if a setting did not take, because the promise of "saved" rests on them.
    """
    connection = _connect(database_uri(path.absolute(), "rwc" if new else "rw"), password)
    with _closed_at_a_fault(connection):
        _apply_settings(connection)
        if connection.execute("PRAGMA journal_mode = TRUNCATE").fetchone()[0] != "truncate":
            raise HsbError(f"{path.name} could not be opened for safe writing. It is as it was.")
    return connection


def database_uri(path: PurePath, mode: str) -> str:
    r"""Return the URI by which SQLite opens the file of this absolute path, whatever its name holds.

    `Path.as_uri` would write the server of a Windows share (`\\server\share`) where SQLite allows no name, so
    there the path begins after an empty one: `file:////server/share`.
    """
    place = path.as_posix()
    start = "file://" if place.startswith("/") else "file:///"
    return f"{start}{quote(os.fsencode(place), safe='/:')}?mode={mode}"


def memory_connection() -> Connection:
    """Return a database that lives only in memory."""
    return _connect(":memory:")


def leave_single_file(connection: Connection) -> None:
    """End the journal so that the audit is one file; what another program holds meanwhile stays as it is."""
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except DatabaseError:
        # An empty journal file beside the audit is harmless and goes at the next close.
        return


def remove_journal(path: Path) -> None:
    """Leave nothing beside a file that could not be made; where all went well there is nothing to remove."""
    journal_of(path).unlink(missing_ok=True)


def journal_of(path: Path) -> Path:
    """Return the name that the journal of a database has, whether it is there or not."""
    return path.with_name(path.name + "-journal")


def is_held_by_another(error: Exception) -> bool:
    """Whether nothing is wrong but that another program is using the file."""
    return "locked" in str(error).lower()


def in_plain_words(error: Exception, path: Path) -> NotSaved:
    """Return what a fault of the disk or another program means to the person at the keyboard."""
    if not path.exists():
        # SQLite calls a file that was moved away "readonly".
        return NotSaved(
            f"Not saved: {path.name} is no longer in {path.parent}. It was moved, renamed or deleted, or its "
            "stick was pulled out. Everything is still on this screen: save it elsewhere."
        )
    text = str(error).lower()
    for sign, sentence in _FAULTS:
        if sign in text:
            return NotSaved(sentence.format(name=path.name, folder=path.parent))
    return NotSaved(f"Not saved: {path.name} could not be written ({error}). Try again, or save elsewhere.")


_FAULTS = (
    ("disk is full", "Not saved: the disk is full. Make room and try again, or save elsewhere."),
    (
        "locked",
        "Not saved: another program is holding {name}. Close it there and try again, or save elsewhere.",
    ),
    ("readonly", "Not saved: {name} can only be read, not written. Save it elsewhere."),
    (
        "i/o error",
        "Not saved: the disk or stick that holds {name} does not answer. Check it and try again, "
        "or save elsewhere.",
    ),
    ("unable to open", "Not saved: {name} can no longer be reached in {folder}. Save it elsewhere."),
    (
        "malformed",
        "Not saved: {name} has been damaged on the disk. What is on the screen is safe: save it elsewhere.",
    ),
    (
        "not a database",
        "Not saved: {name} is no longer an audit file. What is on the screen is safe: save it elsewhere.",
    ),
)


def attach(connection: Connection, name: str, path: Path, mode: str, password: str | None) -> None:
    """Let a connection reach another file under a name; the password is a bound value, never SQL text."""
    key = "" if password is None else as_typed_anywhere(password)
    uri = database_uri(path.absolute(), mode)
    connection.execute(f"ATTACH DATABASE ? AS {name} KEY ?", (uri, key))


def file_behind(connection: Connection) -> Path:
    """Return the file that a connection reads: the audit itself, or the private copy in its place."""
    return Path(connection.execute("PRAGMA database_list").fetchone()[2])


def _connect(database: str, password: str | None = None) -> Connection:
    connection = sqlite.connect(
        database,
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        # The file's owner hands the connection to one writer thread; never two at a time use it.
        check_same_thread=False,
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    if password is not None:
        with _closed_at_a_fault(connection):
            connection.set_key(as_typed_anywhere(password))
    return connection


@contextmanager
def _closed_at_a_fault(connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _apply_settings(connection: Connection) -> None:
    connection.execute("PRAGMA mmap_size = 0")
    for name, value, expected in _SETTINGS:
        connection.execute(f"PRAGMA {name} = {value}")
        if connection.execute(f"PRAGMA {name}").fetchone()[0] != expected:
            raise HsbError(f"The database on this computer does not keep the setting {name} = {value}.")
