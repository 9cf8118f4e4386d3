"""A new wave starts empty beside last time's answers; a locked one is read, and unlocked on purpose only."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.errors import InputRefused
from hsb_desktop.operations.waves import new_wave
from hsb_desktop.settings import Settings
from hsb_desktop.ui import messages
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.dialogs.details_dialog import DetailsDialog
from hsb_desktop.ui.dialogs.new_wave_dialog import NewWaveDialog
from hsb_desktop.ui.last_time_line import LastTimeLine
from hsb_desktop.ui.lock_line import LockLine
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.reading_line import ReadingLine
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.statement_screen import StatementScreen
from hsb_desktop.ui.still_label import StillLabel
from hsb_desktop.ui.target_button import TargetButton
from tests.examples import cases

from .test_workshop import OpenShown, card_of, click_score, focused, page_of, saved
from .waves import BASELINE, HEALTH, NOW, POLICE, write_two_waves

pytestmark = pytest.mark.short_form


@pytest.fixture
def two_window(tmp_path: Path, open_shown: OpenShown) -> MainWindow:
    return open_shown(write_two_waves(tmp_path))


def session_of(window: MainWindow) -> AuditSession:
    return page_of(window).session


def last_line(window: MainWindow, statement_id: str) -> LastTimeLine:
    line = card_of(window, statement_id).findChild(LastTimeLine)
    assert line is not None
    return line


def said(window: MainWindow) -> str:
    note = page_of(window).status.findChild(QLabel, "status_note")
    assert note is not None
    return note.text()


def answer_with(monkeypatch: pytest.MonkeyPatch, sure: bool) -> list[str]:
    asked: list[str] = []

    def confirm(_parent: QWidget | None, question: str, **words: str) -> bool:
        asked.append(f"{question} {words.get('details', '')}")
        return sure

    monkeypatch.setattr(messages, "confirm", confirm)
    return asked


# A new wave -----------------------------------------------------------------------------------------------


def begin(change: Callable[[NewWaveDialog], None]) -> Callable[[QDialog], int]:
    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, NewWaveDialog)
        change(dialog)
        button = dialog.findChild(QPushButton, "begin_button")
        assert button is not None
        button.click()
        return dialog.result()

    return answer


def test_a_new_wave_is_shown_empty_with_the_agencies_of_the_last_one(
    two_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDialog, "exec", begin(lambda dialog: dialog.held_on.setText("12 March 2027")))
    two_window.commands[Command.NEW_WAVE].trigger()
    session = session_of(two_window)
    wave = session.audit.waves[-1]
    assert (wave.label, wave.held_on, session.wave_id) == ("Twelve months", "2027-03-12", wave.wave_id)
    assert {agency.agency_id for agency in session.audit.agencies_in(wave.wave_id)} == {POLICE, HEALTH}
    assert not any(key.wave_id == wave.wave_id for key in session.audit.responses)
    assert card_of(two_window, "1.2").score_selector.score is None
    assert "Last time (Six months, September 2026): 1" in last_line(two_window, "1.2").button.accessibleName()
    assert saved(session.path).waves[-1] == wave


def test_undo_takes_a_new_wave_away_again(two_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDialog, "exec", begin(lambda dialog: None))
    two_window.commands[Command.NEW_WAVE].trigger()
    session = session_of(two_window)
    assert len(session.audit.waves) == 3
    session.undo()
    assert [wave.wave_id for wave in session.audit.waves] == [BASELINE, NOW]
    assert session.wave_id == NOW
    assert card_of(two_window, "1.2").score_selector.score == 1


def test_an_agency_that_is_not_ticked_does_not_take_part(two_window: MainWindow) -> None:
    dialog = NewWaveDialog(session_of(two_window).audit, two_window)
    dialog.agencies.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog._on_begin_clicked()
    assert dialog.change_set is not None
    after = session_of(two_window).audit.with_changes(dialog.change_set.changes)
    assert [agency.name for agency in after.agencies_in(after.waves[-1].wave_id)] == ["Health"]


def test_the_usual_names_are_offered_and_one_that_is_taken_is_refused(two_window: MainWindow) -> None:
    dialog = NewWaveDialog(session_of(two_window).audit, two_window)
    offered = [dialog.label.itemText(row) for row in range(dialog.label.count())]
    assert offered == ["Twelve months", "24 months", "36 months"]
    dialog.label.setEditText("six months")
    dialog._on_begin_clicked()
    assert dialog.change_set is None
    assert "already" in dialog.problem.text()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("field", ["wave_name_choice", "wave_date_edit", "wave_agencies"])
def test_enter_begins_the_wave_from_every_field(
    field: str, key: Qt.Key, two_window: MainWindow, qtbot: QtBot
) -> None:
    dialog = NewWaveDialog(session_of(two_window).audit, two_window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    widget = dialog.findChild(QWidget, field)
    assert widget is not None
    widget.setFocus()
    QTest.keyClick(widget, key)
    assert dialog.change_set is not None


# Beside last time -----------------------------------------------------------------------------------------


def test_the_first_wave_of_an_audit_has_no_last_time(window: MainWindow) -> None:
    assert window.findChildren(LastTimeLine) == []


def test_a_card_of_the_first_wave_says_nothing_of_last_time(two_window: MainWindow) -> None:
    session_of(two_window).show_wave(BASELINE)
    assert not last_line(two_window, "1.1").isVisible()


def test_the_line_says_score_and_target_of_last_time(two_window: MainWindow) -> None:
    words = last_line(two_window, "1.1").button.accessibleName()
    assert "Last time (Baseline, March 2026): 2 · Target 3" in words
    assert "nothing was answered" in last_line(two_window, "1.4").button.accessibleName()


def test_l_opens_last_times_texts_in_place_and_puts_them_away(two_window: MainWindow) -> None:
    card, line = card_of(two_window, "1.1"), last_line(two_window, "1.1")
    page_of(two_window).show_statement("1.1")
    QTest.keyClick(focused(), Qt.Key.Key_L)
    shown = [label.text() for label in line.findChildren(QLabel) if label.isVisible()]
    assert "We read it so: High quality means seen in eight of ten files." in shown
    box = line.findChild(QWidget, "last_evidence")
    assert box is not None
    assert box.isVisible()
    assert card.evidence_edit.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_L)
    assert not box.isVisible()


def test_last_times_texts_open_in_view_on_the_smallest_projector(two_window: MainWindow) -> None:
    two_window.resize(1280, 720)
    page_of(two_window).show_statement("1.2")
    page_of(two_window).domain_tab("1").verticalScrollBar().setValue(0)
    QApplication.processEvents()
    QTest.keyClick(focused(), Qt.Key.Key_L)
    QTest.qWait(20)
    line = last_line(two_window, "1.2")
    for name in ("last_evidence", "last_assurance"):
        box = line.findChild(QWidget, name)
        assert box is not None
        assert box.visibleRegion().boundingRect() == box.rect()


def test_last_times_evidence_goes_into_an_empty_box_only_and_undo_takes_it_out(
    two_window: MainWindow,
) -> None:
    page_of(two_window).show_statement("1.1")
    line = last_line(two_window, "1.1")
    line.toggle()
    use = line.findChild(QPushButton, "use_last_evidence")
    assert use is not None
    QTest.mouseClick(use, Qt.MouseButton.LeftButton)
    session = session_of(two_window)
    assert card_of(two_window, "1.1").evidence_edit.text == "Ten files audited."
    assert session.audit.agreed(NOW, "1.1").evidence == "Ten files audited."
    assert not use.isVisible()
    session.take_over_text("1.1", "evidence", "Something else")
    assert session.audit.agreed(NOW, "1.1").evidence == "Ten files audited."
    session.undo()
    assert session.audit.agreed(NOW, "1.1").evidence == ""
    assert use.isVisible()


def test_what_was_suggested_last_time_and_who_dissented_stand_below_last_times_texts(
    two_window: MainWindow,
) -> None:
    page_of(two_window).show_statement("1.1")
    line = card_of(two_window, "1.1").findChild(LastTimeLine)
    assert line is not None
    assert line.button.accessibleName().endswith("action suggested")
    line.toggle()
    planned = line.findChild(QLabel, "last_planned")
    assert planned is not None
    assert planned.isVisible()
    assert planned.text() == (
        "Suggested action last time: Audit ten more files.\nDissent last time: Health would have said 1."
    )


def test_the_full_screen_shows_last_time_too(two_window: MainWindow) -> None:
    page_of(two_window).show_statement("1.1")
    two_window.toggle_projection()
    (screen,) = two_window.findChildren(StatementScreen)
    line = screen.findChild(LastTimeLine)
    assert line is not None
    assert "2 · Target 3" in line.button.accessibleName()
    QTest.keyClick(focused(), Qt.Key.Key_L)
    details = line.findChild(QWidget, "last_time_details")
    assert details is not None
    assert details.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_E)
    assert details.isHidden()
    assert screen.evidence_edit.hasFocus()
    two_window.toggle_projection()


@pytest.mark.parametrize("zoom", cases([100, 200], 200))
@pytest.mark.parametrize("is_open", [False, True])
def test_on_the_smallest_projector_everything_of_the_full_screen_has_its_room(
    two_window: MainWindow, zoom: int, is_open: bool
) -> None:
    session_of(two_window).set_evidence("5.2", "Long words. " * 200)
    session_of(two_window).lock_wave(NOW)
    two_window.set_zoom(zoom)
    page_of(two_window).show_statement("5.2")
    two_window.toggle_projection()
    two_window.showNormal()
    two_window.resize(1280, 720)
    (screen,) = two_window.findChildren(StatementScreen)
    line = screen.findChild(LastTimeLine)
    assert line is not None
    if is_open:
        line.toggle()
    # The agencies' links find their place beside the words once they know the width.
    QTest.qWait(20)
    parts = [screen.score_selector, line, screen.evidence_edit]
    shown = [part for part in parts if part.isVisible()]
    for above, below in pairwise(shown):
        assert above.geometry().bottom() < below.geometry().top()
    for part in (screen.score_selector, line):
        assert part.height() >= part.minimumSizeHint().height()
    assert shown[-1].geometry().bottom() < screen.height()
    two_window.toggle_projection()
    two_window.set_zoom(100)


@pytest.mark.whole_form
def test_the_cards_of_a_second_wave_get_their_line(window: MainWindow, qtbot: QtBot) -> None:
    click_score(window, "1.1", 2)
    session = session_of(window)
    session.add_wave(new_wave(session.audit))
    qtbot.waitUntil(lambda: len(window.findChildren(LastTimeLine)) == 46, timeout=20_000)
    assert "Last time (Baseline, March 2026): 2" in last_line(window, "1.1").button.accessibleName()
    assert card_of(window, "1.1").score_selector.score is None


# Targets --------------------------------------------------------------------------------------------------


def test_t_and_a_digit_set_the_target(two_window: MainWindow) -> None:
    page_of(two_window).show_statement("1.1")
    card = card_of(two_window, "1.1")
    QTest.keyClick(focused(), Qt.Key.Key_T)
    button = card.findChild(TargetButton)
    assert button is not None
    menu = button.findChild(QMenu, "target_menu")
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_3)
    assert session_of(two_window).audit.agreed(NOW, "1.1").target == 3
    assert button.text() == "Target 3"
    assert button.accessibleName() == "Target of 1.1: 3"
    session_of(two_window).undo()
    assert button.text() == "Target…"


# Locked ---------------------------------------------------------------------------------------------------


def test_locking_asks_and_then_everything_of_the_wave_can_only_be_read(
    two_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer_with(monkeypatch, sure=True)
    two_window.commands[Command.LOCK_WAVE].trigger()
    session = session_of(two_window)
    assert "Lock Six months?" in asked[0]
    assert session.is_locked
    assert saved(session.path).wave(NOW).is_locked
    card = card_of(two_window, "1.2")
    assert not card.score_selector.buttons[0].isEnabled()
    assert card.evidence_edit.isReadOnly()
    assert card.assurance_edit.isReadOnly()
    end = page_of(two_window).domain_tab("1").end
    assert end.comments_edit.isReadOnly()
    assert end.completed_on_box.line.isReadOnly()
    (line,) = [found for found in two_window.findChildren(LockLine) if found.isVisible()]
    assert "Six months is locked" in line.words.text()
    shown = page_of(two_window).header.wave_box.itemData(1, Qt.ItemDataRole.AccessibleTextRole)
    assert shown == "Six months · 14 September 2026 (locked)"


def test_not_being_sure_locks_nothing(two_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, sure=False)
    two_window.commands[Command.LOCK_WAVE].trigger()
    assert not session_of(two_window).is_locked


def test_no_edit_gets_past_the_lock_and_each_says_why(two_window: MainWindow) -> None:
    session = session_of(two_window)
    session.lock_wave(NOW)
    before = session.audit
    edits: tuple[Callable[[], None], ...] = (
        lambda: session.set_score("1.2", 4),
        lambda: session.set_evidence("1.2", "More"),
        lambda: session.set_assurance("1.2", "More"),
        lambda: session.set_target("1.2", 4),
        lambda: session.set_comments("1", "More"),
        lambda: session.set_completed_on("1", "2026-09-15"),
        lambda: session.take_over_text("1.1", "evidence", "Ten files audited."),
    )
    for edit in edits:
        page_of(two_window).status.end_note()
        edit()
        assert session.audit is before
        assert "is locked" in said(two_window)
    assert saved(session.path).responses == before.responses


@pytest.mark.whole_form
def test_locking_says_how_much_is_not_scored_and_its_command_that_it_asks(
    two_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert two_window.commands[Command.LOCK_WAVE].text() == "&Lock this wave…"
    asked = answer_with(monkeypatch, sure=False)
    session = session_of(two_window)
    two_window.commands[Command.LOCK_WAVE].trigger()
    assert "42 statements are not scored yet" in asked[0]
    numbers = [statement.statement_id for statement in session.standing.progress.not_scored]
    for number in numbers[:-1]:
        session.set_score(number, 2)
    two_window.commands[Command.LOCK_WAVE].trigger()
    assert "1 statement is not scored yet" in asked[1]
    session.set_score(numbers[-1], 2)
    two_window.commands[Command.LOCK_WAVE].trigger()
    assert "not scored" not in asked[2]


def test_nothing_of_a_locked_wave_asks_to_be_written(two_window: MainWindow) -> None:
    session, card = session_of(two_window), card_of(two_window, "1.4")
    page = page_of(two_window)
    boxes = (card.evidence_edit, card.assurance_edit, page.domain_tab("1").end.comments_edit)
    marked = card_of(two_window, "1.6a").findChild(ReadingLine)
    assert marked is not None
    words = marked.findChild(StillLabel, "reading_words")
    assert words is not None
    assert all("disclosed" in box.placeholderText() for box in boxes)
    assert "write down your reading" in words.text()
    session.lock_wave(NOW)
    assert [box.placeholderText() for box in boxes] == ["", "", ""]
    assert words.text() == "◆ Its words can be read differently; no reading is written down."
    session.unlock_wave(NOW)
    assert all("disclosed" in box.placeholderText() for box in boxes)
    assert "write down your reading" in words.text()


def test_words_typed_before_somebody_locked_are_kept_and_none_after(two_window: MainWindow) -> None:
    card = card_of(two_window, "1.4")
    page_of(two_window).show_statement("1.4")
    card.evidence_edit.setFocus()
    QTest.keyClicks(card.evidence_edit, "Seen")
    session_of(two_window).lock_wave(NOW)
    assert session_of(two_window).audit.agreed(NOW, "1.4").evidence == "Seen"
    QTest.keyClicks(card.evidence_edit, " again")
    assert card.evidence_edit.text == "Seen"


def test_undo_leaves_a_wave_that_was_locked_since_alone(two_window: MainWindow) -> None:
    session = session_of(two_window)
    click_score(two_window, "1.4", 2)
    session.lock_wave(NOW)
    session.undo()
    assert session.audit.agreed(NOW, "1.4").score == 2
    assert session.is_locked
    assert "is locked" in said(two_window)
    session.unlock_wave(NOW)
    session.undo()
    assert session.audit.agreed(NOW, "1.4").score is None


def test_unlocking_says_what_it_means_and_history_keeps_it(
    two_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(two_window)
    session.lock_wave(NOW)
    asked = answer_with(monkeypatch, sure=True)
    (line,) = [found for found in two_window.findChildren(LockLine) if found.isVisible()]
    line.unlock.click()
    assert "compared with it" in asked[0]
    assert not session.is_locked
    assert not line.isVisible()
    assert card_of(two_window, "1.2").score_selector.buttons[0].isEnabled()
    assert not card_of(two_window, "1.2").evidence_edit.isReadOnly()
    labels: list[str] = []
    session.do_on_file(lambda file: labels.extend(entry.label for entry in file.history()))
    assert "locking of Six months" in labels
    assert "unlocking of Six months" in labels


def test_another_wave_can_be_edited_while_one_is_locked(two_window: MainWindow) -> None:
    session = session_of(two_window)
    session.lock_wave(BASELINE)
    click_score(two_window, "1.4", 2)
    assert session.audit.agreed(NOW, "1.4").score == 2
    session.show_wave(BASELINE)
    assert card_of(two_window, "1.1").evidence_edit.isReadOnly()
    session.show_wave(NOW)
    assert not card_of(two_window, "1.1").evidence_edit.isReadOnly()


def test_n_and_p_lead_on_in_a_locked_wave(two_window: MainWindow) -> None:
    session_of(two_window).lock_wave(NOW)
    page_of(two_window).show_statement("1.1")
    QTest.keyClick(focused(), Qt.Key.Key_N)
    assert page_of(two_window).current_statement_id == "1.2"
    QTest.keyClick(focused(), Qt.Key.Key_4)
    assert session_of(two_window).audit.agreed(NOW, "1.2").score == 1


def test_the_details_of_a_locked_wave_are_not_changed(two_window: MainWindow) -> None:
    session = session_of(two_window)
    session.lock_wave(NOW)
    dialog = DetailsDialog(session, two_window)
    assert not dialog.wave_label.isEnabled()
    assert not dialog.held_on.isEnabled()
    first = dialog.agencies.table.item(0, 0)
    assert first is not None
    first.setCheckState(Qt.CheckState.Unchecked)
    before = session.audit
    dialog._on_save_clicked()
    if dialog.problem.text():
        assert "locked" in dialog.problem.text()
    assert session.audit.attendance == before.attendance


def test_a_wave_in_which_a_round_is_open_is_not_locked(two_window: MainWindow) -> None:
    from hsb_desktop.values import OPEN, RoundKey, Subject, ValueAddress

    session = session_of(two_window)
    address = ValueAddress(Subject.ROUND, tuple(RoundKey(NOW, "1.2", "1")), "state")
    session.change("round", [(address, OPEN)])
    with pytest.raises(InputRefused, match="still open"):
        session.lock_wave(NOW)
    assert not session.is_locked


# Commands and dates ---------------------------------------------------------------------------------------


def test_what_cannot_be_done_to_the_wave_cannot_be_chosen(two_window: MainWindow) -> None:
    assert not two_window.commands[Command.UNLOCK_WAVE].isEnabled()
    session_of(two_window).lock_wave(NOW)
    assert not two_window.commands[Command.LOCK_WAVE].isEnabled()
    assert two_window.commands[Command.UNLOCK_WAVE].isEnabled()
    assert two_window.commands[Command.MOVEMENT].isEnabled()


def test_with_one_wave_there_is_nothing_that_moved(window: MainWindow) -> None:
    assert not window.commands[Command.MOVEMENT].isEnabled()


def test_the_overview_says_when_the_next_wave_is_due(two_window: MainWindow) -> None:
    page = page_of(two_window)
    page.tabs.setCurrentIndex(0)
    QApplication.processEvents()
    due = page.overview.findChild(QLabel, "due_line")
    assert due is not None
    assert due.isVisible()
    assert "Twelve months: " in due.text()
    assert "12 March 2027" in due.text()


def test_the_start_page_says_it_of_recent_audits(two_window: MainWindow) -> None:
    path = session_of(two_window).path
    assert two_window.close_audit()
    assert two_window.settings.due == {str(path.absolute()): "2027-03-12"}
    start = two_window._start
    assert start is not None
    assert "12 March 2027" in start.recent_list.item(0).text()
    assert two_window.settings.without_recent().due == {}
    assert Settings().due == {}
