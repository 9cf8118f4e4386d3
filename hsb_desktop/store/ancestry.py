"""What a file knows of the edits that its values go back to; a merge decides by it. Nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterable

from hsb_desktop.errors import FileRefused
from hsb_desktop.store.audit_file import AuditFile

MOST_ANCESTORS = 2_000_000
"""Edits of the values that differ. Each takes about 300 bytes of memory while two copies are compared."""


def revisions_of(file: AuditFile) -> dict[str, str]:
    """Return by address, as text, the revision of every value that was ever entered."""
    with file.reading() as connection:
        return dict(connection.execute("SELECT address, revision_id FROM value_state"))


def ancestry_of(file: AuditFile, revision_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return these revisions and all that they go back to, each with its parents.

    Raises FileRefused where they go back further than any audit's do.
    """
    with file.reading() as connection:
        rows = connection.execute(
            "WITH RECURSIVE line (revision_id) AS ("
            " SELECT value FROM json_each(?)"
            " UNION SELECT revision.parent_id FROM line JOIN revision USING (revision_id)"
            " WHERE revision.parent_id IS NOT NULL"
            " UNION SELECT revision.other_parent_id FROM line JOIN revision USING (revision_id)"
            " WHERE revision.other_parent_id IS NOT NULL"
            ") SELECT revision_id, parent_id, other_parent_id FROM line JOIN revision USING (revision_id)"
            f" LIMIT {MOST_ANCESTORS + 1}",
            (json.dumps(list(revision_ids)),),
        ).fetchall()
    if len(rows) > MOST_ANCESTORS:
        raise FileRefused(
            f"{file.path.name} was edited more often than copies of an audit can be compared. "
            "It was left as it is."
        )
    return {
        revision_id: tuple(parent for parent in parents if parent is not None)
        for revision_id, *parents in rows
    }


def authors_of(file: AuditFile, revision_ids: Iterable[str]) -> dict[str, str]:
    """Return who made these revisions, as far as history says."""
    with file.reading() as connection:
        return dict(
            connection.execute(
                "SELECT revision_id, author FROM history"
                " WHERE revision_id IN (SELECT value FROM json_each(?)) ORDER BY history_id DESC",
                (json.dumps(list(revision_ids)),),
            )
        )
