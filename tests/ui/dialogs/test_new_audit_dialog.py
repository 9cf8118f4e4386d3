"""Asking for a new audit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from hsb_desktop.errors import OutputRefused
from hsb_desktop.instrument import instrument_by_id, instrument_to_data
from hsb_desktop.model import AuditKind
from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.dialogs import new_audit_dialog
from hsb_desktop.ui.dialogs.file_choice import safe_file_name
from hsb_desktop.ui.dialogs.new_audit_dialog import NewAuditAnswer, NewAuditDialog


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for this person's own editions."""
    monkeypatch.setenv("HSB_AUDIT_HOME", str(tmp_path / "home"))
    folder = tmp_path / "home" / "data" / "instruments"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path, own_folder: Path) -> NewAuditDialog:
    del own_folder
    return shown_dialog(qtbot, tmp_path)


def shown_dialog(qtbot: QtBot, folder: Path) -> NewAuditDialog:
    dialog = NewAuditDialog(folder=folder)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def press(dialog: QDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()


def test_the_area_is_enough(dialog: NewAuditDialog, tmp_path: Path) -> None:
    dialog.details.area.setText("Northmoor Vale")
    press(dialog, "create_button")
    assert dialog.answer == NewAuditAnswer(
        NewAudit(area="Northmoor Vale"), tmp_path / "Northmoor Vale Baseline.hsbaudit", ""
    )


def test_everything_typed_is_in_the_answer(dialog: NewAuditDialog, tmp_path: Path) -> None:
    fields = dialog.details
    fields.area.setText(" Northmoor Vale ")
    fields.title.setText("HSB audit 2026")
    fields.kind.setCurrentIndex(2)
    fields.coordinator_name.setText("A. Example")
    fields.coordinator_role.setText("Head of partnership")
    fields.marking.setEditText("OFFICIAL-SENSITIVE")
    dialog.editions.choose("nspcc-hsb-form")
    dialog.wave_label.setText("Six months")
    dialog.held_on.setText("12/3/2026")
    dialog.author.setText("Scribe")
    dialog.path.setText("mine")
    dialog.path.textEdited.emit("mine")
    press(dialog, "create_button")

    assert dialog.answer is not None
    assert dialog.answer.request == NewAudit(
        area="Northmoor Vale",
        title="HSB audit 2026",
        kind=AuditKind.REGION,
        instrument_id="nspcc-hsb-form",
        wave="Six months",
        held_on="2026-03-12",
        coordinator_name="A. Example",
        coordinator_role="Head of partnership",
        marking="OFFICIAL-SENSITIVE",
    )
    assert dialog.answer.path == tmp_path / "mine.hsbaudit"
    assert dialog.answer.author == "Scribe"


@pytest.mark.parametrize(
    "spoil, field, words",
    [
        (lambda d: d.details.area.clear(), "area_edit", "area"),
        (lambda d: d.details.title.setText("  "), "title_edit", "title"),
        (lambda d: d.wave_label.clear(), "wave_edit", "wave"),
        (lambda d: d.held_on.setText("31/2/2026"), "held_on_edit", "31/2/2026"),
        (lambda d: d.path.clear(), "path_edit", "file"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    dialog: NewAuditDialog, spoil: object, field: str, words: str
) -> None:
    dialog.details.area.setText("Northmoor Vale")
    assert callable(spoil)
    spoil(dialog)
    press(dialog, "create_button")

    assert dialog.answer is None
    assert dialog.isVisible()
    assert words in dialog.problem.text()
    focused = dialog.focusWidget()
    assert isinstance(focused, QWidget)
    assert focused.objectName() == field


@pytest.mark.parametrize("screen", [QSize(1280, 720), QSize(1366, 768)])
def test_that_the_file_can_be_protected_is_seen_without_scrolling(
    dialog: NewAuditDialog, screen: QSize
) -> None:
    dialog.fit_to(screen - QSize(0, 48))  # what a task bar takes
    QApplication.processEvents()
    box, seen = dialog.is_protected, dialog.scroll_area.viewport()
    assert dialog.scroll_area.verticalScrollBar().value() == 0
    assert seen.rect().contains(box.rect().translated(box.mapTo(seen, QPoint())))


@pytest.mark.parametrize("kind", range(3))
def test_every_kind_of_audit_can_be_read_as_a_whole(dialog: NewAuditDialog, kind: int) -> None:
    box = dialog.details.kind
    box.setCurrentIndex(kind)
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    assert box.fontMetrics().horizontalAdvance(box.currentText()) <= room.width()


def test_the_problem_goes_as_soon_as_its_field_changes(dialog: NewAuditDialog) -> None:
    press(dialog, "create_button")
    assert "area is empty" in dialog.problem.text()
    dialog.details.title.setText("Another title")
    assert dialog.problem.isVisible()
    dialog.details.area.setText("N")
    assert not dialog.problem.isVisible()


def test_a_typed_name_gets_its_ending_in_sight(dialog: NewAuditDialog, tmp_path: Path) -> None:
    dialog.path.clear()
    QTest.keyClicks(dialog.path, "mine")
    dialog.path.editingFinished.emit()
    assert dialog.path.text() == "mine.hsbaudit"
    dialog.path.clear()
    QTest.keyClicks(dialog.path, str(tmp_path))
    dialog.path.editingFinished.emit()
    dialog.details.area.setText("Northmoor Vale")
    press(dialog, "create_button")
    assert dialog.answer is not None
    assert dialog.answer.path.parent == tmp_path


def test_a_file_that_exists_is_left_alone(dialog: NewAuditDialog, tmp_path: Path) -> None:
    taken = tmp_path / "taken.hsbaudit"
    taken.write_text("somebody's")
    dialog.details.area.setText("Northmoor Vale")
    dialog.path.setText(str(taken))
    press(dialog, "create_button")
    assert dialog.answer is None
    assert "exists already" in dialog.problem.text()
    assert taken.read_text() == "somebody's"


def test_the_proposed_name_is_free_and_safe(dialog: NewAuditDialog, tmp_path: Path) -> None:
    (tmp_path / "A-B- Baseline.hsbaudit").touch()
    dialog.details.area.setText("A/B:")
    assert dialog.path.text() == str(tmp_path / "A-B- Baseline 2.hsbaudit")


def test_a_typed_name_is_not_replaced(dialog: NewAuditDialog) -> None:
    dialog.path.setText("mine")
    dialog.path.textEdited.emit("mine")
    dialog.details.area.setText("Northmoor Vale")
    assert dialog.path.text() == "mine"


def test_a_refusal_keeps_what_was_typed(qtbot: QtBot, tmp_path: Path, own_folder: Path) -> None:
    del own_folder

    def refuse(_answer: NewAuditAnswer) -> None:
        raise OutputRefused("The disk is full.")

    dialog = NewAuditDialog(refuse, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.details.area.setText("Northmoor Vale")
    press(dialog, "create_button")
    assert dialog.isVisible()
    assert dialog.problem.text() == "The disk is full."
    assert dialog.details.area.text() == "Northmoor Vale"


def test_a_folder_that_is_not_there(dialog: NewAuditDialog, tmp_path: Path) -> None:
    dialog.details.area.setText("Northmoor Vale")
    dialog.path.setText(str(tmp_path / "nowhere" / "x.hsbaudit"))
    press(dialog, "create_button")
    assert dialog.answer is None
    assert "does not exist" in dialog.problem.text()


def test_a_character_that_cannot_be_kept(dialog: NewAuditDialog) -> None:
    dialog.details.area.setText("North\x07moor")
    press(dialog, "create_button")
    assert dialog.answer is None
    assert "control character" in dialog.problem.text()


def test_what_distinguishes_the_editions_is_said(dialog: NewAuditDialog) -> None:
    default = dialog.findChild(QRadioButton, "edition_nspcc-hsb-2019")
    assert default is not None
    assert default.isChecked()
    note = dialog.findChild(QLabel, "edition_note_nspcc-hsb-2019")
    other = dialog.findChild(QLabel, "edition_note_nspcc-hsb-form")
    assert note is not None
    assert other is not None
    assert "draft copy" in note.text()
    assert "1.3" in other.text()
    assert "2.1c" in other.text()
    assert default.accessibleDescription() in note.text()


def test_editions_of_ones_own_are_offered_and_others_explained(
    qtbot: QtBot, tmp_path: Path, own_folder: Path
) -> None:
    data = instrument_to_data(instrument_by_id())
    data |= {"id": "third", "edition": "Welsh & English", "note": "Our <b>own</b> translation."}
    (own_folder / "third.json").write_text(json.dumps(data), encoding="utf-8")
    (own_folder / "broken.json").write_text("{}", encoding="utf-8")
    dialog = shown_dialog(qtbot, tmp_path)

    note = dialog.findChild(QLabel, "edition_note_third")
    refused = dialog.findChild(QLabel, "refused_editions")
    assert note is not None
    assert refused is not None
    assert "Our <b>own</b> translation." in note.text()
    assert "broken.json" in refused.text()
    dialog.details.area.setText("Northmoor Vale")
    dialog.editions.choose("third")
    press(dialog, "create_button")
    assert dialog.answer is not None
    assert dialog.answer.request.instrument_id == "third"


def test_browse_takes_the_chosen_file(
    dialog: NewAuditDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_audit_dialog, "choose_new_file", lambda *_a, **_k: tmp_path / "chosen")
    press(dialog, "browse_button")
    assert dialog.path.text() == str(tmp_path / "chosen.hsbaudit")


def test_ask_returns_the_answer_and_makes_the_file(
    qtbot: QtBot, tmp_path: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot, own_folder
    made: list[AuditFile] = []

    def fill(dialog: NewAuditDialog) -> int:
        dialog.details.area.setText("Northmoor Vale")
        press(dialog, "create_button")
        return dialog.result()

    def make(answer: NewAuditAnswer) -> None:
        made.append(create_audit_file(answer.path, answer.request))

    monkeypatch.setattr(NewAuditDialog, "exec", fill)
    answer = NewAuditDialog.ask(folder=tmp_path, make=make)
    assert answer is not None
    assert made[0].path == answer.path
    made[0].close()

    monkeypatch.setattr(NewAuditDialog, "exec", lambda _dialog: 0)
    assert NewAuditDialog.ask(folder=tmp_path) is None


@pytest.mark.parametrize(
    "text, name",
    [
        ("Northmoor Vale", "Northmoor Vale"),
        ('a<b>c:"d"/e\\f|g?h*', "a-b-c--d--e-f-g-h-"),
        ("  ..x. ", "x"),
        ("con", "con audit"),
        ("Com1.old", "Com1.old audit"),
        ("\t\n", "--"),
        ("Ŵŷ " * 100, ("Ŵŷ " * 36).strip()),
    ],
)
def test_safe_file_names(text: str, name: str) -> None:
    assert safe_file_name(text) == name
