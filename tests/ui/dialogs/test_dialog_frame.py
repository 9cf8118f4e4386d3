from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role
from hsb_desktop.ui.start_page import StartPage
from hsb_desktop.ui.theme import Appearance


class Asking(DialogFrame):
    def __init__(self) -> None:
        super().__init__(None, "asking", "")
        self.pressed: list[str] = []
        self.line = QLineEdit()
        self.add_field("Name", self.line, "")
        for name, role, primary in (
            ("go_on", Role.ActionRole, True),
            ("cancel", Role.ActionRole, False),
        ):
            button = self.add_button(name, name, role, is_primary=primary)
            button.clicked.connect(lambda _checked=False, name=name: self.pressed.append(name))


@pytest.mark.parametrize(("focused", "pressed"), [("cancel", "cancel"), ("go_on", "go_on"), ("", "go_on")])
def test_enter_presses_the_button_that_has_the_ring_or_else_the_primary_one(
    qtbot: QtBot, focused: str, pressed: str
) -> None:
    dialog = Asking()
    qtbot.addWidget(dialog)
    dialog.show()
    widget = dialog.findChild(QPushButton, focused) if focused else dialog.line
    assert widget is not None
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Return)
    assert dialog.pressed == [pressed]


def test_enter_presses_the_button_of_the_start_page_that_has_the_ring(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    page = StartPage(Appearance(application))
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.new_wanted):
        QTest.keyClick(page.new_button, Qt.Key.Key_Return)
