"""Copies of an open audit: verified single files, never a byte copy of a file that is being written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from pathlib import Path

from hsb_desktop.errors import OutputRefused
from hsb_desktop.model import Audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import Connection, DatabaseError
from hsb_desktop.store.copying import write_whole
from hsb_desktop.store.digest import EMPTY_DIGEST, digest_of
from hsb_desktop.store.gate import judge
from hsb_desktop.store.older_version import add_missing_tables
from hsb_desktop.store.password import as_typed_anywhere, refuse_unusable
from hsb_desktop.store.protection import write_converted
from hsb_desktop.store.tables import read_audit, write_value
from hsb_desktop.values import FIELDS, Subject, ValueAddress
from hsb_desktop.whole_file import whole_file


class Protection(Enum):
    """How a copy is protected where no password is named for it."""

    SAME = auto()
    """As the audit is: with its password, or not at all."""


def save_copy(file: AuditFile, out: Path) -> None:
    """Write everything that the file holds, history too, into a new single file, protected as the file is.

    An earlier file of the name is replaced. Raises OutputRefused, with nothing left behind.
    """
    _write_copy(file, out)


def share_copy(
    file: AuditFile,
    out: Path,
    *,
    with_history: bool = False,
    password: str | Protection | None = Protection.SAME,
) -> None:
    """Write the present values into a compact new file: no history, authors or votes of open rounds.

    With history the authors stay; votes of open rounds are in no copy that is shared.

    It is protected as the file is, or by a `password` of its own, or with None not at all; nothing more than
    the copy is to hold ever lies on the disk with less protection than the file has, or the copy gets.

    Revisions stay (they carry no text, no name and no time), so that the copy can be merged later. An earlier
    file of the name is replaced. Raises OutputRefused, with nothing left behind; InputRefused for a password
    that is too short.
    """
    change = _forget_open_votes if with_history else _forget_people
    if isinstance(password, Protection) or _is_same(password, file.password):
        _write_copy(file, out, change)
        return
    if password is not None:
        refuse_unusable(password)
    _refuse_open_audit(file, out)
    file.end_visit()
    with whole_file(out) as temporary:
        try:
            write_converted(file, temporary, password, change)
        except DatabaseError as error:
            raise OutputRefused(f"{out} could not be written: {error}. Nothing was left behind.") from error
        judge(temporary, password)


def _write_copy(file: AuditFile, out: Path, change: Callable[[Connection], None] | None = None) -> None:
    _refuse_open_audit(file, out)
    file.end_visit()
    write_whole(file.connection, out, file.password, change)


def _is_same(password: str | None, other: str | None) -> bool:
    if password is None or other is None:
        return password is other
    return as_typed_anywhere(password) == as_typed_anywhere(other)


def _refuse_open_audit(file: AuditFile, out: Path) -> None:
    if out.exists() and file.path.exists() and out.samefile(file.path):
        raise OutputRefused(f"{out} is the audit that is open. Choose another name for the copy.")


def _forget_people(connection: Connection) -> None:
    """Take history, the authors of conflicts and the votes of open rounds out of a copy.

    Revisions stay, so nothing seems newer.
    """
    add_missing_tables(connection)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM history")
    audit = read_audit(connection)
    _forget(connection, dict.fromkeys((*_authors(audit), *_open_votes(audit))))
    connection.execute("COMMIT")


def _forget_open_votes(connection: Connection) -> None:
    """Take the votes of open rounds out of a copy that keeps history, and out of that, too."""
    add_missing_tables(connection)
    connection.execute("BEGIN IMMEDIATE")
    audit = read_audit(connection)
    addresses = _open_votes(audit)
    gone = {*map(str, addresses), *_never_revealed(connection, audit)}
    connection.executemany("DELETE FROM history WHERE address = ?", [(each,) for each in sorted(gone)])
    _forget(connection, addresses)
    connection.execute("COMMIT")


def _never_revealed(connection: Connection, audit: Audit) -> Iterator[str]:
    """Yield where history has votes, taken back or of a cancelled round too, that nobody ever saw."""
    for (text,) in connection.execute("SELECT DISTINCT address FROM history WHERE address LIKE 'vote/%'"):
        try:
            address = ValueAddress.parse(text)
        except (ValueError, KeyError):
            continue
        if audit.is_unseen(address):
            yield text


def _forget(connection: Connection, addresses: Iterable[ValueAddress]) -> None:
    for address in addresses:
        write_value(connection, address, None)
        connection.execute(
            "UPDATE value_state SET digest = ? WHERE address = ?", (EMPTY_DIGEST, str(address))
        )
    entered = read_audit(connection).values()
    connection.execute("UPDATE seal SET digest = ?", (digest_of((str(a), value) for a, value in entered),))


def _authors(audit: Audit) -> Iterator[ValueAddress]:
    for conflict in audit.conflicts:
        for field in ("first_author", "second_author"):
            yield ValueAddress(Subject.CONFLICT, (conflict.conflict_id,), field)


def _open_votes(audit: Audit) -> tuple[ValueAddress, ...]:
    """Return where answers stand that nobody may see, votes of no revealed round and conflicts about them."""
    votes = (ValueAddress(Subject.VOTE, tuple(vote), "answer") for vote in audit.votes)
    about_votes = [
        conflict.conflict_id
        for conflict in audit.conflicts
        if conflict.address and audit.is_unseen(ValueAddress.parse(conflict.address))
    ]
    return (
        *(vote for vote in votes if audit.is_unseen(vote)),
        *(
            ValueAddress(Subject.CONFLICT, (conflict_id,), field)
            for conflict_id in about_votes
            for field in FIELDS[Subject.CONFLICT]
        ),
    )
