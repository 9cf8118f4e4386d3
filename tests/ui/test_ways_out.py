"""What is told and offered once something has gone wrong: nobody is left with a screen that says nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.errors import FileRefused
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui import messages
from hsb_desktop.ui.file_watch import LOOK_MILLISECONDS, FileWatch
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.statement_screen import StatementScreen
from hsb_desktop.values import Change, ChangeSet, response_address
from tests.store.second_process import second_process

from .test_lock_flows import POSIX, edited_elsewhere
from .test_saving_faults import Disk, banner_of, held_by_another_program
from .test_workshop import agreed, card_of, click_score, page_of, save_state_of, type_text

pytestmark = pytest.mark.short_form


class Person:
    """Presses buttons in the dialogs that come, and saves to a place of their choice; "" is to give it up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.presses: list[str] = []
        self.place: Path | str = ""
        self.read: list[str] = []
        self.told: list[str] = []

        def answer(dialog: QDialog) -> int:
            return self._answer(dialog)

        monkeypatch.setattr(QDialog, "exec", answer)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(self.place), ""))
        monkeypatch.setattr(messages, "show_error", lambda _parent, error: self.told.append(str(error)))

    def _answer(self, dialog: QDialog) -> int:
        self.read.append("\n".join(label.text() for label in dialog.findChildren(QLabel)))
        button = dialog.findChild(QPushButton, self.presses.pop(0))
        assert button is not None
        button.click()
        return dialog.result()


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return Person(monkeypatch)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def shown_in(window: MainWindow, name: str) -> str:
    label = page_of(window).findChild(QLabel, name)
    assert label is not None
    return label.text() if label.isVisible() else ""


def press(window: MainWindow, name: str) -> None:
    button = page_of(window).findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def unreadable(*_: object) -> None:
    raise FileRefused("The stick cannot be read.")


# Back to what is saved ------------------------------------------------------------------------------------


