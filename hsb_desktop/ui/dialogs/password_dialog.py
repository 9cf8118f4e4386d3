"""Asks for the password that an audit has."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hsb_desktop.errors import HsbError, WrongPassword
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role
from hsb_desktop.ui.dialogs.password_fields import PasswordLine, ShowLetters

_CHARACTERS_WIDE = 64

Attempt = Callable[[str], object]
"""Does what the password is for. What it raises as HsbError is shown, and the dialog stays open."""


class PasswordDialog(DialogFrame):
    """Asks for the password, and again where it is wrong."""

    def __init__(
        self, attempt: Attempt, title: str, words: str, go_on: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, "password_dialog", title)
        self.characters_wide = _CHARACTERS_WIDE
        self._attempt = attempt
        self.add_title(title)
        self.add_text("what_it_is_for", words)
        self.password = PasswordLine("password_edit")
        self.add_field(self.tr("Password"), self.password)
        self.body.addWidget(ShowLetters(self.password))
        self.body.addStretch()
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        self.go_on_button = self.add_button("go_on_button", go_on, Role.AcceptRole, is_primary=True)
        cancel.clicked.connect(self.reject)
        self.go_on_button.clicked.connect(self._on_go_on_clicked)
        self.password.setFocus()

    @classmethod
    def ask(cls, attempt: Attempt, title: str, words: str, go_on: str, parent: QWidget | None = None) -> bool:
        """Ask until `attempt` takes the password (True) or the person cancels (False)."""
        dialog = cls(attempt, title, words, go_on, parent)
        accepted = dialog.exec() == cls.DialogCode.Accepted
        dialog.password.clear()
        dialog.deleteLater()
        return accepted

    def show_problem(self, text: str, field: QWidget | None = None) -> None:
        """Say what is in the way, and grow by what that needs: the fields are to stay in sight."""
        super().show_problem(text, field)
        if self.isVisible():
            self.fit_to(self.screen().availableSize())

    def _on_go_on_clicked(self) -> None:
        if not self.password.text():
            self.show_problem(self.tr("The password is empty."), self.password)
            return
        self.show_problem("")
        try:
            self._attempt(self.password.text())
        except WrongPassword as error:
            hint = self.tr("Capital and small letters count: look whether Caps Lock is on.")
            self.show_problem(f"{error} {hint}", self.password)
            self.password.selectAll()
        except HsbError as error:
            self.show_problem(str(error))
        else:
            self.accept()
