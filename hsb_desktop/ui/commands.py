"""The commands of the window, as actions with keys in its menus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMainWindow, QMenu

from hsb_desktop.ui.command import TITLES, Command
from hsb_desktop.ui.literal import on_button

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hsb_desktop.ui.command_table import Entry

Slots = Mapping[Command, Callable[[], object]]
"""What each command does."""

Reasons = Mapping[Command, str]
"""Why some commands cannot be done now, not translated yet."""

_NOT_WITHOUT_MODIFIER = frozenset({"?"})
"""Keys that people also type in text boxes: shown in the sheet of keys, never a shortcut of the window."""


class Commands:
    """The actions of a window, in its menu bar. They are made after the first paint, which needs none.

    `slots` is asked then what each of them does, and `reasons_against` at each `refresh` what cannot be done.
    """

    def __init__(
        self,
        window: QMainWindow,
        slots: Callable[[], Slots],
        reasons_against: Callable[[], Reasons] = dict,
    ) -> None:
        self._window = window
        self._slots = slots
        self._reasons_against = reasons_against
        self._reasons: Reasons = {}
        self._actions: dict[Command, QAction] = {}
        self._need_audit: dict[Command, QAction] = {}
        self._checked: dict[Command, bool] = {}
        self._has_audit = False
        self._undo_text = self._redo_text = ""
        # Python has to hold on to menus, or they vanish with its reference.
        self._menus: list[QMenu] = []
        for title in TITLES:
            menu = window.menuBar().addMenu(_tr(title))
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self.make)
            self._menus.append(menu)

    def __getitem__(self, command: Command) -> QAction:
        self.make()
        return self._actions[command]

    def set_checked(self, command: Command, checked: bool) -> None:
        """Show a command as chosen, or not."""
        self._checked[command] = checked
        if self._actions:
            self._actions[command].setChecked(checked)

    def show_has_audit(self, has_audit: bool) -> None:
        """Let through only the commands that make sense."""
        self._has_audit = has_audit
        self.refresh(anew=True)

    def refresh(self, *, anew: bool = False) -> None:
        """Let through only what can be done now; each other says in its tip why not.

        Called after every edit: without `anew` it does nothing where the reasons are what they were.
        """
        if not self._actions:
            return
        reasons = self._reasons_against()
        if reasons == self._reasons and not anew:
            return
        self._reasons = reasons
        for command, action in self._need_audit.items():
            why_not = _tr(reasons.get(command, ""))
            action.setEnabled(self._has_audit and not why_not)
            # Of a tip that is empty, Qt would make one from the words of the entry: that is told by no menu.
            action.setToolTip(why_not)
            action.setStatusTip(why_not)
        self.show_undo(self._undo_text, self._redo_text)

    def show_undo(self, undo_text: str, redo_text: str) -> None:
        """Say what undo and redo would do."""
        self._undo_text, self._redo_text = undo_text, redo_text
        if self._actions:
            for command, words, step in (
                (Command.UNDO, _tr("&Undo"), undo_text),
                (Command.REDO, _tr("&Redo"), redo_text),
            ):
                self._actions[command].setText(f"{words} {on_button(step)}".strip())
                self._actions[command].setEnabled(bool(step))

    def make(self) -> None:
        """Make the actions and put them into the menus, if that was not done yet."""
        if self._actions:
            return
        from PySide6.QtGui import QActionGroup

        from hsb_desktop.ui.command_table import MENUS

        slots = self._slots()
        themes = QActionGroup(self._window)
        for menu, entries in zip(self._menus, MENUS, strict=True):
            for entry in entries:
                if entry.command is None:
                    menu.addSeparator()
                    continue
                action = self._make_action(entry)
                action.triggered.connect(partial(_act, slots[entry.command]))
                menu.addAction(action)
                self._actions[entry.command] = action
                if entry.needs_audit:
                    self._need_audit[entry.command] = action
        for command in (Command.LIGHT, Command.DARK, Command.HIGH_CONTRAST):
            themes.addAction(self._actions[command])
        for command, checked in self._checked.items():
            self._actions[command].setChecked(checked)
        self.show_has_audit(self._has_audit)

    def _make_action(self, entry: Entry) -> QAction:
        from PySide6.QtGui import QAction, QKeySequence

        action = QAction(_tr(entry.words), self._window)
        action.setObjectName(entry.command.name.lower() if entry.command else "")
        action.setCheckable(entry.checkable)
        action.setShortcuts([QKeySequence(keys) for keys in entry.keys if keys not in _NOT_WITHOUT_MODIFIER])
        # Its keys work, too, while the menu bar is hidden on the full screen.
        self._window.addAction(action)
        return action


def _act(slot: Callable[[], object], _checked: bool = False) -> None:
    slot()


def _tr(words: str) -> str:
    return QCoreApplication.translate("Commands", words)
