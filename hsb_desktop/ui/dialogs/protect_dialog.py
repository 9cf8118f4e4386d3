"""Asks for the new password of an audit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from hsb_desktop.errors import HsbError, WrongPassword
from hsb_desktop.operations.reprotecting import BackupChoice, BackupPlan
from hsb_desktop.ui.dialogs.backup_choice_fields import BackupChoiceFields
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role
from hsb_desktop.ui.dialogs.password_fields import NewPasswordFields, PasswordLine, ShowLetters


@dataclass(frozen=True, slots=True)
class ProtectAnswer:
    """The passwords that were typed; none of them is shown where this is printed."""

    new: str = field(repr=False)
    present: str = field(default="", repr=False)
    """The one that the audit has; empty if it has none."""
    backups: BackupChoice = field(default_factory=BackupChoice)
    """What becomes of those backups that do not simply get the new one."""


Apply = Callable[[ProtectAnswer], object]
"""Does it. What it raises as HsbError is shown, and the dialog stays open."""


class ProtectDialog(DialogFrame):
    """Protects an audit that has no password, or gives it another one."""

    def __init__(
        self,
        apply: Apply,
        *,
        has_password: bool,
        plan: BackupPlan | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, "protect_dialog", "")
        self._apply = apply
        self.present: PasswordLine | None = PasswordLine("present_password_edit") if has_password else None
        self.fields = NewPasswordFields()
        self.backups = BackupChoiceFields(plan or BackupPlan())
        title = self.tr("Change the password") if has_password else self.tr("Protect with a password")
        self.setWindowTitle(title)
        self.add_title(title)
        self._add_explanation()
        if self.present is not None:
            self.add_field(self.tr("Present password"), self.present)
            self.body.addWidget(_named(ShowLetters(self.present), "show_present_password_box"))
        self.body.addWidget(self.fields)
        self.body.addWidget(self.backups)
        self.body.addStretch()
        self._add_buttons(self.tr("Change it") if has_password else self.tr("Protect it"))
        (self.present or self.fields.first).setFocus()

    @classmethod
    def ask(
        cls,
        apply: Apply,
        *,
        has_password: bool,
        plan: BackupPlan | None = None,
        parent: QWidget | None = None,
    ) -> bool:
        """Ask until it is done (True) or the person cancels (False); `plan` says what backups there are."""
        dialog = cls(apply, has_password=has_password, plan=plan, parent=parent)
        accepted = dialog.exec() == cls.DialogCode.Accepted
        dialog.fields.forget()
        if dialog.present is not None:
            dialog.present.clear()
        dialog.deleteLater()
        return accepted

    def show_problem(self, text: str, field: QWidget | None = None) -> None:
        """Say what is in the way, and grow by what that needs: the fields are to stay in sight."""
        super().show_problem(text, field)
        if self.isVisible():
            self.fit_to(self.screen().availableSize())

    def _add_explanation(self) -> None:
        self.add_text(
            "what_is_protected",
            self.tr(
                "The whole file is then unreadable without the password, and so are copies that are made of "
                "it from now on. Reports, workbooks and other exports are not protected."
            ),
        )
        self.add_text(
            "what_is_not",
            self.tr(
                "Copies that were made before stay as they are: those that were shared, older versions in a "
                "cloud or on a backup drive, and what a disk keeps of replaced files."
            ),
            role="muted",
        )

    def _add_buttons(self, go_on: str) -> None:
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        self.go_on_button = self.add_button("go_on_button", go_on, Role.AcceptRole, is_primary=True)
        cancel.clicked.connect(self.reject)
        self.go_on_button.clicked.connect(self._on_go_on_clicked)

    def _on_go_on_clicked(self) -> None:
        problem = self._problem()
        if problem is not None:
            self.show_problem(*problem)
            return
        self.show_problem("")
        present = self.present.text() if self.present is not None else ""
        try:
            self._apply(ProtectAnswer(self.fields.password(), present, self.backups.choice()))
        except WrongPassword as error:
            self.show_problem(str(error), self.present)
        except HsbError as error:
            self.show_problem(str(error))
        else:
            self.accept()

    def _problem(self) -> tuple[str, QWidget] | None:
        if self.present is not None and not self.present.text():
            return self.tr("Type the password that the audit has now."), self.present
        return self.fields.problem()


def _named(box: ShowLetters, object_name: str) -> ShowLetters:
    box.setObjectName(object_name)
    box.setText(box.tr("S&how the present password"))
    box.setAccessibleName(box.tr("Show the present password"))
    return box
