"""Judges a file before anything of it is used, without changing a byte of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hsb_desktop.errors import FileRefused
from hsb_desktop.store.connection import Connection, DatabaseError, open_for_reading
from hsb_desktop.store.digest import EMPTY_DIGEST, replaced, value_digest
from hsb_desktop.store.schema import APPLICATION_ID, SCHEMA_QUERY, USER_VERSION, expected_schema
from hsb_desktop.store.tables import read_audit

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_VERSION_AT, _APPLICATION_AT = 60, 68
_MOST_STEPS = 20_000
"""Virtual-machine steps, in thousands: an honest audit takes a few hundred; a hostile one ends here."""


def judge(path: Path) -> None:
    """Return if the file is a sound audit of the present version; else raise FileRefused, in plain words."""
    _judge_header(path)
    with _quiet_copy(path) as judged:
        try:
            connection = open_for_reading(judged)
            try:
                _judge_content(connection, path.name)
            finally:
                connection.close()
        except DatabaseError as error:
            raise _damaged(path.name) from error


def hot_journal(path: Path) -> Path | None:
    """Return the journal that a killed program left beside a file with a write half done, or None."""
    journal = path.with_name(path.name + "-journal")
    try:
        return journal if journal.stat().st_size else None
    except OSError:
        return None


def _judge_header(path: Path) -> None:
    try:
        if path.is_dir():
            raise FileRefused(f"{path} is a folder, not an audit file.")
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except FileNotFoundError as error:
        raise FileRefused(f"{path} does not exist. It may have been moved or renamed.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FileRefused(f"{path} cannot be read: {reason}. It was left as it is.") from error
    if not header:
        raise FileRefused(f"{path.name} is empty, so it is not an audit file. It was left as it is.")
    if not header.startswith(_MAGIC):
        raise FileRefused(
            f"{path.name} is not an audit file, or it is damaged at its start. It was left as it is."
        )
    if len(header) < _HEADER_BYTES:
        raise _damaged(path.name)
    if int.from_bytes(header[_APPLICATION_AT : _APPLICATION_AT + 4]) != APPLICATION_ID:
        raise FileRefused(f"{path.name} belongs to another program. It was left as it is.")
    if int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4]) > USER_VERSION:
        raise FileRefused(
            f"{path.name} was made by a newer version of this program. It was left as it is: "
            "open it with that version, or update this one."
        )


@contextmanager
def _quiet_copy(path: Path) -> Iterator[Path]:
    """Yield the file itself or, where a killed program left a journal, a private copy of both.

    SQLite finishes such a journal when it opens the file, and a file that was not judged yet is not written.
    """
    journal = hot_journal(path)
    if journal is None:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="hsb-audit-") as folder:
        copy = Path(folder) / "audit.hsbaudit"
        try:
            shutil.copyfile(path, copy)
            shutil.copyfile(journal, copy.with_name(copy.name + "-journal"))
            connection = _roll_back(copy)
            connection.close()
        except (OSError, DatabaseError) as error:
            raise _damaged(path.name) from error
        yield copy


def _roll_back(copy: Path) -> Connection:
    from hsb_desktop.store.connection import open_for_writing

    connection = open_for_writing(copy)
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return connection


def _judge_content(connection: Connection, name: str) -> None:
    steps = 0

    def work_is_bounded() -> int:
        nonlocal steps
        steps += 1
        return int(steps > _MOST_STEPS)

    connection.set_progress_handler(work_is_bounded, 1000)
    if tuple(tuple(row) for row in connection.execute(SCHEMA_QUERY)) != expected_schema():
        raise FileRefused(
            f"{name} holds tables that this program did not make. For safety it is not opened; "
            "it was left as it is."
        )
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise _damaged(name)
    problems = content_problems(connection)
    if problems:
        raise FileRefused(
            f"{name} is damaged: {problems[0]} It was left as it is; open an earlier copy of it."
        )


def content_problems(connection: Connection) -> tuple[str, ...]:
    """Return sentences about content that does not agree with itself; empty when all is well."""
    rows = connection.execute(
        "SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM instrument), (SELECT count(*) FROM seal)"
    ).fetchone()
    if tuple(rows) != (1, 1, 1):
        return ("it does not hold exactly one audit.",)
    try:
        audit = read_audit(connection)
        entered = {str(address): value_digest(str(address), value) for address, value in audit.values()}
    except (TypeError, ValueError, KeyError, UnicodeError):
        return ("a value in it is not one that an audit can hold.",)
    problems = []
    kept = {
        address: digest
        for address, digest in connection.execute("SELECT address, digest FROM value_state")
        if digest != EMPTY_DIGEST
    }
    different = {
        address for address in entered.keys() | kept.keys() if entered.get(address) != kept.get(address)
    }
    if different:
        problems.append(f"{len(different)} of its values are not as they were saved.")
    total = EMPTY_DIGEST
    for digest in entered.values():
        total = replaced(total, EMPTY_DIGEST, digest)
    if not different and total != connection.execute("SELECT digest FROM seal").fetchone()[0]:
        problems.append("its content is not as it was saved.")
    unknown = [key for key in audit.responses if not audit.instrument.has_statement(key.statement_id)]
    if unknown:
        problems.append(f"it answers {len(unknown)} statements that its edition does not have.")
    return tuple(problems)


def _damaged(name: str) -> FileRefused:
    return FileRefused(
        f"{name} is damaged and cannot be read whole. It was left as it is; open an earlier copy."
    )
