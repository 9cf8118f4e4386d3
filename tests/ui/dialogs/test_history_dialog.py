"""Who changed a response, when, from what and to what is on its card, and can be put back."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.dialogs.history_dialog import HistoryDialog
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.values import ChangeSet

pytestmark = pytest.mark.short_form

LONG = "The partnership met. " * 1000


@pytest.fixture
def session(window: MainWindow) -> AuditSession:
    assert window.session is not None
    session = window.session
    session.set_author("Chair Winterbourne")
    session.set_score("1.1", 2)
    session.set_evidence("1.1", "Two schools were visited.")
    session.set_author("Scribe Ottoline")
    session.set_evidence("1.1", "Three schools were visited in May.")
    session.set_author("")
    session.set_score("1.1", 3)
    session.set_score("1.2", 4)
    assert session.settle()
    return session


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[HistoryDialog]:
    """The dialogs that were shown, and closed at once."""
    dialogs: list[HistoryDialog] = []

    def show(dialog: QDialog) -> int:
        assert isinstance(dialog, HistoryDialog)
        dialogs.append(dialog)
        return 0

    monkeypatch.setattr(QDialog, "exec", show)
    monkeypatch.setattr(HistoryDialog, "deleteLater", lambda _dialog: None)
    return dialogs


def answer(monkeypatch: pytest.MonkeyPatch, act: Callable[[HistoryDialog], None]) -> None:
    def show(dialog: QDialog) -> int:
        assert isinstance(dialog, HistoryDialog)
        act(dialog)
        return 0

    monkeypatch.setattr(QDialog, "exec", show)


def rows(dialog: HistoryDialog) -> list[list[str]]:
    lines = dialog.table.all_text().splitlines()[1:]
    return [line.split("\t")[1:] for line in lines]


def test_the_card_shows_its_history_the_latest_first(
    window: MainWindow, session: AuditSession, shown: list[HistoryDialog]
) -> None:
    assert window.page is not None
    card = window.page.domain_tab("1").card("1.1")
    button = card.findChild(QPushButton, "history_button")
    assert isinstance(button, QPushButton)
    button.click()
    (dialog,) = shown
    assert dialog.windowTitle() == "History of 1.1"
    assert rows(dialog) == [
        ["no name given", "score", "2 → 3"],
        ["Scribe Ottoline", "evidence", "Two schools were visited. → Three schools were visited in May."],
        ["Chair Winterbourne", "evidence", "nothing → Two schools were visited."],
        ["Chair Winterbourne", "score", "nothing → 2"],
    ]
    assert session.path.exists()


@pytest.mark.parametrize("place", ["score", "box", "full screen"])
def test_keys_show_the_history_of_the_statement_in_view(
    place: str, window: MainWindow, session: AuditSession, shown: list[HistoryDialog]
) -> None:
    assert window.page is not None
    window.page.show_statement("1.1")
    card = window.page.domain_tab("1").card("1.1")
    if place == "score":
        QTest.keyClick(card.score_selector.buttons[3], Qt.Key.Key_H)
    elif place == "box":
        card.evidence_edit.setFocus()
        QTest.keyClick(card.evidence_edit, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    else:
        window.toggle_projection()
        QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert [dialog.windowTitle() for dialog in shown] == ["History of 1.1"]
    assert session.shown.response(session.key("1.1")).evidence == "Three schools were visited in May."


def test_the_chosen_change_is_told_whole_and_can_be_copied(
    window: MainWindow, session: AuditSession, shown: list[HistoryDialog]
) -> None:
    session.set_evidence("1.1", LONG)
    assert session.settle()
    window.flows.show_history("1.1")
    (dialog,) = shown
    assert dialog.table.currentRow() == 0
    assert LONG.strip() in dialog.detail.toPlainText()
    assert "Three schools were visited in May." in dialog.detail.toPlainText()
    assert max(map(len, dialog.table.all_text().splitlines())) < 250
    assert dialog.detail.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_markup_in_a_text_is_shown_as_it_was_written(
    window: MainWindow, session: AuditSession, shown: list[HistoryDialog]
) -> None:
    session.set_evidence("1.1", "<b>bold</b> <img src=x>")
    assert session.settle()
    window.flows.show_history("1.1")
    assert shown[0].detail.toPlainText().count("<b>bold</b> <img src=x>") == 2


def test_an_earlier_text_is_put_back_as_one_step_that_undo_takes_back(
    window: MainWindow, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def restore(dialog: HistoryDialog) -> None:
        dialog.table.selectRow(1)
        assert not dialog.after_button.isEnabled()
        dialog.before_button.click()

    answer(monkeypatch, restore)
    window.flows.show_history("1.1")
    assert session.settle()
    key = session.key("1.1")
    assert session.audit.response(key).evidence == "Two schools were visited."
    assert session.undo_text == "restored evidence of 1.1"
    session.undo()
    assert session.settle()
    assert session.audit.response(key).evidence == "Three schools were visited in May."


def test_a_score_is_put_back_and_what_is_there_already_is_not_offered(
    window: MainWindow, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def restore(dialog: HistoryDialog) -> None:
        dialog.table.selectRow(3)
        dialog.before_button.click()

    answer(monkeypatch, restore)
    window.flows.show_history("1.1")
    assert session.settle()
    assert session.audit.response(session.key("1.1")).score is None


def test_closing_it_changes_nothing(
    window: MainWindow, session: AuditSession, shown: list[HistoryDialog]
) -> None:
    before = session.audit
    window.flows.show_history("1.1")
    assert shown
    assert session.audit is before


def test_words_typed_a_moment_ago_are_in_it(
    window: MainWindow, session: AuditSession, shown: list[HistoryDialog], qtbot: QtBot
) -> None:
    assert window.page is not None
    box = window.page.domain_tab("1").card("1.1").assurance_edit
    box.setFocus()
    QTest.keyClicks(box, "As the board")
    window.flows.show_history("1.1")
    qtbot.waitUntil(lambda: bool(shown))
    assert rows(shown[0])[0] == ["no name given", "assurance", "nothing → As the board"]


def test_a_response_without_history_says_so(
    window: MainWindow, session: AuditSession, shown: list[HistoryDialog]
) -> None:
    window.flows.show_history("3.2")
    (dialog,) = shown
    assert "Nothing was changed here" in dialog.detail.toPlainText()
    assert not dialog.before_button.isEnabled()
    assert not dialog.after_button.isEnabled()
    assert session.undo_text


@pytest.mark.whole_form
def test_comments_on_a_domain_have_their_history_too(
    window: MainWindow, session: AuditSession, shown: list[HistoryDialog]
) -> None:
    assert window.page is not None
    session.set_comments("2", "Taken on by the data group.")
    session.set_completed_on("2", "2026-03-12")
    assert session.settle()
    button = window.page.domain_tab("2").findChild(QPushButton, "note_history_button")
    assert isinstance(button, QPushButton)
    button.click()
    assert [row[1] for row in rows(shown[0])] == ["date completed", "comments"]


def test_dozens_of_changes_are_there_in_a_moment(
    window: MainWindow, session: AuditSession, shown: list[HistoryDialog]
) -> None:
    for number in range(60):
        session.set_score("1.3", number % 5)
    assert session.settle()
    window.flows.show_history("1.3")
    assert shown[0].table.rowCount() == 60


def test_edits_that_a_slow_disk_is_still_at_are_waited_for_and_are_in_it(
    window: MainWindow,
    session: AuditSession,
    shown: list[HistoryDialog],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    really = AuditFile.apply

    def slowly(file: AuditFile, change_set: ChangeSet, visit: int | None = None) -> None:
        time.sleep(0.2)
        really(file, change_set, visit)

    monkeypatch.setattr(AuditFile, "apply", slowly)
    for score in (1, 2, 3):
        session.set_score("1.4", score)
    window.flows.show_history("1.4")
    assert not shown
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    assert [row[2] for row in rows(shown[0])] == ["2 → 3", "1 → 2", "nothing → 1"]
