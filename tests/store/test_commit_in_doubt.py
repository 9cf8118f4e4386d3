"""A commit whose last sync fails is called not saved although it is in the file: trying again goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hsb_desktop.errors import NotSaved
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import DatabaseError
from hsb_desktop.values import Value
from tests.store.files import EVIDENCE, change_set, full_audit, make


class FailingAtTheEnd:
    """A connection whose commits are done and then reported as failed."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.fails = False

    def execute(self, sql: str, *arguments: Any) -> Any:
        done = self._connection.execute(sql, *arguments)
        if sql == "COMMIT":
            self.after_commit()
            if self.fails:
                raise DatabaseError[0]("disk I/O error")
        return done

    def after_commit(self) -> None:
        """Do nothing but what a test puts in its place."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AuditFile]:
    path = make(tmp_path / "audit.hsbaudit", full_audit())
    with AuditFile.open(path) as opened:
        opened._connection = FailingAtTheEnd(opened._connection)
        yield opened


def held(file: AuditFile) -> Value:
    return file.read().value(EVIDENCE)


def test_trying_again_succeeds_and_leaves_one_value(file: AuditFile) -> None:
    edit = change_set((EVIDENCE, held(file), "typed"))
    file.connection.fails = True
    with pytest.raises(NotSaved):
        file.apply(edit)
    file.connection.fails = False
    file.apply(edit)
    assert held(file) == "typed"
    assert file.check() == ()


def test_words_typed_meanwhile_go_on_from_what_is_there(file: AuditFile) -> None:
    before = held(file)
    file.connection.fails = True
    for text in ("typed", "typed on"):
        with pytest.raises(NotSaved):
            file.apply(change_set((EVIDENCE, before, text)))
    file.connection.fails = False
    file.apply(change_set((EVIDENCE, before, "typed on and on")))
    assert held(file) == "typed on and on"
    assert file.check() == ()


def test_a_file_that_lost_its_name_at_that_moment_and_is_back_goes_on(
    file: AuditFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = file.path.with_name("away")
    edit = change_set((EVIDENCE, held(file), "typed"))
    monkeypatch.setattr(file.connection, "after_commit", lambda: file.path.rename(away))
    with pytest.raises(NotSaved):
        file.apply(edit)
    monkeypatch.undo()
    away.rename(file.path)
    file.apply(edit)
    assert held(file) == "typed"
    assert file.check() == ()


def test_what_another_wrote_is_not_taken_for_it(file: AuditFile) -> None:
    before = held(file)
    file.connection.fails = True
    with pytest.raises(NotSaved):
        file.apply(change_set((EVIDENCE, before, "typed")))
    file.connection.fails = False
    file.apply(change_set((EVIDENCE, "typed", "somebody else's")))
    with pytest.raises(NotSaved, match="another program"):
        file.apply(change_set((EVIDENCE, before, "typed")))
    assert held(file) == "somebody else's"
