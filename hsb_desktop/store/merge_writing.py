"""Writes what came of a merge: values with the revisions that they have in every copy, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from hsb_desktop.errors import ChangedUnderneath, InputRefused, NotSaved
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import Connection
from hsb_desktop.store.digest import history_digest, replaced, value_digest
from hsb_desktop.store.limits import refuse_excess
from hsb_desktop.store.older_version import is_older
from hsb_desktop.store.tables import write_value
from hsb_desktop.store.value_rules import refuse_unkeepable
from hsb_desktop.values import NO_VIEW, Change, ChangeSet, Subject, Value, ValueAddress

_SCORE = (
    "INSERT INTO response_score (wave_id, party_id, statement_id, score, no_view) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (wave_id, party_id, statement_id)"
    " DO UPDATE SET score = excluded.score, no_view = excluded.no_view"
)
_TEXT = (
    "INSERT INTO response_text (wave_id, party_id, statement_id, field, text) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (wave_id, party_id, statement_id, field) DO UPDATE SET text = excluded.text"
)


@dataclass(frozen=True, slots=True)
class MergedValue:
    """A value as it is to be after a merge, with the revision that it then has."""

    address: ValueAddress
    before: Value
    after: Value
    revision_before: str
    """Empty where nothing was ever entered."""
    revision_id: str
    """Empty where a merge is taken back and nothing had ever been entered."""
    author: str = ""
    label: str = ""
    """What history says of it; with an empty one it says nothing."""

    def reversed(self) -> MergedValue:
        """Return what takes this one back: the value, and the revision that it had."""
        return replace(
            self,
            before=self.after,
            after=self.before,
            revision_before=self.revision_id,
            revision_id=self.revision_before,
        )


def fits(file: AuditFile, values: Sequence[MergedValue]) -> bool:
    """Whether these values stand in the file as they are to be before they are written."""
    with file.reading() as connection:
        return _fits(connection, {str(each.address): each for each in values})


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
        by_address = {str(each.address): each for each in values}
        _refuse_another_state(file, connection, by_address)
        # A revision may be written before its parents; at the end of the transaction all are there.
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.executemany(
            "INSERT OR IGNORE INTO revision VALUES (?, ?, ?)",
            [(each, *_two(parents)) for each, parents in sorted(ancestry.items())],
        )
        _write_rows(connection, [each for each in values if each.before != each.after])
        _write_what_is_kept_about(connection, by_address)
        _refuse_strays(connection)
        refuse_excess(connection)


def _fits(connection: Connection, by_address: Mapping[str, MergedValue]) -> bool:
    held = dict(connection.execute("SELECT address, revision_id FROM value_state"))
    return all(held.get(address, "") == each.revision_before for address, each in by_address.items())


def _two(parents: tuple[str, ...]) -> tuple[str | None, str | None]:
    parent, other, *_ = (*parents, None, None)
    return parent, other


def _refuse_another_state(
    file: AuditFile, connection: Connection, by_address: Mapping[str, MergedValue]
) -> None:
    if not _fits(connection, by_address):
        raise ChangedUnderneath(
            f"Not saved: {file.path.name} was changed since the merge was prepared. Nothing was merged; "
            "prepare it again."
        )


def _write_rows(connection: Connection, changed: Sequence[MergedValue]) -> None:
    """Write values into their rows: answers, of which there are most, all at once."""
    answers: dict[str, list[tuple[Value, ...]]] = {_SCORE: [], _TEXT: []}
    for each in changed:
        address, value = each.address, each.after
        if address.subject is not Subject.RESPONSE or address.field == "target" or value is None:
            write_value(connection, address, value)
        elif address.field == "score":
            no_view = value == NO_VIEW
            answers[_SCORE].append((*address.key, None if no_view else value, 1 if no_view else None))
        else:
            answers[_TEXT].append((*address.key, address.field, value))
    for statement, rows in answers.items():
        connection.executemany(statement, rows)


def _write_what_is_kept_about(connection: Connection, by_address: Mapping[str, MergedValue]) -> None:
    """Write states, history and the seal."""
    (total,) = connection.execute("SELECT digest FROM seal").fetchone()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    states, history = [], []
    for address, each in by_address.items():
        digest_before = value_digest(address, each.before)
        digest_after = value_digest(address, each.after)
        if digest_before != digest_after:
            total = replaced(total, digest_before, digest_after)
        if each.revision_id:
            states.append((address, each.revision_id, digest_after))
        else:
            connection.execute("DELETE FROM value_state WHERE address = ?", (address,))
        if each.label:
            about = (each.revision_id, address, each.author, now, each.label)
            digest = history_digest(about, digest_before, digest_after)
            history.append((*about, each.before, each.after, digest))
    connection.executemany(
        "INSERT INTO value_state VALUES (?, ?, ?) ON CONFLICT (address)"
        " DO UPDATE SET revision_id = excluded.revision_id, digest = excluded.digest",
        sorted(states),
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
