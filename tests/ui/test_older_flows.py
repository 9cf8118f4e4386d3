"""A file of an earlier version that could not be brought up to date, in the real window."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton

from hsb_desktop.store.backup_folder import backups_folder
from hsb_desktop.store.protection import reprotect
from hsb_desktop.store.schema import USER_VERSION
from hsb_desktop.ui.main_window import MainWindow
from tests.store.files import ask

from .test_workshop import page_of

pytestmark = pytest.mark.short_form

OpenShown = Callable[[Path], MainWindow]
FROZEN = Path(__file__).resolve().parents[1] / "data" / "audits" / "v1.hsbaudit"
PASSWORD = "correct horse battery"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    (tmp_path / "older").mkdir()
    return shutil.copyfile(FROZEN, tmp_path / "older" / "Older.hsbaudit")


@pytest.fixture
def no_backups(window: MainWindow) -> Path:
    """Something stands where the backups go, so that none can be made."""
    del window
    folder = backups_folder()
    if folder.exists():
        shutil.rmtree(folder)
    folder.write_text("in the way")
    return folder


def answering(monkeypatch: pytest.MonkeyPatch, *acts: Callable[[QDialog], None]) -> list[str]:
    """Answer the dialogs that come, in turn; return what they said."""
    said: list[str] = []
    waiting = list(acts)

    def answer(dialog: QDialog) -> int:
        dialog.show()
        said.append(" ".join(label.text() for label in dialog.findChildren(QLabel)))
        waiting.pop(0)(dialog)
        return dialog.result()

    monkeypatch.setattr(QDialog, "exec", answer)
    return said


def pressing(name: str) -> Callable[[QDialog], None]:
    def press(dialog: QDialog) -> None:
        button = dialog.findChild(QPushButton, name)
        assert button is not None, name
        button.click()

    return press


def test_it_can_be_read_as_it_is(
    window: MainWindow, older: Path, no_backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = older.read_bytes()
    said = answering(monkeypatch, pressing("read_only_choice"))
    window.flows.open_path(older)
    assert "Older.hsbaudit could not be brought up to date" in said[0]
    assert "No backup could be made" in said[0]
    session = page_of(window).session
    assert (session.path, session.is_read_only) == (older, True)
    assert session.audit.responses
    assert older.read_bytes() == before
    assert no_backups.read_text() == "in the way"


def test_once_nothing_is_in_the_way_trying_again_opens_it_to_write(
    window: MainWindow, older: Path, no_backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clear_the_way(dialog: QDialog) -> None:
        no_backups.unlink()
        pressing("try_again_choice")(dialog)

    said = answering(monkeypatch, pressing("try_again_choice"), clear_the_way)
    window.flows.open_path(older)
    assert len(said) == 2
    assert not page_of(window).session.is_read_only
    assert ask(older, "PRAGMA user_version") == [(USER_VERSION,)]


def test_who_cancels_keeps_the_audit_that_is_open(
    window: MainWindow, older: Path, no_backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del no_backups
    open_before = page_of(window).session.path
    answering(monkeypatch, pressing("leave_button"))
    window.flows.open_path(older)
    assert page_of(window).session.path == open_before


def test_a_protected_one_can_be_read_with_the_password_that_was_typed(
    window: MainWindow, older: Path, no_backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def type_password(dialog: QDialog) -> None:
        line = dialog.findChild(QLineEdit, "password_edit")
        assert line is not None
        line.setText(PASSWORD)
        pressing("go_on_button")(dialog)

    del no_backups
    reprotect(older, None, PASSWORD)
    said = answering(monkeypatch, type_password, pressing("read_only_choice"))
    window.flows.open_path(older)
    assert "could not be brought up to date" in said[1]
    session = page_of(window).session
    assert (session.is_protected, session.is_read_only) == (True, True)
