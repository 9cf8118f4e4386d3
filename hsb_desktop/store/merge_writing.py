"""Writes what came of a merge: values with the revisions that they have in every copy, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hsb_desktop.errors import ChangedUnderneath, InputRefused, NotSaved
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import Connection
from hsb_desktop.store.digest import history_digest, replaced, value_digest
from hsb_desktop.store.limits import refuse_excess
from hsb_desktop.store.older_version import is_older
from hsb_desktop.store.tables import write_value
from hsb_desktop.store.value_rules import refuse_unkeepable
from hsb_desktop.values import Change, ChangeSet, Value, ValueAddress


@dataclass(frozen=True, slots=True)
class MergedValue:
    """A value as it is to be after a merge, with the revision that it then has."""

    address: ValueAddress
    before: Value
    after: Value
    revision_before: str
    """Empty where nothing was ever entered."""
    revision_id: str
    author: str = ""
    label: str = ""
    """What history says of it; with an empty one it says nothing."""


def write_merge(
    file: AuditFile, values: Sequence[MergedValue], ancestry: Mapping[str, tuple[str, ...]]
) -> None:
    """Write all these values in one transaction; on return they are on the disk.

    `ancestry` has the revisions that the file may not know yet, with their parents. Raises NotSaved, with the
    file as it was, also where it is no longer what the merge was planned for; InputRefused for what an audit
    cannot hold.
    """
    if file.is_read_only:
        raise NotSaved(f"Not saved: {file.path.name} is open for reading only. Nothing was merged.")
    if is_older(file.connection):
        raise NotSaved(f"Not saved: {file.path.name} is of an older version and is kept as it is.")
    for author, label in {(value.author, value.label) for value in values}:
        refuse_unkeepable(ChangeSet(label, (), author))
    refuse_unkeepable(ChangeSet("", tuple(Change(each.address, each.before, each.after) for each in values)))
    file.end_visit()
    with file.transaction() as connection:
        _refuse_another_state(file, connection, values)
        # A revision may be written before its parents; at the end of the transaction all are there.
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.executemany(
            "INSERT OR IGNORE INTO revision VALUES (?, ?, ?)",
            [(each, *_two(parents)) for each, parents in ancestry.items()],
        )
        _write_values(connection, values)
        _refuse_strays(connection)
        refuse_excess(connection)


def _two(parents: tuple[str, ...]) -> tuple[str | None, str | None]:
    parent, other, *_ = (*parents, None, None)
    return parent, other


def _refuse_another_state(file: AuditFile, connection: Connection, values: Sequence[MergedValue]) -> None:
    held = dict(connection.execute("SELECT address, revision_id FROM value_state"))
    if any(held.get(str(each.address), "") != each.revision_before for each in values):
        raise ChangedUnderneath(
            f"Not saved: {file.path.name} was changed since the merge was prepared. Nothing was merged; "
            "prepare it again."
        )


def _write_values(connection: Connection, values: Sequence[MergedValue]) -> None:
    (total,) = connection.execute("SELECT digest FROM seal").fetchone()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    states, history = [], []
    for each in values:
        address = str(each.address)
        digest_before = value_digest(address, each.before)
        digest_after = value_digest(address, each.after)
        if digest_before != digest_after:
            write_value(connection, each.address, each.after)
            total = replaced(total, digest_before, digest_after)
        states.append((address, each.revision_id, digest_after))
        if each.label:
            about = (each.revision_id, address, each.author, now, each.label)
            digest = history_digest(about, digest_before, digest_after)
            history.append((*about, each.before, each.after, digest))
    connection.executemany(
        "INSERT INTO value_state VALUES (?, ?, ?) ON CONFLICT (address)"
        " DO UPDATE SET revision_id = excluded.revision_id, digest = excluded.digest",
        states,
    )
    connection.executemany(
        "INSERT INTO history (revision_id, address, author, edited_at, label,"
        " value_before, value_after, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        history,
    )
    connection.execute("UPDATE seal SET digest = ?", (total,))


def _refuse_strays(connection: Connection) -> None:
    """Raise if there are responses of a party that the audit does not have: the gate refuses such a file."""
    is_stray = connection.execute(
        "SELECT EXISTS ("
        "SELECT 1 FROM (SELECT party_id FROM response_score UNION SELECT party_id FROM response_text)"
        " WHERE party_id <> 'partnership' AND party_id NOT IN (SELECT agency_id FROM agency))"
    ).fetchone()[0]
    if is_stray:
        raise InputRefused("Not saved: there are answers of an agency that is not there. Nothing was merged.")
