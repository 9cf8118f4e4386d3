"""The commands of the window: their words, keys and menus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu


class Command(Enum):
    """Everything that a menu or a key can ask for."""

    NEW = auto()
    OPEN = auto()
    SAVE_COPY = auto()
    SHARE = auto()
    IMPORT = auto()
    EXPORT = auto()
    REPORT = auto()
    CLOSE_AUDIT = auto()
    FORGET_RECENT = auto()
    QUIT = auto()
    UNDO = auto()
    REDO = auto()
    FIND = auto()
    GO_TO = auto()
    NEXT_NOT_SCORED = auto()
    NEXT_WITHOUT_EVIDENCE = auto()
    DETAILS = auto()
    AUTHOR = auto()
    PROJECT = auto()
    RADAR = auto()
    LARGE_RADAR = auto()
    ZOOM_IN = auto()
    ZOOM_OUT = auto()
    ZOOM_RESET = auto()
    LIGHT = auto()
    DARK = auto()
    HIGH_CONTRAST = auto()
    NEXT_THEME = auto()
    HELP = auto()
    SHORTCUTS = auto()
    ABOUT = auto()


def QT_TRANSLATE_NOOP(_context: str, words: str) -> str:
    """Mark words for translation. Qt's own gives back an `object` to the type checker."""
    return words


@dataclass(frozen=True, slots=True)
class _Entry:
    command: Command | None
    words: str = ""
    keys: tuple[str, ...] = ()
    needs_audit: bool = True
    checkable: bool = False


_SEPARATOR = _Entry(None)
_CONTEXT = "Commands"


def _entry(
    command: Command, words: str, *keys: str, needs_audit: bool = True, checkable: bool = False
) -> _Entry:
    return _Entry(command, words, keys, needs_audit, checkable)


