"""What becomes of backups when a password is set in the window: said and decided before, told after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QPushButton

from hsb_desktop.operations.backup_lines import when_made
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of, make_backup
from hsb_desktop.store.backup_folder import Backup, BackupReason
from hsb_desktop.store.backup_places import by_place
from hsb_desktop.store.share import save_copy
from hsb_desktop.ui import messages
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.dialogs.protect_dialog import ProtectDialog
from hsb_desktop.ui.main_window import MainWindow

pytestmark = pytest.mark.short_form

PASSWORD = "eight elms at noon"


class Person:
    """Protects the audit with these boxes ticked, and reads."""

    def __init__(self) -> None:
        self.ticks: tuple[str, ...] = ()
        self.read = ""
        self.boxes: set[str] = set()
        self.warned: list[str] = []

    def answer(self, dialog: ProtectDialog) -> int:
        self.read = "\n".join(label.text() for label in dialog.findChildren(QLabel))
        self.boxes = {box.objectName() for box in dialog.findChildren(QCheckBox)}
        for name in ("new_password_edit", "repeated_password_edit"):
            line = dialog.findChild(QLineEdit, name)
            assert line is not None
            line.setText(PASSWORD)
        for name in ("written_down_box", *self.ticks):
            box = dialog.findChild(QCheckBox, name)
            assert box is not None, name
            box.setChecked(True)
        button = dialog.findChild(QPushButton, "go_on_button")
        assert button is not None
        button.click()
        return dialog.result()


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    person = Person()

    def show(dialog: QDialog) -> int:
        assert isinstance(dialog, ProtectDialog)
        return person.answer(dialog)

    monkeypatch.setattr(ProtectDialog, "exec", show)
    monkeypatch.setattr(messages, "warn", lambda _parent, text: person.warned.append(text))
    return person


@pytest.fixture
def backed_up(audit_path: Path, open_shown: Callable[[Path], MainWindow]) -> MainWindow:
    """The window on an audit with two backups."""
    with AuditFile.open(audit_path) as file:
        make_backup(file, BackupReason.DAY)
        make_backup(file, BackupReason.IMPORT)
    return open_shown(audit_path)


@pytest.fixture
def damaged(backed_up: MainWindow) -> Backup:
    """One of its backups, of which the end is gone."""
    path = versions(backed_up)[0].path
    path.write_bytes(path.read_bytes()[:-5000])
    return versions(backed_up)[0]


@pytest.fixture
def copy(backed_up: MainWindow, audit_path: Path) -> Path:
    """A copy of the audit in another place, with a backup of its own."""
    copy = audit_path.parent / "elsewhere" / "Copy.hsbaudit"
    copy.parent.mkdir()
    with AuditFile.open(audit_path, read_only=True) as file:
        save_copy(file, copy)
    with AuditFile.open(copy) as file:
        make_backup(file, BackupReason.DAY)
    return copy


def versions(window: MainWindow) -> tuple[Backup, ...]:
    assert window.session is not None
    return backups_of(window.session.audit.audit_id)


def protect(window: MainWindow) -> None:
    window.commands[Command.PROTECT].trigger()
    assert window.session is not None
    assert window.session.is_protected


def test_where_all_backups_take_on_the_password_nothing_is_asked(
    backed_up: MainWindow, person: Person
) -> None:
    protect(backed_up)
    assert not person.boxes & {"keep_unreadable_box", "also_elsewhere_box"}
    assert person.warned == []
    for backup in versions(backed_up):
        AuditFile.open(backup.path, read_only=True, password=PASSWORD).close()


def test_which_backup_will_be_lost_is_said_before_and_after(
    backed_up: MainWindow, person: Person, damaged: Backup
) -> None:
    protect(backed_up)
    assert "1 backup cannot be opened, so this password cannot protect it" in person.read
    assert when_made(damaged) in person.read
    assert not damaged.path.exists()
    assert f"Its backup of {when_made(damaged)} could not be opened" in person.warned[0]
    assert "was deleted" in person.warned[0]


def test_it_is_kept_if_that_is_chosen(backed_up: MainWindow, person: Person, damaged: Backup) -> None:
    person.ticks = ("keep_unreadable_box",)
    protect(backed_up)
    assert damaged.path.exists()
    assert "it stays as it was" in person.warned[0]


def test_backups_of_another_copy_stay_and_that_is_said(
    backed_up: MainWindow, person: Person, copy: Path
) -> None:
    protect(backed_up)
    assert "1 backup of this audit was made from a file in another place. It may be of another" in person.read
    (of_copy,) = by_place(versions(backed_up), copy).here
    AuditFile.open(of_copy.path, read_only=True).close()
    assert "1 more of this audit's backups was made from a file in another place" in person.warned[0]


def test_they_are_protected_too_where_somebody_knows_that_the_file_was_moved(
    backed_up: MainWindow, person: Person, copy: Path
) -> None:
    del copy
    person.ticks = ("also_elsewhere_box",)
    protect(backed_up)
    assert person.warned == []
    for backup in versions(backed_up):
        AuditFile.open(backup.path, read_only=True, password=PASSWORD).close()
