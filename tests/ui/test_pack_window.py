"""A pack in the real window: only what its agency, or its table, is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from hsb_desktop.operations.packs import PackKind
from hsb_desktop.report.composing import report_content
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.values import NO_VIEW, PARTNERSHIP
from tests.operations.packs import (
    HEALTH,
    NAMES,
    POLICE,
    SECRETS,
    WAVE,
    held,
    made_audit,
    of,
    pack_of,
    sent,
)

from .test_workshop import OpenShown, card_of, click_score, focused, page_of

pytestmark = pytest.mark.short_form

IN_NO_PACK = (Command.IMPORT, Command.SHARE, Command.SEND_PACKS, Command.TAKE_PACKS, Command.DETAILS)


@pytest.fixture
def pack_path(tmp_path: Path) -> Path:
    whole = made_audit(tmp_path / "audit.hsbaudit")
    return pack_of(sent(whole, tmp_path / "packs", kinds=(PackKind.AUDIT,)), POLICE, PackKind.AUDIT)


@pytest.fixture
def pack_window(pack_path: Path, open_shown: OpenShown) -> MainWindow:
    return open_shown(pack_path)


@pytest.fixture
def table_window(tmp_path: Path, open_shown: OpenShown) -> MainWindow:
    whole = made_audit(tmp_path / "audit.hsbaudit")
    return open_shown(sent(whole, tmp_path / "t", kinds=(PackKind.AUDIT,), domain_id="2").paths[0])


def settled(window: MainWindow) -> None:
    """Everything on the screen is on the disk: the first edit of a day makes a backup before."""
    assert page_of(window).session.settle()


def no_view_button(window: MainWindow, statement_id: str) -> QPushButton:
    button = card_of(window, statement_id).findChild(QPushButton, "no_view_button")
    assert button is not None
    return button


def reason_edit(window: MainWindow, statement_id: str) -> QLineEdit:
    edit = card_of(window, statement_id).findChild(QLineEdit, "no_view_reason_edit")
    assert edit is not None
    return edit


def words_of(window: MainWindow, name: str) -> str:
    label = window.findChild(QWidget, name)
    assert isinstance(label, QLabel | QPushButton)
    return label.text()


# An agency's pack -------------------------------------------------------------------------------------------


def test_the_title_and_the_header_say_whose_pack_it_is(pack_window: MainWindow) -> None:
    title = f"Pack for {NAMES[POLICE]} · Baseline"
    assert pack_window.windowTitle().startswith(title)
    assert words_of(pack_window, "audit_name") == title
    assert "Send this file back to R. Adeyemi" in words_of(pack_window, "notice_text")


def test_a_score_in_a_pack_is_the_agency_s_and_nobody_else_s(
    pack_window: MainWindow, pack_path: Path
) -> None:
    assert card_of(pack_window, "1.1").score_selector.score == 2
    assert card_of(pack_window, "1.1").evidence_edit.toPlainText() == SECRETS["police evidence"]
    click_score(pack_window, "1.2", 3)
    settled(pack_window)
    audit = held(pack_path)
    assert audit.value(of(POLICE, "1.2")) == 3
    assert not any(key.party_id == PARTNERSHIP for key in audit.responses)


def test_no_view_is_chosen_with_a_key_or_a_click_and_takes_a_reason(
    pack_window: MainWindow, pack_path: Path
) -> None:
    page_of(pack_window).show_statement("1.2")
    assert reason_edit(pack_window, "1.2").isHidden() or not reason_edit(pack_window, "1.2").isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_X)
    settled(pack_window)
    assert held(pack_path).value(of(POLICE, "1.2")) == NO_VIEW
    edit = reason_edit(pack_window, "1.2")
    assert edit.isVisible()
    edit.setFocus()
    QTest.keyClicks(edit, "Not in our remit.")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    settled(pack_window)
    assert held(pack_path).value(of(POLICE, "1.2", "no_view_reason")) == "Not in our remit."
    progress = page_of(pack_window).session.standing.progress
    assert (progress.scored, progress.answered) == (1, 2)
    QTest.mouseClick(no_view_button(pack_window, "1.3"), Qt.MouseButton.LeftButton)
    settled(pack_window)
    assert held(pack_path).value(of(POLICE, "1.3")) == NO_VIEW


def test_a_score_takes_the_place_of_no_view_with_its_reason_and_undo_brings_both_back(
    pack_window: MainWindow, pack_path: Path
) -> None:
    session = page_of(pack_window).session
    session.set_no_view("1.2", "Not in our remit.")
    click_score(pack_window, "1.2", 0)
    settled(pack_window)
    assert held(pack_path).value(of(POLICE, "1.2")) == 0
    assert held(pack_path).value(of(POLICE, "1.2", "no_view_reason")) is None
    session.undo()
    settled(pack_window)
    assert held(pack_path).value(of(POLICE, "1.2")) == NO_VIEW
    assert reason_edit(pack_window, "1.2").text() == "Not in our remit."


def test_backspace_and_clear_take_no_view_back(pack_window: MainWindow, pack_path: Path) -> None:
    page_of(pack_window).session.set_no_view("1.2")
    settled(pack_window)
    page_of(pack_window).show_statement("1.2")
    assert "no view" in card_of(pack_window, "1.2").score_selector.accessibleName()
    QTest.keyClick(focused(), Qt.Key.Key_Backspace)
    settled(pack_window)
    assert held(pack_path).value(of(POLICE, "1.2")) is None
    page_of(pack_window).session.set_no_view("1.2")
    settled(pack_window)
    clear = card_of(pack_window, "1.2").findChild(QPushButton, "clear_score")
    assert clear is not None
    assert not clear.isHidden()
    clear.click()
    settled(pack_window)
    assert held(pack_path).value(of(POLICE, "1.2")) is None


def test_what_makes_no_sense_in_a_pack_cannot_be_chosen_and_says_why(pack_window: MainWindow) -> None:
    for command in IN_NO_PACK:
        assert not pack_window.commands[command].isEnabled()
        assert "This is a pack" in pack_window.commands[command].statusTip()
    assert pack_window.commands[Command.REPORT].isEnabled()


def test_the_overview_of_a_pack_leads_to_no_details_and_tells_of_no_other_wave(
    pack_window: MainWindow,
) -> None:
    overview = page_of(pack_window).overview
    page_of(pack_window).tabs.setCurrentIndex(0)
    for name in ("details_button", "due_line"):
        widget = overview.findChild(QWidget, name)
        assert widget is not None
        assert widget.isHidden()


@pytest.mark.whole_form
def test_once_all_is_answered_the_status_line_says_what_to_do(pack_window: MainWindow) -> None:
    session = page_of(pack_window).session
    for number, statement in enumerate(session.audit.instrument.statements):
        if number % 2:
            session.set_no_view(statement.statement_id)
        else:
            session.set_score(statement.statement_id, 1)
    settled(pack_window)
    assert words_of(pack_window, "progress_text") == "46 of 46 answered"
    assert words_of(pack_window, "next_button") == (
        "All answered: close it and send this file back to R. Adeyemi"
    )


def test_comments_on_a_domain_are_not_asked_of_an_agency(pack_window: MainWindow) -> None:
    assert page_of(pack_window).domain_tab("1").end.isHidden()


def test_the_radar_and_the_report_show_the_agency_s_answers(pack_window: MainWindow) -> None:
    session = page_of(pack_window).session
    session.set_score("3.1", 4)
    settled(pack_window)
    assert [score.scored for score in session.standing.domain_scores] == [1, 0, 1, 0, 0]
    content = report_content(session.shown, WAVE, "2026-11-20")
    assert content.scored == 2


def test_nothing_is_voted_on_or_agreed_in_an_agency_s_pack(pack_window: MainWindow) -> None:
    for name in ("agencies_strip", "reading_line"):
        assert pack_window.findChild(QWidget, name) is None
    pack_window.toggle_projection()
    assert pack_window.findChild(QWidget, "agencies_strip") is None
    pack_window.toggle_projection()


def test_a_partnership_s_audit_has_no_such_button(window: MainWindow) -> None:
    assert window.findChild(QPushButton, "no_view_button") is None
    assert window.findChild(QWidget, "important_notice") is None


# A table's pack ---------------------------------------------------------------------------------------------


@pytest.mark.whole_form
def test_a_table_s_pack_has_one_domain_and_the_agreed_responses(table_window: MainWindow) -> None:
    page = page_of(table_window)
    assert [d.domain_id for d in page.session.audit.instrument.domains] == ["2"]
    assert page.tabs.tabText(1).startswith("2 ")
    assert [page.tabs.tabText(place)[:1] for place in range(page.tabs.count())] == ["O", "2"]
    assert words_of(table_window, "progress_text") == "1 of 10 scored"
    click_score(table_window, "2.4", 2)
    settled(table_window)
    path = page.session.path
    assert held(path).agreed(WAVE, "2.4").score == 2
    assert len(held(path).instrument.statements) == 46
    assert not page.domain_tab("2").end.isHidden()
    assert table_window.findChild(QPushButton, "no_view_button") is None
    assert not any(key.party_id == HEALTH for key in page.session.audit.responses)