_MENUS: tuple[tuple[str, tuple[_Entry, ...]], ...] = (
    (
        QT_TRANSLATE_NOOP("Commands", "&File"),
        (
            _entry(Command.NEW, QT_TRANSLATE_NOOP("Commands", "&New audit…"), "Ctrl+N", needs_audit=False),
            _entry(Command.OPEN, QT_TRANSLATE_NOOP("Commands", "&Open…"), "Ctrl+O", needs_audit=False),
            _SEPARATOR,
            _entry(Command.SAVE_COPY, QT_TRANSLATE_NOOP("Commands", "Save a &copy…"), "Ctrl+Shift+S"),
            _entry(Command.SHARE, QT_TRANSLATE_NOOP("Commands", "Export to &share…")),
            _SEPARATOR,
            _entry(Command.IMPORT, QT_TRANSLATE_NOOP("Commands", "&Import scores…"), "Ctrl+I"),
            _entry(Command.EXPORT, QT_TRANSLATE_NOOP("Commands", "&Export data…"), "Ctrl+E"),
            _entry(
                Command.REPORT, QT_TRANSLATE_NOOP("Commands", "&Report and forms: view, print…"), "Ctrl+P"
            ),
            _SEPARATOR,
            _entry(Command.CLOSE_AUDIT, QT_TRANSLATE_NOOP("Commands", "Close a&udit"), "Ctrl+W"),
            _entry(
                Command.FORGET_RECENT,
                QT_TRANSLATE_NOOP("Commands", "&Forget recent files"),
                needs_audit=False,
            ),
            _entry(Command.QUIT, QT_TRANSLATE_NOOP("Commands", "&Quit"), "Ctrl+Q", needs_audit=False),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Commands", "&Edit"),
        (
            _entry(Command.UNDO, QT_TRANSLATE_NOOP("Commands", "&Undo"), "Ctrl+Z"),
            _entry(Command.REDO, QT_TRANSLATE_NOOP("Commands", "&Redo"), "Ctrl+Shift+Z", "Ctrl+Y"),
            _SEPARATOR,
            _entry(Command.FIND, QT_TRANSLATE_NOOP("Commands", "&Find…"), "Ctrl+F"),
            _entry(Command.GO_TO, QT_TRANSLATE_NOOP("Commands", "&Go to statement…"), "Ctrl+G"),
            _entry(Command.NEXT_NOT_SCORED, QT_TRANSLATE_NOOP("Commands", "&Next not scored"), "F8"),
            _entry(
                Command.NEXT_WITHOUT_EVIDENCE,
                QT_TRANSLATE_NOOP("Commands", "Next 3 or 4 &without evidence"),
                "Shift+F8",
            ),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Commands", "&Audit"),
        (
            _entry(Command.DETAILS, QT_TRANSLATE_NOOP("Commands", "&Details, agencies and dates…"), "Ctrl+D"),
            _entry(Command.AUTHOR, QT_TRANSLATE_NOOP("Commands", "Who is &typing…")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Commands", "&View"),
        (
            _entry(Command.PROJECT, QT_TRANSLATE_NOOP("Commands", "&One statement, full screen"), "F5"),
            _entry(Command.LARGE_RADAR, QT_TRANSLATE_NOOP("Commands", "Large r&adar, full screen"), "F6"),
            _entry(
                Command.RADAR,
                QT_TRANSLATE_NOOP("Commands", "&Radar beside the statements"),
                "Ctrl+R",
                checkable=True,
            ),
            _SEPARATOR,
            _entry(
                Command.ZOOM_IN,
                QT_TRANSLATE_NOOP("Commands", "&Larger"),
                "Ctrl++",
                "Ctrl+=",
                needs_audit=False,
            ),
            _entry(Command.ZOOM_OUT, QT_TRANSLATE_NOOP("Commands", "&Smaller"), "Ctrl+-", needs_audit=False),
            _entry(
                Command.ZOOM_RESET, QT_TRANSLATE_NOOP("Commands", "&Usual size"), "Ctrl+0", needs_audit=False
            ),
            _SEPARATOR,
            _entry(Command.LIGHT, QT_TRANSLATE_NOOP("Commands", "Li&ght"), needs_audit=False, checkable=True),
            _entry(Command.DARK, QT_TRANSLATE_NOOP("Commands", "&Dark"), needs_audit=False, checkable=True),
            _entry(
                Command.HIGH_CONTRAST,
                QT_TRANSLATE_NOOP("Commands", "&High contrast"),
                needs_audit=False,
                checkable=True,
            ),
            _entry(
                Command.NEXT_THEME,
                QT_TRANSLATE_NOOP("Commands", "&Next of these"),
                "Ctrl+Shift+D",
                needs_audit=False,
            ),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Commands", "&Help"),
        (
            _entry(Command.HELP, QT_TRANSLATE_NOOP("Commands", "&Help on this statement"), "F1"),
            _entry(
                Command.SHORTCUTS, QT_TRANSLATE_NOOP("Commands", "&Keys"), "Ctrl+F1", "?", needs_audit=False
            ),
            _entry(Command.ABOUT, QT_TRANSLATE_NOOP("Commands", "&About"), needs_audit=False),
        ),
    ),
)

_NOT_WITHOUT_MODIFIER = frozenset({"?"})
"""Keys that people also type in text boxes: shown in the sheet of keys, never a shortcut of the window."""


class Commands:
    """The actions of a window, in its menu bar. They are made after the first paint, which needs none."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._actions: dict[Command, QAction] = {}
        self._slots: dict[Command, Callable[[], object]] = {}
        self._checked: dict[Command, bool] = {}
        self._has_audit = False
        self._undo_text = self._redo_text = ""
        # Python has to hold on to menus, or they vanish with its reference.
        self._menus: list[QMenu] = []
        for title, _ in _MENUS:
            menu = QMenu(_tr(title), window)
            window.menuBar().addMenu(menu)
            menu.aboutToShow.connect(self.make)
            self._menus.append(menu)

    def __getitem__(self, command: Command) -> QAction:
        self.make()
        return self._actions[command]

    def connect(self, slots: Mapping[Command, Callable[[], object]]) -> None:
        """Say what the commands do."""
        self._slots.update(slots)

    def set_checked(self, command: Command, checked: bool) -> None:
        """Show a command as chosen, or not."""
        self._checked[command] = checked
        if self._actions:
            self._actions[command].setChecked(checked)

    def show_has_audit(self, has_audit: bool) -> None:
        """Let through only the commands that make sense."""
        self._has_audit = has_audit
        if self._actions:
            for entry in _entries():
                if entry.command is not None and entry.needs_audit:
                    self._actions[entry.command].setEnabled(has_audit)
            self.show_undo(self._undo_text, self._redo_text)

    def show_undo(self, undo_text: str, redo_text: str) -> None:
        """Say what undo and redo would do."""
        self._undo_text, self._redo_text = undo_text, redo_text
        if self._actions:
            for command, words, step in (
                (Command.UNDO, _tr("&Undo"), undo_text),
                (Command.REDO, _tr("&Redo"), redo_text),
            ):
                self._actions[command].setText(f"{words} {step}".strip())
                self._actions[command].setEnabled(bool(step))

    def make(self) -> None:
        """Make the actions and put them into the menus, if that was not done yet."""
        if self._actions:
            return
        themes = QActionGroup(self._window)
        for menu, (_, entries) in zip(self._menus, _MENUS, strict=True):
            for entry in entries:
                if entry.command is None:
                    menu.addSeparator()
                else:
                    menu.addAction(self._make_action(entry, entry.command))
        for command in (Command.LIGHT, Command.DARK, Command.HIGH_CONTRAST):
            themes.addAction(self._actions[command])
        for command, checked in self._checked.items():
            self._actions[command].setChecked(checked)
        self.show_has_audit(self._has_audit)

    def _make_action(self, entry: _Entry, command: Command) -> QAction:
        action = QAction(_tr(entry.words), self._window)
        action.setObjectName(command.name.lower())
        action.setCheckable(entry.checkable)
        action.setShortcuts([QKeySequence(keys) for keys in entry.keys if keys not in _NOT_WITHOUT_MODIFIER])
        action.triggered.connect(partial(_act, self._slots[command]))
        # Its keys work, too, while the menu bar is hidden on the full screen.
        self._window.addAction(action)
        self._actions[command] = action
        return action


def _act(slot: Callable[[], object], _checked: bool = False) -> None:
    slot()


def _entries() -> Iterator[_Entry]:
    for _, entries in _MENUS:
        yield from entries


def _tr(words: str) -> str:
    return QCoreApplication.translate(_CONTEXT, words)
