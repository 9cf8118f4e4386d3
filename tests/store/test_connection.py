"""The settings under which no edit was lost, and what another program's lock means."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from hsb_desktop.errors import FileRefused, HsbError, NotSaved
from hsb_desktop.store import audit_file as audit_file_module
from hsb_desktop.store import connection as connection_module
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import (
    Connection,
    database_uri,
    in_plain_words,
    open_for_reading,
    open_for_writing,
)
from tests.store.files import SCORE, bare_audit, change_set, make

SETTINGS = {
    "journal_mode": "truncate",
    "synchronous": 3,
    "secure_delete": 1,
    "temp_store": 2,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "foreign_keys": 1,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "audit.hsbaudit", bare_audit())


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> float:
    for module in (connection_module, audit_file_module):
        monkeypatch.setattr(module, "BUSY_SECONDS", 0.3)
    return 0.3


def settings_of(connection: Connection, names: list[str]) -> dict[str, object]:
    return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}


def test_an_open_file_has_the_settings_that_keep_its_edits(path: Path) -> None:
    with AuditFile.open(path) as file:
        assert settings_of(file.connection, list(SETTINGS)) == SETTINGS
        assert file.connection.execute("PRAGMA mmap_size").fetchone() in (None, (0,))
        if sys.platform == "darwin":
            assert file.connection.execute("PRAGMA fullfsync").fetchone() == (1,)


def test_a_file_that_is_only_read_has_them_too_and_cannot_be_written(path: Path) -> None:
    connection = open_for_reading(path)
    expected = {name: value for name, value in SETTINGS.items() if name != "journal_mode"}
    assert settings_of(connection, list(expected)) == expected
    with pytest.raises(connection_module.DatabaseError, match="readonly"):
        connection.execute("DELETE FROM history")
    connection.close()


def test_a_setting_that_does_not_take_is_a_reason_not_to_open(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_module, "_SETTINGS", (("synchronous", "EXTRA", 7),))
    with pytest.raises(HsbError, match="does not keep the setting synchronous"):
        open_for_writing(path)


def test_a_file_is_not_made_by_opening_one_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(connection_module.DatabaseError):
        open_for_writing(tmp_path / "none.hsbaudit")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/a b/c#d%20?.hsbaudit"), "file:///a%20b/c%23d%2520%3F.hsbaudit"),
        (PurePosixPath("/ŵ\\x"), "file:///%C5%B5%5Cx"),
        (PureWindowsPath(r"C:\Audits\Our audit#1.hsbaudit"), "file:///C:/Audits/Our%20audit%231.hsbaudit"),
        (
            PureWindowsPath(r"\\council\share\50% done?.hsbaudit"),
            "file:////council/share/50%25%20done%3F.hsbaudit",
        ),
    ],
)
def test_the_uri_of_a_path_names_no_server_where_sqlite_allows_none(path: PurePath, uri: str) -> None:
    assert database_uri(path, "ro") == f"{uri}?mode=ro"


def test_a_path_that_begins_like_a_share_is_opened(path: Path) -> None:
    """On POSIX `//folder` is `/folder`: the only share that can be tried here."""
    if sys.platform == "win32":
        pytest.skip("there it would be a share, which this computer may not have")
    open_for_reading(Path(f"/{path}")).close()


def test_the_journal_is_emptied_at_each_commit_and_gone_when_closed(path: Path) -> None:
    journal = path.with_name(path.name + "-journal")
    with AuditFile.open(path) as file:
        file.apply(change_set((SCORE, None, 3)))
        assert journal.stat().st_size == 0
    assert not journal.exists()


def test_write_ahead_logging_is_never_used(path: Path) -> None:
    with AuditFile.open(path) as file:
        file.apply(change_set((SCORE, None, 3)))
        names = {entry.name for entry in path.parent.iterdir()}
        assert names == {"audit.hsbaudit", "audit.hsbaudit-journal", ".audit.hsbaudit.lock"}
        assert path.read_bytes()[18:20] == b"\x01\x01"


def test_a_plain_copy_of_the_main_file_made_while_it_is_open_is_complete(path: Path, tmp_path: Path) -> None:
    with AuditFile.open(path) as file:
        for before, after in ((None, 3), (3, 1)):
            file.apply(change_set((SCORE, before, after)))
        copy = shutil.copyfile(path, tmp_path / "copy.hsbaudit")
        with AuditFile.open(copy) as other:
            assert other.read() == file.read()
            assert other.history() == file.history()


# Another program holds the file -----------------------------------------------------------------------------


@pytest.fixture
def holder(path: Path) -> Iterator[Connection]:
    # Of the same SQLite: two builds of it in one process do not see each other's locks on POSIX.
    connection = open_for_writing(path)
    yield connection
    connection.close()


def test_a_lock_is_waited_for_and_then_nothing_is_saved_and_all_is_as_before(
    path: Path, holder: Connection, impatient: float
) -> None:
    with AuditFile.open(path) as file:
        holder.execute("BEGIN EXCLUSIVE")
        content, begun = path.read_bytes(), time.monotonic()
        with pytest.raises(NotSaved, match=r"another program is holding audit\.hsbaudit"):
            file.apply(change_set((SCORE, None, 3)))
        assert time.monotonic() - begun >= impatient
        assert path.read_bytes() == content
        holder.execute("ROLLBACK")
        file.apply(change_set((SCORE, None, 3)))
        assert file.read().value(SCORE) == 3


def test_a_lock_that_goes_in_time_costs_only_the_waiting(path: Path, holder: Connection) -> None:
    with AuditFile.open(path) as file:
        holder.execute("BEGIN EXCLUSIVE")
        release = threading.Timer(0.2, lambda: holder.execute("ROLLBACK"))
        release.start()
        file.apply(change_set((SCORE, None, 3)))
        release.join()
        assert file.read().value(SCORE) == 3


def test_a_reader_does_not_make_a_commit_wait_for_ever(
    path: Path, holder: Connection, impatient: float
) -> None:
    with AuditFile.open(path) as file:
        holder.execute("BEGIN")
        holder.execute("SELECT * FROM wave").fetchall()
        with pytest.raises(NotSaved, match="another program is holding"):
            file.apply(change_set((SCORE, None, 3)))
        holder.execute("ROLLBACK")
        assert file.read().value(SCORE) is None
        file.apply(change_set((SCORE, None, 3)))


@pytest.mark.usefixtures("impatient")
def test_a_file_held_by_another_program_is_not_called_damaged(path: Path, holder: Connection) -> None:
    holder.execute("BEGIN EXCLUSIVE")
    for read_only in (False, True):
        with pytest.raises(FileRefused, match="held by another program"):
            AuditFile.open(path, read_only=read_only)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("database or disk is full", "the disk is full"),
        ("database is locked", "another program is holding a.hsbaudit"),
        ("attempt to write a readonly database", "can only be read"),
        ("disk I/O error", "does not answer"),
        ("unable to open database file", "can no longer be reached"),
        ("database disk image is malformed", "has been damaged"),
        ("file is not a database", "no longer an audit file"),
        ("something new", "could not be written (something new)"),
    ],
)
def test_every_fault_of_the_disk_has_a_sentence_that_says_what_to_do(
    error: str, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.hsbaudit"
    path.touch()
    sentence = str(in_plain_words(Exception(error), path))
    assert sentence.startswith("Not saved: ")
    assert words in sentence
    assert "elsewhere" in sentence


def test_a_file_that_was_moved_away_is_not_called_unwritable(tmp_path: Path) -> None:
    """SQLite itself calls it a readonly database."""
    error = Exception("attempt to write a readonly database")
    sentence = str(in_plain_words(error, tmp_path / "gone.hsbaudit"))
    assert "moved, renamed or deleted" in sentence
    assert "elsewhere" in sentence