def test_going_back_to_a_file_that_cannot_be_read_is_told_and_the_text_stays(
    window: MainWindow, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.is_full = True
    box = card_of(window, "1.1").evidence_edit
    type_text(box, "frank words")
    page_of(window).session.flush()
    with monkeypatch.context() as patched:
        patched.setattr(AuditFile, "read_anew", unreadable)
        patched.setattr(messages, "confirm", lambda *_given, **_more: True)
        press(window, "discard_button")
        said = shown_in(window, "attempt_note")
    assert "The stick cannot be read." in said
    assert "Everything stays on this screen" in said
    assert box.text == "frank words"
    assert "disk is full" in shown_in(window, "not_saved_reason")
    assert len(page_of(window).session.unsaved) == 1


def test_a_fault_of_our_own_on_the_way_back_is_not_passed_over(
    window: MainWindow, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_file: AuditFile) -> None:
        raise ZeroDivisionError

    disk.is_full = True
    click_score(window, "1.1", 3)
    with monkeypatch.context() as patched:
        patched.setattr(AuditFile, "read_anew", broken)
        with pytest.raises(ZeroDivisionError):
            page_of(window).session.discard_unsaved()
    assert card_of(window, "1.1").score_selector.score == 3
    assert save_state_of(window) == "⚠ Not saved"


# Trying again ---------------------------------------------------------------------------------------------


def test_trying_again_in_vain_says_when_it_was_tried(window: MainWindow, disk: Disk) -> None:
    disk.is_full = True
    click_score(window, "1.1", 3)
    assert shown_in(window, "attempt_note") == ""
    press(window, "retry_button")
    assert re.fullmatch(r"Tried again at \d\d:\d\d:\d\d: still not saved\.", shown_in(window, "attempt_note"))
    disk.is_full = False
    press(window, "retry_button")
    assert not banner_of(window).isVisible()
    disk.is_full = True
    click_score(window, "1.2", 3)
    assert shown_in(window, "attempt_note") == ""


def test_while_a_slow_disk_is_tried_again_the_banner_says_so_and_stays(
    window: MainWindow, disk: Disk, qtbot: QtBot
) -> None:
    disk.is_full = True
    click_score(window, "1.1", 3)
    disk.delay = 0.4
    press(window, "retry_button")
    assert shown_in(window, "attempt_note") == "Trying again…"
    qtbot.waitUntil(lambda: "still not saved" in shown_in(window, "attempt_note"), timeout=3000)
    disk.delay = 0.0


# Leaving --------------------------------------------------------------------------------------------------


def test_leaving_with_what_cannot_be_written_offers_to_save_it_elsewhere(
    window: MainWindow,
    disk: Disk,
    audit_path: Path,
    tmp_path: Path,
    person: Person,
) -> None:
    person.place = elsewhere = tmp_path / "elsewhere.hsbaudit"
    click_score(window, "1.1", 1)
    disk.is_full = True
    click_score(window, "1.2", 4)
    disk.is_full = False
    person.presses = ["save_elsewhere_choice"]
    assert window.close()
    assert (agreed(elsewhere, "1.1"), agreed(elsewhere, "1.2")) == (1, 4)
    assert agreed(audit_path, "1.2") is None


def test_opening_another_audit_offers_it_too_and_then_opens_that(
    window: MainWindow,
    disk: Disk,
    sample_path: Path,
    tmp_path: Path,
    person: Person,
) -> None:
    person.place = elsewhere = tmp_path / "elsewhere.hsbaudit"
    disk.is_full = True
    click_score(window, "1.2", 4)
    disk.is_full = False
    person.presses = ["save_elsewhere_choice"]
    window.flows.open_path(sample_path)
    assert page_of(window).session.path == sample_path
    assert agreed(elsewhere, "1.2") == 4


@pytest.mark.parametrize("given_up", [True, False])
def test_where_saving_elsewhere_is_given_up_or_fails_the_audit_stays_open(
    window: MainWindow,
    disk: Disk,
    audit_path: Path,
    person: Person,
    given_up: bool,
) -> None:
    person.place = "" if given_up else audit_path
    disk.is_full = True
    click_score(window, "1.2", 4)
    person.presses = ["save_elsewhere_choice"]
    assert not window.close()
    assert card_of(window, "1.2").score_selector.score == 4
    assert bool(person.told) is not given_up


@pytest.mark.parametrize(("button", "is_closed"), [("close_without_choice", True), ("leave_button", False)])
def test_whoever_leaves_may_also_go_without_it_or_stay(
    window: MainWindow, disk: Disk, person: Person, button: str, is_closed: bool
) -> None:
    disk.is_full = True
    click_score(window, "1.2", 4)
    person.presses = [button]
    assert window.close() is is_closed


def test_what_a_hanging_disk_has_not_taken_is_saved_elsewhere_without_it(
    window: MainWindow, disk: Disk, tmp_path: Path, qtbot: QtBot
) -> None:
    session = page_of(window).session
    click_score(window, "1.1", 1)
    disk.delay = 1.0
    click_score(window, "1.2", 4)
    session.set_score("1.3", 2)
    session.save_elsewhere(tmp_path / "elsewhere.hsbaudit")
    disk.delay = 0.0
    found = [agreed(tmp_path / "elsewhere.hsbaudit", statement) for statement in ("1.1", "1.2", "1.3")]
    assert found == [1, 4, 2]
    click_score(window, "1.4", 3)
    qtbot.waitUntil(lambda: save_state_of(window).startswith("All changes saved"), timeout=4000)
    assert agreed(tmp_path / "elsewhere.hsbaudit", "1.4") == 3


# At any size ----------------------------------------------------------------------------------------------


@pytest.fixture
def zoomed(window: MainWindow) -> Iterator[Callable[[int], None]]:
    yield window.set_zoom
    window.set_zoom(100)


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768)])
def test_at_double_size_the_banner_leaves_room_and_every_button_is_in_sight(
    window: MainWindow, disk: Disk, zoomed: Callable[[int], None], size: tuple[int, int]
) -> None:
    zoomed(200)
    window.resize(*size)
    disk.is_full = True
    words = "Not saved: " + "a long reason that a computer gives " * 12
    disk_full = "tests.ui.test_saving_faults.DISK_FULL"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(disk_full, words)
        click_score(window, "1.1", 1)
        press(window, "retry_button")
    QApplication.processEvents()
    banner, page = banner_of(window), page_of(window)
    assert banner.height() < page.height() / 2
    assert page.tabs.height() > page.height() / 4
    for button in banner.findChildren(QPushButton):
        if not button.isHidden():
            corner = button.mapTo(banner, button.rect().bottomRight())
            assert banner.rect().contains(corner)
            assert button.width() >= button.sizeHint().width()
    scroll = banner.findChild(QScrollArea, "not_saved_words")
    note = banner.findChild(QWidget, "attempt_note")
    assert scroll is not None
    assert note is not None
    assert scroll.verticalScrollBar().maximum() > 0
    assert scroll.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert not note.visibleRegion().isEmpty()


