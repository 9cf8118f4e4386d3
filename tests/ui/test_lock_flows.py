"""A file that somebody else has, or that something else took the place of, in the real window."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.model import Audit
from hsb_desktop.operations.conflict_copies import ConflictCopy
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.places import PlaceKind
from hsb_desktop.ui import file_notices, messages
from hsb_desktop.ui.dialogs.conflict_copies_dialog import ConflictCopiesDialog
from hsb_desktop.ui.dialogs.file_in_use_dialog import FileInUseDialog
from hsb_desktop.ui.file_notices import FileNotices, FileSurroundings
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.values import PARTNERSHIP, Change, ChangeSet, ResponseKey, response_address
from tests.examples import cases
from tests.store.second_process import second_process

from .test_saving_faults import banner_of
from .test_workshop import agreed, card_of, page_of, saved, type_text

pytestmark = pytest.mark.short_form

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there an open file keeps its place")

OpenShown = Callable[[Path], MainWindow]


def answer(monkeypatch: pytest.MonkeyPatch, name: str, buttons: list[str]) -> list[str]:
    """Press one button after the other in the dialogs that come; return what they said."""
    said: list[str] = []

    def press_next(dialog: QDialog) -> int:
        assert dialog.objectName() == name
        said.append("\n".join(label.text() for label in dialog.findChildren(QLabel)))
        button = dialog.findChild(QPushButton, buttons.pop(0))
        assert button is not None
        button.click()
        return dialog.result()

    monkeypatch.setattr(QDialog, "exec", press_next)
    return said


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def shown_in(window: MainWindow, name: str) -> str:
    """What a label of the page that is shown says; one that was shown before is still about to go."""
    label = page_of(window).findChild(QLabel, name)
    assert label is not None
    return label.text()


def reason_in(window: MainWindow) -> str:
    return shown_in(window, "not_saved_reason")


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def state_in(window: MainWindow) -> str:
    return shown_in(window, "save_state")


def press(window: MainWindow, name: str) -> None:
    button = page_of(window).findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def score_on(window: MainWindow, statement_id: str, score: int) -> None:
    """Enter a score in the page that is shown, whether its cards are built or not."""
    page_of(window).session.set_score(statement_id, score)


# In use ---------------------------------------------------------------------------------------------------


def test_a_file_in_use_names_who_has_it_and_opens_for_reading(
    window: MainWindow, sample_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = answer(monkeypatch, "file_in_use_dialog", ["read_only_button"])
    with second_process(sample_path, "Chair <b>Ann</b>") as other:
        assert other.said == "open"
        window.flows.open_path(sample_path)
        assert "Chair <b>Ann</b> is working on it on the computer" in said[0]
        assert "today" in said[0]
        assert state_in(window) == "All changes saved · for reading only"
        assert "Chair <b>Ann</b> is working on it" in reason_in(window)
        assert page_of(window).session.path == sample_path


def test_leaving_a_file_in_use_keeps_the_audit_that_is_open(
    window: MainWindow, audit_path: Path, sample_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "file_in_use_dialog", ["cancel_button"])
    with second_process(sample_path) as other:
        assert other.said == "open"
        window.flows.open_path(sample_path)
    assert page_of(window).session.path == audit_path
    score_on(window, "1.1", 3)
    assert agreed(audit_path, "1.1") == 3


def test_a_copy_of_a_file_in_use_can_be_worked_on(
    window: MainWindow, sample_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "file_in_use_dialog", ["open_copy_button"])
    save_to(monkeypatch, tmp_path / "mine.hsbaudit")
    before = agreed(sample_path, "1.1")
    with second_process(sample_path) as other:
        assert other.said == "open"
        window.flows.open_path(sample_path)
        score_on(window, "1.1", 0 if before else 1)
    assert agreed(tmp_path / "mine.hsbaudit", "1.1") != before
    assert agreed(sample_path, "1.1") == before


def test_taking_over_says_what_happens_to_the_other_window_and_can_be_thought_over(
    window: MainWindow, sample_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "file_in_use_dialog", ["take_over_button", "take_over_button"])
    asked: list[str] = []

    def confirm(_parent: object, question: str, *, details: str = "", **_words: str) -> bool:
        asked.append(f"{question} {details}")
        return len(asked) == 2

    monkeypatch.setattr(messages, "confirm", confirm)
    with second_process(sample_path, "Ann") as other:
        assert other.said == "open"
        window.flows.open_path(sample_path)
        assert len(asked) == 2
        assert "Ann" in asked[0]
        assert "can then no longer save to this file" in asked[0]
        score_on(window, "1.1", 0)
        assert state_in(window).startswith("All changes saved")


def test_a_window_that_was_taken_over_says_who_did_and_goes_on_for_reading(
    window: MainWindow, audit_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_to(monkeypatch, tmp_path / "mine.hsbaudit")
    score_on(window, "1.1", 1)
    with second_process(audit_path, "Ann", take_over=True) as other:
        assert other.said == "open"
        score_on(window, "1.1", 4)
        assert state_in(window) == "⚠ Not saved"
        assert "taken over by Ann" in reason_in(window)
        press(window, "keep_both_button")
        assert state_in(window) == "All changes saved · for reading only"
        assert "Ann is working on it" in reason_in(window)
    assert (agreed(audit_path, "1.1"), agreed(tmp_path / "mine.hsbaudit", "1.1")) == (1, 4)


def test_the_lock_names_who_is_typing(window: MainWindow, audit_path: Path, qtbot: QtBot) -> None:
    page_of(window).session.set_author("Scribe Ottoline")
    lock = audit_path.with_name(f".{audit_path.name}.lock")
    qtbot.waitUntil(lambda: "Scribe Ottoline" in lock.read_text())
    window.close()
    assert not lock.exists()


# Underneath -----------------------------------------------------------------------------------------------


def edited_elsewhere(path: Path, audit: Audit, score: int) -> Path:
    """The same audit as another computer has it."""
    copy = path.with_name("incoming.tmp")
    shutil.copyfile(path, copy)
    with AuditFile.open(copy) as file:
        address = response_address(ResponseKey(audit.waves[-1].wave_id, PARTNERSHIP, "1.1"), "score")
        file.apply(ChangeSet("there", (Change(address, file.read().value(address), score),)))
    return copy


@POSIX
def test_a_file_replaced_while_editing_loses_neither_version(
    window: MainWindow, audit_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine.hsbaudit"
    save_to(monkeypatch, mine)
    score_on(window, "1.1", 1)
    edited_elsewhere(audit_path, page_of(window).session.audit, 4).replace(audit_path)
    type_text(card_of(window, "1.2").evidence_edit, "typed here")
    page_of(window).session.flush()
    assert "replaced by another file" in reason_in(window)
    assert "safe in the file" not in words_of(banner_of(window))
    press(window, "keep_both_button")
    assert state_in(window).startswith("All changes saved")
    assert card_of(window, "1.1").score_selector.score == 4
    assert card_of(window, "1.2").evidence_edit.text == ""
    wave_id = page_of(window).session.wave_id
    assert (agreed(mine, "1.1"), saved(mine).agreed(wave_id, "1.2").evidence) == (1, "typed here")
    score_on(window, "1.3", 2)
    assert (agreed(audit_path, "1.1"), agreed(audit_path, "1.3")) == (4, 2)


@POSIX
def test_where_something_else_took_the_files_place_everything_stays_on_the_screen(
    window: MainWindow, audit_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "show_error", lambda _parent, error: told.append(str(error)))
    score_on(window, "1.1", 1)
    (tmp_path / "incoming.tmp").write_text("not an audit")
    (tmp_path / "incoming.tmp").replace(audit_path)
    score_on(window, "1.2", 2)
    press(window, "keep_both_button")
    assert "not an audit file" in told[0]
    assert "Save elsewhere" in told[0]
    assert card_of(window, "1.2").score_selector.score == 2
    mine = tmp_path / "mine.hsbaudit"
    page_of(window).session.save_elsewhere(mine)
    assert (agreed(mine, "1.1"), agreed(mine, "1.2")) == (1, 2)
    assert audit_path.read_text() == "not an audit"


@POSIX
@pytest.mark.parametrize("renamed", [True, False])
def test_a_file_renamed_or_deleted_is_said_and_saved_elsewhere(
    window: MainWindow, audit_path: Path, tmp_path: Path, renamed: bool
) -> None:
    score_on(window, "1.1", 1)
    if renamed:
        audit_path.rename(tmp_path / "renamed.hsbaudit")
    else:
        audit_path.unlink()
    score_on(window, "1.2", 2)
    assert "moved, renamed or deleted" in reason_in(window)
    assert "safe as long as this window is open" in words_of(banner_of(window))
    keep_both = window.findChild(QPushButton, "keep_both_button")
    assert keep_both is not None
    assert keep_both.isHidden()
    page_of(window).session.save_elsewhere(tmp_path / "rescued.hsbaudit")
    assert (agreed(tmp_path / "rescued.hsbaudit", "1.1"), agreed(tmp_path / "rescued.hsbaudit", "1.2")) == (
        1,
        2,
    )
    assert not audit_path.exists()
    assert not banner_of(window).isVisible()


# Lines about the file -------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def nothing_put_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_notices, "_dismissed", set())


def notices_of(window: MainWindow) -> FileNotices:
    notices = page_of(window).findChild(FileNotices)
    assert notices is not None
    return notices


def test_conflict_copies_beside_the_file_are_said_after_opening_and_can_be_opened(
    audit_path: Path, open_shown: OpenShown, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = audit_path.with_name("Invented area-LAPTOP-7.hsbaudit")
    shutil.copyfile(audit_path, copy)
    window = open_shown(audit_path)
    notices = notices_of(window)
    qtbot.waitUntil(lambda: notices.findChild(QLabel, "conflict_copies_notice") is not None)
    label = notices.findChild(QLabel, "conflict_copies_notice")
    assert label is not None
    assert label.text() == "1 conflict copy of this audit beside this file."
    answer(monkeypatch, "conflict_copies_dialog", ["open_copy_button"])
    press(window, "conflict_copies_button")
    assert page_of(window).session.path == copy


def test_conflict_copies_that_were_deleted_meanwhile_are_named_no_more(
    audit_path: Path, open_shown: OpenShown, qtbot: QtBot
) -> None:
    copies = [audit_path.with_name(f"Invented area-LAPTOP-{number}.hsbaudit") for number in (7, 8)]
    for copy in copies:
        shutil.copyfile(audit_path, copy)
    notices = notices_of(open_shown(audit_path))

    def said() -> list[str]:
        labels = notices.findChildren(QLabel, "conflict_copies_notice")
        return [label.text().split(" of ")[0] for label in labels if label.isVisible()]

    qtbot.waitUntil(lambda: said() == ["2 conflict copies"])
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    copies[0].unlink()
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: said() == ["1 conflict copy"])
    copies[1].unlink()
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(notices.isHidden)
    assert said() == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (PlaceKind.ONEDRIVE, "synchronised by OneDrive"),
        (PlaceKind.NETWORK, "network drive"),
        (PlaceKind.REMOVABLE, "pulled out"),
    ],
)
def test_a_place_that_needs_care_is_explained_until_it_is_put_away(
    window: MainWindow, place: PlaceKind, words: str
) -> None:
    notices = notices_of(window)
    notices.show_surroundings(FileSurroundings(place, ()))
    label = notices.findChild(QLabel, "place_notice")
    assert label is not None
    assert words in label.text()
    assert label.isVisible()
    button = notices.findChild(QPushButton, "place_notice_dismiss")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert notices.isHidden()
    notices.show_surroundings(FileSurroundings(place, ()))
    assert notices.isHidden()


def test_an_ordinary_folder_needs_no_line(window: MainWindow) -> None:
    notices = notices_of(window)
    notices.show_surroundings(FileSurroundings(PlaceKind.LOCAL, ()))
    assert notices.isHidden()


def test_a_copy_that_cannot_be_opened_is_listed_with_the_reason(qtbot: QtBot, tmp_path: Path) -> None:
    copies = (
        ConflictCopy(tmp_path / "x 2.hsbaudit", 1e9),
        ConflictCopy(tmp_path / "x 3.hsbaudit", 1e9, "x 3 is damaged."),
    )
    dialog = ConflictCopiesDialog(copies)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.open_button.isEnabled()
    dialog.list.setCurrentRow(1)
    assert not dialog.open_button.isEnabled()
    assert dialog.problem.text() == "x 3 is damaged."
    assert "cannot be opened" in dialog.list.item(1).text()


def test_the_dialog_of_a_file_in_use_says_what_it_does_not_know(qtbot: QtBot) -> None:
    from hsb_desktop.errors import FileInUse

    dialog = FileInUseDialog(Path("x.hsbaudit"), FileInUse("No."))
    qtbot.addWidget(dialog)
    label = dialog.findChild(QLabel, "holder")
    assert label is not None
    assert "does not say whose" in label.text()


@POSIX
@pytest.mark.parametrize("percent", cases([100, 200, 300], 100, 300))
def test_every_way_out_is_in_sight_at_any_zoom(window: MainWindow, audit_path: Path, percent: int) -> None:
    window.resize(1366, 768)
    window.set_zoom(percent)
    edited_elsewhere(audit_path, page_of(window).session.audit, 4).replace(audit_path)
    try:
        score_on(window, "1.1", 1)
        QApplication.processEvents()
        banner = banner_of(window)
        shown = [button for button in banner.findChildren(QPushButton) if button.isVisible()]
        assert len(shown) == 3
        for button in shown:
            assert banner.rect().contains(button.geometry())
            assert button.width() > button.fontMetrics().horizontalAdvance(button.text())
    finally:
        window.set_zoom(100)
