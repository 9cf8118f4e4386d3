"""The four functions through which every message box is shown, so that tests have one place to patch."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from hsb_desktop.errors import HsbError


def inform(parent: QWidget | None, text: str, details: str = "") -> None:
    """Tell something that asks for nothing, and wait until it is read."""
    _message_box(parent, QMessageBox.Icon.Information, text, details).exec()


def warn(parent: QWidget | None, text: str, details: str = "") -> None:
    """Tell something to be careful about, and wait until it is read."""
    _message_box(parent, QMessageBox.Icon.Warning, text, details).exec()


def confirm(parent: QWidget | None, question: str, *, go_on: str, leave: str = "", details: str = "") -> bool:
    """Ask before something that undo does not take back; return whether to go on.

    `go_on` and `leave` are the words on the buttons. Enter and Esc choose to leave everything as it is.
    """
    box = _message_box(parent, QMessageBox.Icon.Question, question, details, with_ok=False)
    going_on = box.addButton(go_on, QMessageBox.ButtonRole.AcceptRole)
    going_on.setObjectName("go_on_button")
    leaving = box.addButton(leave or _translated("Cancel"), QMessageBox.ButtonRole.RejectRole)
    leaving.setObjectName("leave_button")
    box.setDefaultButton(leaving)
    box.setEscapeButton(leaving)
    box.exec()
    return box.clickedButton() is going_on


def show_error(parent: QWidget | None, error: HsbError | str) -> None:
    """Say what went wrong, in the words of the error."""
    _message_box(parent, QMessageBox.Icon.Critical, str(error), "").exec()


def _message_box(
    parent: QWidget | None, icon: QMessageBox.Icon, text: str, details: str, *, with_ok: bool = True
) -> QMessageBox:
    box = QMessageBox(parent)
    box.setObjectName("message_box")
    box.setWindowTitle(_translated("HSB Audit Workshop"))
    box.setIcon(icon)
    # Texts name files and agencies: they are shown as they are, never read as markup.
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(details)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    if with_ok:
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        box.button(QMessageBox.StandardButton.Ok).setText(_translated("OK"))
    return box


def _translated(text: str) -> str:
    return QCoreApplication.translate("messages", text)