def test_the_banner_follows_a_window_that_becomes_narrower(window: MainWindow, disk: Disk) -> None:
    disk.is_full = True
    click_score(window, "1.1", 1)
    window.resize(700, 600)
    QApplication.processEvents()
    banner = banner_of(window)
    assert banner.width() <= 700
    for button in banner.findChildren(QPushButton):
        if not button.isHidden():
            assert banner.rect().contains(button.mapTo(banner, button.rect().bottomRight()))


def test_the_hint_in_an_empty_box_is_as_large_as_what_is_written_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    page_of(window).show_statement("1.1")
    window.toggle_projection()
    screen = window.findChild(StatementScreen)
    assert screen is not None
    qtbot.waitUntil(lambda: screen.width() > 1000)
    for box in (screen.evidence_edit, screen.assurance_edit):
        assert box.viewport().font().pointSizeF() == box.font().pointSizeF() > 10
    window.toggle_projection()


# Both versions --------------------------------------------------------------------------------------------


def notice_in(window: MainWindow) -> str:
    notice = page_of(window).findChild(QWidget, "important_notice")
    if notice is None or not notice.isVisible():
        return ""
    return "\n".join(label.text() for label in notice.findChildren(QLabel))


@POSIX
def test_whoever_keeps_both_versions_is_told_where_each_is_until_it_is_put_away(
    window: MainWindow, audit_path: Path, tmp_path: Path, person: Person
) -> None:
    person.place = mine = tmp_path / "Invented area <b>my version.hsbaudit"
    click_score(window, "1.1", 1)
    edited_elsewhere(audit_path, page_of(window).session.audit, 4).replace(audit_path)
    click_score(window, "1.2", 2)
    press(window, "keep_both_button")
    said = notice_in(window)
    assert "Both versions are kept. Nothing was overwritten." in said
    assert f"“{mine.name}” in {tmp_path}" in said
    assert f"This window shows the other version now: “{audit_path.name}”" in said
    press(window, "notice_away_button")
    assert notice_in(window) == ""


@POSIX
def test_the_own_version_is_one_press_away(
    window: MainWindow, audit_path: Path, tmp_path: Path, person: Person
) -> None:
    person.place = mine = tmp_path / "mine.hsbaudit"
    click_score(window, "1.1", 1)
    edited_elsewhere(audit_path, page_of(window).session.audit, 4).replace(audit_path)
    click_score(window, "1.2", 2)
    press(window, "keep_both_button")
    press(window, "notice_act_button")
    assert page_of(window).session.path == mine
    assert page_of(window).session.audit.agreed(page_of(window).session.wave_id, "1.2").score == 2


