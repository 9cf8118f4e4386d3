"""The fields in which passwords are typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from hsb_desktop.errors import HsbError
from hsb_desktop.store.password import SHORTEST_PASSWORD, refuse_unusable
from hsb_desktop.ui.dialogs.dialog_frame import labelled, plain_label


class PasswordLine(QLineEdit):
    """A line whose letters are hidden unless asked for, and which no keyboard learns or corrects."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.show_letters(False)

    def show_letters(self, shown: bool) -> None:
        """Show what is typed, or dots in its place."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


class ShowLetters(QCheckBox):
    """Shows what is typed in some lines for as long as it is checked."""

    def __init__(self, *lines: PasswordLine) -> None:
        super().__init__()
        self.setObjectName("show_password_box")
        self.setText(self.tr("&Show what is typed"))
        self.setAccessibleName(self.tr("Show what is typed"))
        for line in lines:
            self.toggled.connect(line.show_letters)


class NewPasswordFields(QWidget):
    """A new password, typed twice, with what a forgotten one means and the word that it was written down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("new_password_fields")
        self._create()
        self._assemble()

    def password(self) -> str:
        """Return the new password; only where there is no `problem`."""
        return self.first.text()

    def problem(self) -> tuple[str, QWidget] | None:
        """Return what is in the way, and where; None if nothing is."""
        if not self.first.text():
            return self.tr("The password is empty."), self.first
        try:
            refuse_unusable(self.first.text())
        except HsbError as error:
            return str(error), self.first
        if self.second.text() != self.first.text():
            return self.tr("The two passwords are not the same. Type the second again."), self.second
        if not self.written_down.isChecked():
            words = self.tr("Write the password down in a safe place first, then tick that you have.")
            return words, self.written_down
        return None

    def forget(self) -> None:
        """Empty the fields."""
        self.first.clear()
        self.second.clear()

    def _create(self) -> None:
        self.first = PasswordLine("new_password_edit")
        self.second = PasswordLine("repeated_password_edit")
        self.show_letters = ShowLetters(self.first, self.second)
        self.written_down = QCheckBox(self.tr("I have &written the password down in a safe place"))
        self.written_down.setObjectName("written_down_box")
        self.written_down.setAccessibleName(self.tr("I have written the password down in a safe place"))
        self.warning = plain_label(
            "forgotten_warning",
            self.tr(
                "If the password is forgotten, nobody can open the file again: not the people who made this "
                "program, not anybody else. There is no other way in."
            ),
            role="warning",
        )
        self.written_down.setAccessibleDescription(self.warning.text())

    def _assemble(self) -> None:
        hint = self.tr(
            "At least {0} characters; several words that do not belong together are best. Capital and small "
            "letters count."
        ).format(SHORTEST_PASSWORD)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height() // 3)
        layout.addWidget(labelled(self.tr("New password"), self.first, hint))
        layout.addWidget(labelled(self.tr("The same once more"), self.second))
        layout.addWidget(self.show_letters)
        layout.addWidget(self.warning)
        layout.addWidget(self.written_down)
