"""The title of a window says which audit it is about: its area, its file, and whether all is saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel

from hsb_desktop.errors import NotSaved
from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import make_backup
from hsb_desktop.store.backup_folder import BackupReason
from hsb_desktop.ui import messages
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.values import Subject, ValueAddress

from .test_workshop import OpenShown, click_score, page_of

pytestmark = pytest.mark.short_form

AREA = ValueAddress(Subject.AUDIT, (), "area")


def test_the_title_says_area_file_and_program(window: MainWindow) -> None:
    assert window.windowTitle() == "Invented area – Invented area.hsbaudit[*] – HSB Audit Workshop"
    assert Path(window.windowFilePath()).name == "Invented area.hsbaudit"


def test_without_an_audit_it_is_the_programs_name(window: MainWindow) -> None:
    assert window.close_audit()
    assert (window.windowTitle(), window.windowFilePath()) == ("HSB Audit Workshop", "")


def test_it_follows_the_area_and_the_file(window: MainWindow, tmp_path: Path) -> None:
    page_of(window).session.change("area", [(AREA, "Northmoor")])
    assert page_of(window).session.settle()
    page_of(window).session.save_elsewhere(tmp_path / "elsewhere.hsbaudit")
    assert window.windowTitle() == "Northmoor – elsewhere.hsbaudit[*] – HSB Audit Workshop"


def test_a_name_that_looks_like_the_mark_is_shown_to_the_letter(
    tmp_path: Path, open_shown: OpenShown
) -> None:
    path = tmp_path / "North [x] 1.hsbaudit"
    create_audit_file(path, NewAudit(area="North [*] moor")).close()
    window = open_shown(path)
    assert window.windowTitle().startswith("North [*][*] moor – ")


def test_the_title_is_marked_for_as_long_as_something_is_not_saved(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise NotSaved("Not saved: the disk is full.")

    assert not window.isWindowModified()
    with monkeypatch.context() as patched:
        patched.setattr(AuditFile, "apply", full)
        click_score(window, "1.1", 3)
        page_of(window).session.settle()
        assert window.isWindowModified()
    page_of(window).session.retry()
    assert page_of(window).session.settle()
    assert not window.isWindowModified()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """The title and the labels of each dialog that comes; each is closed at once."""
    seen: list[tuple[str, list[str]]] = []

    def look(dialog: QDialog) -> int:
        seen.append((dialog.windowTitle(), [label.text() for label in dialog.findChildren(QLabel)]))
        return 0

    monkeypatch.setattr(QDialog, "exec", look)
    return seen


def test_earlier_versions_say_of_which_file_they_are(
    window: MainWindow, audit_path: Path, shown: list[tuple[str, list[str]]]
) -> None:
    window.commands[Command.EARLIER_VERSIONS].trigger()
    ((title, labels),) = shown
    assert title == "Earlier versions of Invented area.hsbaudit"
    assert f"Folder of the audit: {audit_path.parent}" in labels


def test_those_of_a_file_that_cannot_be_opened_say_so_too(
    window: MainWindow,
    tmp_path: Path,
    shown: list[tuple[str, list[str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lost = tmp_path / "in a folder" / "Lost.hsbaudit"
    lost.parent.mkdir()
    with create_audit_file(lost, NewAudit(area="Lost")) as file:
        make_backup(file, BackupReason.DAY)
    lost.unlink()
    monkeypatch.setattr(messages, "confirm", lambda *_arguments, **_words: True)
    window.flows.open_path(lost)
    ((title, labels),) = shown
    assert title == "Earlier versions of Lost.hsbaudit"
    assert f"Folder of the audit: {lost.parent}" in labels
