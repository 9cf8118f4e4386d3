"""Which commands cannot be done to the open audit as it is, and why not."""

from __future__ import annotations

from collections.abc import Mapping

from hsb_desktop.ui.command import QT_TRANSLATE_NOOP, Command
from hsb_desktop.ui.session import AuditSession

_WRITING = (
    Command.MERGE,
    Command.IMPORT,
    Command.TAKE_PACKS,
    Command.DELETE_AUDIT,
    Command.REMOVE_TEXT,
    Command.NEW_WAVE,
    Command.LOCK_WAVE,
    Command.UNLOCK_WAVE,
    Command.PROTECT,
    Command.CHANGE_PASSWORD,
    Command.REMOVE_PASSWORD,
)
"""What changes the file. The details can be looked at, and "Save a copy" gives a file to work in."""

_NOT_IN_PACKS = (
    Command.IMPORT,
    Command.SHARE,
    Command.SEND_PACKS,
    Command.TAKE_PACKS,
    Command.DETAILS,
    Command.NEW_WAVE,
    Command.LOCK_WAVE,
    Command.UNLOCK_WAVE,
)
"""What makes no sense in a pack: it is filled in and goes back as it is."""

_IS_PACK = QT_TRANSLATE_NOOP("Commands", "This is a pack: fill it in and send the file back as it is.")
_LOCKED_OUT = QT_TRANSLATE_NOOP("Commands", "This wave is locked: what is filled in now could not come back.")
_READ_ONLY = QT_TRANSLATE_NOOP(
    "Commands", "This audit is open for reading only. Save a copy first, and work in that."
)
_PROTECTED = QT_TRANSLATE_NOOP("Commands", "This audit has a password already. You can change it.")
_PLAIN = QT_TRANSLATE_NOOP("Commands", "This audit has no password. Protect it with one first.")
_LOCKED = QT_TRANSLATE_NOOP("Commands", "This wave is locked already.")
_NOT_LOCKED = QT_TRANSLATE_NOOP("Commands", "This wave is not locked.")
_ONE_WAVE = QT_TRANSLATE_NOOP("Commands", "There is one wave only. What moved can be said of two.")
_ALL_SCORED = QT_TRANSLATE_NOOP("Commands", "Every statement of this wave has a score.")
_NOTHING_DIFFERS = QT_TRANSLATE_NOOP("Commands", "No answers differ: nothing waits to be settled.")
_ALL_WITH_EVIDENCE = QT_TRANSLATE_NOOP("Commands", "Every score of 3 or 4 has evidence.")


def reasons_against(session: AuditSession) -> Mapping[Command, str]:
    """Return the commands that could only fail or do nothing now, each with the reason, not translated yet.

    Undo and redo are not among them: what they would do is said elsewhere.
    """
    reasons = {Command.PROTECT: _PROTECTED} if session.is_protected else _without_password()
    if session.is_locked:
        reasons[Command.LOCK_WAVE] = _LOCKED
    else:
        reasons[Command.UNLOCK_WAVE] = _NOT_LOCKED
    if len(session.audit.waves) < 2:
        reasons[Command.MOVEMENT] = _ONE_WAVE
    progress = session.standing.progress
    if not progress.not_scored:
        reasons[Command.NEXT_NOT_SCORED] = _ALL_SCORED
    if not progress.high_without_evidence:
        reasons[Command.NEXT_WITHOUT_EVIDENCE] = _ALL_WITH_EVIDENCE
    if not session.audit.conflicts:
        reasons[Command.CONFLICTS] = reasons[Command.NEXT_CONFLICT] = _NOTHING_DIFFERS
    pack = session.audit.pack
    if pack is not None:
        reasons.update(dict.fromkeys(_NOT_IN_PACKS, _IS_PACK))
    elif session.is_locked:
        reasons[Command.SEND_PACKS] = _LOCKED_OUT
    if session.is_read_only:
        reasons.update(dict.fromkeys(_WRITING, _READ_ONLY))
    return reasons


def _without_password() -> dict[Command, str]:
    return {Command.CHANGE_PASSWORD: _PLAIN, Command.REMOVE_PASSWORD: _PLAIN}
