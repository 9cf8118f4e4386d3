"""Asks what a copy that leaves the house holds, and how it is protected."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QWidget

from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role, hint_below
from hsb_desktop.ui.dialogs.password_fields import NewPasswordFields


class ShareProtection(Enum):
    """How a shared copy is protected."""

    NONE = auto()
    SAME = auto()
    OWN = auto()


@dataclass(frozen=True, slots=True)
class ShareAnswer:
    """The protection, the copy's own password if it has one, and whether history and authors go with it."""

    protection: ShareProtection
    password: str = field(default="", repr=False)
    with_history: bool = False


class ShareProtectionDialog(DialogFrame):
    """Offers no password, the audit's, or another; what the audit has is chosen already. History is not."""

    def __init__(self, *, is_protected: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent, "share_protection_dialog", "")
        self.setWindowTitle(self.tr("Export to share"))
        self.answer: ShareAnswer | None = None
        self.choices = QButtonGroup(self)
        self.fields = NewPasswordFields()
        self.add_title(self.tr("Export to share"))
        self.add_text(
            "what_is_shared",
            self.tr(
                "The copy holds the present scores and texts. Answers of a round that nobody has revealed "
                "are never in it. Where text was removed for good, the note in its place goes with the copy, "
                "and a name in it too."
            ),
        )
        self.with_history = self._history_box()
        self.body.addWidget(self.with_history)
        self.body.addWidget(
            hint_below(
                self.tr(
                    "Words that were replaced or deleted go with it. The program does not look through them "
                    "for what may identify somebody. Without it neither they nor names of authors are in the "
                    "copy."
                ),
                self.with_history,
            )
        )
        self.add_section("protection_section", self.tr("Who can read it"))
        self.none = self._add_choice("no_password_choice", self.tr("&No password: anybody can read it"))
        self.same = self._add_choice("same_password_choice", self.tr("The &same password as this audit"))
        self.own = self._add_choice("own_password_choice", self.tr("A &password of its own"))
        self.same.setVisible(is_protected)
        usual = self.same if is_protected else self.none
        usual.setChecked(True)
        # The ring on another choice would turn it on with one press of Space.
        usual.setFocus()
        self.body.addWidget(self.fields)
        self.fields.setVisible(False)
        self.own.toggled.connect(self._on_own_toggled)
        self.body.addStretch()
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        go_on = self.add_button(
            "go_on_button", self.tr("Choose the place…"), Role.AcceptRole, is_primary=True
        )
        cancel.clicked.connect(self.reject)
        go_on.clicked.connect(self._on_go_on_clicked)

    @classmethod
    def ask(cls, *, is_protected: bool, parent: QWidget | None = None) -> ShareAnswer | None:
        """Return the answer; None if the person cancelled."""
        dialog = cls(is_protected=is_protected, parent=parent)
        accepted = dialog.exec() == cls.DialogCode.Accepted
        answer = dialog.answer
        dialog.fields.forget()
        dialog.deleteLater()
        return answer if accepted else None

    def _add_choice(self, object_name: str, words: str) -> QRadioButton:
        choice = QRadioButton(words)
        choice.setObjectName(object_name)
        choice.setAccessibleName(words.replace("&", ""))
        self.choices.addButton(choice)
        self.body.addWidget(choice)
        return choice

    def _history_box(self) -> QCheckBox:
        words = self.tr("With the &history: who typed what, and when")
        box = QCheckBox(words)
        box.setObjectName("with_history_box")
        box.setAccessibleName(words.replace("&", ""))
        return box

    def _on_own_toggled(self, chosen: bool) -> None:
        self.fields.setVisible(chosen)
        if self.isVisible():
            self.fit_to(self.screen().availableSize())
        if chosen:
            self.fields.first.setFocus()

    def _on_go_on_clicked(self) -> None:
        password = ""
        if self.own.isChecked():
            problem = self.fields.problem()
            if problem is not None:
                self.show_problem(*problem)
                return
            password = self.fields.password()
        self.answer = ShareAnswer(self._protection(), password, with_history=self.with_history.isChecked())
        self.accept()

    def _protection(self) -> ShareProtection:
        if self.own.isChecked():
            return ShareProtection.OWN
        return ShareProtection.SAME if self.same.isChecked() else ShareProtection.NONE
