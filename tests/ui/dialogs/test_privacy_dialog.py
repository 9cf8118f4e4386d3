"""What was found before an audit leaves: goes on when told to, or to the place that is chosen."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.analysis.privacy import Finding
from hsb_desktop.model import Audit, Response
from hsb_desktop.operations.privacy_scan import scan
from hsb_desktop.ui.dialogs.privacy_dialog import PrivacyDialog
from tests.analysis.audits import audit_with

TEXTS = {
    "1.1": Response(evidence="Ring <b>Jo</b> on 01632 960001."),
    "3.2": Response(evidence="Write to jo@example.org, NHS 999 000 0018"),
}


def audit() -> Audit:
    return audit_with(TEXTS)


def findings() -> tuple[Finding, ...]:
    return scan(audit(), today=date(2026, 11, 20))


def shown(qtbot: QtBot, found: tuple[Finding, ...] | None = None) -> PrivacyDialog:
    dialog = PrivacyDialog(audit(), findings() if found is None else found)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def cells(dialog: PrivacyDialog, row: int) -> list[str]:
    items = [dialog.table.item(row, column) for column in range(3)]
    return [item.text() for item in items if item is not None]


def middle_of(dialog: PrivacyDialog, row: int, column: int) -> QPoint:
    return dialog.table.visualRect(dialog.table.model().index(row, column)).center()


def test_each_line_says_where_what_and_shows_it_with_the_words_around(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    assert dialog.table.rowCount() == 3
    assert cells(dialog, 0) == [
        "Baseline, 1.1 evidence", "telephone number", "Ring <b>Jo</b> on [01632 960001].",
    ]  # fmt: skip
    title = dialog.findChild(QLabel, "dialog_title")
    assert title is not None
    assert title.text() == "3 places may identify somebody"
    limits = dialog.findChild(QLabel, "what_is_not_found")
    assert limits is not None
    assert "cannot find names" in limits.text()


def test_one_place_is_one_place(qtbot: QtBot) -> None:
    dialog = shown(qtbot, findings()[:1])
    title = dialog.findChild(QLabel, "dialog_title")
    assert title is not None
    assert title.text() == "1 place may identify somebody"


def test_a_click_on_a_place_goes_there_and_lets_nothing_leave(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(dialog, 1, 0))
    assert dialog.place_chosen == findings()[1]
    assert dialog.result() == PrivacyDialog.DialogCode.Rejected
    assert not dialog.isVisible()


def test_a_click_on_the_words_only_chooses_the_line(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(dialog, 2, 2))
    assert dialog.isVisible()
    dialog.go_there_button.click()
    assert dialog.place_chosen == findings()[2]


def test_a_double_click_goes_there(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(dialog, 0, 2))
    QTest.mouseDClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(dialog, 0, 2))
    assert dialog.place_chosen == findings()[0]


def test_arrows_and_enter_go_to_a_place(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    assert dialog.focusWidget() is dialog.table
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.place_chosen == findings()[1]
    assert dialog.result() == PrivacyDialog.DialogCode.Rejected


@pytest.mark.parametrize("answer", ["go_on_button", "cancel_button", "Esc"])
def test_it_goes_on_only_when_told_to(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    del qtbot

    def given(dialog: PrivacyDialog) -> int:
        dialog.show()
        button = dialog.findChild(QPushButton, answer)
        if button is None:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            button.click()
        return dialog.result()

    monkeypatch.setattr(PrivacyDialog, "exec", given)
    assert PrivacyDialog.ask(audit(), findings()) is (answer == "go_on_button")


def test_ask_returns_the_place_that_was_chosen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    del qtbot

    def given(dialog: PrivacyDialog) -> int:
        dialog.go_there_button.click()
        return dialog.result()

    monkeypatch.setattr(PrivacyDialog, "exec", given)
    assert PrivacyDialog.ask(audit(), findings()) == findings()[0]


def test_of_very_many_the_first_are_listed_and_all_are_counted(qtbot: QtBot) -> None:
    dialog = shown(qtbot, findings() * 1000)
    assert dialog.table.rowCount() == 200
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "3000 places may identify somebody" in texts
    assert any("first 200" in text for text in texts)
