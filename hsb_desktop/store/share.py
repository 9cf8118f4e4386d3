"""Copies of an open audit: verified single files, never a byte copy of a file that is being written."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

from hsb_desktop.errors import OutputRefused
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import (
    Connection,
    DatabaseError,
    leave_single_file,
    open_for_writing,
    remove_journal,
)
from hsb_desktop.store.digest import EMPTY_DIGEST, digest_of
from hsb_desktop.store.gate import judge
from hsb_desktop.store.password import as_typed_anywhere, refuse_unusable
from hsb_desktop.store.protection import write_converted
from hsb_desktop.store.tables import read_audit, write_value
from hsb_desktop.values import Subject, ValueAddress
from hsb_desktop.whole_file import whole_file


class Protection(Enum):
    """How a copy is protected where no password is named for it."""

    SAME = auto()
    """As the audit is: with its password, or not at all."""


def save_copy(file: AuditFile, out: Path) -> None:
    """Write everything that the file holds, history too, into a new single file, protected as the file is.

    An earlier file of the name is replaced. Raises OutputRefused, with nothing left behind.
    """
    _write_copy(file, out, with_history=True)


def share_copy(
    file: AuditFile,
    out: Path,
    *,
    with_history: bool = False,
    password: str | Protection | None = Protection.SAME,
) -> None:
    """Write the present values into a compact new file: neither history nor authors unless asked for.

    It is protected as the file is, or by a `password` of its own, or with None not at all; nothing more than
    the copy is to hold ever lies on the disk with less protection than the file has, or the copy gets.

    Revisions stay (they carry no text, no name and no time), so that the copy can be merged later. An earlier
    file of the name is replaced. Raises OutputRefused, with nothing left behind; InputRefused for a password
    that is too short.
    """
    if isinstance(password, Protection) or _is_same(password, file.password):
        _write_copy(file, out, with_history=with_history)
        return
    if password is not None:
        refuse_unusable(password)
    _refuse_open_audit(file, out)
    file.end_visit()
    with whole_file(out) as temporary:
        try:
            write_converted(file, temporary, password, None if with_history else _forget_people)
        except DatabaseError as error:
            raise OutputRefused(f"{out} could not be written: {error}. Nothing was left behind.") from error
        judge(temporary, password)


def _write_copy(file: AuditFile, out: Path, *, with_history: bool) -> None:
    _refuse_open_audit(file, out)
    file.end_visit()
    with whole_file(out) as temporary:
        try:
            # An empty file that only its owner may read is there already; SQLite fills it.
            file.connection.execute("VACUUM INTO ?", (str(temporary),))
            connection = open_for_writing(temporary, file.password)
            try:
                if not with_history:
                    _forget_people(connection)
                    # Deleted rows leave nothing in a database that is built anew.
                    connection.execute("VACUUM")
                leave_single_file(connection)
            finally:
                connection.close()
                remove_journal(temporary)
        except DatabaseError as error:
            raise OutputRefused(f"{out} could not be written: {error}. Nothing was left behind.") from error
        judge(temporary, file.password)


def _is_same(password: str | None, other: str | None) -> bool:
    if password is None or other is None:
        return password is other
    return as_typed_anywhere(password) == as_typed_anywhere(other)


def _refuse_open_audit(file: AuditFile, out: Path) -> None:
    if out.exists() and file.path.exists() and out.samefile(file.path):
        raise OutputRefused(f"{out} is the audit that is open. Choose another name for the copy.")


def _forget_people(connection: Connection) -> None:
    """Take history and the authors of conflicts out of a copy; revisions stay, so nothing seems newer."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM history")
    for conflict in read_audit(connection).conflicts:
        for field in ("first_author", "second_author"):
            address = ValueAddress(Subject.CONFLICT, (conflict.conflict_id,), field)
            write_value(connection, address, None)
            connection.execute(
                "UPDATE value_state SET digest = ? WHERE address = ?", (EMPTY_DIGEST, str(address))
            )
    entered = read_audit(connection).values()
    connection.execute("UPDATE seal SET digest = ?", (digest_of((str(a), value) for a, value in entered),))
    connection.execute("COMMIT")
