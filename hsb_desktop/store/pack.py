"""Small files that hold a chosen part of an audit, with the revisions that its values have there.

A pack is made of what belongs into it, value by value: never a copy from which something was taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from hsb_desktop.errors import OutputRefused
from hsb_desktop.model import Audit
from hsb_desktop.store.audit_file import AuditFile, fill_new_database
from hsb_desktop.store.connection import (
    Connection,
    ConstraintError,
    DatabaseError,
    in_plain_words,
    leave_single_file,
    memory_connection,
    open_for_writing,
    remove_journal,
)
from hsb_desktop.store.digest import EMPTY_DIGEST
from hsb_desktop.store.gate import judge

Ancestry = Mapping[str, tuple[str, ...]]
"""By revision, its parents: none, one, or the two that were merged."""


def write_part(
    out: Path,
    part: Audit,
    revisions: Mapping[str, str],
    ancestry: Ancestry,
    password: str | None = None,
) -> None:
    """Write a part of an audit into an empty file, protected if there is a password; no history, no author.

    `revisions` says by address, as text, which revision a value has; an address at which the part holds
    nothing is remembered as emptied. A value that is not named is an edit of its own. `ancestry` has all
    that these revisions go back to. Raises OutputRefused if the disk refuses.
    """
    connection = open_for_writing(out, password, new=True)
    try:
        _fill(connection, part, revisions, ancestry)
        leave_single_file(connection)
    except ConstraintError:
        raise
    except DatabaseError as error:
        raise OutputRefused(str(in_plain_words(error, out))) from error
    finally:
        connection.close()
        remove_journal(out)
    judge(out, password)


def in_memory(
    name: Path, part: Audit, revisions: Mapping[str, str], ancestry: Ancestry, authors: Mapping[str, str]
) -> AuditFile:
    """Return the same as a file that is only read and never on any disk; `name` is what messages call it.

    `authors` says by address who entered a value, where that is known.
    """
    connection = memory_connection()
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        _fill(connection, part, revisions, ancestry)
        _sign(connection, authors)
        return AuditFile(name, connection, is_read_only=True)
    except BaseException:
        connection.close()
        raise


def _fill(connection: Connection, part: Audit, revisions: Mapping[str, str], ancestry: Ancestry) -> None:
    fill_new_database(connection, part)
    connection.execute("BEGIN IMMEDIATE")
    # A revision may be written before its parents; at the end of the transaction all are there.
    connection.execute("PRAGMA defer_foreign_keys = ON")
    held = {address for (address,) in connection.execute("SELECT address FROM value_state")}
    connection.executemany(
        "INSERT INTO revision VALUES (?, ?, ?)",
        [(each, *_two(ancestry.get(each, ()))) for each in _with_ancestors(revisions.values(), ancestry)],
    )
    connection.executemany(
        "UPDATE value_state SET revision_id = ? WHERE address = ?",
        [(revision_id, address) for address, revision_id in revisions.items() if address in held],
    )
    connection.executemany(
        "INSERT INTO value_state VALUES (?, ?, ?)",
        [(address, each, EMPTY_DIGEST) for address, each in revisions.items() if address not in held],
    )
    connection.execute(
        "DELETE FROM revision WHERE parent_id IS NULL AND other_parent_id IS NULL"
        " AND revision_id NOT IN (SELECT revision_id FROM value_state)"
        " AND revision_id NOT IN (SELECT parent_id FROM revision WHERE parent_id IS NOT NULL)"
        " AND revision_id NOT IN (SELECT other_parent_id FROM revision WHERE other_parent_id IS NOT NULL)"
    )
    connection.execute("COMMIT")


def _sign(connection: Connection, authors: Mapping[str, str]) -> None:
    connection.executemany(
        "INSERT INTO history (revision_id, address, author, edited_at, label, digest)"
        " SELECT revision_id, address, ?, '', '', digest FROM value_state WHERE address = ?",
        [(author, address) for address, author in authors.items()],
    )


def _with_ancestors(revision_ids: Iterable[str], ancestry: Ancestry) -> tuple[str, ...]:
    found: dict[str, None] = {}
    waiting = list(revision_ids)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found[each] = None
            waiting += ancestry.get(each, ())
    return tuple(found)


def _two(parents: tuple[str, ...]) -> tuple[str | None, str | None]:
    parent, other, *_ = (*parents, None, None)
    return parent, other
