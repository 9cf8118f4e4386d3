"""Asks which way to go: each is a button with its consequences below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role, plain_label


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to go: the words of its button, and what comes of it."""

    object_name: str
    words: str
    hint: str


class ChoiceDialog(DialogFrame):
    """`chosen` is what was chosen, None to leave everything as it is. The first way is what Enter chooses."""

    def __init__(
        self, title: str, text: str, choices: Sequence[Choice], *, leave: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, "choice_dialog", "")
        self.setWindowTitle(self.tr("HSB Audit Workshop"))
        self.setAccessibleDescription(f"{title}\n{text}".strip())
        self.chosen: Choice | None = None
        self.add_title(title)
        if text:
            self.add_text("choice_text", text)
        self.body.addSpacing(self.fontMetrics().height() // 2)
        buttons = [self._add_choice(choice) for choice in choices]
        self.body.addStretch()
        leaving = self.add_button("leave_button", leave, Role.RejectRole)
        leaving.clicked.connect(self.reject)
        buttons[0].setProperty("role", "primary")
        buttons[0].setDefault(True)
        buttons[0].setFocus()

    def _add_choice(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.words)
        button.setObjectName(choice.object_name)
        button.setAccessibleName(choice.words)
        button.setAccessibleDescription(choice.hint)
        button.clicked.connect(partial(self._choose, choice))
        self.body.addWidget(button)
        self.body.addWidget(plain_label(f"{choice.object_name}_hint", choice.hint, role="muted"))
        self.body.addSpacing(self.fontMetrics().height() // 3)
        return button

    def _choose(self, choice: Choice) -> None:
        self.chosen = choice
        self.accept()
