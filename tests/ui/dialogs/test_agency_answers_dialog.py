"""What stands beside an agency's own answer: what it answered last time, and who changed it when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from hsb_desktop.operations.privacy_scan import scan
from hsb_desktop.operations.waves import new_wave
from hsb_desktop.ui.dialogs.agency_answers_dialog import AgencyAnswersDialog
from hsb_desktop.ui.dialogs.history_dialog import HistoryDialog
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.values import NO_VIEW, ResponseKey
from tests.ui.audits_with_agencies import NAMES, WAVE, agency_id, audit_with_agencies, write_audit

pytestmark = pytest.mark.short_form

STATEMENT = "5.2"
POLICE, HEALTH = NAMES[:2]


@pytest.fixture
def window(tmp_path: Path, open_shown: Callable[[Path], MainWindow]) -> MainWindow:
    return open_shown(write_audit(audit_with_agencies(), tmp_path / "Invented area.hsbaudit"))


@pytest.fixture
def session(window: MainWindow) -> AuditSession:
    assert window.session is not None
    window.session.set_author("Scribe")
    return window.session


@pytest.fixture
def open_dialog(qtbot: QtBot, window: MainWindow) -> Callable[[str], AgencyAnswersDialog]:
    def open_at(name: str) -> AgencyAnswersDialog:
        assert window.session is not None
        dialog = AgencyAnswersDialog(window.session, window.appearance, STATEMENT)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.agency.setCurrentIndex(NAMES.index(name))
        return dialog

    return open_at


def key_of(name: str, session: AuditSession) -> ResponseKey:
    return ResponseKey(session.wave_id, agency_id(name), STATEMENT)


# Last time ------------------------------------------------------------------------------------------------


def test_in_the_first_wave_there_is_no_last_time(open_dialog: Callable[[str], AgencyAnswersDialog]) -> None:
    assert open_dialog(POLICE).last_time.isHidden()


def test_an_agency_s_answer_of_last_time_stands_beside_its_own_answers(
    session: AuditSession, open_dialog: Callable[[str], AgencyAnswersDialog]
) -> None:
    session.rounds.answer(STATEMENT, agency_id(POLICE), 1)
    session.set_agency_text(key_of(POLICE, session), "evidence", "One dip sample, <b>2025</b>.")
    session.set_agency_text(key_of(POLICE, session), "assurance", "The quarterly return.")
    session.rounds.answer(STATEMENT, agency_id(HEALTH), NO_VIEW)
    session.set_agency_text(key_of(HEALTH, session), "no_view_reason", "New in post.")
    assert session.settle()
    session.add_wave(new_wave(session.audit, "Six months"))
    assert session.settle()
    assert session.wave_id != WAVE
    dialog = open_dialog(POLICE)
    assert not dialog.last_time.isHidden()
    assert dialog.last_time.text().splitlines() == [
        "Last time (Baseline, March 2026): 1",
        "Evidence last time: One dip sample, <b>2025</b>.",
        "Assurance last time: The quarterly return.",
    ]
    assert dialog.evidence.text == ""
    dialog.agency.setCurrentIndex(NAMES.index(HEALTH))
    assert dialog.last_time.text().splitlines() == [
        "Last time (Baseline, March 2026): no view",
        "Why no view last time: New in post.",
    ]
    dialog.agency.setCurrentIndex(2)
    assert dialog.last_time.text() == "Last time: nothing was answered"
    dialog.reject()


# History --------------------------------------------------------------------------------------------------


def restoring(monkeypatch: pytest.MonkeyPatch, what: str) -> list[list[str]]:
    """Press Restore on the latest line that is about that; return the lines that were shown."""
    seen: list[list[str]] = []

    def act(dialog: QDialog) -> int:
        assert isinstance(dialog, HistoryDialog)
        dialog.show()
        table = dialog.table
        cells = [[_cell(dialog, row, column) for column in (1, 2, 3)] for row in range(table.rowCount())]
        seen.append([" · ".join(row) for row in cells])
        table.selectRow(next(place for place, row in enumerate(cells) if row[1] == what))
        dialog.before_button.click()
        return 0

    monkeypatch.setattr(QDialog, "exec", act)
    return seen


def _cell(dialog: HistoryDialog, row: int, column: int) -> str:
    item = dialog.table.item(row, column)
    assert item is not None
    return item.text()


def test_the_history_of_an_agency_s_answer_tells_who_from_and_to_and_restores(
    session: AuditSession,
    open_dialog: Callable[[str], AgencyAnswersDialog],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = key_of(POLICE, session)
    session.set_agency_text(key, "evidence", "First.")
    session.end_visit()
    session.set_agency_text(key, "evidence", "Second.")
    session.set_agency_text(key_of(HEALTH, session), "evidence", "Theirs.")
    assert session.settle()
    dialog = open_dialog(POLICE)
    seen = restoring(monkeypatch, "evidence")
    dialog.history.click()
    QTest.qWait(50)
    assert seen == [["Scribe · evidence · First. → Second.", "Scribe · evidence · nothing → First."]]
    assert session.shown.response(key).evidence == "First."
    assert dialog.evidence.text == "First."
    dialog.reject()


def test_a_score_that_is_put_back_after_a_reveal_is_a_further_round(
    session: AuditSession,
    open_dialog: Callable[[str], AgencyAnswersDialog],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.rounds.answer(STATEMENT, agency_id(POLICE), 3)
    session.rounds.open_round(STATEMENT)
    for name in NAMES[:3]:
        session.rounds.record_vote(STATEMENT, agency_id(name), 1)
    session.rounds.reveal(STATEMENT)
    assert session.settle()
    dialog = open_dialog(POLICE)
    restoring(monkeypatch, "score")
    dialog.history.click()
    QTest.qWait(50)
    assert session.shown.response(key_of(POLICE, session)).score == 3
    assert sorted(key.round_number for key in session.shown.rounds) == ["1", "2"]
    dialog.reject()


def test_while_a_round_is_open_no_history_of_an_agency_is_shown(
    session: AuditSession, open_dialog: Callable[[str], AgencyAnswersDialog]
) -> None:
    session.rounds.open_round(STATEMENT)
    dialog = open_dialog(POLICE)
    assert not dialog.history.isEnabled()
    assert "after the reveal" in dialog.history.toolTip()
    dialog.reject()


# From the agency to the partnership ------------------------------------------------------------------------


def test_what_an_agency_wrote_goes_below_what_the_partnership_says_as_one_step(
    session: AuditSession, open_dialog: Callable[[str], AgencyAnswersDialog]
) -> None:
    session.set_evidence(STATEMENT, "Seen in two schools.")
    session.set_agency_text(key_of(POLICE, session), "evidence", "One dip sample.")
    session.set_agency_text(key_of(POLICE, session), "assurance", "The quarterly return.")
    assert session.settle()
    dialog = open_dialog(POLICE)
    dialog.take_over.click()
    assert session.settle()
    agreed = session.audit.response(session.key(STATEMENT))
    assert agreed.evidence == f"Seen in two schools.\n{POLICE}: One dip sample."
    assert agreed.assurance == f"{POLICE}: The quarterly return."
    assert dialog.take_over.isHidden()
    session.undo()
    assert session.audit.response(session.key(STATEMENT)).evidence == "Seen in two schools."


def test_where_an_agency_wrote_nothing_there_is_nothing_to_take_over(
    open_dialog: Callable[[str], AgencyAnswersDialog],
) -> None:
    assert open_dialog(HEALTH).take_over.isHidden()


def test_what_was_found_in_an_agency_s_answer_is_shown_there(
    session: AuditSession, open_dialog: Callable[[str], AgencyAnswersDialog]
) -> None:
    session.set_agency_text(key_of(HEALTH, session), "evidence", "Call 0161 496 0000 for more.")
    assert session.settle()
    (finding,) = scan(session.audit, today=date(2026, 11, 20))
    dialog = open_dialog(POLICE)
    dialog.go_to(finding)
    assert dialog.agency.currentText() == HEALTH
    assert dialog.evidence.textCursor().selectedText() == "0161 496 0000"
