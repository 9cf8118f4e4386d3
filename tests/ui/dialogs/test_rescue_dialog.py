"""Rescuing a damaged audit from the window: offered, done beside the original, and told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QProgressDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.operations.rescuing import RescueReport
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui import background
from hsb_desktop.ui.dialogs import rescue_dialog
from hsb_desktop.ui.dialogs.choice_dialog import ChoiceDialog
from hsb_desktop.ui.dialogs.rescue_dialog import RescueDialog
from hsb_desktop.ui.dialogs.rescue_report_dialog import RescueReportDialog
from hsb_desktop.ui.main_window import MainWindow
from tests.store.files import bare_audit, full_audit, make

pytestmark = pytest.mark.short_form

PAGE = 4096


def press(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()


def words_of(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """An audit of which the page with two names of agencies is gone."""
    path = make(tmp_path / "Northmoor.hsbaudit")
    content = bytearray(path.read_bytes())
    at = content.index(b"Northmoor Health") // PAGE * PAGE
    content[at : at + PAGE] = bytes(PAGE)
    path.write_bytes(content)
    return path


def test_a_damaged_audit_is_rescued_and_opened_from_the_message_that_refuses_it(
    damaged: Path, open_shown: Callable[[Path], MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = damaged.read_bytes()
    told: list[str] = []

    def press_first(name: str) -> Callable[[QWidget], int]:
        def answer(dialog: QWidget) -> int:
            told.append(words_of(dialog))
            press(dialog, name)
            return 1

        return answer

    monkeypatch.setattr(ChoiceDialog, "exec", press_first("rescue_choice"))
    monkeypatch.setattr(RescueDialog, "exec", press_first("rescue_button"))
    monkeypatch.setattr(RescueReportDialog, "exec", press_first("open_button"))
    window = open_shown(make(tmp_path / "other.hsbaudit", bare_audit()))
    window.flows.open_path(damaged)

    refusal, asking, report = told
    assert "is damaged" in refusal
    assert "stays as it is" in asking
    assert "4 values could not be read" in report
    assert window.page is not None
    assert window.page.session.path == tmp_path / "Northmoor rescued.hsbaudit"
    assert dict(window.page.session.audit.responses) == dict(full_audit().responses)
    assert damaged.read_bytes() == content


def test_left_alone_nothing_is_written(
    damaged: Path, open_shown: Callable[[Path], MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(dialog: ChoiceDialog) -> int:
        press(dialog, "leave_button")
        return dialog.result()

    monkeypatch.setattr(ChoiceDialog, "exec", leave)
    other = make(tmp_path / "other.hsbaudit", bare_audit())
    window = open_shown(other)
    window.flows.open_path(damaged)
    assert window.page is not None
    assert window.page.session.path == other
    assert not list(tmp_path.glob("*rescued*"))


def test_what_cannot_be_rescued_is_told_in_the_dialog_which_stays(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "rubbish.hsbaudit"
    path.write_bytes(b"rubbish" * 2000)
    dialog = RescueDialog(path)
    qtbot.addWidget(dialog)
    dialog.show()
    press(dialog, "rescue_button")
    assert dialog.isVisible()
    assert "Nothing that was entered could be read" in dialog.problem.text()
    assert [entry.name for entry in tmp_path.iterdir()] == ["rubbish.hsbaudit"]


def test_the_place_of_the_new_file_is_chosen_and_keeps_its_ending(
    qtbot: QtBot, damaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(rescue_dialog, "choose_new_file", lambda *_asked, **_options: elsewhere / "mended")
    dialog = RescueDialog(damaged)
    qtbot.addWidget(dialog)
    press(dialog, "browse_button")
    press(dialog, "rescue_button")
    assert dialog.report is not None
    assert dialog.report.path == elsewhere / "mended.hsbaudit"
    with AuditFile.open(dialog.report.path) as file:
        assert dict(file.read().responses) == dict(full_audit().responses)


def test_what_was_written_until_it_was_cancelled_is_told_where_it_cannot_be_deleted(
    qtbot: QtBot, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled(_parent: QWidget, _words: str, _work: Callable[[], RescueReport]) -> None:
        """As after Cancel; what was written until then is there."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(rescue_dialog, "run_with_progress", cancelled)
    dialog = RescueDialog(damaged)
    qtbot.addWidget(dialog)
    dialog.show()
    Path(dialog.path.text()).write_bytes(b"rescued until then")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        press(dialog, "rescue_button")
    assert dialog.isVisible()
    assert "could not be deleted: Permission denied" in dialog.problem.text()
    assert dialog.path.text() in dialog.problem.text()


def test_a_name_that_is_taken_is_left_as_it_is(qtbot: QtBot, damaged: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken.hsbaudit"
    taken.write_bytes(b"mine")
    dialog = RescueDialog(damaged)
    qtbot.addWidget(dialog)
    dialog.path.setText(str(taken))
    press(dialog, "rescue_button")
    assert "exists already" in dialog.problem.text()
    dialog.path.clear()
    press(dialog, "rescue_button")
    assert "Choose where" in dialog.problem.text()
    assert dialog.report is None
    assert taken.read_bytes() == b"mine"


def test_a_rescue_that_is_cancelled_leaves_nothing(
    qtbot: QtBot, damaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "PATIENCE_MS", 0)
    cancelled = threading.Event()

    def until_cancelled(_source: Path, out: Path) -> RescueReport:
        out.write_bytes(b"half")
        assert cancelled.wait(10)
        return RescueReport(out, 0, (), (), ())

    dialog = RescueDialog(damaged, rescue=until_cancelled)
    qtbot.addWidget(dialog)

    def cancel() -> None:
        progress = dialog.findChild(QProgressDialog)
        assert progress is not None
        progress.canceled.emit()
        cancelled.set()

    QTimer.singleShot(200, cancel)
    press(dialog, "rescue_button")
    assert dialog.report is None
    assert [entry.name for entry in tmp_path.iterdir()] == [damaged.name]


def test_the_list_of_a_report_is_plain_text_and_can_be_copied(qtbot: QtBot, tmp_path: Path) -> None:
    report = RescueReport(
        tmp_path / "new.hsbaudit",
        7,
        ("Baseline, statement 3.2, evidence",),
        ("<b>Police</b>, name",),
        ("N.",),
    )
    dialog = RescueReportDialog(report, tmp_path / "old.hsbaudit")
    qtbot.addWidget(dialog)
    press(dialog, "copy_button")
    assert QGuiApplication.clipboard().text().splitlines() == [
        "What happened\tWhere",
        "could not be read\tBaseline, statement 3.2, evidence",
        "read, but look at it again\t<b>Police</b>, name",
    ]
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel))


def test_a_report_without_losses_has_no_list(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = RescueReportDialog(RescueReport(tmp_path / "new", 7, (), (), ()), tmp_path / "old")
    qtbot.addWidget(dialog)
    assert dialog.table is None
    assert dialog.findChild(QPushButton, "copy_button") is None
    assert "each as it was saved" in words_of(dialog)
