"""What moved: like for like, what matters first, and a way to each statement and to the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.model import Audit, Response
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.dialogs.movement_dialog import MovementDialog
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.paper.report_preview import ReportPreview
from hsb_desktop.values import PARTNERSHIP, ResponseKey
from tests.ui.test_workshop import OpenShown, page_of
from tests.ui.waves import BASELINE, NOW, POLICE, write_two_waves


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    with AuditFile.open(write_two_waves(tmp_path), read_only=True) as file:
        return file.read()


@pytest.fixture
def dialog(audit: Audit, qtbot: QtBot) -> MovementDialog:
    made = MovementDialog(audit, NOW)
    qtbot.addWidget(made)
    made.show()
    return made


def cells(table: QTableWidget) -> list[list[str]]:
    found = []
    for row in range(table.rowCount()):
        items = [table.item(row, column) for column in range(table.columnCount())]
        found.append([item.text() if item else "" for item in items])
    return found


def test_the_summary_says_like_for_like_in_words(dialog: MovementDialog) -> None:
    assert dialog.summary.text() == (
        "3 of 46 statements were scored in both; only those are compared: 1 lower, 1 higher, 1 unchanged, "
        "2 no longer evidenced. Not compared: 1 not scored now, 1 not scored before."
    )


def test_losses_come_first_and_every_row_says_what_moved(dialog: MovementDialog) -> None:
    rows = [(row[0].split()[0], *row[1:]) for row in cells(dialog.moves)]
    assert rows == [
        ("1.2", "2 lower", "3", "1", "3: –", "yes → yes"),
        ("2.1a", "no longer evidenced", "4", "4", "", "yes → none"),
        ("1.3", "2 higher, no longer evidenced", "1", "3", "", "yes → none"),
        ("1.1", "not scored now", "2", "–", "3: –", "yes → none"),
        ("3.1", "not scored before", "–", "2", "", "none → none"),
    ]


def test_a_domain_says_how_many_statements_stand_behind_its_change(dialog: MovementDialog) -> None:
    first, second, third, *_ = cells(dialog.domains)
    assert first == ["1 Responses", "2.0", "2.0", "0.0", "2 of 10"]
    assert second == ["2 Prevention", "4.0", "4.0", "0.0", "1 of 10"]
    assert third == ["3 Assessment", "–", "–", "–", "0 of 8"]


def test_the_chosen_statement_shows_its_evidence_before_and_now(dialog: MovementDialog) -> None:
    told = dialog.detail.toPlainText()
    assert "Baseline: 3" in told
    assert "Training log." in told
    assert "Six months: 1" in told
    assert "Training log of this year." in told
    dialog.moves.selectRow(1)
    assert "No evidence." in dialog.detail.toPlainText()


@pytest.mark.parametrize("screen", [QSize(1280, 672), QSize(1366, 720)])
def test_evidence_before_and_now_is_seen_without_scrolling(dialog: MovementDialog, screen: QSize) -> None:
    dialog.fit_to(screen)
    QTest.qWait(20)
    assert dialog.height() <= screen.height()
    seen = dialog.detail.cursorForPosition(dialog.detail.viewport().rect().bottomRight()).position()
    assert dialog.detail.toPlainText().index("Training log of this year.") < seen
    assert dialog.domains.horizontalScrollBar().maximum() == 0


def test_agencies_can_be_compared_and_waves_the_other_way_round(dialog: MovementDialog) -> None:
    dialog.party.setCurrentIndex(dialog.party.findData(POLICE))
    dialog.refresh()
    assert dialog.summary.text().startswith("0 of 46 statements were scored in both")
    dialog.party.setCurrentIndex(0)
    dialog.before.setCurrentIndex(dialog.before.findData(NOW))
    dialog.now.setCurrentIndex(dialog.now.findData(BASELINE))
    dialog.refresh()
    assert cells(dialog.moves)[0][0].startswith("1.3")
    dialog.now.setCurrentIndex(dialog.now.findData(NOW))
    dialog.refresh()
    assert "one and the same wave" in dialog.summary.text()


def test_a_reached_target_is_said(audit: Audit, qtbot: QtBot) -> None:
    responses = {**audit.responses, ResponseKey(NOW, PARTNERSHIP, "1.1"): Response(score=3)}
    dialog = MovementDialog(replace(audit, responses=responses), NOW)
    qtbot.addWidget(dialog)
    (row,) = [row for row in cells(dialog.moves) if row[0].startswith("1.1")]
    assert row[4] == "3: reached"


def test_of_the_first_wave_the_next_one_is_compared(audit: Audit, qtbot: QtBot) -> None:
    dialog = MovementDialog(audit, BASELINE)
    qtbot.addWidget(dialog)
    assert (dialog.before.currentData(), dialog.now.currentData()) == (BASELINE, NOW)


def test_enter_goes_to_the_statement(
    tmp_path: Path, open_shown: OpenShown, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    window: MainWindow = open_shown(write_two_waves(tmp_path / "other"))

    def press_enter(dialog: QDialog) -> int:
        assert isinstance(dialog, MovementDialog)
        dialog.moves.selectRow(1)
        QTest.keyClick(dialog.moves, Qt.Key.Key_Return)
        return dialog.result()

    monkeypatch.setattr(QDialog, "exec", press_enter)
    window.commands[Command.MOVEMENT].trigger()
    assert page_of(window).current_statement_id == "2.1a"


def test_the_report_is_one_button_away(
    tmp_path: Path, open_shown: OpenShown, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    window = open_shown(write_two_waves(tmp_path / "other"))
    asked: list[str] = []

    def press_report(dialog: QDialog) -> int:
        assert isinstance(dialog, MovementDialog)
        button = dialog.findChild(QPushButton, "report_button")
        assert button is not None
        button.click()
        return dialog.result()

    monkeypatch.setattr(QDialog, "exec", press_report)
    monkeypatch.setattr(ReportPreview, "show_for", lambda *_: asked.append("report"))
    window.commands[Command.MOVEMENT].trigger()
    assert asked == ["report"]
