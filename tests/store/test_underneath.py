"""A file that is replaced, renamed, deleted or written to underneath is noticed before the next write."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from hsb_desktop.errors import ChangedUnderneath, FileGone, FileRefused, NotSaved, TakenOver
from hsb_desktop.model import Audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import Connection
from hsb_desktop.store.protection import change_protection
from hsb_desktop.store.tables import read_audit, write_value
from hsb_desktop.values import Change, ChangeSet, Value, ValueAddress, new_id

from .files import EVIDENCE, SCORE, bare_audit, change_set, make
from .second_process import second_process

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there an open file keeps its place")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "audit.hsbaudit", bare_audit())


@pytest.fixture
def file(path: Path) -> Iterator[AuditFile]:
    with AuditFile.open(path) as file:
        file.read()
        file.apply(change_set((SCORE, None, 3)))
        yield file


def edited_copy(path: Path, score: int) -> Path:
    """What a program for synchronising brings from another computer: the same audit, edited there."""
    copy = path.with_name("incoming.tmp")
    shutil.copyfile(path, copy)
    with AuditFile.open(copy) as other:
        other.apply(ChangeSet("there", (Change(SCORE, other.read().value(SCORE), score),)))
    return copy


@POSIX
def test_a_file_replaced_underneath_is_never_overwritten(file: AuditFile, path: Path) -> None:
    edited_copy(path, 1).replace(path)
    there = path.read_bytes()
    for _ in range(2):
        with pytest.raises(ChangedUnderneath, match="replaced by another file"):
            file.apply(change_set((EVIDENCE, None, "typed here")))
    assert path.read_bytes() == there
    assert file.read().value(SCORE) == 3


@POSIX
def test_what_replaced_the_file_can_be_looked_at_and_edited(file: AuditFile, path: Path) -> None:
    edited_copy(path, 1).replace(path)
    with pytest.raises(ChangedUnderneath):
        file.apply(change_set((EVIDENCE, None, "typed here")))
    assert file.read_anew().value(SCORE) == 1
    file.apply(change_set((EVIDENCE, None, "on top")))
    with AuditFile.open(path, read_only=True) as again:
        assert (again.read().value(SCORE), again.read().value(EVIDENCE)) == (1, "on top")


@POSIX
def test_what_replaced_a_protected_file_may_be_plain(file: AuditFile, path: Path) -> None:
    incoming = edited_copy(path, 1)
    change_protection(file, "eight elms at noon")
    incoming.replace(path)
    assert file.read_anew().value(SCORE) == 1
    assert not file.is_protected
    file.apply(change_set((EVIDENCE, None, "on top")))


@POSIX
def test_who_took_a_file_over_may_have_replaced_it(file: AuditFile, path: Path) -> None:
    incoming = edited_copy(path, 1)
    with second_process(path, "Ann", take_over=True) as other:
        assert other.said == "open"
        incoming.replace(path)
        assert file.read_anew().value(SCORE) == 1
        assert file.is_read_only
        with pytest.raises(NotSaved, match="reading only"):
            file.apply(change_set((EVIDENCE, None, "on top")))


@POSIX
def test_another_audit_or_no_audit_under_the_name_is_refused(file: AuditFile, path: Path) -> None:
    other = replace(bare_audit(), audit_id=new_id())
    for stranger in (make(path.with_name("other.hsbaudit"), other), path.with_name("words.txt")):
        if not stranger.exists():
            stranger.write_text("not an audit")
        stranger.replace(path)
        there = path.read_bytes()
        with pytest.raises(FileRefused):
            file.read_anew()
        with pytest.raises(ChangedUnderneath):
            file.apply(change_set((EVIDENCE, None, "typed here")))
        assert path.read_bytes() == there


@POSIX
@pytest.mark.parametrize("renamed", [True, False])
def test_a_file_renamed_or_deleted_is_said_and_no_empty_one_takes_its_place(
    file: AuditFile, path: Path, renamed: bool
) -> None:
    if renamed:
        path.rename(path.with_name("renamed.hsbaudit"))
    else:
        path.unlink()
    with pytest.raises(NotSaved, match=r"moved, renamed or deleted.*save it elsewhere"):
        file.apply(change_set((EVIDENCE, None, "typed here")))
    with pytest.raises(FileRefused):
        file.read_anew()
    file.close()
    assert not path.exists()


@POSIX
def test_a_file_that_is_back_in_its_place_is_written_again(file: AuditFile, path: Path) -> None:
    away = path.with_name("renamed.hsbaudit")
    path.rename(away)
    with pytest.raises(NotSaved):
        file.apply(change_set((EVIDENCE, None, "typed here")))
    away.rename(path)
    file.apply(change_set((EVIDENCE, None, "typed here")))
    with AuditFile.open(path, read_only=True) as again:
        assert again.read().value(EVIDENCE) == "typed here"


@POSIX
def test_what_went_into_a_file_that_lost_its_name_meanwhile_is_not_called_saved(
    file: AuditFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replaced_while_writing(connection: Connection, address: ValueAddress, value: Value) -> None:
        write_value(connection, address, value)
        shutil.copyfile(path, path.with_name("incoming.tmp"))
        path.with_name("incoming.tmp").replace(path)

    monkeypatch.setattr("hsb_desktop.store.audit_file.write_value", replaced_while_writing)
    with pytest.raises(ChangedUnderneath):
        file.apply(change_set((EVIDENCE, None, "typed here")))


WRITES = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute(sys.argv[2])
connection.close()
"""


