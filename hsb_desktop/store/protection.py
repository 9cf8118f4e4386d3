"""Protecting an audit with a password, changing the password and taking it away: one step, or none.

A converted copy is made beside the file, compared with it row by row, judged as any file is that is opened,
and takes the file's name at once. While it is made nobody else can write. No plain copy lies on the disk on
the way to a protected file; what the disk's free blocks keep of a plain one, `docs/file-format.md` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hsb_desktop.errors import InputRefused, NotSaved, OutputRefused
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import (
    Connection,
    DatabaseError,
    attach,
    file_behind,
    memory_connection,
    remove_journal,
)
from hsb_desktop.store.gate import judge
from hsb_desktop.store.older_version import version_of
from hsb_desktop.store.password import refuse_unusable
from hsb_desktop.store.schema import APPLICATION_ID, expected_schema
from hsb_desktop.whole_file import whole_file


def protect(path: Path, password: str) -> None:
    """Protect a closed, plain audit with a password.

    Raises PasswordNeeded if it is protected already; else as `reprotect`.
    """
    with AuditFile.open(path, keep_version=True) as file:
        change_protection(file, password)


def rekey(path: Path, password: str, new_password: str) -> None:
    """Give a closed, protected audit another password. Raises as `reprotect`; InputRefused if it has none."""
    with AuditFile.open(path, password=password, keep_version=True) as file:
        change_password(file, lambda: new_password)


def unprotect(path: Path, password: str) -> None:
    """Make a closed, protected audit a plain one. Raises as `reprotect`; InputRefused if it is plain."""
    with AuditFile.open(path, password=password, keep_version=True) as file:
        remove_protection(file)


def change_password(file: AuditFile, new_password: Callable[[], str]) -> None:
    """Give an open, protected audit another password, which is asked for when it is known to have one.

    Raises as `change_protection`; InputRefused if the audit is plain.
    """
    _refuse_plain(file)
    change_protection(file, new_password())


def remove_protection(file: AuditFile) -> None:
    """Make an open, protected audit a plain one. Raises likewise."""
    _refuse_plain(file)
    change_protection(file, None)


def reprotect(path: Path, password: str | None, new_password: str | None) -> None:
    """Convert a closed audit, such as a backup: from the one password to the other, None being none.

    A plain file is taken as it is, whatever its password should be. Raises FileRefused if it cannot be
    opened, InputRefused for a new password that is too short, OutputRefused or NotSaved if the disk refuses:
    the file is then as it was.
    """
    with AuditFile.open(path, password=password, keep_version=True) as file:
        change_protection(file, new_password)


def change_protection(file: AuditFile, new_password: str | None) -> None:
    """Protect an open audit, change its password or, with None, take it away; the file stays open.

    What was saved is kept, history too, and nothing changes for whoever holds the `AuditFile`. Raises
    InputRefused, NotSaved or OutputRefused: file and password are then as they were.
    """
    if new_password is not None:
        refuse_unusable(new_password)
    elif not file.is_protected:
        return
    if file.is_read_only:
        raise OutputRefused(
            f"{file.path.name} is open for reading only, so this cannot be changed. Save a copy first."
        )
    real = file.path.resolve()
    _refuse_other_names(real)
    with file.exchanged(new_password) as stand_aside, whole_file(real) as temporary:
        with _in_words_of_output(real):
            write_converted(file, temporary, new_password)
        judge(temporary, new_password)
        stand_aside()


def write_converted(
    file: AuditFile,
    out: Path,
    password: str | None,
    change: Callable[[Connection], None] | None = None,
) -> None:
    """Write everything that the file holds into an empty `out` under another password, by way of memory only.

    `change` is done to it before a byte is written. Without one, what was written is compared with the file.
    Raises what the database raises, and NotSaved if the two are not the same.
    """
    connection = memory_connection()
    try:
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA trusted_schema = OFF")
        attach(connection, "source", file_behind(file.connection), "ro", file.password)
        version = version_of(file.connection)
        connection.execute("SELECT sqlcipher_export('main', 'source')")
        connection.execute(f"PRAGMA main.user_version = {version}")
        if change is not None:
            change(connection)
        attach(connection, "target", out, "rwc", password)
        connection.execute("SELECT sqlcipher_export('target', 'main')")
        # The export leaves these two behind.
        connection.execute(f"PRAGMA target.application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA target.user_version = {version}")
        if change is None:
            _refuse_difference(connection, out, version)
        connection.execute("DETACH DATABASE target")
        connection.execute("DETACH DATABASE source")
    finally:
        connection.close()
        remove_journal(out)


def _refuse_difference(connection: Connection, out: Path, version: int) -> None:
    for kind, table, *_ in expected_schema(version):
        if kind != "table" or table.startswith("sqlite_"):
            continue
        for one, other in (("source", "target"), ("target", "source")):
            query = f"SELECT * FROM {one}.{table} EXCEPT SELECT * FROM {other}.{table} LIMIT 1"
            if connection.execute(query).fetchone() is not None:
                raise NotSaved(f"{out.name} did not come out as the audit is. The audit is as it was.")


def _refuse_plain(file: AuditFile) -> None:
    if not file.is_protected:
        raise InputRefused(f"{file.path.name} is not protected with a password. Nothing was changed.")


def _refuse_other_names(path: Path) -> None:
    """Raise where the file has a second name, under which its old content would stay."""
    if path.stat().st_nlink > 1:
        raise OutputRefused(
            f"{path.name} has another name on this disk (a hard link), under which it would stay as it is. "
            "Delete that one first; nothing was changed."
        )


@contextmanager
def _in_words_of_output(path: Path) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise OutputRefused(f"{path.name} could not be converted: {error}. It is as it was.") from error
