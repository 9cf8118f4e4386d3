"""A command that could only fail cannot be chosen, and says why; it can again as soon as it would work."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu

from hsb_desktop.store.protection import change_protection
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.session import AuditSession

from .test_workshop import OpenShown, click_score, page_of

pytestmark = pytest.mark.short_form

PASSWORDS = (Command.PROTECT, Command.CHANGE_PASSWORD, Command.REMOVE_PASSWORD)
WRITING = (Command.IMPORT, Command.DELETE_AUDIT, Command.REMOVE_TEXT, *PASSWORDS)
READING = (Command.SAVE_COPY, Command.SHARE, Command.EXPORT, Command.REPORT, Command.DETAILS)


def can(window: MainWindow, *commands: Command) -> list[bool]:
    return [window.commands[command].isEnabled() for command in commands]


def why_not(window: MainWindow, command: Command) -> str:
    action = window.commands[command]
    assert not action.isEnabled()
    assert action.toolTip() == action.statusTip()
    return action.statusTip()


def session_of(window: MainWindow) -> AuditSession:
    return page_of(window).session


def test_a_plain_audit_can_be_protected_and_has_no_password_to_change(window: MainWindow) -> None:
    assert can(window, *PASSWORDS) == [True, False, False]
    assert "has no password" in why_not(window, Command.CHANGE_PASSWORD)
    assert "has no password" in why_not(window, Command.REMOVE_PASSWORD)


def test_once_it_is_protected_its_password_can_be_changed_and_removed(window: MainWindow) -> None:
    session = session_of(window)
    session.do_on_file(lambda file: change_protection(file, "several words that do not belong"))
    session.details_changed.emit()
    assert can(window, *PASSWORDS) == [False, True, True]
    assert "has a password already" in why_not(window, Command.PROTECT)
    session.do_on_file(lambda file: change_protection(file, None))
    session.details_changed.emit()
    assert can(window, *PASSWORDS) == [True, False, False]


@pytest.fixture
def reading_window(audit_path: Path, open_shown: OpenShown, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr("hsb_desktop.store.audit_file.os.access", lambda *_: False)
    return open_shown(audit_path)


def test_what_would_write_into_a_file_for_reading_only_cannot_be_chosen(reading_window: MainWindow) -> None:
    assert not any(can(reading_window, *WRITING))
    for command in WRITING:
        assert "reading only" in why_not(reading_window, command)
    assert all(can(reading_window, *READING))


def test_saved_elsewhere_everything_can_be_chosen_again(
    reading_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    assert not any(can(reading_window, *WRITING))
    session_of(reading_window).save_elsewhere(tmp_path / "elsewhere.hsbaudit")
    assert can(reading_window, *WRITING) == [True, True, True, True, False, False]


def test_next_not_scored_can_be_chosen_as_long_as_there_is_one(sample_window: MainWindow) -> None:
    assert "has a score" in why_not(sample_window, Command.NEXT_NOT_SCORED)
    session = session_of(sample_window)
    session.set_score("1.1", None)
    assert session.settle()
    assert can(sample_window, Command.NEXT_NOT_SCORED) == [True]
    session.undo()
    assert session.settle()
    assert can(sample_window, Command.NEXT_NOT_SCORED) == [False]


def test_next_without_evidence_can_be_chosen_as_soon_as_there_is_one(window: MainWindow) -> None:
    assert "has evidence" in why_not(window, Command.NEXT_WITHOUT_EVIDENCE)
    click_score(window, "1.2", 4)
    assert session_of(window).settle()
    assert can(window, Command.NEXT_WITHOUT_EVIDENCE) == [True]
    session_of(window).set_evidence("1.2", "Minutes of March")
    assert session_of(window).settle()
    assert can(window, Command.NEXT_WITHOUT_EVIDENCE) == [False]


def test_without_an_audit_nothing_that_needs_one_can_be_chosen(window: MainWindow) -> None:
    assert window.close_audit()
    assert not any(can(window, *WRITING, *READING, Command.NEXT_NOT_SCORED, Command.UNDO))
    assert all(can(window, Command.NEW, Command.OPEN, Command.QUIT))


def test_a_command_that_can_be_chosen_has_no_reason_against_it(window: MainWindow) -> None:
    assert window.commands[Command.SHARE].statusTip() == ""
    assert window.commands[Command.PROTECT].statusTip() == ""


def test_the_menu_shows_the_reason_to_whoever_rests_on_a_grey_entry(window: MainWindow) -> None:
    action = window.commands[Command.REMOVE_PASSWORD]
    (menu,) = [menu for menu in window.findChildren(QMenu) if action in menu.actions()]
    assert menu.toolTipsVisible()


def test_the_history_of_no_statement_says_what_to_do(window: MainWindow) -> None:
    window.flows.show_history(None)
    assert "Choose a statement" in page_of(window).status._note.text()
