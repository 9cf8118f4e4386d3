"""Brings a file of an older version up to date: a verified backup first, then one transaction, or nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from hsb_desktop.errors import NotBroughtUpToDate, OutputRefused
from hsb_desktop.store.backup_folder import BackupReason
from hsb_desktop.store.backup_making import back_up
from hsb_desktop.store.connection import Connection, DatabaseError, in_plain_words
from hsb_desktop.store.older_version import add_missing_tables, is_older, version_of
from hsb_desktop.store.schema import USER_VERSION, migrate


def bring_up_to_date(connection: Connection, path: Path, password: str | None) -> None:
    """Make the tables of an open file those of the present version; of one that has them, nothing changes.

    Whoever calls holds the file's lock. A backup of the file as it was is made before, protected as the file
    is, and verified. Killed at any moment it leaves the old version or the new one, whole. Raises
    NotBroughtUpToDate where the backup cannot be made or the file not be written: it is then as it was.
    """
    if not is_older(connection):
        return
    try:
        add_missing_tables(connection)
        back_up(connection, path, password, BackupReason.MIGRATION, datetime.now().astimezone())
        _migrate(connection)
    except OutputRefused as error:
        raise _refused(path, str(error)) from error
    except DatabaseError as error:
        raise _refused(path, str(in_plain_words(error, path)).removeprefix("Not saved: ")) from error


def _migrate(connection: Connection) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
        # On a network that takes no lock file another window may have been quicker.
        version = version_of(connection)
        if version != USER_VERSION:
            migrate(connection, version)
            connection.execute(f"PRAGMA user_version = {USER_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(*DatabaseError):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        raise
    add_missing_tables(connection)


def _refused(path: Path, why: str) -> NotBroughtUpToDate:
    return NotBroughtUpToDate(
        f"{path.name} was made by an earlier version of this program and has to be brought up to date before "
        f"it can be changed. {why} The file is as it was: open it again once that is settled."
    )
