"""Settling what copies answered differently, and the marks that it leaves until then, in the real window."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.ui.command import Command
from hsb_desktop.ui.conflict_mark import ConflictMark
from hsb_desktop.ui.dialogs.conflicts_dialog import ConflictsDialog
from hsb_desktop.ui.dialogs.reading_text import ReadingText
from hsb_desktop.ui.important_notice import ImportantNotice
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.statement_screen import StatementScreen
from hsb_desktop.values import Subject, ValueAddress
from tests.ui.merging import ANN, BOB, Person, content, copied, enter, person, place, press, pressing
from tests.ui.test_workshop import card_of, page_of

pytestmark = pytest.mark.short_form

__all__ = ["person"]


@pytest.fixture
def window_differing(
    audit_path: Path, open_shown: Callable[[Path], MainWindow], person: Person
) -> MainWindow:
    """The window after a merge: a score of 1.2 and evidence of 3.1 differ."""
    theirs = copied(audit_path, "theirs")
    enter(theirs, ("1.2", "score", 1), ("3.1", "evidence", "what <b>Bob</b> wrote"), author=BOB)
    enter(audit_path, ("1.2", "score", 4), ("3.1", "evidence", "what Ann wrote"), author=ANN)
    window = open_shown(audit_path)
    person.does = [pressing("merge_button")]
    window.flows.merging.merge_paths([theirs])
    assert session_of(window).settle()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    return window


def session_of(window: MainWindow) -> AuditSession:
    assert window.session is not None
    return window.session


def settling(dialog: QDialog) -> ConflictsDialog:
    assert isinstance(dialog, ConflictsDialog)
    return dialog


def mark_on(window: MainWindow, statement_id: str) -> ConflictMark | None:
    return card_of(window, statement_id).findChild(ConflictMark)


def words_of(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


# Marks ----------------------------------------------------------------------------------------------------


def test_what_differs_is_marked_on_its_card_and_counted_in_the_status_and_on_the_overview(
    window_differing: MainWindow,
) -> None:
    page = page_of(window_differing)
    mark = mark_on(window_differing, "1.2")
    assert mark is not None
    assert mark.isVisible()
    assert mark.text() == "⚠ 2 answers differ: score · settle…"
    assert mark_on(window_differing, "1.1") is None
    status = page.status.findChild(QPushButton, "differing_button")
    assert status is not None
    assert status.text() == "⚠ 2 to settle"
    page.overview.refresh()
    words = [label.text() for label in page.overview.findChildren(QLabel)]
    assert "⚠ Answers differ and wait to be settled (2)" in words


def test_what_was_told_of_the_merge_goes_by_itself_when_all_is_settled(
    window_differing: MainWindow, person: Person, qtbot: QtBot
) -> None:
    page = page_of(window_differing)
    qtbot.waitUntil(lambda: page.findChild(ImportantNotice) is not None)
    notice = page.findChild(ImportantNotice)
    assert notice is not None

    def settle_one(dialog: QDialog) -> None:
        settling(dialog).take(1)
        dialog.reject()

    person.does = [settle_one]
    window_differing.flows.merging.show_conflicts()
    assert notice.isVisible()
    person.does = [settle_one]
    window_differing.flows.merging.show_conflicts()
    assert not session_of(window_differing).questions
    assert notice.isHidden()


def test_where_much_differs_on_a_card_the_mark_only_counts(
    audit_path: Path, open_shown: Callable[[Path], MainWindow], person: Person
) -> None:
    theirs = copied(audit_path, "theirs")
    texts = ("evidence", "assurance")
    enter(theirs, ("1.2", "score", 1), ("1.2", "target", 2), *(("1.2", field, "theirs") for field in texts))
    enter(audit_path, ("1.2", "score", 4), ("1.2", "target", 3), *(("1.2", field, "ours") for field in texts))
    window = open_shown(audit_path)
    person.does = [pressing("merge_button")]
    window.flows.merging.merge_paths([theirs])
    assert session_of(window).settle()
    mark = mark_on(window, "1.2")
    assert mark is not None
    assert mark.text() == "⚠ answers differ in 4 places · settle…"


def test_a_mark_tells_nobodys_answer_and_no_name(window_differing: MainWindow) -> None:
    mark = mark_on(window_differing, "3.1")
    assert mark is not None
    told = " ".join((mark.text(), mark.accessibleName(), mark.toolTip()))
    assert "Bob" not in told
    assert "Ann" not in told


def test_nothing_is_marked_where_nothing_differs(window: MainWindow) -> None:
    page = page_of(window)
    assert window.findChildren(ConflictMark) == []
    assert page.status.findChild(QPushButton, "differing_button") is None
    assert not window.commands[Command.CONFLICTS].isEnabled()
    assert not window.commands[Command.NEXT_CONFLICT].isEnabled()


def test_a_mark_goes_when_it_is_settled_and_comes_back_with_undo(
    window_differing: MainWindow, person: Person
) -> None:
    session = session_of(window_differing)
    mark = mark_on(window_differing, "1.2")
    assert mark is not None

    def settle(dialog: QDialog) -> None:
        assert settling(dialog).chosen is not None
        QTest.keyClick(settling(dialog).list, Qt.Key.Key_1)
        press(dialog, "close_button")

    person.does = [settle]
    mark.click()
    assert session.settle()
    assert mark.isHidden()
    assert len(session.questions) == 1
    session.undo()
    assert session.settle()
    assert mark.isVisible()
    assert len(session.questions) == 2


def test_the_next_key_goes_from_one_to_the_next_and_round(window_differing: MainWindow) -> None:
    page = page_of(window_differing)
    action = window_differing.commands[Command.NEXT_CONFLICT]
    seen = []
    for _ in range(3):
        action.trigger()
        seen.append(page.current_statement_id)
    assert seen == ["1.2", "3.1", "1.2"]


def test_the_full_screen_has_the_mark_and_the_next_key(window_differing: MainWindow) -> None:
    window_differing.toggle_projection()
    screen = window_differing.findChild(StatementScreen)
    assert screen is not None
    window_differing.commands[Command.NEXT_CONFLICT].trigger()
    assert screen.statement_id == "1.2"
    mark = screen.findChild(ConflictMark)
    assert mark is not None
    assert mark.isVisible()
    screen.show_statement("1.1")
    assert mark.isHidden()


# Settling -------------------------------------------------------------------------------------------------


def test_both_answers_are_shown_whole_with_who_gave_them(
    window_differing: MainWindow, person: Person
) -> None:
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        conflicts = settling(dialog)
        told.append(words_of(dialog))
        conflicts.list.setCurrentRow(1)
        QApplication.processEvents()
        told.append(words_of(dialog))
        texts = [text.toPlainText() for text in dialog.findChildren(ReadingText) if text.isVisible()]
        assert {"what <b>Bob</b> wrote", "what Ann wrote"} == set(texts)
        press(dialog, "close_button")

    person.does = [look]
    window_differing.commands[Command.CONFLICTS].trigger()
    assert f"stands for now · {BOB}" in told[0]
    assert f"Answer 2 · {ANN}" in told[0]
    assert BOB in told[1]


def test_where_nobody_is_named_it_is_told_what_was_entered_here_and_when_and_what_is_from_a_copy(
    audit_path: Path, open_shown: Callable[[Path], MainWindow], person: Person
) -> None:
    theirs = copied(audit_path, "theirs")
    enter(theirs, ("1.2", "score", 1), ("1.3", "score", 1))
    enter(audit_path, ("1.2", "score", 4), ("1.3", "score", 2))
    window = open_shown(audit_path)
    person.does = [pressing("merge_button")]
    window.flows.merging.merge_paths([theirs])
    assert session_of(window).settle()
    told: list[list[str]] = []

    def look(dialog: QDialog) -> None:
        for row in range(settling(dialog).list.count()):
            settling(dialog).list.setCurrentRow(row)
            QApplication.processEvents()
            labels = dialog.findChildren(QLabel)
            told.append([each.text() for each in labels if each.objectName().startswith("answer_heading")])
        press(dialog, "close_button")

    person.does = [look]
    window.commands[Command.CONFLICTS].trigger()
    session = session_of(window)
    for shown, number in zip(told, ("1.2", "1.3"), strict=True):
        ours, theirs_shown = 4 if number == "1.2" else 2, 1
        in_place = session.audit.agreed(session.wave_id, number).score
        here = shown[0] if in_place == ours else shown[1]
        there = shown[1] if in_place == ours else shown[0]
        assert in_place in (ours, theirs_shown)
        assert re.search(r" · here · \d+ \w+ \d{4}, \d\d:\d\d$", here)
        assert there.endswith(" · from theirs.hsbaudit" if in_place == theirs_shown else " · from a copy")


def test_the_statement_that_is_settled_can_be_read(window_differing: MainWindow, person: Person) -> None:
    statement = session_of(window_differing).audit.instrument.statement("1.2")
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        conflicts = settling(dialog)
        told.append(conflicts.list.item(0).text())
        label = dialog.findChild(QLabel, "statement_words")
        assert label is not None
        told.append(label.text())
        press(dialog, "close_button")

    person.does = [look]
    window_differing.commands[Command.CONFLICTS].trigger()
    assert statement.text[:30] in told[0]
    assert told[1] == f"1.2  {statement.full_text}"


@pytest.mark.parametrize(("number", "score"), [(1, 1), (2, 4)])
def test_one_answer_is_taken_by_its_key(
    window_differing: MainWindow, audit_path: Path, person: Person, number: int, score: int
) -> None:
    def settle(dialog: QDialog) -> None:
        QTest.keyClicks(settling(dialog).list, str(number))
        assert settling(dialog).list.count() == 1
        press(dialog, "close_button")

    person.does = [settle]
    window_differing.commands[Command.CONFLICTS].trigger()
    assert session_of(window_differing).settle()
    assert content(audit_path)[str(place(audit_path, "1.2"))] == score


def test_another_answer_can_be_written_beginning_with_both(
    window_differing: MainWindow, audit_path: Path, person: Person
) -> None:
    begun: list[str] = []

    def write(dialog: QDialog) -> None:
        conflicts = settling(dialog)
        conflicts.list.setCurrentRow(1)
        QTest.keyClick(conflicts.list, Qt.Key.Key_W)
        field = dialog.findChild(QPlainTextEdit, "another_field")
        assert field is not None
        begun.append(field.toPlainText())
        field.setPlainText("What we say together")
        press(dialog, "take_written")
        assert conflicts.list.count() == 1
        press(dialog, "close_button")

    person.does = [write]
    window_differing.commands[Command.CONFLICTS].trigger()
    assert session_of(window_differing).settle()
    assert "what <b>Bob</b> wrote" in begun[0]
    assert "what Ann wrote" in begun[0]
    assert content(audit_path)[str(place(audit_path, "3.1", "evidence"))] == "What we say together"


def test_another_score_can_be_given_and_an_empty_text_cannot(
    window_differing: MainWindow, audit_path: Path, person: Person
) -> None:
    def write(dialog: QDialog) -> None:
        conflicts = settling(dialog)
        press(dialog, "another_button")
        box = dialog.findChild(QComboBox, "another_field")
        assert box is not None
        assert box.findText("no view") < 0
        box.setCurrentIndex(2)
        press(dialog, "take_written")
        press(dialog, "another_button")
        field = dialog.findChild(QPlainTextEdit, "another_field")
        assert field is not None
        field.setPlainText("  ")
        press(dialog, "take_written")
        assert conflicts.problem.isVisible()
        assert conflicts.list.count() == 1
        press(dialog, "close_button")

    person.does = [write]
    window_differing.commands[Command.CONFLICTS].trigger()
    assert session_of(window_differing).settle()
    assert content(audit_path)[str(place(audit_path, "1.2"))] == 2


def test_when_all_is_settled_the_dialog_goes_and_undo_takes_each_back(
    window_differing: MainWindow, audit_path: Path, person: Person
) -> None:
    session = session_of(window_differing)
    before = content(audit_path)

    def settle(dialog: QDialog) -> None:
        QTest.keyClicks(settling(dialog).list, "12")

    person.does = [settle]
    window_differing.commands[Command.CONFLICTS].trigger()
    assert session.settle()
    assert session.questions == ()
    for _ in range(2):
        session.undo()
        assert session.settle()
    assert content(audit_path) == before


def test_in_a_locked_wave_it_is_told_that_nothing_can_be_settled(
    window_differing: MainWindow, person: Person
) -> None:
    session = session_of(window_differing)
    session.change("lock", [(ValueAddress(Subject.WAVE, (session.wave_id,), "is_locked"), 1)])
    told: list[str] = []

    def settle(dialog: QDialog) -> None:
        QTest.keyClicks(settling(dialog).list, "1")
        told.append(settling(dialog).problem.text())
        press(dialog, "close_button")

    person.does = [settle]
    window_differing.commands[Command.CONFLICTS].trigger()
    assert "is locked" in told[0]
    assert len(session.questions) == 2
