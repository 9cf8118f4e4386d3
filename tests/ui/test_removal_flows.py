"""Text is removed for good in the window: first shown, then gone from screen, undo, search and every byte."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit

from hsb_desktop.operations import removing
from hsb_desktop.operations.removing import OUT_OF_REACH
from hsb_desktop.settings import load_settings, save_settings
from hsb_desktop.store import removal
from hsb_desktop.store.audit_file import AuditFile, HistoryEntry
from hsb_desktop.store.chosen_text import ChosenText
from hsb_desktop.store.removal import Removal
from hsb_desktop.store.share import save_copy
from hsb_desktop.ui import messages, removal_flows
from hsb_desktop.ui.dialogs.removal_dialog import RemovalDialog
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.session import AuditSession

pytestmark = pytest.mark.short_form

NAME = "Tobias Thrush"
Act = Callable[[RemovalDialog], None]


@pytest.fixture
def session(window: MainWindow) -> AuditSession:
    assert window.session is not None
    session = window.session
    session.set_author("Chair Winterbourne")
    session.set_evidence("1.1", f"We met {NAME} on Monday.")
    session.end_visit()
    session.set_evidence("1.2", f"{NAME} again")
    session.end_visit()
    session.set_evidence("1.2", "Nobody is named")
    assert session.settle()
    return session


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Act], list[RemovalDialog]]:
    def with_act(act: Act) -> list[RemovalDialog]:
        shown: list[RemovalDialog] = []

        def show(dialog: QDialog) -> int:
            assert isinstance(dialog, RemovalDialog)
            shown.append(dialog)
            act(dialog)
            return 0

        monkeypatch.setattr(QDialog, "exec", show)
        return shown

    return with_act


def remove(dialog: RemovalDialog) -> None:
    dialog.text_line.setText(NAME)
    dialog.look_button.click()
    dialog.remove_button.click()


def bytes_beside(path: Path) -> bytes:
    return b"".join(entry.read_bytes() for entry in path.parent.iterdir() if entry.is_file())


def test_what_was_found_is_shown_before_anything_is_removed(
    window: MainWindow, session: AuditSession, answer: Callable[[Act], list[RemovalDialog]]
) -> None:
    found: list[str] = []

    def look(dialog: RemovalDialog) -> None:
        dialog.text_line.setText(NAME.upper())
        assert not dialog.remove_button.isEnabled()
        dialog.look_button.click()
        assert dialog.remove_button.isEnabled()
        found.extend((dialog.found.text(), dialog.places.item(0).text()))
        dialog.text_line.setText("Tobias")
        assert not dialog.remove_button.isEnabled()

    answer(look)
    window.flows.remove_text()
    assert found == [
        "Found in 1 present text and 3 lines of history.",
        f"evidence for 1.1 · Baseline:  We met {NAME} on Monday.",
    ]
    assert NAME in session.audit.response(session.key("1.1")).evidence


def test_it_is_gone_from_the_screen_undo_and_every_byte(
    window: MainWindow, session: AuditSession, answer: Callable[[Act], list[RemovalDialog]]
) -> None:
    assert NAME.encode() in bytes_beside(session.path)
    shown = answer(remove)
    window.flows.remove_text()
    (dialog,) = shown
    assert dialog.report is not None
    assert "Removed from 1 present text and 3 lines of history." in dialog.found.text()
    assert dialog.text_line.text() == ""
    assert window.page is not None
    box = window.page.domain_tab("1").card("1.1").evidence_edit
    assert box.text.startswith("We met [removed by someone, ")
    history: list[HistoryEntry] = []
    session.do_on_file(lambda file: history.extend(file.history()))
    assert history[-1].author == "Chair Winterbourne"
    assert session.undo_text == session.redo_text == ""
    assert NAME.encode() not in bytes_beside(session.path)
    session.set_evidence("1.1", "Written on after it")
    session.undo()
    session.close()
    assert NAME.encode() not in bytes_beside(session.path)


def test_the_note_names_only_whom_somebody_wants_to_be_named(
    window: MainWindow, session: AuditSession, answer: Callable[[Act], list[RemovalDialog]]
) -> None:
    def remove_as_a_role(dialog: RemovalDialog) -> None:
        assert dialog.name_line.text() == ""
        dialog.name_line.setText("the coordinator")
        remove(dialog)

    answer(remove_as_a_role)
    window.flows.remove_text()
    evidence = session.audit.response(session.key("1.1")).evidence
    assert evidence.startswith("We met [removed by the coordinator, ")


def test_text_that_only_history_and_undo_hold_is_forgotten_by_both(
    window: MainWindow, session: AuditSession, answer: Callable[[Act], list[RemovalDialog]]
) -> None:
    session.set_evidence("1.1", "Nobody")
    answer(remove)
    window.flows.remove_text()
    assert session.undo_text == ""
    assert NAME.encode() not in bytes_beside(session.path)


def test_words_still_in_the_box_are_written_and_removed_with_the_rest(
    window: MainWindow,
    session: AuditSession,
    answer: Callable[[Act], list[RemovalDialog]],
) -> None:
    assert window.page is not None
    box = window.page.domain_tab("1").card("1.3").evidence_edit
    box.setFocus()
    QTest.keyClicks(box, f"Also {NAME}")
    answer(remove)
    window.flows.remove_text()
    assert NAME not in box.text
    assert NAME not in session.shown.response(session.key("1.3")).evidence
    assert NAME.encode() not in bytes_beside(session.path)


def test_the_selected_text_is_what_is_asked_about(
    window: MainWindow, session: AuditSession, answer: Callable[[Act], list[RemovalDialog]]
) -> None:
    assert window.page is not None
    box = window.page.domain_tab("1").card("1.2").evidence_edit
    window.page.show_statement("1.2")
    box.setFocus()
    box.selectAll()
    shown = answer(lambda dialog: None)
    window.flows.remove_text()
    assert shown[0].text_line.text() == session.audit.response(session.key("1.2")).evidence
    assert shown[0].name_line.text() == "", "a name in the note is what somebody asks for"


def test_a_search_for_it_and_a_name_that_holds_it_are_forgotten(
    window: MainWindow, session: AuditSession, answer: Callable[[Act], list[RemovalDialog]]
) -> None:
    window.settings_changed.connect(save_settings)
    assert window.page is not None
    window.page.open_find()
    line = window.page.findChild(QLineEdit, "find_line")
    assert isinstance(line, QLineEdit)
    line.setText(NAME.lower())
    session.set_author(f"Mother of {NAME}")
    window.change_settings(window.settings.with_author(session.audit.audit_id, session.author))
    answer(remove)
    window.flows.remove_text()
    assert (line.text(), session.author) == ("", "")
    assert NAME not in "".join(load_settings().authors.values())


def test_what_is_too_common_is_said_beside_the_text(
    window: MainWindow, session: AuditSession, answer: Callable[[Act], list[RemovalDialog]]
) -> None:
    problems: list[str] = []

    def look(dialog: RemovalDialog) -> None:
        for text in ("harmful", "x"):
            dialog.text_line.setText(text)
            dialog.look_button.click()
            problems.append(dialog.problem.text())
            assert not dialog.remove_button.isEnabled()

    answer(look)
    before = session.audit
    window.flows.remove_text()
    assert "own statements" in problems[0]
    assert "at least two characters" in problems[1]
    assert session.audit is before


def test_a_removal_that_could_not_be_finished_is_said_and_the_screen_shows_what_the_file_holds(
    window: MainWindow,
    session: AuditSession,
    answer: Callable[[Act], list[RemovalDialog]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(removal, "is_in_bytes", lambda *_: True)
    shown = answer(remove)
    window.flows.remove_text()
    (dialog,) = shown
    assert "something of it is still there" in dialog.problem.text()
    assert dialog.report is None
    assert NAME not in session.audit.response(session.key("1.1")).evidence
    assert session.undo_text == ""


def test_what_is_out_of_reach_is_said(
    window: MainWindow, session: AuditSession, answer: Callable[[Act], list[RemovalDialog]]
) -> None:
    shown = answer(lambda dialog: None)
    window.flows.remove_text()
    texts = [label.text() for label in shown[0].findChildren(QLabel)]
    assert OUT_OF_REACH in texts
    assert session.path.exists()


def test_a_file_for_reading_only_is_left(
    audit_path: Path, open_shown: Callable[[Path], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "show_error", lambda _parent, error: told.append(str(error)))
    window = open_shown(audit_path)
    monkeypatch.setattr(AuditSession, "is_read_only", True)
    window.flows.remove_text()
    assert len(told) == 1
    assert "reading only" in told[0]


def test_copies_that_the_program_knows_are_cleaned_with_it(
    window: MainWindow,
    session: AuditSession,
    answer: Callable[[Act], list[RemovalDialog]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "backups").mkdir()
    backup = tmp_path / "backups" / "backup.hsbaudit"
    session.do_on_file(lambda file: save_copy(file, backup))
    assert NAME.encode() in backup.read_bytes()
    monkeypatch.setattr(removal_flows, "known_copies", lambda _file: (backup,))
    shown = answer(remove)
    window.flows.remove_text()
    assert "It was removed from 1 of 1 backup or copy." in shown[0].found.text()
    assert NAME.encode() not in backup.read_bytes()


@pytest.mark.whole_form
def test_the_window_stays_alive_while_a_slow_disk_is_cleaned(
    window: MainWindow,
    session: AuditSession,
    answer: Callable[[Act], list[RemovalDialog]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticks: list[float] = []
    timer = QTimer(window, interval=10)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    really = removal.remove_text

    def slowly(file: AuditFile, chosen: ChosenText, marker: str, author: str) -> Removal:
        time.sleep(0.6)
        return really(file, chosen, marker, author)

    monkeypatch.setattr(removing, "remove_text", slowly)
    answer(remove)
    timer.start()
    window.flows.remove_text()
    timer.stop()
    assert max(later - earlier for earlier, later in pairwise(ticks)) < 0.5
    assert NAME not in session.audit.response(session.key("1.1")).evidence
