"""The words, keys and places of the commands in the menus."""

from __future__ import annotations

from dataclasses import dataclass

from hsb_desktop.ui.command import QT_TRANSLATE_NOOP, Command


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu; no command is a line between groups."""

    command: Command | None
    words: str = ""
    keys: tuple[str, ...] = ()
    needs_audit: bool = True
    checkable: bool = False


_SEPARATOR = Entry(None)


def _entry(
    command: Command, words: str, *keys: str, needs_audit: bool = True, checkable: bool = False
) -> Entry:
    return Entry(command, words, keys, needs_audit, checkable)


MENUS: tuple[tuple[Entry, ...], ...] = (
    (
        _entry(Command.NEW, QT_TRANSLATE_NOOP("Commands", "&New audit…"), "Ctrl+N", needs_audit=False),
        _entry(Command.OPEN, QT_TRANSLATE_NOOP("Commands", "&Open…"), "Ctrl+O", needs_audit=False),
        _SEPARATOR,
        _entry(Command.SAVE_COPY, QT_TRANSLATE_NOOP("Commands", "Save a &copy…"), "Ctrl+Shift+S"),
        _entry(Command.SHARE, QT_TRANSLATE_NOOP("Commands", "Export to &share…")),
        _SEPARATOR,
        _entry(Command.MERGE, QT_TRANSLATE_NOOP("Commands", "&Merge files…"), "Ctrl+M"),
        _SEPARATOR,
        _entry(Command.IMPORT, QT_TRANSLATE_NOOP("Commands", "&Import scores…"), "Ctrl+I"),
        _entry(Command.EXPORT, QT_TRANSLATE_NOOP("Commands", "&Export data…"), "Ctrl+E"),
        _entry(Command.SEND_PACKS, QT_TRANSLATE_NOOP("Commands", "Send &agency packs…")),
        _entry(Command.TAKE_PACKS, QT_TRANSLATE_NOOP("Commands", "&Take in returned packs…")),
        _entry(Command.REPORT, QT_TRANSLATE_NOOP("Commands", "&Report and forms: view, print…"), "Ctrl+P"),
        _entry(
            Command.COMPARE_AUDITS,
            QT_TRANSLATE_NOOP("Commands", "Compare &audits…"),
            needs_audit=False,
        ),
        _SEPARATOR,
        _entry(Command.EARLIER_VERSIONS, QT_TRANSLATE_NOOP("Commands", "Earlier &versions…")),
        _entry(Command.DELETE_AUDIT, QT_TRANSLATE_NOOP("Commands", "&Delete this audit and its backups…")),
        _SEPARATOR,
        _entry(Command.CLOSE_AUDIT, QT_TRANSLATE_NOOP("Commands", "Close a&udit"), "Ctrl+W"),
        _entry(
            Command.FORGET_RECENT,
            QT_TRANSLATE_NOOP("Commands", "&Forget recent files"),
            needs_audit=False,
        ),
        _entry(Command.QUIT, QT_TRANSLATE_NOOP("Commands", "&Quit"), "Ctrl+Q", needs_audit=False),
    ),
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
        _entry(
            Command.NEXT_CONFLICT,
            QT_TRANSLATE_NOOP("Commands", "Next where ans&wers differ"),
            "Ctrl+F8",
        ),
        _entry(Command.AGENDA, QT_TRANSLATE_NOOP("Commands", "&Agenda: what to talk about first"), "Ctrl+J"),
    ),
    (
        _entry(Command.DETAILS, QT_TRANSLATE_NOOP("Commands", "&Details, agencies and dates…"), "Ctrl+D"),
        _entry(Command.AUTHOR, QT_TRANSLATE_NOOP("Commands", "Who is &typing…")),
        _SEPARATOR,
        _entry(Command.CONFLICTS, QT_TRANSLATE_NOOP("Commands", "&Settle what differs…"), "Ctrl+Shift+M"),
        _entry(Command.NEW_WAVE, QT_TRANSLATE_NOOP("Commands", "New &wave…")),
        _entry(Command.LOCK_WAVE, QT_TRANSLATE_NOOP("Commands", "&Lock this wave…")),
        _entry(Command.UNLOCK_WAVE, QT_TRANSLATE_NOOP("Commands", "&Unlock this wave…")),
        _entry(Command.MOVEMENT, QT_TRANSLATE_NOOP("Commands", "What &moved between waves…")),
        _SEPARATOR,
        _entry(Command.HISTORY, QT_TRANSLATE_NOOP("Commands", "&History of this statement…"), "Ctrl+H"),
        _entry(Command.REMOVE_TEXT, QT_TRANSLATE_NOOP("Commands", "Remove te&xt for good…")),
        _SEPARATOR,
        _entry(Command.PROTECT, QT_TRANSLATE_NOOP("Commands", "&Protect with a password…")),
        _entry(Command.CHANGE_PASSWORD, QT_TRANSLATE_NOOP("Commands", "&Change the password…")),
        _entry(Command.REMOVE_PASSWORD, QT_TRANSLATE_NOOP("Commands", "&Remove the password…")),
    ),
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
        _entry(Command.ZOOM_RESET, QT_TRANSLATE_NOOP("Commands", "&Usual size"), "Ctrl+0", needs_audit=False),
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
    (
        _entry(Command.HELP, QT_TRANSLATE_NOOP("Commands", "&Help on this statement"), "F1"),
        _entry(Command.SHORTCUTS, QT_TRANSLATE_NOOP("Commands", "&Keys"), "Ctrl+F1", "?", needs_audit=False),
        _entry(Command.ABOUT, QT_TRANSLATE_NOOP("Commands", "&About"), needs_audit=False),
    ),
)
"""What stands in each menu, in the order of their titles in `command`."""
