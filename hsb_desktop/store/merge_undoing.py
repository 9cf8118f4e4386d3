"""Takes back what a merge wrote: each value as it was, with the revision that it had.

An ordinary edit back would be newer than what was merged: the same copy could never be merged again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from hsb_desktop.errors import ChangedUnderneath, NotSaved
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import Connection
from hsb_desktop.store.digest import EMPTY_DIGEST, history_digest, replaced, value_digest
from hsb_desktop.store.merge_writing import MergedValue
from hsb_desktop.store.tables import write_value
from hsb_desktop.store.value_rules import refuse_unkeepable
from hsb_desktop.values import ChangeSet, new_id


def unwrite_merge(file: AuditFile, values: Sequence[MergedValue], label: str, author: str = "") -> None:
    """Write all these values as they were before they were merged, in one transaction.

    History says by `label` and `author` who took it back. Raises NotSaved, with the file as it was, also
    where one of the values is no longer what the merge made of it.
    """
    if file.is_read_only:
        raise NotSaved(f"Not saved: {file.path.name} is open for reading only. Nothing was changed.")
    refuse_unkeepable(ChangeSet(label, (), author))
    file.end_visit()
    with file.transaction() as connection:
        _refuse_another_state(file, connection, values)
        connection.execute("PRAGMA defer_foreign_keys = ON")
        _write_back(connection, values, label, author)


def _refuse_another_state(file: AuditFile, connection: Connection, values: Sequence[MergedValue]) -> None:
    held = dict(connection.execute("SELECT address, digest FROM value_state"))
    for each in values:
        address = str(each.address)
        if held.get(address, EMPTY_DIGEST) != value_digest(address, each.after):
            raise ChangedUnderneath(
                f"Not saved: {file.path.name} was changed by another program. Nothing was overwritten; "
                "save a copy elsewhere."
            )


def _write_back(connection: Connection, values: Sequence[MergedValue], label: str, author: str) -> None:
    (total,) = connection.execute("SELECT digest FROM seal").fetchone()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for each in reversed(values):
        address = str(each.address)
        digest_merged, digest = (value_digest(address, value) for value in (each.after, each.before))
        if digest_merged != digest:
            write_value(connection, each.address, each.before)
            total = replaced(total, digest_merged, digest)
        if each.revision_before:
            connection.execute(
                "UPDATE value_state SET revision_id = ?, digest = ? WHERE address = ?",
                (each.revision_before, digest, address),
            )
        else:
            # As if it had never been entered: the next merge takes it anew.
            connection.execute("DELETE FROM value_state WHERE address = ?", (address,))
        if each.label:
            # Nobody's answer has this revision: that of the value tells who gave it.
            about = (new_id(), address, author, now, label)
            digest_told = history_digest(about, digest_merged, digest)
            connection.execute(
                "INSERT INTO history (revision_id, address, author, edited_at, label,"
                " value_before, value_after, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*about, each.after, each.before, digest_told),
            )
    connection.execute("UPDATE seal SET digest = ?", (total,))
