"""Sending packs out and taking them in, in the real window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from hsb_desktop.operations.packs import PackKind, PackRequest, write_packs
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of
from hsb_desktop.store.backup_folder import BackupReason
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame
from hsb_desktop.ui.dialogs.packs_dialog import PacksDialog
from hsb_desktop.ui.important_notice import ImportantNotice
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.values import Subject, ValueAddress
from tests.operations.packs import (
    HEALTH,
    NAMES,
    POLICE,
    SCHOOLS,
    TODAY,
    WAVE,
    audit_with_agencies,
    fill_sheet,
    held,
    made_audit,
    of,
    pack_of,
    type_into,
)

from .test_protect_flows import Answers, answers, give, press, tick, typed
from .test_workshop import OpenShown, page_of

pytestmark = pytest.mark.short_form

__all__ = ["answers"]

PASSWORD = "nine loud geese fly"


@pytest.fixture
def packs_path(tmp_path: Path) -> Path:
    return made_audit(tmp_path / "audit.hsbaudit")


@pytest.fixture
def packs_window(packs_path: Path, open_shown: OpenShown) -> MainWindow:
    return open_shown(packs_path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(chosen))
    return chosen


def untick(dialog: DialogFrame, name: str) -> None:
    box = dialog.findChild(QCheckBox, name)
    assert box is not None, name
    box.setChecked(False)


def close(dialog: DialogFrame) -> None:
    press(dialog, "close_button")


def words_in(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    nothing = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, *nothing))


# Out --------------------------------------------------------------------------------------------------------


def test_packs_of_the_chosen_agencies_and_kinds_are_written_into_the_chosen_folder(
    packs_window: MainWindow, folder: Path, answers: Answers
) -> None:
    def choose(dialog: DialogFrame) -> None:
        untick(dialog, f"agency_{HEALTH}")
        untick(dialog, "kind_form")
        typed(dialog, return_to_edit="The safeguarding office")
        press(dialog)

    shown: list[str] = []

    def look(dialog: DialogFrame) -> None:
        shown.append(words_in(dialog))
        close(dialog)

    answers.waiting = [choose, look]
    packs_window.commands[Command.SEND_PACKS].trigger()
    assert answers.seen == ["packs_dialog", "packs_written_dialog"]
    assert answers.messages == []
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"{NAMES[agency]} - Baseline{suffix}"
        for agency in (POLICE, SCHOOLS)
        for suffix in (".hsbaudit", ".xlsx")
    )
    assert "4 files are in" in shown[0]


def test_a_pack_for_a_table_has_a_password_of_its_own_if_that_is_wanted(
    packs_window: MainWindow, folder: Path, answers: Answers
) -> None:
    def choose(dialog: DialogFrame) -> None:
        assert isinstance(dialog, PacksDialog)
        tick(dialog, "table_choice")
        dialog.domain.setCurrentIndex(dialog.domain.findData("3"))
        tick(dialog, "own_password_choice")
        press(dialog)
        assert dialog.problem.text() == "The password is empty."
        typed(dialog, new_password_edit=PASSWORD, repeated_password_edit=PASSWORD)
        tick(dialog, "written_down_box")
        press(dialog)

    answers.waiting = [choose, close]
    packs_window.flows.send_packs()
    with AuditFile.open(folder / "Domain 3 table - Baseline.hsbaudit", password=PASSWORD) as file:
        assert file.is_protected
        pack = file.read().pack
    assert pack is not None
    assert pack.domain_id == "3"


def test_nobody_and_nothing_chosen_is_said(packs_window: MainWindow, answers: Answers) -> None:
    told: list[str] = []

    def choose(dialog: DialogFrame) -> None:
        for agency in NAMES:
            untick(dialog, f"agency_{agency}")
        press(dialog)
        told.append(dialog.problem.text())
        tick(dialog, f"agency_{POLICE}")
        for kind in PackKind:
            untick(dialog, f"kind_{kind.name.lower()}")
        press(dialog)
        told.append(dialog.problem.text())
        press(dialog, "cancel_button")

    answers.waiting = [choose]
    packs_window.flows.send_packs()
    assert told == ["No agency is chosen.", "Choose at least one kind of file."]


def test_what_may_identify_somebody_is_asked_about_before_a_pack_leaves(
    packs_path: Path, open_shown: OpenShown, folder: Path, answers: Answers
) -> None:
    type_into(packs_path, {of(HEALTH, "1.4", "evidence"): "Write to jo@example.org."})
    window = open_shown(packs_path)

    def only_police(dialog: DialogFrame) -> None:
        untick(dialog, f"agency_{HEALTH}")
        press(dialog)

    answers.waiting = [only_police, close, press, lambda dialog: press(dialog, "cancel_button")]
    window.flows.send_packs()
    assert answers.seen == ["packs_dialog", "packs_written_dialog"]
    for path in folder.iterdir():
        path.unlink()
    window.flows.send_packs()
    assert answers.seen[2:] == ["packs_dialog", "privacy_dialog"]
    assert list(folder.iterdir()) == []


def test_a_folder_that_has_such_packs_is_left_as_it_is(
    packs_window: MainWindow, folder: Path, answers: Answers
) -> None:
    answers.waiting = [press, close, press]
    packs_window.flows.send_packs()
    before = {path: path.read_bytes() for path in folder.iterdir()}
    packs_window.flows.send_packs()
    assert "not replaced" in answers.messages[0]
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


# Back -------------------------------------------------------------------------------------------------------


def test_dropped_packs_are_shown_taken_in_together_and_undone_in_one_step(
    packs_window: MainWindow, packs_path: Path, tmp_path: Path, answers: Answers, qtbot: QtBot
) -> None:
    session = page_of(packs_window).session
    packs = written(packs_window, tmp_path / "packs")
    type_into(packs[POLICE, PackKind.AUDIT], {of(POLICE, "1.2"): 3, of(POLICE, "1.4"): 1}, "Sergeant Yew")
    fill_sheet(packs[HEALTH, PackKind.WORKSHEET], {"1.2": {"score": 1, "evidence": "A list."}})
    before = session.audit
    shown: list[str] = []

    def agree(dialog: DialogFrame) -> None:
        shown.append(words_in(dialog))
        press(dialog, "take_in_button")

    answers.waiting = [agree]
    drop(packs_window, packs[POLICE, PackKind.AUDIT], packs[HEALTH, PackKind.WORKSHEET])
    assert answers.messages == []
    qtbot.waitUntil(lambda: session.audit != before)
    assert "Northmoor Police - Baseline.hsbaudit: 2 new or changed." in shown[0]
    assert "Fernlight Health Trust - Baseline.xlsx: 2 new or changed." in shown[0]
    after = held(packs_path)
    assert after == session.audit
    assert (after.value(of(POLICE, "1.2")), after.value(of(HEALTH, "1.2"))) == (3, 1)
    assert BackupReason.MERGE in [backup.reason for backup in backups_of(before.audit_id)]
    session.undo()
    qtbot.waitUntil(lambda: session.audit == before)
    assert held(packs_path) == before
    session.redo()
    qtbot.waitUntil(lambda: session.audit == after)
    session.undo()
    qtbot.waitUntil(lambda: session.audit == before)
    # What was taken back can be taken in once more.
    answers.waiting = [agree]
    drop(packs_window, packs[HEALTH, PackKind.WORKSHEET], packs[POLICE, PackKind.AUDIT])
    qtbot.waitUntil(lambda: session.audit.value(of(HEALTH, "1.2")) == 1)
    assert held(packs_path).value(of(POLICE, "1.2")) == 3


def test_a_file_that_does_not_belong_is_left_out_only_when_that_is_said(
    packs_window: MainWindow, tmp_path: Path, answers: Answers, qtbot: QtBot
) -> None:
    session = page_of(packs_window).session
    packs = written(packs_window, tmp_path / "packs")
    sheet = fill_sheet(packs[HEALTH, PackKind.WORKSHEET], {"1.2": {"score": 1}})
    strange = tmp_path / "elsewhere.hsbaudit"
    strange.write_bytes(b"no audit")
    told: list[str] = []

    def agree(dialog: DialogFrame) -> None:
        assert "elsewhere.hsbaudit" in words_in(dialog)
        press(dialog, "take_in_button")
        told.append(dialog.problem.text())
        tick(dialog, "leave_out_box")
        press(dialog, "take_in_button")

    answers.waiting = [agree]
    drop(packs_window, strange, sheet)
    assert told == ["Some files cannot be taken in. Tick the box above to leave them out."]
    qtbot.waitUntil(lambda: session.audit.value(of(HEALTH, "1.2")) == 1)


def test_what_was_taken_in_is_said_and_what_differs_waits_to_be_settled(
    packs_window: MainWindow, tmp_path: Path, answers: Answers, qtbot: QtBot
) -> None:
    session = page_of(packs_window).session
    packs = written(packs_window, tmp_path / "packs")
    type_into(packs[POLICE, PackKind.AUDIT], {of(POLICE, "1.2"): 3})
    fill_sheet(packs[HEALTH, PackKind.WORKSHEET], {"1.2": {"score": 1}})
    status = packs_window.findChild(QLabel, "status_note")
    assert status is not None
    answers.waiting = [lambda dialog: press(dialog, "take_in_button")]
    drop(packs_window, packs[POLICE, PackKind.AUDIT])
    qtbot.waitUntil(lambda: "1 value changed" in status.text())
    assert session.rounds.answer("1.2", HEALTH, 4)
    answers.waiting = [lambda dialog: press(dialog, "take_in_button")]
    drop(packs_window, packs[HEALTH, PackKind.WORKSHEET])
    qtbot.waitUntil(lambda: packs_window.findChild(ImportantNotice) is not None)
    notice = packs_window.findChild(ImportantNotice)
    assert notice is not None
    assert "1 to settle" in "\n".join(label.text() for label in notice.findChildren(QLabel))
    assert held(session.path).conflicts


def test_cancelled_nothing_changes(packs_window: MainWindow, tmp_path: Path, answers: Answers) -> None:
    packs = written(packs_window, tmp_path / "packs")
    sheet = fill_sheet(packs[HEALTH, PackKind.WORKSHEET], {"1.2": {"score": 1}})
    before = held(page_of(packs_window).session.path)
    answers.waiting = [lambda dialog: press(dialog, "cancel_button")]
    drop(packs_window, sheet)
    assert answers.seen == ["return_dialog"]
    assert held(page_of(packs_window).session.path) == before


def test_nothing_new_is_said(packs_window: MainWindow, tmp_path: Path, answers: Answers) -> None:
    packs = written(packs_window, tmp_path / "packs")
    shown: list[str] = []

    def look(dialog: DialogFrame) -> None:
        shown.append(words_in(dialog))
        close(dialog)

    answers.waiting = [look]
    drop(packs_window, packs[HEALTH, PackKind.WORKSHEET])
    assert "There is nothing to take in" in shown[0]


@pytest.mark.parametrize("with_another", [False, True])
def test_a_worksheet_with_wrong_cells_is_not_said_to_be_here_and_nothing_else_is_offered(
    packs_window: MainWindow, tmp_path: Path, answers: Answers, *, with_another: bool
) -> None:
    packs = written(packs_window, tmp_path / "packs")
    sheet = fill_sheet(packs[HEALTH, PackKind.WORKSHEET], {"1.2": {"score": "2-3"}})
    shown: list[str] = []

    def look(dialog: DialogFrame) -> None:
        assert dialog.findChild(QCheckBox, "leave_out_box") is None
        shown.append(words_in(dialog))
        close(dialog)

    answers.waiting = [look]
    drop(packs_window, sheet, *([packs[POLICE, PackKind.WORKSHEET]] if with_another else []))
    assert ', statement 1.2: score: "2-3" is not' in shown[0]
    assert "Nothing of a file that cannot be taken in was taken. Mend" in shown[0]
    assert "There is nothing to take in" not in shown[0]
    assert ("The other files bring nothing new" in shown[0]) is with_another


def test_what_was_typed_where_nothing_is_taken_from_is_told_before_a_worksheet_is_taken_in(
    packs_window: MainWindow, tmp_path: Path, answers: Answers
) -> None:
    packs = written(packs_window, tmp_path / "packs")
    sheet = fill_sheet(packs[HEALTH, PackKind.WORKSHEET], {"1.3": {"no view reason": "Not our work."}})
    shown: list[str] = []

    def look(dialog: DialogFrame) -> None:
        shown.append(words_in(dialog))
        close(dialog)

    answers.waiting = [look]
    drop(packs_window, sheet)
    assert "the reason for no view in row" in shown[0]
    assert "What can be taken in is here already" in shown[0]


def test_a_pack_with_a_password_of_its_own_asks_for_it(
    packs_window: MainWindow, tmp_path: Path, answers: Answers, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = page_of(packs_window).session
    written_packs: list[Path] = []

    def write(file: AuditFile) -> None:
        request = PackRequest(WAVE, (POLICE,), kinds=(PackKind.AUDIT,))
        outcome = write_packs(file, tmp_path / "p", request, printed_on=TODAY, password=PASSWORD)
        written_packs.extend(outcome.paths)

    assert session.settle()
    session.do_on_file(write)
    type_into(written_packs[0], {of(POLICE, "1.2"): 3}, password=PASSWORD)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(written_packs[0])], ""))
    answers.waiting = [give("not this one", PASSWORD), lambda dialog: press(dialog, "take_in_button")]
    packs_window.commands[Command.TAKE_PACKS].trigger()
    assert answers.seen == ["password_dialog", "return_dialog"]
    qtbot.waitUntil(lambda: session.audit.value(of(POLICE, "1.2")) == 3)


def test_one_dropped_audit_that_is_no_pack_can_be_opened(
    packs_window: MainWindow, tmp_path: Path, answers: Answers
) -> None:
    other = made_audit(tmp_path / "another.hsbaudit")
    answers.waiting = [lambda dialog: press(dialog, "open_dropped")]
    drop(packs_window, other)
    assert answers.seen == ["choice_dialog"]
    assert page_of(packs_window).session.path == other


def test_several_files_that_are_no_packs_are_refused_in_words(
    packs_window: MainWindow, tmp_path: Path, answers: Answers
) -> None:
    drop(packs_window, tmp_path / "a.pdf", tmp_path / "b.pdf")
    (said,) = answers.messages
    assert said.startswith("Only one file can be opened at a time.")


def test_where_no_attendance_is_noted_every_agency_can_get_one(qtbot: QtBot) -> None:
    audit = audit_with_agencies()
    dialog = PacksDialog(audit, "wave-0", is_protected=False)
    qtbot.addWidget(dialog)
    assert dialog.for_agencies.isChecked()
    assert set(dialog.agencies) == {agency.agency_id for agency in audit.agencies}


def test_with_no_agency_at_all_only_a_table_can_get_one(qtbot: QtBot) -> None:
    audit = replace(audit_with_agencies(), agencies=(), attendance=frozenset())
    dialog = PacksDialog(audit, "wave-0", is_protected=False)
    qtbot.addWidget(dialog)
    assert dialog.for_table.isChecked()
    assert not dialog.for_agencies.isEnabled()
    assert "No agency takes part" in words_in(dialog)


def written(window: MainWindow, folder: Path) -> dict[tuple[str, PackKind], Path]:
    """Packs of the open audit."""
    session = page_of(window).session
    found: dict[tuple[str, PackKind], Path] = {}

    def write(file: AuditFile) -> None:
        kinds = (PackKind.AUDIT, PackKind.WORKSHEET)
        outcome = write_packs(file, folder, PackRequest(WAVE, kinds=kinds), printed_on=TODAY)
        found.update({(a, kind): pack_of(outcome, a, kind) for a in NAMES for kind in kinds})

    assert session.settle()
    session.do_on_file(write)
    return found


def test_a_locked_wave_sends_nothing(packs_path: Path, open_shown: OpenShown) -> None:
    type_into(packs_path, {ValueAddress(Subject.WAVE, (WAVE,), "is_locked"): 1})
    window = open_shown(packs_path)
    QApplication.processEvents()
    assert not window.commands[Command.SEND_PACKS].isEnabled()
    assert "locked" in window.commands[Command.SEND_PACKS].statusTip()
