"""When the disk refuses or is slow: nothing typed is lost, nothing false is shown, undo stays whole."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.errors import NotSaved, OutputRefused
from hsb_desktop.model import Audit
from hsb_desktop.store.audit_file import AuditFile, HistoryEntry
from hsb_desktop.store.share import save_copy
from hsb_desktop.ui import messages
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.values import Change, ChangeSet, response_address

from .test_workshop import agreed, card_of, click_score, focused, page_of, save_state_of, saved, type_text

pytestmark = pytest.mark.short_form

DISK_FULL = "Not saved: the disk is full. Make room and try again, or save elsewhere."


class Disk:
    """A disk that can be told to refuse or to take its time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_full = False
        self.has_a_bug = False
        self.delay = 0.0
        real_apply = AuditFile.apply

        def apply(file: AuditFile, change_set: ChangeSet, visit: int | None = None) -> None:
            time.sleep(self.delay)
            if self.is_full:
                raise NotSaved(DISK_FULL)
            if self.has_a_bug:
                raise ZeroDivisionError
            real_apply(file, change_set, visit)

        monkeypatch.setattr(AuditFile, "apply", apply)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def banner_of(window: MainWindow) -> QWidget:
    banner = window.findChild(QWidget, "not_saved_banner")
    assert banner is not None
    return banner


