"""The functions through which every message box is shown, so that tests have one place to patch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from hsb_desktop.errors import HsbError
from hsb_desktop.ui.dialogs.message_dialog import MessageDialog, MessageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hsb_desktop.ui.dialogs.choice_dialog import Choice


def warn(parent: QWidget | None, text: str, details: str = "") -> None:
    """Tell something to be careful about, and wait until it is read."""
    _show(MessageDialog(MessageKind.WARNING, text, details, parent=parent))


def confirm(parent: QWidget | None, question: str, *, go_on: str, leave: str = "", details: str = "") -> bool:
    """Ask before something that undo does not take back; return whether to go on.

    `go_on` and `leave` are the words on the buttons. Enter and Esc choose to leave everything as it is.
    """
    kind = MessageKind.QUESTION
    return _show(MessageDialog(kind, question, details, go_on=go_on, leave=leave, parent=parent))


def choose(
    parent: QWidget | None, title: str, text: str, choices: Sequence[Choice], *, leave: str
) -> Choice | None:
    """Ask what to do where there is more than one way; return it, None to leave everything as it is."""
    from hsb_desktop.ui.dialogs.choice_dialog import ChoiceDialog

    dialog = ChoiceDialog(title, text, choices, leave=leave, parent=parent)
    dialog.exec()
    dialog.deleteLater()
    return dialog.chosen


def show_error(parent: QWidget | None, error: HsbError | str) -> None:
    """Say what went wrong, in the words of the error."""
    _show(MessageDialog(MessageKind.ERROR, str(error), parent=parent))


def _show(dialog: MessageDialog) -> bool:
    accepted = dialog.exec() == MessageDialog.DialogCode.Accepted
    dialog.deleteLater()
    return accepted
