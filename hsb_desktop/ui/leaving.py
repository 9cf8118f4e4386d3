"""What is asked before an audit is closed of which something is on the screen only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from hsb_desktop.errors import ChangedUnderneath
from hsb_desktop.ui import messages
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.dialogs.choice_dialog import Choice
from hsb_desktop.ui.session import AuditSession


def may_leave_unsaved(session: AuditSession, window: QWidget, save_elsewhere: Callable[[], None]) -> bool:
    """Ask whether to save what could not be written elsewhere, to close without it or to stay.

    Return whether to close now: not where saving elsewhere was given up or failed.
    """
    if not session.unsaved and session.failure is None and session.lost is None:
        return messages.confirm(
            window,
            _tr("A date on this screen is not written as a date, so it was not kept."),
            go_on=_tr("Close without it"),
            leave=_tr("Go back"),
        )
    elsewhere, without = _ways()
    chosen = messages.choose(
        window, _what_is_unsaved(session), _why(session), (elsewhere, without), leave=_tr("Go back")
    )
    if chosen == elsewhere:
        save_elsewhere()
        return not session.unsaved and session.failure is None and session.lost is None
    return chosen == without


def may_discard(session: AuditSession, window: QWidget) -> bool:
    """Ask whether to let go of what is on the screen only; return True at once where nothing is."""
    count = len(session.unsaved)
    if count:
        words = _tr("%n change(s) (is/are) only on this screen and will be gone.", count)
        return messages.confirm(
            window,
            counted(words, count),
            go_on=_tr("Let go of them"),
            leave=_tr("Keep them"),
            details=_tr("To keep them, choose “Save elsewhere” instead."),
        )
    return not isinstance(session.lost, ChangedUnderneath) or messages.confirm(
        window,
        _tr("What is on this screen may be in no file any more, and will be gone from here."),
        go_on=_tr("Show what is in the file"),
        leave=_tr("Go back"),
        details=_tr("To keep it too, choose “Keep both versions” instead."),
    )


def _what_is_unsaved(session: AuditSession) -> str:
    count = len(session.unsaved)
    if not count:
        return _tr("What is on this screen may be in no file.")
    words = _tr("%n change(s) could not be saved and (is/are) only on this screen.", count)
    return counted(words, count)


def _why(session: AuditSession) -> str:
    reason = session.save_state.reason
    return reason or _tr("The disk has not answered yet, so nobody can say whether it will keep them.")


def _ways() -> tuple[Choice, Choice]:
    return (
        Choice(
            "save_elsewhere_choice",
            _tr("Save elsewhere…"),
            _tr(
                "Everything that you see on this screen goes into a new file in a place that you choose, and "
                "then this audit is closed."
            ),
        ),
        Choice(
            "close_without_choice",
            _tr("Close without saving"),
            _tr("What is only on this screen is gone for good."),
        ),
    )


def _tr(words: str, count: int = -1) -> str:
    return QCoreApplication.translate("Leaving", words, "", count)
