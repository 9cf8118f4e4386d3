"""Scoring in the room, by keys in the real window: round, reveal, names, what is agreed, readings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.analysis.rounds import state_of_open_round
from hsb_desktop.model import Answer, Audit, Pack, Wave
from hsb_desktop.operations.agreeing import Wish
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.agencies_strip import AgenciesStrip
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.dialogs.agency_answers_dialog import AgencyAnswersDialog
from hsb_desktop.ui.dialogs.agreement_dialog import AgreementDialog
from hsb_desktop.ui.dialogs.reading_dialog import ReadingDialog
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.statement_card import StatementCard
from hsb_desktop.ui.statement_screen import StatementScreen
from hsb_desktop.ui.still_label import StillLabel
from hsb_desktop.ui.strip_words import reveal_anyway_in_words
from hsb_desktop.values import NO_VIEW, PARTNERSHIP, AgreementKey, ResponseKey, Subject, ValueAddress
from tests.ui.audits_with_agencies import NAMES, WAVE, agency_id, audit_with_agencies, write_audit
from tests.ui.seen import everything_seen

pytestmark = pytest.mark.short_form

OpenShown = Callable[[Path], MainWindow]
Key = Qt.Key
STATEMENT = "5.2"
POLICE, HEALTH, CARE = NAMES[:3]
_SOON = 100
"""Milliseconds after which the line shows what a score changed."""


@pytest.fixture
def audit() -> Audit:
    return audit_with_agencies()


@pytest.fixture
def agencies_window(audit: Audit, tmp_path: Path, open_shown: OpenShown) -> MainWindow:
    window = open_shown(write_audit(audit, tmp_path / "Invented area.hsbaudit"))
    assert window.page is not None
    window.page.show_statement(STATEMENT)
    QTest.qWait(20)
    return window


def session_of(window: MainWindow) -> AuditSession:
    assert window.session is not None
    return window.session


def card_of(window: MainWindow, statement_id: str = STATEMENT) -> StatementCard:
    assert window.page is not None
    return window.page.domain_tab(statement_id[0]).card(statement_id)


def strip_of(window: MainWindow, statement_id: str = STATEMENT) -> AgenciesStrip:
    strip = card_of(window, statement_id).findChild(AgenciesStrip)
    assert strip is not None
    return strip


def press(*keys: Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
        QTest.qWait(15)


def words(strip: QWidget, name: str) -> str:
    label = strip.findChild(StillLabel, name)
    assert label is not None
    return "" if label.isHidden() else label.text()


def link(strip: QWidget, name: str) -> QPushButton | None:
    button = strip.findChild(QPushButton, name)
    return button if isinstance(button, QPushButton) and not button.isHidden() else None


def answers(window: MainWindow, statement_id: str = STATEMENT) -> dict[str, object]:
    audit = session_of(window).audit
    found: dict[str, object] = {}
    for agency in audit.agencies:
        response = audit.response(ResponseKey(WAVE, agency.agency_id, statement_id))
        found[agency.name] = NO_VIEW if response.no_view else response.score
    return found


def agreed(window: MainWindow) -> int | None:
    return session_of(window).audit.agreed(WAVE, STATEMENT).score


def scored(window: MainWindow, *given: Answer) -> None:
    """Enter open answers, one for each agency."""
    for agency, answer in zip(session_of(window).audit.agencies, given, strict=True):
        assert session_of(window).rounds.answer(STATEMENT, agency.agency_id, answer)


# The line on the card -------------------------------------------------------------------------------------


def test_an_audit_without_agencies_has_no_agencies_line(window: MainWindow) -> None:
    assert window.findChildren(AgenciesStrip) == []


def test_a_file_that_one_agency_fills_in_alone_has_no_agencies_line(
    audit: Audit, tmp_path: Path, open_shown: OpenShown
) -> None:
    pack = Pack("40000000-0000-4000-8000-000000000001", WAVE, agency_id(POLICE))
    window = open_shown(write_audit(replace(audit, packs=(pack,)), tmp_path / "Police.hsbaudit"))
    assert window.findChildren(AgenciesStrip) == []


@pytest.mark.whole_form
def test_every_card_has_a_line_where_agencies_take_part(agencies_window: MainWindow) -> None:
    assert words(strip_of(agencies_window), "agencies_state") == "Agencies: 0 of 3 answered"
    assert link(strip_of(agencies_window), "open_round") is not None
    assert link(strip_of(agencies_window), "names") is None
    assert len(agencies_window.findChildren(AgenciesStrip)) == 46


def test_the_line_comes_with_the_first_agency_and_goes_with_the_last(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.page is not None
    window.page.show_statement(STATEMENT)
    session = session_of(window)
    name = ValueAddress(Subject.AGENCY, (agency_id(POLICE),), "name")
    session.change("agency", [(name, POLICE)])
    qtbot.waitUntil(lambda: card_of(window).findChild(AgenciesStrip) is not None)
    assert strip_of(window).isVisible()
    session.undo()
    assert not strip_of(window).isVisible()


def test_the_window_is_painted_before_any_line_is_made(
    audit: Audit, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hsb_desktop.app import open_window

    made_before_paint: list[bool] = []
    window = open_window(write_audit(audit, tmp_path / "Invented area.hsbaudit"))
    qtbot.addWidget(window)
    monkeypatch.setattr(
        StatementCard, "paintEvent", _noting(StatementCard.paintEvent, window, made_before_paint)
    )
    window.show()
    qtbot.waitUntil(lambda: bool(made_before_paint))
    assert made_before_paint[0] is False
    assert window.close_audit()


def _noting(paint: Callable[..., None], window: MainWindow, noted: list[bool]) -> Callable[..., None]:
    def painted(card: StatementCard, event: object) -> None:
        noted.append(bool(window.findChildren(AgenciesStrip)))
        paint(card, event)

    return painted


@pytest.mark.whole_form
@pytest.mark.parametrize("statement_id", ["5.2", "5.4"])
def test_long_statements_fit_a_laptop_with_the_line_and_both_boxes(
    agencies_window: MainWindow, statement_id: str
) -> None:
    assert agencies_window.page is not None
    agencies_window.page.show_statement(statement_id)
    QTest.qWait(20)
    tab, card = agencies_window.page.domain_tab("5"), card_of(agencies_window, statement_id)
    place = card.mapTo(tab.viewport(), card.rect().topLeft()).y()
    assert place >= 0
    assert place + card.height() <= tab.viewport().height()


# A round --------------------------------------------------------------------------------------------------


def test_a_whole_round_by_keys(agencies_window: MainWindow) -> None:
    strip = strip_of(agencies_window)
    press(Key.Key_B, Key.Key_3, Key.Key_1)
    assert words(strip, "agencies_state") == "Round 1 · 2 of 3 recorded"
    assert answers(agencies_window) == {POLICE: None, HEALTH: None, CARE: None}
    press(Key.Key_X)
    press(Key.Key_V)
    assert answers(agencies_window) == {POLICE: 3, HEALTH: 1, CARE: NO_VIEW}
    assert words(strip, "agencies_state") == "0: –   1: ●   2: –   3: ●   4: – · no view 1 · spread 2"
    assert words(strip, "recommendation") == "Recommended 1: the lowest of 2 (spread 2)"


def test_names_come_with_the_second_key_and_go_with_the_third(agencies_window: MainWindow) -> None:
    strip = strip_of(agencies_window)
    press(Key.Key_B, Key.Key_3, Key.Key_1, Key.Key_X, Key.Key_V)
    assert POLICE not in words(strip, "agencies_state") + words(strip, "recommendation")
    press(Key.Key_V)
    assert f"3: ● {POLICE}" in words(strip, "agencies_state")
    assert words(strip, "recommendation") == f"Recommended 1: {HEALTH} 1, {POLICE} 3 (spread 2)"
    press(Key.Key_V)
    assert POLICE not in words(strip, "agencies_state")


def test_what_came_in_packs_is_shown_without_names_until_they_are_asked_for(
    agencies_window: MainWindow,
) -> None:
    strip = strip_of(agencies_window)
    # Taken in from packs, answers stand there without any round.
    scored(agencies_window, 3, 1, 2)
    QTest.qWait(_SOON)
    assert not session_of(agencies_window).audit.rounds
    assert words(strip, "agencies_state") == "0: –   1: ●   2: ●   3: ●   4: – · spread 2"
    assert words(strip, "recommendation") == "Recommended 1: the lowest of 3 (spread 2)"
    shown: list[list[str]] = []

    def look(dialog: QDialog) -> int:
        dialog.show()
        shown.append(everything_seen(dialog))
        dialog.reject()
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QDialog, "exec", look)
        strip._do("agree_otherwise")
        strip.press(Key.Key_V)
        strip._do("agree_otherwise")
    without, named = (" ".join(seen) for seen in shown)
    assert not [name for name in NAMES if name in without]
    assert f"{HEALTH} 1, {CARE} 2, {POLICE} 3" in named
    assert words(strip, "recommendation") == f"Recommended 1: {HEALTH} 1, {CARE} 2, {POLICE} 3 (spread 2)"


def test_the_keyboard_goes_from_agency_to_agency_and_rests_when_all_are_recorded(
    agencies_window: MainWindow,
) -> None:
    press(Key.Key_B)
    panel = strip_of(agencies_window).panel
    assert panel is not None
    chosen = [panel.list.chosen_id]
    for _ in range(3):
        press(Key.Key_2)
        chosen.append(panel.list.chosen_id)
    assert chosen == [agency_id(POLICE), agency_id(HEALTH), agency_id(CARE), None]
    # A further digit must not overwrite anybody, nor score for the partnership.
    press(Key.Key_4)
    assert set(session_of(agencies_window).audit.votes.values()) == {2}
    assert agreed(agencies_window) is None


def test_an_agency_is_chosen_by_arrows_and_its_answer_taken_back(agencies_window: MainWindow) -> None:
    press(Key.Key_B, Key.Key_Down, Key.Key_4)
    votes = session_of(agencies_window).audit.votes
    assert [key.agency_id for key in votes] == [agency_id(HEALTH)]
    press(Key.Key_Up, Key.Key_Backspace)
    assert not session_of(agencies_window).audit.votes


def test_the_panel_can_be_used_by_mouse(agencies_window: MainWindow) -> None:
    strip = strip_of(agencies_window)
    opened = link(strip, "open_round")
    assert opened is not None
    QTest.mouseClick(opened, Qt.MouseButton.LeftButton)
    QTest.qWait(15)
    for name in ("record_3", "record_no_view", "record_0", "panel_reveal"):
        button = link(strip, name)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.qWait(15)
    assert answers(agencies_window) == {POLICE: 3, HEALTH: NO_VIEW, CARE: 0}


def test_a_reveal_without_some_agencies_is_asked_for_twice(agencies_window: MainWindow) -> None:
    press(Key.Key_B, Key.Key_3)
    press(Key.Key_V)
    panel = strip_of(agencies_window).panel
    assert panel is not None
    assert answers(agencies_window)[POLICE] is None
    assert any(
        f"Not recorded yet: {HEALTH}, {CARE}" in label.text() for label in panel.findChildren(StillLabel)
    )
    press(Key.Key_V)
    assert answers(agencies_window) == {POLICE: 3, HEALTH: None, CARE: None}
    assert "not answered 2" in words(strip_of(agencies_window), "agencies_state")


def test_nothing_recorded_is_nothing_to_reveal_and_said_in_words(agencies_window: MainWindow) -> None:
    press(Key.Key_B, Key.Key_V)
    panel = strip_of(agencies_window).panel
    assert panel is not None
    assert any("nothing to reveal" in label.text() for label in panel.findChildren(StillLabel))


@pytest.mark.parametrize("keys", [(Key.Key_Escape,), (Key.Key_2, Key.Key_Up, Key.Key_Backspace, Key.Key_B)])
def test_a_round_with_nothing_recorded_is_cancelled_by_leaving_it(
    agencies_window: MainWindow, keys: tuple[Qt.Key, ...]
) -> None:
    strip = strip_of(agencies_window)
    press(Key.Key_B)
    leave = link(strip, "panel_leave")
    assert leave is not None
    assert leave.text() == "Cancel (Esc)"
    press(*keys)
    assert not session_of(agencies_window).audit.rounds
    assert not strip.is_recording
    assert words(strip, "agencies_state") == "Agencies: 0 of 3 answered"
    note = agencies_window.findChild(QLabel, "status_note")
    assert note is not None
    assert note.text() == f"{STATEMENT}: nothing was recorded, so the round was cancelled"
    # The keyboard is back on the score, and nothing is open there.
    press(Key.Key_2)
    assert agreed(agencies_window) == 2


def test_a_round_in_which_something_is_recorded_stays_open_when_it_is_left(
    agencies_window: MainWindow,
) -> None:
    strip = strip_of(agencies_window)
    press(Key.Key_B, Key.Key_X)
    leave = link(strip, "panel_leave")
    assert leave is not None
    assert leave.text() == "Close (Esc)"
    press(Key.Key_Escape)
    assert len(session_of(agencies_window).audit.votes) == 1
    assert link(strip, "record") is not None


def test_a_round_waits_while_the_meeting_talks_and_is_cancelled_unseen(agencies_window: MainWindow) -> None:
    strip = strip_of(agencies_window)
    press(Key.Key_B, Key.Key_3, Key.Key_Escape)
    assert not strip.is_recording
    assert words(strip, "agencies_state") == f"Round 1 · 1 of 3 recorded: {POLICE}"
    cancel = link(strip, "cancel_round")
    assert cancel is not None
    cancel.click()
    assert words(strip, "agencies_state") == "Agencies: 0 of 3 answered"
    assert not session_of(agencies_window).audit.votes


def test_each_step_can_be_undone_and_the_keyboard_stays_where_votes_are_recorded(
    agencies_window: MainWindow,
) -> None:
    session = session_of(agencies_window)
    press(Key.Key_B, Key.Key_3, Key.Key_1)
    session.undo()
    QTest.qWait(20)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "round_agencies"
    assert words(strip_of(agencies_window), "agencies_state") == "Round 1 · 1 of 3 recorded"
    session.redo()
    press(Key.Key_V, Key.Key_V)
    assert answers(agencies_window)[HEALTH] == 1
    session.undo()
    assert answers(agencies_window) == {POLICE: None, HEALTH: None, CARE: None}
    assert words(strip_of(agencies_window), "agencies_state").startswith("Round 1")


def test_what_was_recorded_is_in_the_file(agencies_window: MainWindow) -> None:
    press(Key.Key_B, Key.Key_3, Key.Key_1, Key.Key_2, Key.Key_V, Key.Key_Y)
    path = session_of(agencies_window).path
    assert agencies_window.close_audit()
    with AuditFile.open(path, read_only=True) as file:
        audit = file.read()
    assert audit.agreed(WAVE, STATEMENT).score == 1
    assert len(audit.votes) == 3


# What is recommended and agreed ---------------------------------------------------------------------------


def test_one_key_accepts_the_recommended_score(agencies_window: MainWindow) -> None:
    scored(agencies_window, 3, 1, NO_VIEW)
    press(Key.Key_Y)
    QTest.qWait(_SOON)
    assert agreed(agencies_window) == 1
    assert words(strip_of(agencies_window), "recommendation").startswith("Agreed 1, as recommended")
    assert card_of(agencies_window).score_selector.score == 1


def test_all_the_same_in_a_second_round_is_agreement(agencies_window: MainWindow) -> None:
    press(Key.Key_B, Key.Key_3, Key.Key_1, Key.Key_2, Key.Key_V)
    press(Key.Key_B, Key.Key_2, Key.Key_2, Key.Key_2, Key.Key_V, Key.Key_Y)
    QTest.qWait(_SOON)
    strip = strip_of(agencies_window)
    assert words(strip, "recommendation") == "Agreed 2: all 3 agree in round 2"
    assert words(strip, "agreement_notes") == ""
    assert link(strip, "what_would_help") is None


def test_another_score_is_marked_until_it_has_its_reason(agencies_window: MainWindow) -> None:
    scored(agencies_window, 3, 1, 2)
    press(Key.Key_3)
    QTest.qWait(_SOON)
    strip = strip_of(agencies_window)
    assert "Reason missing" in words(strip, "agreement_notes")
    assert session_of(agencies_window).rounds.agree(STATEMENT, Wish(3, "New evidence", "All three", "", ""))
    QTest.qWait(_SOON)
    assert words(strip, "agreement_notes") == "Reason: New evidence · Agreed by: All three"


def test_a_reason_without_who_agreed_is_marked_and_so_is_a_name_alone(agencies_window: MainWindow) -> None:
    scored(agencies_window, 3, 1, 2)
    press(Key.Key_3)
    session = session_of(agencies_window)
    for field, text, told in (
        ("reason", "New evidence", "⚠ Name missing: who agreed? Reason: New evidence"),
        ("agreed_by", "All three", "Reason: New evidence · Agreed by: All three"),
        (
            "reason",
            None,
            "⚠ Reason missing: why another score than the recommended one? Agreed by: All three",
        ),
    ):
        session.change("x", [(ValueAddress(Subject.AGREEMENT, (session.wave_id, STATEMENT), field), text)])
        QTest.qWait(_SOON)
        assert words(strip_of(agencies_window), "agreement_notes") == told


@pytest.mark.parametrize("who", ["All three", ""])
def test_accepting_never_takes_a_reason_away(agencies_window: MainWindow, who: str) -> None:
    scored(agencies_window, 3, 1, 2)
    session = session_of(agencies_window)
    session.rounds.agree(STATEMENT, Wish(3, "New evidence", "All three"))
    if not who:
        address = ValueAddress(Subject.AGREEMENT, (session.wave_id, STATEMENT), "agreed_by")
        session.change("x", [(address, None)])
    QTest.qWait(_SOON)
    assert link(strip_of(agencies_window), "accept") is None
    press(Key.Key_Y)
    assert agreed(agencies_window) == 3
    assert "with a reason" in words(strip_of(agencies_window), "strip_problem")


@pytest.mark.parametrize("key", [Key.Key_4, Key.Key_1, Key.Key_Backspace])
def test_a_reason_is_about_one_score_and_goes_with_it_and_comes_back_with_undo(
    agencies_window: MainWindow, key: Qt.Key
) -> None:
    """A digit that was hit by mistake must not print why, and by whom, another score was agreed."""
    scored(agencies_window, 3, 1, 2)
    session = session_of(agencies_window)
    session.rounds.agree(STATEMENT, Wish(3, "New evidence", "All three", dissent="Health: 1"))
    press(key)
    kept = session.audit.agreement(session.wave_id, STATEMENT)
    assert (kept.reason, kept.agreed_by, kept.dissent) == ("", "", "Health: 1")
    QTest.qWait(_SOON)
    assert "New evidence" not in words(strip_of(agencies_window), "agreement_notes")
    session.undo()
    kept = session.audit.agreement(session.wave_id, STATEMENT)
    assert (agreed(agencies_window), kept.reason, kept.agreed_by) == (3, "New evidence", "All three")


def test_the_same_score_again_leaves_its_reason(agencies_window: MainWindow) -> None:
    scored(agencies_window, 3, 1, 2)
    session = session_of(agencies_window)
    session.rounds.agree(STATEMENT, Wish(3, "New evidence", "All three"))
    press(Key.Key_3)
    assert session.audit.agreement(session.wave_id, STATEMENT).reason == "New evidence"


@pytest.mark.parametrize("has_answered", [True, False])
def test_before_a_reveal_without_somebody_it_is_told_that_their_earlier_answer_counts(
    agencies_window: MainWindow, has_answered: bool
) -> None:
    session = session_of(agencies_window)
    first, *others = session.audit.agencies
    if has_answered:
        session.rounds.answer(STATEMENT, first.agency_id, 2)
    session.rounds.open_round(STATEMENT)
    for agency in others:
        session.rounds.record_vote(STATEMENT, agency.agency_id, 3)
    state = state_of_open_round(session.audit, session.wave_id, STATEMENT)
    assert state is not None
    told = reveal_anyway_in_words(session.audit, state)
    assert told.startswith(f"Not recorded yet: {first.name}. V once more reveals without them")
    assert ("what they answered before still counts" in told) is has_answered


def test_what_is_refused_is_told_in_words(agencies_window: MainWindow) -> None:
    press(Key.Key_Y)
    assert "No agency has scored" in words(strip_of(agencies_window), "strip_problem")


def test_the_answer_to_the_question_is_a_suggested_action_and_dissent_is_called_so(
    agencies_window: MainWindow,
) -> None:
    scored(agencies_window, 3, 1, 2)
    strip = strip_of(agencies_window)
    assert link(strip, "what_would_help") is not None
    session_of(agencies_window).rounds.agree(
        STATEMENT, Wish(None, what_would_help="A dip sample", dissent="Police would score 3")
    )
    assert words(strip, "agreement_notes") == "Suggested action: A dip sample\nDissent: Police would score 3"
    assert link(strip, "what_would_help") is None
    assert agreed(agencies_window) is None


def test_an_agreement_is_one_step_of_undo(agencies_window: MainWindow) -> None:
    scored(agencies_window, 3, 1, 2)
    session = session_of(agencies_window)
    session.rounds.agree(STATEMENT, Wish(3, "New evidence", "All three", "A dip sample", "Health: no"))
    session.undo()
    assert agreed(agencies_window) is None
    assert AgreementKey(WAVE, STATEMENT) not in session.audit.agreements


# Dialogs --------------------------------------------------------------------------------------------------


def agreement_dialog(qtbot: QtBot, window: MainWindow) -> AgreementDialog:
    dialog = AgreementDialog(session_of(window), STATEMENT, with_names=True)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def save(dialog: QDialog) -> None:
    button = dialog.findChild(QPushButton, "save_button")
    assert isinstance(button, QPushButton)
    button.click()


def test_another_score_needs_a_reason_and_who_agreed(qtbot: QtBot, agencies_window: MainWindow) -> None:
    scored(agencies_window, 3, 1, 2)
    dialog = agreement_dialog(qtbot, agencies_window)
    dialog.score.setCurrentIndex(dialog.score.findData(2))
    save(dialog)
    assert "needs a reason" in dialog.problem.text()
    dialog.reason.setPlainText("Evidence was shown")
    assert dialog.problem.text() == "", "whoever mends it must not read that it is still there"
    save(dialog)
    assert "who agreed" in dialog.problem.text()
    assert agreed(agencies_window) is None
    dialog.agreed_by.setText("All but Health")
    save(dialog)
    assert agreed(agencies_window) == 2
    kept = session_of(agencies_window).audit.agreement(WAVE, STATEMENT)
    assert (kept.reason, kept.agreed_by) == ("Evidence was shown", "All but Health")


def test_texts_that_nobody_touched_in_the_dialog_stay_to_the_letter(
    qtbot: QtBot, agencies_window: MainWindow
) -> None:
    scored(agencies_window, 3, 1, 2)
    session = session_of(agencies_window)
    odd = "Hard\u00a0space, two\u2028lines  "
    session.rounds.agree(STATEMENT, Wish(3, odd, "All three", odd, odd))
    before = session.audit
    dialog = agreement_dialog(qtbot, agencies_window)
    save(dialog)
    assert session.audit.agreements == before.agreements


def answers_dialog(qtbot: QtBot, window: MainWindow) -> AgencyAnswersDialog:
    dialog = AgencyAnswersDialog(session_of(window), window.appearance, STATEMENT)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_each_agency_has_its_own_evidence_and_assurance(qtbot: QtBot, agencies_window: MainWindow) -> None:
    dialog = answers_dialog(qtbot, agencies_window)
    QTest.keyClicks(dialog.evidence, "Ours")
    dialog.agency.setCurrentIndex(1)
    assert dialog.evidence.text == ""
    QTest.keyClicks(dialog.assurance, "A log")
    dialog.reject()
    audit = session_of(agencies_window).audit
    police = audit.response(ResponseKey(WAVE, agency_id(POLICE), STATEMENT))
    health = audit.response(ResponseKey(WAVE, agency_id(HEALTH), STATEMENT))
    assert (police.evidence, police.assurance, health.evidence, health.assurance) == ("Ours", "", "", "A log")
    assert audit.response(ResponseKey(WAVE, PARTNERSHIP, STATEMENT)).evidence == ""


def test_a_change_after_the_reveal_is_a_second_round(qtbot: QtBot, agencies_window: MainWindow) -> None:
    press(Key.Key_B, Key.Key_3, Key.Key_1, Key.Key_2, Key.Key_V)
    dialog = answers_dialog(qtbot, agencies_window)
    QTest.mouseClick(dialog.score_selector.buttons[2], Qt.MouseButton.LeftButton)
    assert answers(agencies_window)[POLICE] == 2
    rounds = session_of(agencies_window).audit.rounds
    assert sorted((key.round_number, state) for key, state in rounds.items()) == [
        ("1", "revealed"),
        ("2", "revealed"),
    ]
    dialog.reject()


def test_no_view_is_an_answer_with_an_optional_reason(qtbot: QtBot, agencies_window: MainWindow) -> None:
    dialog = answers_dialog(qtbot, agencies_window)
    dialog.no_view.click()
    assert answers(agencies_window)[POLICE] == NO_VIEW
    QTest.keyClicks(dialog.reason, "New in post")
    dialog.reject()
    key = ResponseKey(WAVE, agency_id(POLICE), STATEMENT)
    assert session_of(agencies_window).audit.response(key).no_view_reason == "New in post"


def test_while_a_round_is_open_answers_are_given_there_only(
    qtbot: QtBot, agencies_window: MainWindow
) -> None:
    press(Key.Key_B)
    dialog = answers_dialog(qtbot, agencies_window)
    assert not dialog.score_selector.buttons[0].isEnabled()
    assert not dialog.no_view.isEnabled()
    assert "A round is open" in dialog.note.text()
    dialog.reject()


# Readings -------------------------------------------------------------------------------------------------


@pytest.mark.whole_form
def test_words_that_can_be_read_differently_are_marked_on_their_cards_only(
    agencies_window: MainWindow,
) -> None:
    marked = {
        card.statement.statement_id
        for card in agencies_window.findChildren(StatementCard)
        if card.findChild(QWidget, "reading_line") is not None
    }
    assert marked == {"1.6a", "1.6b", "1.6c", "2.1a", "2.1b", "2.1c", "2.4", "2.6", "4.8", "5.8"}


@pytest.mark.whole_form
def test_the_reading_stays_in_a_later_wave(qtbot: QtBot, agencies_window: MainWindow) -> None:
    session = session_of(agencies_window)
    dialog = ReadingDialog(session, "5.8")
    qtbot.addWidget(dialog)
    dialog.text.setPlainText("High quality: seen by a clinician")
    save(dialog)
    later = Wave("10000000-0000-4000-8000-000000000002", "Six months", position=1)
    _add_wave(session, later)
    session.show_wave(later.wave_id)
    card = card_of(agencies_window, "5.8")
    assert words(card, "reading_words") == "◆ Our reading: High quality: seen by a clinician"


def _add_wave(session: AuditSession, wave: Wave) -> None:
    from hsb_desktop.operations.waves import new_wave

    change_set = new_wave(session.audit, wave.label)
    made = change_set.changes[0].address.key[0]
    session.apply(
        replace(
            change_set,
            changes=tuple(
                replace(change, address=change.address._replace(key=_with(change.address.key, made, wave)))
                for change in change_set.changes
            ),
        )
    )


def _with(key: tuple[str, ...], made: str, wave: Wave) -> tuple[str, ...]:
    return tuple(wave.wave_id if part == made else part for part in key)


# Only what is concerned -----------------------------------------------------------------------------------


def test_a_vote_refreshes_its_statement_and_no_details(agencies_window: MainWindow) -> None:
    session = session_of(agencies_window)
    details, agencies, responses = (
        QSignalSpy(signal)
        for signal in (session.details_changed, session.agencies_changed, session.response_changed)
    )
    session.rounds.open_round(STATEMENT)
    session.rounds.record_vote(STATEMENT, agency_id(POLICE), 3)
    session.rounds.reveal(STATEMENT)
    assert details.count() == 0
    assert [agencies.at(number)[0] for number in range(agencies.count())] == [STATEMENT] * 3
    assert responses.count() == 1


def test_a_locked_wave_takes_no_votes_and_shows_them_all_the_same(
    audit: Audit, tmp_path: Path, open_shown: OpenShown, qtbot: QtBot
) -> None:
    locked = replace(audit, waves=tuple(replace(wave, is_locked=True) for wave in audit.waves))
    window = open_shown(write_audit(locked, tmp_path / "Locked.hsbaudit"))
    assert window.page is not None
    window.page.show_statement(STATEMENT)
    qtbot.waitUntil(lambda: card_of(window).findChild(AgenciesStrip) is not None)
    QTest.qWait(20)
    strip = strip_of(window)
    assert link(strip, "open_round") is None
    press(Key.Key_B)
    assert "is locked" in words(strip, "strip_problem")
    assert not session_of(window).audit.rounds


# The full screen ------------------------------------------------------------------------------------------


def projected(window: MainWindow) -> StatementScreen:
    window.toggle_projection()
    QTest.qWait(30)
    screen = window.findChild(StatementScreen, "statement_screen")
    assert screen is not None
    return screen


def test_the_full_screen_says_what_digits_do_while_answers_are_recorded(agencies_window: MainWindow) -> None:
    screen = projected(agencies_window)
    hint = screen.findChild(QLabel, "projected_hint")
    assert hint is not None
    usual = hint.text()
    assert "0–4 score" in usual
    press(Key.Key_B)
    assert hint.text() == "Recording unseen · V reveals · Esc leaves the list"
    press(Key.Key_Escape)
    assert hint.text() == usual
    press(Key.Key_B, Key.Key_3, Key.Key_1, Key.Key_3, Key.Key_V)
    assert hint.text() == usual


def test_the_reveal_on_the_full_screen_stands_under_the_scores(agencies_window: MainWindow) -> None:
    screen = projected(agencies_window)
    press(Key.Key_B, Key.Key_3, Key.Key_1)
    assert screen.evidence_edit.isHidden()
    press(Key.Key_3, Key.Key_V)
    row = screen.findChild(QWidget, "head_count_row")
    assert row is not None
    assert row.isVisible()
    counts = [label.text() for label in row.findChildren(StillLabel) if not label.isHidden()]
    assert counts == ["0:  –", "1:  ●  1", "2:  –", "3:  ●●  2", "4:  –"]
    assert screen.score_selector.buttons[0].hasFocus()
    press(Key.Key_V)
    shown = "\n".join(label.text() for label in row.findChildren(StillLabel) if not label.isHidden())
    assert HEALTH in shown
    assert POLICE in shown


def test_evidence_can_be_written_on_the_full_screen_whatever_room_the_agencies_have(
    agencies_window: MainWindow,
) -> None:
    screen = projected(agencies_window)
    screen.window().resize(1280, 720)
    press(Key.Key_B, Key.Key_3, Key.Key_1, Key.Key_3, Key.Key_V)
    session_of(agencies_window).rounds.agree(STATEMENT, Wish(3, "New evidence", "All", "A sample", "No"))
    press(Key.Key_V)
    assert screen.evidence_edit.isHidden()
    press(Key.Key_E)
    assert screen.evidence_edit.hasFocus()
    QTest.keyClicks(screen.evidence_edit, "Seen")
    press(Key.Key_Escape)
    assert session_of(agencies_window).shown.agreed(WAVE, STATEMENT).evidence == "Seen"
    row = screen.findChild(QWidget, "head_count_row")
    assert row is not None
    assert row.isVisible()


def test_last_times_texts_keep_the_room_of_the_boxes_beside_the_agencies(
    agencies_window: MainWindow,
) -> None:
    session = session_of(agencies_window)
    session.set_score(STATEMENT, 2)
    session.set_evidence(STATEMENT, "Minutes")
    later = Wave("10000000-0000-4000-8000-000000000002", "Six months", position=1)
    _add_wave(session, later)
    session.show_wave(later.wave_id)
    screen = projected(agencies_window)
    press(Key.Key_L)
    assert screen.evidence_edit.isHidden()
    press(Key.Key_L)
    assert not screen.evidence_edit.isHidden()


def test_undo_of_a_vote_on_the_full_screen_leaves_the_keyboard_with_the_votes(
    agencies_window: MainWindow,
) -> None:
    projected(agencies_window)
    press(Key.Key_B, Key.Key_3)
    session_of(agencies_window).undo()
    QTest.qWait(20)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "round_agencies"


@pytest.mark.parametrize("key", [Key.Key_N, Key.Key_P])
def test_names_are_hidden_again_on_the_next_statement(agencies_window: MainWindow, key: Qt.Key) -> None:
    screen = projected(agencies_window)
    press(Key.Key_B, Key.Key_3, Key.Key_1, Key.Key_3, Key.Key_V, Key.Key_V)
    back = {Key.Key_N: Key.Key_P, Key.Key_P: Key.Key_N}[key]
    press(key, back)
    shown: Iterable[StillLabel] = screen.findChildren(StillLabel)
    assert not any(POLICE in label.text() for label in shown if label.isVisible())


def test_the_links_are_where_they_belong_as_soon_as_the_line_has_another_width(
    agencies_window: MainWindow,
) -> None:
    press(Key.Key_B, Key.Key_3, Key.Key_1, Key.Key_2, Key.Key_V)
    strip = strip_of(agencies_window)
    button = strip.findChild(QPushButton, "agencies_evidence")
    state = strip.findChild(StillLabel, "agencies_state")
    assert button is not None
    assert state is not None
    strip.resize(1200, strip.height())
    assert button.x() >= state.geometry().right()
    strip.resize(300, 200)
    assert button.y() >= state.geometry().bottom()


def test_a_reason_that_was_just_dictated_outlives_one_esc(agencies_window: MainWindow, qtbot: QtBot) -> None:
    dialog = agreement_dialog(qtbot, agencies_window)
    dialog.show()
    dialog.reason.setPlainText("Police data is newer.")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.wish.reason == "Police data is newer."
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_locking_a_wave_says_which_agreed_scores_lack_their_reason(
    agencies_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored(agencies_window, 3, 1, 2)
    asked: list[str] = []

    def note(*_: object, details: str, **__: object) -> bool:
        asked.append(details)
        return False

    monkeypatch.setattr("hsb_desktop.ui.messages.confirm", note)
    agencies_window.commands[Command.LOCK_WAVE].trigger()
    session_of(agencies_window).set_score(STATEMENT, 3)
    agencies_window.commands[Command.LOCK_WAVE].trigger()
    told = f"Another score than the recommended one has no reason, or nobody who agreed it: {STATEMENT}."
    assert [told in words for words in asked] == [False, True]
