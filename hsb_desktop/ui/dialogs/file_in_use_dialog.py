"""Says who is working on an audit that somebody wants to open, and what can be done."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from hsb_desktop.errors import FileInUse
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role, plain_label
from hsb_desktop.ui.holder_words import holder_sentence


class InUseChoice(Enum):
    """What somebody wants to do with a file in use."""

    READ = auto()
    COPY = auto()
    TAKE_OVER = auto()


class FileInUseDialog(DialogFrame):
    """`choice` is what was chosen once the dialog is accepted. Nothing is done here."""

    def __init__(self, path: Path, in_use: FileInUse, parent: QWidget | None = None) -> None:
        super().__init__(parent, "file_in_use_dialog", "")
        self.setWindowTitle(self.tr("This audit is in use"))
        self.choice = InUseChoice.READ
        self.add_title(self.tr("{0} is in use").format(path.name))
        self.add_text("holder", self._who(in_use))
        self.add_text(
            "reason",
            self.tr("Two windows that write to one file would overwrite each other, so only one may."),
            "muted",
        )
        self.body.addSpacing(self.fontMetrics().height() // 2)
        self._add_choices()
        self.body.addStretch()
        leave = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        leave.clicked.connect(self.reject)

    def _who(self, in_use: FileInUse) -> str:
        if in_use.who or in_use.computer:
            return holder_sentence(in_use.who, in_use.computer, in_use.since)
        return self.tr(
            "A window has it open, or had it open when its computer stopped; the file does not say whose."
        )

    def _add_choices(self) -> None:
        first = self._add_choice(
            InUseChoice.READ,
            "read_only_button",
            self.tr("Open for reading only"),
            self.tr("You see what is saved now. You can print and export it, but not change it."),
        )
        self._add_choice(
            InUseChoice.COPY,
            "open_copy_button",
            self.tr("Open a copy…"),
            self.tr(
                "You work in a file of your own. What the two of you write is not brought together by itself."
            ),
        )
        self._add_choice(
            InUseChoice.TAKE_OVER,
            "take_over_button",
            self.tr("Take over…"),
            self.tr("You write here, and the other window can no longer save to this file."),
        )
        first.setProperty("role", "primary")
        first.setDefault(True)
        first.setFocus()

    def _add_choice(self, choice: InUseChoice, object_name: str, words: str, hint: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(object_name)
        button.setAccessibleName(words)
        button.setAccessibleDescription(hint)
        button.clicked.connect(partial(self._choose, choice))
        self.body.addWidget(button)
        self.body.addWidget(plain_label(f"{object_name}_hint", hint, role="muted"))
        self.body.addSpacing(self.fontMetrics().height() // 3)
        return button

    def _choose(self, choice: InUseChoice) -> None:
        self.choice = choice
        self.accept()

    @classmethod
    def ask(cls, path: Path, in_use: FileInUse, parent: QWidget | None) -> InUseChoice | None:
        """Return what to do; None to leave it."""
        dialog = cls(path, in_use, parent)
        is_chosen = dialog.exec() == cls.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.choice if is_chosen else None
