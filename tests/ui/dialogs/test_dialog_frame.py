"""What the dialogs have in common: they fit any screen, and say what is in the way."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role


def frame_with_many_fields(qtbot: QtBot) -> DialogFrame:
    dialog = DialogFrame(None, "a_dialog", "A dialog")
    qtbot.addWidget(dialog)
    for number in range(40):
        field = QLineEdit()
        field.setObjectName(f"field_{number}")
        dialog.add_field(f"Field {number}", field, "A hint.")
    dialog.add_button("ok_button", "&Do it", Role.AcceptRole, is_primary=True)
    return dialog


def test_it_stays_within_the_screen(qtbot: QtBot) -> None:
    dialog = frame_with_many_fields(qtbot)
    dialog.fit_to(QSize(1366, 768))
    assert dialog.width() <= 1366
    assert dialog.height() <= 768


def test_the_buttons_stay_in_sight(qtbot: QtBot) -> None:
    dialog = frame_with_many_fields(qtbot)
    dialog.show()
    dialog.resize(420, 300)
    assert dialog.buttons.geometry().bottom() <= dialog.height()


def test_a_label_is_its_fields_buddy_and_name(qtbot: QtBot) -> None:
    dialog = frame_with_many_fields(qtbot)
    field = dialog.findChild(QLineEdit, "field_3")
    label = dialog.findChild(QLabel, "field_3_label")
    assert field is not None
    assert label is not None
    assert label.buddy() is field
    assert field.accessibleName() == "Field 3"
    assert field.accessibleDescription() == "A hint."
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_problem_is_shown_at_its_field(qtbot: QtBot) -> None:
    dialog = frame_with_many_fields(qtbot)
    dialog.show()
    qtbot.waitExposed(dialog)
    field = dialog.findChild(QLineEdit, "field_39")
    assert field is not None

    dialog.show_problem("Field 39 is empty.", field)
    assert dialog.problem.isVisible()
    assert dialog.focusWidget() is field
    assert field.visibleRegion().boundingRect().height() == field.height()

    dialog.show_problem("")
    assert not dialog.problem.isVisible()


def test_the_primary_button_is_what_enter_presses(qtbot: QtBot) -> None:
    dialog = frame_with_many_fields(qtbot)
    button = dialog.buttons.buttons()[0]
    assert button.objectName() == "ok_button"
    assert button.accessibleName() == "Do it"
    assert button.property("default") is True