@POSIX
def test_where_the_other_version_cannot_be_read_the_notice_says_so(
    window: MainWindow, audit_path: Path, tmp_path: Path, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.place = tmp_path / "mine.hsbaudit"
    click_score(window, "1.1", 1)
    edited_elsewhere(audit_path, page_of(window).session.audit, 4).replace(audit_path)
    click_score(window, "1.2", 2)
    with monkeypatch.context() as patched:
        patched.setattr(AuditFile, "read_anew", unreadable)
        press(window, "keep_both_button")
    assert "Your version is saved as “mine.hsbaudit”" in notice_in(window)
    assert "The stick cannot be read." in notice_in(window)
    assert card_of(window, "1.2").score_selector.score == 2


# Before anybody types -------------------------------------------------------------------------------------


def look(window: MainWindow) -> None:
    """What happens every few seconds."""
    watch = page_of(window).session.findChild(FileWatch)
    assert watch is not None
    watch.look()


def wait_for(qtbot: QtBot, window: MainWindow, words: str) -> None:
    def is_said() -> None:
        assert banner_of_page(window).isVisible()
        assert words in shown_in(window, "not_saved_reason")

    qtbot.waitUntil(is_said, timeout=3000)


def banner_of_page(window: MainWindow) -> QWidget:
    return page_of(window).banner


def buttons_in(window: MainWindow) -> set[str]:
    banner = banner_of_page(window)
    return {button.objectName() for button in banner.findChildren(QPushButton) if button.isVisible()}


@POSIX
@pytest.mark.parametrize("renamed", [True, False])
def test_a_file_that_is_moved_or_deleted_is_said_before_anybody_types_and_until_it_is_back(
    window: MainWindow, audit_path: Path, tmp_path: Path, qtbot: QtBot, renamed: bool
) -> None:
    away = tmp_path / "away.hsbaudit"
    click_score(window, "1.1", 1)
    if renamed:
        audit_path.rename(away)
    else:
        audit_path.unlink()
    look(window)
    wait_for(qtbot, window, "moved, renamed or deleted")
    assert save_state_of(window) == "⚠ Not saved"
    assert buttons_in(window) == {"retry_button", "save_elsewhere_button"}
    press(window, "retry_button")
    assert "it is still not there" in shown_in(window, "attempt_note")
    page_of(window).session.save_elsewhere(tmp_path / "elsewhere.hsbaudit")
    assert save_state_of(window).startswith("All changes saved")
    assert agreed(tmp_path / "elsewhere.hsbaudit", "1.1") == 1


@POSIX
def test_a_file_that_comes_back_is_noticed(
    window: MainWindow, audit_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    audit_path.rename(tmp_path / "away.hsbaudit")
    look(window)
    wait_for(qtbot, window, "moved, renamed or deleted")
    (tmp_path / "away.hsbaudit").rename(audit_path)
    look(window)
    qtbot.waitUntil(lambda: not banner_of_page(window).isVisible(), timeout=3000)
    click_score(window, "1.1", 1)
    assert agreed(audit_path, "1.1") == 1


@POSIX
def test_a_file_that_is_replaced_is_said_and_both_versions_can_be_kept_before_anybody_types(
    window: MainWindow, audit_path: Path, tmp_path: Path, qtbot: QtBot, person: Person
) -> None:
    person.place = mine = tmp_path / "mine.hsbaudit"
    click_score(window, "1.1", 1)
    edited_elsewhere(audit_path, page_of(window).session.audit, 4).replace(audit_path)
    look(window)
    wait_for(qtbot, window, "changed or replaced by another program")
    assert buttons_in(window) == {"keep_both_button", "save_elsewhere_button", "discard_button"}
    press(window, "keep_both_button")
    assert (agreed(audit_path, "1.1"), agreed(mine, "1.1")) == (4, 1)
    assert card_of(window, "1.1").score_selector.score == 4
    assert not banner_of_page(window).isVisible()


def test_what_another_program_wrote_into_the_file_is_noticed_and_shown_only_after_a_yes(
    window: MainWindow, audit_path: Path, qtbot: QtBot, person: Person
) -> None:
    click_score(window, "1.1", 1)
    with AuditFile.open(audit_path) as other:
        address = response_address(page_of(window).session.key("1.1"), "score")
        other.apply(ChangeSet("elsewhere", (Change(address, 1, 4),)))
    look(window)
    wait_for(qtbot, window, "changed or replaced by another program")
    person.presses = ["leave_button", "go_on_button"]
    press(window, "discard_button")
    assert card_of(window, "1.1").score_selector.score == 1
    press(window, "discard_button")
    assert "may be in no file" in person.read[0]
    assert card_of(window, "1.1").score_selector.score == 4
    assert save_state_of(window).startswith("All changes saved")


def test_a_window_notices_that_another_took_the_file_over_and_nothing_is_called_unsaved(
    window: MainWindow, audit_path: Path, qtbot: QtBot
) -> None:
    click_score(window, "1.1", 1)
    with second_process(audit_path, "Ann", take_over=True) as other:
        assert other.said == "open"
        look(window)
        wait_for(qtbot, window, "taken over by another window. Ann is working on it")
        assert save_state_of(window) == "All changes saved · for reading only"
        assert buttons_in(window) == {"save_elsewhere_button", "discard_button"}
        press(window, "discard_button")
        assert page_of(window).session.is_read_only
        assert "Ann is working on it" in shown_in(window, "not_saved_reason")
    assert agreed(audit_path, "1.1") == 1


@POSIX
def test_it_looks_when_the_window_becomes_active_again_and_every_few_seconds(
    window: MainWindow, audit_path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    audit_path.rename(tmp_path / "away.hsbaudit")
    window.activateWindow()
    wait_for(qtbot, window, "moved, renamed or deleted")
    watch = page_of(window).session.findChild(FileWatch)
    assert watch is not None
    timer = watch.findChild(QTimer)
    assert timer is not None
    assert timer.isActive()
    assert 1000 <= LOOK_MILLISECONDS <= 10_000


def test_looking_waits_for_nothing_and_never_comes_before_an_edit(
    window: MainWindow, audit_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def slow(_file: AuditFile) -> None:
        looked.append("looked")
        time.sleep(0.5)

    monkeypatch.setattr(AuditFile, "refuse_if_lost", slow)
    began = time.monotonic()
    look(window)
    look(window)
    assert time.monotonic() - began < 0.2
    click_score(window, "1.1", 3)
    look(window)
    qtbot.waitUntil(lambda: save_state_of(window).startswith("All changes saved"), timeout=4000)
    assert looked == ["looked"]
    assert agreed(audit_path, "1.1") == 3


def test_a_file_that_another_program_holds_for_a_moment_is_not_called_lost(
    window: MainWindow, audit_path: Path, qtbot: QtBot
) -> None:
    click_score(window, "1.1", 1)
    watch = page_of(window).session.findChild(FileWatch)
    assert watch is not None
    with held_by_another_program(audit_path, 3.0):
        began = time.monotonic()
        assert watch.look_now(4.0) is None
        assert time.monotonic() - began < 1.0


@POSIX
@pytest.mark.parametrize(("button", "is_closed"), [("close_without_choice", True), ("leave_button", False)])
def test_an_audit_whose_file_was_deleted_is_not_closed_without_a_word(
    window: MainWindow, audit_path: Path, person: Person, button: str, is_closed: bool
) -> None:
    click_score(window, "1.1", 1)
    audit_path.unlink()
    person.presses = [button]
    assert window.close() is is_closed
    assert "may be in no file" in person.read[0]
    assert "moved, renamed or deleted" in person.read[0]


@POSIX
def test_an_audit_whose_file_was_deleted_is_saved_elsewhere_on_leaving(
    window: MainWindow, audit_path: Path, tmp_path: Path, person: Person
) -> None:
    click_score(window, "1.1", 1)
    audit_path.unlink()
    person.place = tmp_path / "elsewhere.hsbaudit"
    person.presses = ["save_elsewhere_choice"]
    assert window.close()
    assert agreed(tmp_path / "elsewhere.hsbaudit", "1.1") == 1