def press(window: MainWindow, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_full_disk_is_said_in_words_and_the_text_stays_on_the_screen(
    window: MainWindow, audit_path: Path, disk: Disk
) -> None:
    before = saved(audit_path)
    disk.is_full = True
    box = card_of(window, "1.1").evidence_edit
    type_text(box, "frank words")
    page_of(window).session.flush()
    assert save_state_of(window) == "⚠ Not saved"
    reason = window.findChild(QLabel, "not_saved_reason")
    assert banner_of(window).isVisible()
    assert reason is not None
    assert "the disk is full" in reason.text()
    assert box.text == "frank words"
    assert saved(audit_path) == before


@pytest.mark.whole_form
def test_an_unsaved_score_stays_shown_but_counts_nowhere(
    window: MainWindow, audit_path: Path, disk: Disk
) -> None:
    disk.is_full = True
    click_score(window, "1.1", 3)
    assert card_of(window, "1.1").score_selector.score == 3
    count = window.findChild(QLabel, "progress_text")
    assert count is not None
    assert count.text() == "0 of 46 scored"
    assert agreed(audit_path, "1.1") is None


def test_trying_again_saves_everything_that_waited_in_its_order(
    window: MainWindow, audit_path: Path, disk: Disk
) -> None:
    disk.is_full = True
    click_score(window, "1.1", 3)
    click_score(window, "1.1", 2)
    type_text(card_of(window, "1.2").assurance_edit, "words")
    page_of(window).session.flush()
    disk.is_full = False
    press(window, "retry_button")
    assert page_of(window).session.settle()
    assert save_state_of(window).startswith("All changes saved")
    assert not banner_of(window).isVisible()
    assert agreed(audit_path, "1.1") == 2
    assert saved(audit_path).agreed(saved(audit_path).waves[0].wave_id, "1.2").assurance == "words"


def test_undo_is_whole_after_a_fault(
    window: MainWindow, audit_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    click_score(window, "1.1", 1)
    click_score(window, "1.2", 2)
    page_of(window).session.undo()
    disk.is_full = True
    page_of(window).session.redo()
    assert agreed(audit_path, "1.2") is None
    monkeypatch.setattr(messages, "confirm", lambda *_given, **_more: True)
    press(window, "discard_button")
    disk.is_full = False
    page_of(window).session.redo()
    assert agreed(audit_path, "1.2") == 2
    page_of(window).session.undo()
    page_of(window).session.undo()
    assert agreed(audit_path, "1.1") is None


def test_a_failed_undo_loses_no_step(window: MainWindow, audit_path: Path, disk: Disk) -> None:
    click_score(window, "1.1", 1)
    disk.is_full = True
    page_of(window).session.undo()
    assert agreed(audit_path, "1.1") == 1
    disk.is_full = False
    page_of(window).session.retry()
    assert agreed(audit_path, "1.1") is None
    assert page_of(window).session.redo_text


def test_back_to_what_is_saved_shows_the_file_when_told_to(
    window: MainWindow, audit_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    click_score(window, "1.1", 1)
    disk.is_full = True
    click_score(window, "1.1", 4)
    type_text(card_of(window, "1.1").evidence_edit, "never kept")
    page_of(window).session.flush()
    asked: list[str] = []
    monkeypatch.setattr(messages, "confirm", lambda _parent, words, **_more: asked.append(words))
    press(window, "discard_button")
    assert asked == ["2 changes are only on this screen and will be gone."]
    assert card_of(window, "1.1").score_selector.score == 4
    monkeypatch.setattr(messages, "confirm", lambda *_given, **_more: True)
    press(window, "discard_button")
    assert card_of(window, "1.1").score_selector.score == 1
    assert card_of(window, "1.1").evidence_edit.text == ""
    assert save_state_of(window).startswith("All changes saved")


def test_saving_elsewhere_goes_on_there_with_everything(
    window: MainWindow, audit_path: Path, disk: Disk, tmp_path: Path
) -> None:
    click_score(window, "1.1", 1)
    disk.is_full = True
    click_score(window, "1.2", 4)
    disk.is_full = False
    elsewhere = tmp_path / "stick" / "rescued.hsbaudit"
    elsewhere.parent.mkdir()
    page_of(window).session.save_elsewhere(elsewhere)
    assert (agreed(elsewhere, "1.1"), agreed(elsewhere, "1.2")) == (1, 4)
    assert agreed(audit_path, "1.2") is None
    assert save_state_of(window).startswith("All changes saved")
    click_score(window, "1.3", 2)
    assert agreed(elsewhere, "1.3") == 2
    assert agreed(audit_path, "1.3") is None


def test_saving_elsewhere_works_when_the_old_file_is_gone(
    window: MainWindow, audit_path: Path, disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object) -> None:
        raise NotSaved("The stick was pulled out.")

    click_score(window, "1.1", 1)
    disk.is_full = True
    click_score(window, "1.2", 4)
    disk.is_full = False
    monkeypatch.setattr("hsb_desktop.store.share.save_copy", unreadable)
    page_of(window).session.save_elsewhere(tmp_path / "rescued.hsbaudit")
    assert (agreed(tmp_path / "rescued.hsbaudit", "1.1"), agreed(tmp_path / "rescued.hsbaudit", "1.2")) == (
        1,
        4,
    )


def test_saving_elsewhere_never_touches_a_file_that_is_there_already(
    window: MainWindow, audit_path: Path, disk: Disk
) -> None:
    click_score(window, "1.1", 1)
    before = audit_path.read_bytes()
    disk.is_full = True
    click_score(window, "1.2", 4)
    with pytest.raises(OutputRefused):
        page_of(window).session.save_elsewhere(audit_path)
    assert audit_path.read_bytes() == before
    assert save_state_of(window) == "⚠ Not saved"


def test_closing_with_unsaved_changes_asks_first(
    window: MainWindow, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def stay(_parent: object, question: str, *_more: object, **_words: str) -> None:
        asked.append(question)

    monkeypatch.setattr(messages, "choose", stay)
    disk.is_full = True
    click_score(window, "1.1", 1)
    assert not window.close()
    assert asked
    assert "1 change could not be saved" in asked[0]
    disk.is_full = False
    page_of(window).session.retry()
    assert window.close()


# A slow disk ----------------------------------------------------------------------------------------------


@pytest.mark.whole_form
def test_a_slow_disk_never_freezes_the_window(
    window: MainWindow, audit_path: Path, disk: Disk, qtbot: QtBot
) -> None:
    disk.delay = 0.6
    started = time.monotonic()
    click_score(window, "1.1", 3)
    assert time.monotonic() - started < 0.5
    assert save_state_of(window) == "Saving…"
    assert card_of(window, "1.1").score_selector.score == 3
    qtbot.waitUntil(lambda: save_state_of(window).startswith("All changes saved"), timeout=3000)
    assert agreed(audit_path, "1.1") == 3


def test_edits_made_while_saving_are_all_kept_in_order(
    window: MainWindow, audit_path: Path, disk: Disk, qtbot: QtBot
) -> None:
    disk.delay = 0.25
    for score in (1, 2, 3, 4):
        click_score(window, "1.1", score)
    click_score(window, "1.2", 0)
    disk.delay = 0.0
    qtbot.waitUntil(lambda: save_state_of(window).startswith("All changes saved"), timeout=5000)
    assert (agreed(audit_path, "1.1"), agreed(audit_path, "1.2")) == (4, 0)


_HOLDS_A_LOCK = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


@contextmanager
def held_by_another_program(path: Path, seconds: float) -> Iterator[None]:
    # A program of its own: within one process, two copies of SQLite do not see each other's locks.
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDS_A_LOCK, str(path), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        yield
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()


def test_a_lock_of_another_program_is_waited_for(window: MainWindow, audit_path: Path, qtbot: QtBot) -> None:
    with held_by_another_program(audit_path, 0.8):
        click_score(window, "1.1", 3)
        assert save_state_of(window) == "Saving…"
        qtbot.waitUntil(lambda: save_state_of(window).startswith("All changes saved"), timeout=4000)
    assert agreed(audit_path, "1.1") == 3


# A file that can only be read -----------------------------------------------------------------------------


def test_a_file_that_can_only_be_read_is_shown_and_not_edited(
    sample_path: Path, open_shown: Callable[[Path], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hsb_desktop.store.audit_file.os.access", lambda *_: False)
    window = open_shown(sample_path)
    before = sample_path.read_bytes()
    assert save_state_of(window) == "All changes saved · for reading only"
    assert banner_of(window).isVisible()
    card = card_of(window, "1.1")
    assert card.evidence_edit.isReadOnly()
    card.focus_score()
    QTest.keyClick(focused(), Qt.Key.Key_0)
    window.close()
    assert sample_path.read_bytes() == before


def test_a_change_by_another_program_is_never_overwritten(window: MainWindow, audit_path: Path) -> None:
    click_score(window, "1.1", 1)
    audit: Audit = saved(audit_path)
    session = page_of(window).session
    with AuditFile.open(audit_path) as other:
        address = response_address(session.key("1.1"), "score")
        other.apply(ChangeSet("elsewhere", (Change(address, 1, 4),)))
    click_score(window, "1.1", 0)
    assert save_state_of(window) == "⚠ Not saved"
    assert agreed(audit_path, "1.1") == 4
    assert audit.audit_id == session.audit.audit_id


# What somebody may do meanwhile ---------------------------------------------------------------------------


@pytest.mark.whole_form
def test_looking_around_never_waits_for_a_slow_disk(window: MainWindow, disk: Disk) -> None:
    disk.delay = 0.7
    click_score(window, "1.1", 3)
    click_score(window, "1.2", 3)
    started = time.monotonic()
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert time.monotonic() - started < 0.3
    assert page_of(window).current_statement_id == "1.3"
    disk.delay = 0


def test_undo_waits_for_its_turn_behind_a_slow_edit(
    window: MainWindow, audit_path: Path, disk: Disk, qtbot: QtBot
) -> None:
    click_score(window, "1.1", 1)
    disk.delay = 0.3
    click_score(window, "1.1", 4)
    page_of(window).session.undo()
    disk.delay = 0
    qtbot.waitUntil(lambda: save_state_of(window).startswith("All changes saved"), timeout=3000)
    qtbot.waitUntil(lambda: agreed(audit_path, "1.1") == 1, timeout=3000)


def test_a_copy_is_refused_while_it_would_lack_what_is_on_the_screen(
    window: MainWindow, disk: Disk, tmp_path: Path
) -> None:
    disk.is_full = True
    click_score(window, "1.1", 3)
    out = tmp_path / "copy.hsbaudit"
    with pytest.raises(NotSaved, match="Save elsewhere first"):
        page_of(window).session.do_on_file(lambda file: save_copy(file, out))
    assert not out.exists()


def test_opening_another_audit_stays_here_when_somebody_goes_back(
    window: MainWindow, sample_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "choose", lambda *_args, **_words: None)
    disk.is_full = True
    click_score(window, "1.1", 3)
    session = page_of(window).session
    window.flows.open_path(sample_path)
    assert page_of(window).session is session
    assert len(session.unsaved) == 1


def test_opening_the_open_file_again_keeps_what_is_being_typed(window: MainWindow, audit_path: Path) -> None:
    box = card_of(window, "1.1").evidence_edit
    type_text(box, "words typed")
    window.flows.open_path(audit_path)
    assert card_of(window, "1.1").evidence_edit.text == "words typed"
    assert page_of(window).session.settle()
    assert saved(audit_path).agreed(saved(audit_path).waves[0].wave_id, "1.1").evidence == "words typed"


def test_a_fault_of_our_own_never_claims_that_all_is_saved(window: MainWindow, disk: Disk) -> None:
    session = page_of(window).session
    disk.has_a_bug = True
    with pytest.raises(ZeroDivisionError):
        session.set_score("1.1", 3)
    assert save_state_of(window) == "⚠ Not saved"
    disk.has_a_bug = False
    session.retry()
    assert save_state_of(window).startswith("All changes saved")


def test_after_another_program_wrote_the_screen_can_show_what_the_file_holds(
    window: MainWindow, audit_path: Path, tmp_path: Path
) -> None:
    session = page_of(window).session
    session.set_evidence("1.1", "ours")
    with AuditFile.open(audit_path) as other:
        address = response_address(session.key("1.1"), "evidence")
        other.apply(ChangeSet("elsewhere", (Change(address, "ours", "theirs"),)))
    session.set_evidence("1.1", "ours again")
    assert save_state_of(window) == "⚠ Not saved"
    session.save_elsewhere(tmp_path / "both.hsbaudit")
    wave_id = session.wave_id
    assert saved(tmp_path / "both.hsbaudit").agreed(wave_id, "1.1").evidence == "ours again"
    assert saved(audit_path).agreed(wave_id, "1.1").evidence == "theirs"


def test_back_to_what_is_saved_shows_what_another_program_wrote(window: MainWindow, audit_path: Path) -> None:
    session = page_of(window).session
    session.set_evidence("1.1", "ours")
    with AuditFile.open(audit_path) as other:
        address = response_address(session.key("1.1"), "evidence")
        other.apply(ChangeSet("elsewhere", (Change(address, "ours", "theirs"),)))
    session.set_evidence("1.1", "ours again")
    session.discard_unsaved()
    assert card_of(window, "1.1").evidence_edit.text == "theirs"
    session.set_evidence("1.1", "on top")
    assert save_state_of(window).startswith("All changes saved")


def test_saving_a_read_only_audit_elsewhere_lets_people_write(
    sample_path: Path,
    open_shown: Callable[[Path], MainWindow],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    with monkeypatch.context() as only_reading:
        only_reading.setattr("hsb_desktop.store.audit_file.os.access", lambda *_: False)
        window = open_shown(sample_path)
    page_of(window).session.save_elsewhere(tmp_path / "writable.hsbaudit")
    page_of(window).build_all()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not card_of(window, "1.1").evidence_edit.isReadOnly()
    click_score(window, "1.1", 0)
    assert agreed(tmp_path / "writable.hsbaudit", "1.1") == 0


def test_history_says_who_undid(window: MainWindow) -> None:
    session = page_of(window).session
    session.set_author("Ann")
    session.set_score("1.1", 3)
    session.set_author("Bob")
    session.undo()
    entries: list[HistoryEntry] = []
    session.do_on_file(lambda file: entries.extend(file.history()))
    assert [entry.author for entry in entries] == ["Ann", "Bob"]


def test_two_visits_to_a_box_on_a_slow_disk_are_two_lines_of_history(window: MainWindow, disk: Disk) -> None:
    session = page_of(window).session
    disk.delay = 0.2
    session.set_evidence("1.1", "first visit")
    session.end_visit()
    session.set_evidence("1.1", "first visit, second visit")
    assert session.settle()
    disk.delay = 0
    entries: list[HistoryEntry] = []
    session.do_on_file(lambda file: entries.extend(file.history()))
    assert [(entry.before, entry.after) for entry in entries] == [
        (None, "first visit"),
        ("first visit", "first visit, second visit"),
    ]


def test_undo_that_waited_for_a_write_that_failed_never_fires_later(window: MainWindow, disk: Disk) -> None:
    session = page_of(window).session
    session.set_score("1.1", 1)
    disk.delay, disk.is_full = 0.2, True
    session.set_evidence("1.1", "first")
    session.undo()
    session.settle()
    disk.delay, disk.is_full = 0.0, False
    session.retry()
    assert session.settle()
    assert session.audit.response(session.key("1.1")).evidence == "first"
    assert session.audit.response(session.key("1.1")).score == 1


def test_back_to_what_is_saved_keeps_everything_where_the_file_cannot_be_read(
    window: MainWindow, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_file: AuditFile) -> Audit:
        raise NotSaved("The stick was pulled out.")

    disk.is_full = True
    type_text(card_of(window, "1.1").evidence_edit, "precious")
    page_of(window).session.settle()
    monkeypatch.setattr(AuditFile, "read", unreadable)
    page_of(window).session.discard_unsaved()
    assert save_state_of(window) == "⚠ Not saved"
    assert card_of(window, "1.1").evidence_edit.text == "precious"
    assert len(page_of(window).session.unsaved) == 1
    monkeypatch.undo()


def test_words_that_are_no_date_are_not_lost_without_a_question(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def stay(_parent: object, question: str, **_words: str) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr(messages, "confirm", stay)
    page = page_of(window)
    page.build_all()
    page.show_domain("1")
    box = window.findChild(QWidget, "completed_on_box")
    assert box is not None
    box.setFocus()
    QTest.keyClicks(focused(), "nonsense day")
    assert not window.close()
    assert "not written as a date" in asked[0]
    monkeypatch.setattr(messages, "confirm", lambda *_args, **_words: True)


def test_words_typed_and_deleted_while_saving_leave_no_step(window: MainWindow, disk: Disk) -> None:
    session = page_of(window).session
    disk.delay = 0.3
    session.set_score("1.1", 1)
    session.set_evidence("1.2", "typed")
    session.set_evidence("1.2", "")
    assert session.settle()
    disk.delay = 0.0
    session.undo()
    assert session.settle()
    assert session.audit.response(session.key("1.1")).score is None


def test_what_two_people_typed_is_kept_under_their_own_names(window: MainWindow, disk: Disk) -> None:
    session = page_of(window).session
    session.set_author("Ann")
    disk.is_full = True
    session.set_evidence("1.1", "Ann's words")
    session.set_author("Bob")
    session.set_evidence("1.1", "Ann's words and Bob's")
    disk.is_full = False
    session.retry()
    assert session.settle()
    entries: list[HistoryEntry] = []
    session.do_on_file(lambda file: entries.extend(file.history()))
    assert [(entry.author, entry.after) for entry in entries] == [
        ("Ann", "Ann's words"),
        ("Bob", "Ann's words and Bob's"),
    ]
