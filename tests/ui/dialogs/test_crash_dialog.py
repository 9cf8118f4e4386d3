"""A fault of the program's own: what is safe, and details without a word of the audit."""

from __future__ import annotations

import os

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.ui.dialogs.crash_dialog import CrashDialog, technical_details

SECRET = "Anna was seen"


def a_fault() -> ValueError:
    try:
        try:
            os.environ[SECRET]
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        return error
    raise AssertionError


def press(dialog: QDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()


def test_details_name_types_and_places_only() -> None:
    details = technical_details(a_fault())
    assert "builtins.ValueError" in details
    assert "builtins.KeyError" in details
    assert "test_crash_dialog.py:" in details
    assert "in a_fault" in details
    assert SECRET not in details
    assert "Anna" not in details


def test_no_folder_of_anybody_is_named() -> None:
    try:
        technical_details(None)  # type: ignore[arg-type]  # a fault inside the program
    except AttributeError as error:
        details = technical_details(error)
    else:
        details = technical_details(a_fault())
    assert "/hsb_desktop/" not in details.replace(" hsb_desktop/", "")


def test_a_fault_that_caused_itself_ends() -> None:
    error = ValueError("x")
    error.__cause__ = error
    assert technical_details(error).count("ValueError") == 1


def test_the_details_can_be_copied(qtbot: QtBot) -> None:
    dialog = CrashDialog(a_fault())
    qtbot.addWidget(dialog)
    press(dialog, "copy_button")
    assert QGuiApplication.clipboard().text() == dialog.details.toPlainText()
    assert SECRET not in dialog.details.toPlainText()


@pytest.mark.parametrize("name, goes_on", [("continue_button", True), ("close_button", False)])
def test_the_answer(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str, goes_on: bool) -> None:
    del qtbot

    def answer(dialog: CrashDialog) -> int:
        press(dialog, name)
        return dialog.result()

    monkeypatch.setattr(CrashDialog, "exec", answer)
    assert CrashDialog.ask_to_continue(a_fault()) is goes_on
