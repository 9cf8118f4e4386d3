"""What a menu or a key can ask the window for."""

from __future__ import annotations

from enum import Enum, auto


class Command(Enum):
    """Everything that a menu or a key can ask for."""

    NEW = auto()
    OPEN = auto()
    SAVE_COPY = auto()
    SHARE = auto()
    MERGE = auto()
    IMPORT = auto()
    EXPORT = auto()
    SEND_PACKS = auto()
    TAKE_PACKS = auto()
    REPORT = auto()
    COMPARE_AUDITS = auto()
    EARLIER_VERSIONS = auto()
    DELETE_AUDIT = auto()
    CLOSE_AUDIT = auto()
    FORGET_RECENT = auto()
    QUIT = auto()
    UNDO = auto()
    REDO = auto()
    FIND = auto()
    GO_TO = auto()
    NEXT_NOT_SCORED = auto()
    NEXT_WITHOUT_EVIDENCE = auto()
    NEXT_CONFLICT = auto()
    AGENDA = auto()
    DETAILS = auto()
    AUTHOR = auto()
    NEW_WAVE = auto()
    LOCK_WAVE = auto()
    UNLOCK_WAVE = auto()
    MOVEMENT = auto()
    PROTECT = auto()
    CHANGE_PASSWORD = auto()
    REMOVE_PASSWORD = auto()
    CONFLICTS = auto()
    HISTORY = auto()
    REMOVE_TEXT = auto()
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


TITLES = (
    QT_TRANSLATE_NOOP("Commands", "&File"),
    QT_TRANSLATE_NOOP("Commands", "&Edit"),
    QT_TRANSLATE_NOOP("Commands", "&Audit"),
    QT_TRANSLATE_NOOP("Commands", "&View"),
    QT_TRANSLATE_NOOP("Commands", "&Help"),
)
"""The menus of the menu bar; what stands in them, `command_table` says."""
