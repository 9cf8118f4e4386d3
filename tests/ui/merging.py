"""Copies of one invented audit that two people edit, and what a person does in the dialogs of a merge."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.dialogs.message_dialog import MessageDialog
from hsb_desktop.values import (
    PARTNERSHIP,
    Change,
    ChangeSet,
    ResponseKey,
    Value,
    ValueAddress,
    response_address,
)

ANN, BOB = "Ann Thistlewood", "Bob Fennimore"

Act = Callable[[QDialog], object]


def copied(path: Path, name: str) -> Path:
    """A copy of an audit, byte for byte."""
    copy = path.with_name(f"{name}.hsbaudit")
    shutil.copyfile(path, copy)
    return copy


def place(path: Path, statement_id: str, field: str = "score", party_id: str = PARTNERSHIP) -> ValueAddress:
    """Where an answer stands in the last wave of an audit."""
    with AuditFile.open(path, read_only=True) as file:
        wave_id = file.read().waves[-1].wave_id
    return response_address(ResponseKey(wave_id, party_id, statement_id), field)


def enter(path: Path, *values: tuple[str, str, Value], author: str = "") -> None:
    """Somebody enters answers (statement, field, value), or empties boxes (None)."""
    enter_at(path, *((place(path, each, field), value) for each, field, value in values), author=author)


def enter_at(path: Path, *values: tuple[ValueAddress, Value], author: str = "") -> None:
    """The same, by address."""
    with AuditFile.open(path) as file:
        audit = file.read()
        changes = tuple(Change(address, audit.value(address), value) for address, value in values)
        file.apply(ChangeSet("an edit", changes, author))


def content(path: Path) -> dict[str, Value]:
    """Everything that is entered, by address."""
    with AuditFile.open(path, read_only=True) as file:
        return {str(address): value for address, value in file.read().values()}


class Person:
    """Does one thing after the other in the dialogs that come; remembers what was shown."""

    def __init__(self) -> None:
        self.does: list[Act] = []
        self.seen: list[str] = []
        self.told: list[str] = []

    def answer(self, dialog: QDialog) -> int:
        if isinstance(dialog, MessageDialog):
            self.told.append(dialog.text.text())
            return 0
        self.seen.append(dialog.objectName())
        dialog.show()
        QApplication.processEvents()
        self.does.pop(0)(dialog)
        dialog.hide()
        return dialog.result()


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    """The person at the keyboard."""
    person = Person()

    def answer(dialog: QDialog) -> int:
        return person.answer(dialog)

    monkeypatch.setattr(QDialog, "exec", answer)
    return person


def press(dialog: QDialog, name: str) -> None:
    """Press a button that can be pressed."""
    button = dialog.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isEnabled(), name
    button.click()


def pressing(name: str) -> Act:
    """What presses a button."""
    return lambda dialog: press(dialog, name)


def choose_files(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    """The system's dialog gives back these files."""
    names = [str(path) for path in paths]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
