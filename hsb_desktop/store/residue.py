"""Whether anything of a text is left in the bytes of a file."""

from __future__ import annotations

from collections.abc import Iterable

from hsb_desktop.errors import NotRemoved
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import Connection, journal_of

_SHORTEST_PATTERNS = (("utf-8", 4), ("utf-16-le", 6), ("utf-16-be", 6))
"""Bytes. Shorter ones stand by chance in identifiers and digests, and where two cells meet."""


def is_in_bytes(file: AuditFile, spellings: Iterable[str]) -> bool:
    """Whether a text, in one of these spellings, stands in the bytes of a file or its journal.

    What stands within longer words, identifiers and digests of the file as it is now does not count. Raises
    NotRemoved if the bytes cannot be read.
    """
    real = file.path.resolve()
    try:
        journal = journal_of(real)
        content = real.read_bytes() + (journal.read_bytes() if journal.exists() else b"")
    except OSError as error:
        raise NotRemoved(
            f"The text was removed from {file.path.name}, but the file could not be looked through "
            f"({error.strerror or error}). Remove the same text once more."
        ) from error
    for spelling in spellings:
        for encoding, shortest in _SHORTEST_PATTERNS:
            pattern = spelling.encode(encoding, "surrogatepass")
            count = content.count(pattern) if len(pattern) >= shortest else 0
            if count and count > _times_in_cells(file.connection, pattern):
                return True
    return False


def _times_in_cells(connection: Connection, pattern: bytes) -> int:
    """Return how often the bytes may stand in the file: within longer words, identifiers and digests.

    What is in a cell that an index keeps too stands there once more.
    """
    times = 0
    for table, column, copies in connection.execute(
        "SELECT tables.name, columns.name, 1 + (SELECT count(*)"
        " FROM pragma_index_list(tables.name) AS indexes, pragma_index_info(indexes.name) AS indexed"
        " WHERE indexed.name = columns.name AND NOT (tables.wr AND indexes.origin = 'pk'))"
        " FROM pragma_table_list AS tables, pragma_table_info(tables.name) AS columns"
        " WHERE tables.schema = 'main' AND tables.type = 'table'"
    ).fetchall():
        for (cell,) in connection.execute(f"SELECT {column} FROM {table}"):
            if isinstance(cell, str | bytes):
                times += copies * (cell.encode() if isinstance(cell, str) else cell).count(pattern)
    return times
