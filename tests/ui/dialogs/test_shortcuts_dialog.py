"""The sheet of keys agrees with the keys."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from hsb_desktop.ui.command import Command
from hsb_desktop.ui.commands import Commands
from hsb_desktop.ui.dialogs.shortcuts_dialog import ShortcutsDialog

SAME_KEY = {"Ctrl+=": "Ctrl++", "Ctrl+-": "Ctrl+−"}


def keys_on_the_sheet(dialog: ShortcutsDialog) -> set[str]:
    return {key for _, entries in dialog.groups() for keys, _ in entries for key in keys.split()}


def test_every_key_of_the_menus_is_on_the_sheet(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    commands = Commands(window, lambda: dict.fromkeys(Command, lambda: None))
    commands.make()
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    keys = {keys.toString() for action in window.findChildren(QAction) for keys in action.shortcuts()}
    assert len(keys) > 15
    assert {SAME_KEY.get(key, key) for key in keys} <= keys_on_the_sheet(dialog)


def test_every_entry_is_in_the_list(qtbot: QtBot) -> None:
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    count, item = 0, dialog.list.topLevelItem(0)
    while item is not None:
        count, item = count + 1, dialog.list.itemBelow(item)
    assert count == sum(1 + len(entries) for _, entries in dialog.groups())


def test_show_sheet_waits_until_it_is_closed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    del qtbot
    shown: list[str] = []
    monkeypatch.setattr(ShortcutsDialog, "exec", lambda dialog: shown.append(dialog.windowTitle()))
    ShortcutsDialog.show_sheet()
    assert shown == ["Keys"]
