"""Ctrl+J: what to talk about first; the keys follow it, and it stays put while people score."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from hsb_desktop.analysis.agenda import AgendaOrder
from hsb_desktop.ui.agenda_panel import AgendaPanel
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.statement_screen import StatementScreen
from hsb_desktop.values import OPEN, RoundKey, Subject, ValueAddress, VoteKey

from .test_workshop import OpenShown, click_score, focused, page_of
from .waves import HEALTH, NOW, POLICE, write_two_waves

pytestmark = pytest.mark.short_form


@pytest.fixture
def two_window(tmp_path: Path, open_shown: OpenShown) -> MainWindow:
    return open_shown(write_two_waves(tmp_path))


def press_ctrl_j(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def panel(two_window: MainWindow) -> AgendaPanel:
    press_ctrl_j(two_window)
    found = page_of(two_window).agenda
    assert found is not None
    assert found.isVisible()
    return found


def rows(panel: AgendaPanel) -> list[str]:
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def said(window: MainWindow) -> str:
    note = page_of(window).status.findChild(QLabel, "status_note")
    assert note is not None
    return note.text()


def test_each_row_has_number_words_and_reason(panel: AgendaPanel) -> None:
    assert panel.order is AgendaOrder.SPREAD
    assert panel.statement_ids == ("4.2", "1.2", "3.1")
    first, *_ = rows(panel)
    assert first.startswith("4.2  ")
    assert first.endswith("\nspread 2 · agencies 1 to 3")


def test_what_is_settled_is_ticked_and_comes_after_what_is_open(panel: AgendaPanel) -> None:
    told = [row.partition("\n")[2] for row in rows(panel)]
    assert told == [
        "spread 2 · agencies 1 to 3",
        "✓ agreed 1 · spread 3 · agencies 1 to 4",
        "✓ agreed 2 · spread 1 · agencies 2 to 3",
    ]


@pytest.mark.parametrize(
    ("order", "statement_id", "reason"),
    [
        (AgendaOrder.WEAKEST, "1.2", "score 1 · spread 3"),
        (AgendaOrder.NO_EVIDENCE, "2.1a", "score 4 without evidence"),
        (AgendaOrder.BIGGEST_DROP, "1.2", "3 → 1 since Baseline"),
        (AgendaOrder.NOT_SCORED, "1.1", "no score yet"),
    ],
)
def test_every_order_says_why(panel: AgendaPanel, order: AgendaOrder, statement_id: str, reason: str) -> None:
    panel.show_order(order)
    assert panel.statement_ids[0] == statement_id
    assert rows(panel)[0].endswith(f"\n{reason}")


@pytest.mark.whole_form
def test_nobody_is_named_on_the_agenda(panel: AgendaPanel, two_window: MainWindow) -> None:
    session = page_of(two_window).session
    assert session.rounds.answer("5.1", HEALTH, 2)
    told = []
    for order in AgendaOrder:
        panel.show_order(order)
        for row in range(panel.list.count()):
            item = panel.list.item(row)
            told.append(f"{item.text()} {item.toolTip()} {item.data(Qt.ItemDataRole.AccessibleTextRole)}")
    agencies = [agency.name for agency in session.audit.agencies]
    assert agencies == ["Police", "Health"]
    # The form's own words may speak of health: a name stands before what it gave.
    named = re.compile(rf"({'|'.join(agencies)}) (\d|and \d+ more)")
    assert not [words for words in told if named.search(words)]
    panel.show_order(AgendaOrder.SPREAD)
    assert "Agencies’ scores: 1, 3" in panel.list.item(0).toolTip()
    panel.show_order(AgendaOrder.NOT_SCORED)
    place = panel.statement_ids.index("5.1")
    assert rows(panel)[place].endswith("\nagencies 2")


def test_an_order_with_nothing_in_it_says_so(panel: AgendaPanel, two_window: MainWindow) -> None:
    session = page_of(two_window).session
    session.show_wave("wave-baseline")
    panel.show_order(AgendaOrder.BIGGEST_DROP)
    assert panel.statement_ids == ()
    nothing = panel.findChild(QLabel, "agenda_nothing")
    assert nothing is not None
    assert nothing.isVisible()
    assert "No score is lower" in nothing.text()


def test_enter_and_a_click_go_to_the_statement(panel: AgendaPanel, two_window: MainWindow) -> None:
    panel.list.setCurrentRow(1)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert page_of(two_window).current_statement_id == "1.2"
    place = panel.list.visualItemRect(panel.list.item(2)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert page_of(two_window).current_statement_id == "3.1"


def test_n_and_p_follow_the_agenda_and_the_status_line_says_so(
    panel: AgendaPanel, two_window: MainWindow
) -> None:
    page = page_of(two_window)
    page.show_statement("4.2")
    assert said(two_window) == "Following the agenda: by spread, 1 of 3"
    QTest.keyClick(focused(), Qt.Key.Key_N)
    assert page.current_statement_id == "1.2"
    QTest.keyClick(focused(), Qt.Key.Key_N)
    assert page.current_statement_id == "3.1"
    assert said(two_window) == "Following the agenda: by spread, 3 of 3"
    QTest.keyClick(focused(), Qt.Key.Key_N)
    assert page.current_statement_id == "3.1"
    QTest.keyClick(focused(), Qt.Key.Key_P)
    assert page.current_statement_id == "1.2"
    assert panel.list.currentRow() == 1


def test_the_full_screen_follows_it_too(panel: AgendaPanel, two_window: MainWindow) -> None:
    page_of(two_window).show_statement("4.2")
    two_window.toggle_projection()
    (screen,) = two_window.findChildren(StatementScreen)
    QTest.keyClick(focused(), Qt.Key.Key_N)
    assert screen.statement_id == "1.2"
    hint = screen.findChild(QLabel, "projected_hint")
    assert hint is not None
    assert hint.text() == "Following the agenda: by spread, 2 of 3"
    two_window.toggle_projection()
    assert page_of(two_window).current_statement_id == "1.2"


@pytest.mark.whole_form
def test_on_the_full_screen_it_is_opened_and_left_by_the_same_key(two_window: MainWindow) -> None:
    page_of(two_window).show_statement("4.2")
    two_window.toggle_projection()
    (screen,) = two_window.findChildren(StatementScreen)
    hint = screen.findChild(QLabel, "projected_hint")
    assert hint is not None
    press_ctrl_j(two_window)
    assert hint.text() == "Following the agenda: by spread, 1 of 3"
    QTest.keyClick(focused(), Qt.Key.Key_N)
    assert screen.statement_id == "1.2"
    press_ctrl_j(two_window)
    assert hint.text().startswith("N next")
    QTest.keyClick(focused(), Qt.Key.Key_N)
    assert screen.statement_id == "1.3"
    two_window.toggle_projection()


def test_what_was_just_scored_stays_where_it_is_until_the_order_is_asked_for_anew(
    panel: AgendaPanel, two_window: MainWindow
) -> None:
    panel.show_order(AgendaOrder.NOT_SCORED)
    assert panel.statement_ids[:2] == ("1.1", "1.4")
    click_score(two_window, "1.1", 2)
    assert panel.statement_ids[:2] == ("1.1", "1.4")
    assert rows(panel)[0].endswith("no score yet · now 2")
    QTest.keyClick(focused(), Qt.Key.Key_N)
    assert page_of(two_window).current_statement_id == "1.4"
    panel.refresh_button.click()
    assert panel.statement_ids[0] == "1.4"


@pytest.mark.parametrize("leave", ["Esc", "Ctrl+J"])
def test_it_is_left_by_key_and_the_keys_follow_the_form_again(
    panel: AgendaPanel, two_window: MainWindow, leave: str
) -> None:
    page = page_of(two_window)
    page.show_statement("1.2")
    panel.list.setFocus()
    if leave == "Esc":
        QTest.keyClick(panel.list, Qt.Key.Key_Escape)
    else:
        press_ctrl_j(two_window)
    assert page.agenda is None
    assert said(two_window) == ""
    QApplication.processEvents()
    QTest.keyClick(focused(), Qt.Key.Key_N)
    assert page.current_statement_id == "1.3"


@pytest.mark.whole_form
def test_a_vote_in_an_open_round_is_nowhere_on_the_agenda(panel: AgendaPanel, two_window: MainWindow) -> None:
    session = page_of(two_window).session
    number = RoundKey(NOW, "5.1", "1")
    session.change(
        "round",
        [
            (ValueAddress(Subject.ROUND, tuple(number), "state"), OPEN),
            (ValueAddress(Subject.VOTE, tuple(VoteKey(*number, POLICE)), "answer"), 4),
            (ValueAddress(Subject.VOTE, tuple(VoteKey(*number, HEALTH)), "answer"), 0),
        ],
    )
    for order in AgendaOrder:
        panel.show_order(order)
        for row in range(panel.list.count()):
            item = panel.list.item(row)
            if panel.statement_ids[row] == "5.1":
                told = f"{item.text()} {item.toolTip()} {item.data(Qt.ItemDataRole.AccessibleTextRole)}"
                assert "Police" not in told
                assert "Health" not in told
    panel.show_order(AgendaOrder.SPREAD)
    assert "5.1" not in panel.statement_ids


def test_at_1280_by_720_agenda_cards_and_radar_stand_side_by_side(
    panel: AgendaPanel, two_window: MainWindow
) -> None:
    two_window.resize(1280, 720)
    QApplication.processEvents()
    page = page_of(two_window)
    page.show_statement("1.2")
    card = page.domain_tab("1").card("1.2")
    assert panel.width() <= 1280 // 3
    assert card.width() >= 560
    assert page.width() <= 1280
