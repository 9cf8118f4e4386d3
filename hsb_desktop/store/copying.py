"""Writes an audit that is open whole into another file: by SQLite itself, never byte by byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hsb_desktop.errors import OutputRefused
from hsb_desktop.store.connection import (
    Connection,
    DatabaseError,
    leave_single_file,
    open_for_writing,
    remove_journal,
)
from hsb_desktop.store.gate import judge
from hsb_desktop.whole_file import whole_file


def write_whole(
    connection: Connection,
    out: Path,
    password: str | None,
    change: Callable[[Connection], None] | None = None,
) -> None:
    """Write everything that the connection sees on the disk into `out`, under the password that it has.

    `change` is done to the copy before it gets its name; what that deletes leaves nothing behind. The copy is
    of the same version as the audit, and judged as any file is that is opened. An earlier file of the name is
    replaced. Raises OutputRefused, with nothing left behind.
    """
    with whole_file(out) as temporary:
        try:
            # An empty file that only its owner may read is there already; SQLite fills it.
            connection.execute("VACUUM INTO ?", (str(temporary),))
            copy = open_for_writing(temporary, password)
            try:
                if change is not None:
                    change(copy)
                    # Deleted rows leave nothing in a database that is built anew.
                    copy.execute("VACUUM")
                leave_single_file(copy)
            finally:
                copy.close()
                remove_journal(temporary)
        except DatabaseError as error:
            raise OutputRefused(f"{out} could not be written: {error}. Nothing was left behind.") from error
        judge(temporary, password)
