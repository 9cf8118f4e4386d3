"""The three functions through which every message box is shown, so that tests have one place to patch."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hsb_desktop.errors import HsbError
from hsb_desktop.ui.dialogs.message_dialog import MessageDialog, MessageKind


def warn(parent: QWidget | None, text: str, details: str = "") -> None:
    """Tell something to be careful about, and wait until it is read."""
    _show(MessageDialog(MessageKind.WARNING, text, details, parent=parent))


def confirm(parent: QWidget | None, question: str, *, go_on: str, leave: str = "", details: str = "") -> bool:
    """Ask before something that undo does not take back; return whether to go on.

    `go_on` and `leave` are the words on the buttons. Enter and Esc choose to leave everything as it is.
    """
    kind = MessageKind.QUESTION
    return _show(MessageDialog(kind, question, details, go_on=go_on, leave=leave, parent=parent))


def show_error(parent: QWidget | None, error: HsbError | str) -> None:
    """Say what went wrong, in the words of the error."""
    _show(MessageDialog(MessageKind.ERROR, str(error), parent=parent))


def _show(dialog: MessageDialog) -> bool:
    accepted = dialog.exec() == MessageDialog.DialogCode.Accepted
    dialog.deleteLater()
    return accepted
