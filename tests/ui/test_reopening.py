from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hsb_desktop.app import CrashHook, open_window
from hsb_desktop.last_session import LeftOpen, take_left_open
from hsb_desktop.settings import user_data_folder, user_log_folder
from hsb_desktop.ui import messages
from hsb_desktop.ui.dialogs.crash_dialog import CrashDialog
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.reopening import Reopening

pytestmark = pytest.mark.short_form


@pytest.fixture
def started(window: MainWindow) -> MainWindow:
    """A window as it is when the program was started without a file."""
    window.close_audit()
    return window


def notes() -> list[Path]:
    return sorted((user_data_folder() / "running").glob("*"))


def test_what_was_left_open_is_opened_and_the_person_is_told(started: MainWindow, audit_path: Path) -> None:
    reopening = Reopening(started)
    reopening.reopen(LeftOpen(audit_path, 0))
    assert started.session is not None
    assert started.session.path == audit_path
    assert started.page is not None
    assert "Everything that was saved is here" in started.page.status._note.text()
    assert len(notes()) == 1


def test_an_audit_is_noted_while_it_is_open_and_forgotten_when_it_is_closed(
    started: MainWindow, audit_path: Path
) -> None:
    reopening = Reopening(started)
    started.flows.open_path(audit_path)
    assert len(notes()) == 1
    started.close_audit()
    assert not notes()
    del reopening


def test_an_audit_with_which_the_program_ended_twice_is_not_opened_by_itself(
    started: MainWindow, audit_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "warn", lambda _parent, text, details="": told.append(f"{text} {details}"))
    Reopening(started).reopen(LeftOpen(audit_path, 1))
    assert started.session is None
    assert audit_path.name in told[0]


def test_a_file_that_is_gone_is_said_and_not_noted_again(
    started: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "show_error", lambda _parent, error: told.append(str(error)))
    Reopening(started).reopen(LeftOpen(tmp_path / "gone.hsbaudit", 0))
    assert "does not exist" in told[0]
    assert not notes()


def test_after_a_fault_the_next_start_opens_the_audit_again_and_the_log_has_no_word_of_it(
    started: MainWindow, audit_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reopening = Reopening(started)
    started.flows.open_path(audit_path)
    monkeypatch.setattr(CrashDialog, "ask_to_continue", lambda _error, _parent: False)
    hook = CrashHook(started, reopening.note_crash)
    error = ValueError("Casey Example lives at 12 Invented Road")
    hook(ValueError, error, None)
    qtbot.waitUntil(lambda: started.session is None)
    assert len(notes()) == 1
    left = take_left_open()
    assert left is not None
    assert (left.path, left.times) == (audit_path, 0)
    log = (user_log_folder() / "faults.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "Casey" not in log


def test_opening_a_window_notes_nothing_by_itself(audit_path: Path, qtbot: QtBot) -> None:
    window = open_window(audit_path)
    qtbot.addWidget(window)
    assert not notes()
    window.close()