def written_by_another_program(path: Path, sql: str) -> None:
    subprocess.run([sys.executable, "-c", WRITES, str(path), sql], check=True)


def test_a_write_of_another_program_is_noticed_wherever_in_the_file_it_was(
    file: AuditFile, path: Path
) -> None:
    written_by_another_program(path, "PRAGMA user_version = 65537")
    there = path.read_bytes()
    with pytest.raises(ChangedUnderneath, match="changed by another program"):
        file.apply(change_set((EVIDENCE, None, "typed here")))
    assert path.read_bytes() == there


def test_after_a_look_at_an_honest_write_of_another_program_one_goes_on(file: AuditFile, path: Path) -> None:
    written_by_another_program(path, "DELETE FROM history")
    with pytest.raises(ChangedUnderneath):
        file.apply(change_set((EVIDENCE, None, "typed here")))
    file.read_anew()
    file.apply(change_set((EVIDENCE, None, "typed here")))


def test_what_another_program_spoilt_is_not_read_as_an_audit(file: AuditFile, path: Path) -> None:
    written_by_another_program(path, "UPDATE response_score SET score = 4")
    with pytest.raises(FileRefused, match="damaged"):
        file.read_anew()


def test_ones_own_writes_copies_and_readers_are_no_change_underneath(file: AuditFile, path: Path) -> None:
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as reader:
        assert reader.execute("SELECT count(*) FROM history").fetchone() == (1,)
    reader.close()
    with AuditFile.open(path, read_only=True) as other:
        assert other.read().value(SCORE) == 3
    file.apply(change_set((EVIDENCE, None, "typed here")))
    file.apply(change_set((EVIDENCE, "typed here", "typed on")))


def test_nothing_is_read_half_before_and_half_after_what_another_window_saves(
    file: AuditFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save_after(connection: Connection) -> Audit:
        audit = read_audit(connection)
        with suppress(NotSaved):
            file.apply(change_set((SCORE, 3, 1)))
        assert read_audit(connection) == audit
        return audit

    file.connection.execute("PRAGMA busy_timeout = 0")
    with AuditFile.open(path, read_only=True) as reader:
        monkeypatch.setattr("hsb_desktop.store.audit_file.read_audit", save_after)
        assert reader.read().value(SCORE) == 3
    monkeypatch.undo()
    file.apply(change_set((SCORE, 3, 1)))


# Looking before anything is written -----------------------------------------------------------------------


def test_looking_finds_nothing_and_writes_nothing_not_even_a_lock_that_was_removed(
    file: AuditFile, path: Path
) -> None:
    lock = path.with_name(f".{path.name}.lock")
    lock.unlink()
    before = path.read_bytes()
    file.refuse_if_lost()
    assert path.read_bytes() == before
    assert not lock.exists()


@POSIX
def test_looking_tells_what_a_write_would_be_refused_for(file: AuditFile, path: Path) -> None:
    away = path.with_name("away")
    path.rename(away)
    with pytest.raises(FileGone):
        file.refuse_if_lost()
    shutil.copyfile(away, path)
    with pytest.raises(ChangedUnderneath):
        file.refuse_if_lost()
    away.replace(path)
    file.refuse_if_lost()
    with second_process(path, "Ann", take_over=True) as other:
        assert other.said == "open"
        with pytest.raises(TakenOver) as refused:
            file.refuse_if_lost()
        assert refused.value.who == "Ann"
