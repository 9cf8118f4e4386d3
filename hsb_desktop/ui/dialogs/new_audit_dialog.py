"""Asks for what a new audit needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from hsb_desktop.errors import HsbError, OutputRefused
from hsb_desktop.instrument import available_instruments
from hsb_desktop.model import AuditDetails
from hsb_desktop.operations.creating import NewAudit, new_audit
from hsb_desktop.ui.dialogs.date_field import DateField
from hsb_desktop.ui.dialogs.details_fields import DetailsFields
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role, labelled, side_by_side
from hsb_desktop.ui.dialogs.edition_choice import EditionChoice
from hsb_desktop.ui.dialogs.file_choice import choose_new_file, documents_folder, free_path, safe_file_name
from hsb_desktop.ui.dialogs.password_fields import NewPasswordFields

AUDIT_SUFFIX = ".hsbaudit"


@dataclass(frozen=True, slots=True)
class NewAuditAnswer:
    """What a person asked for: the audit, where its file is, and under which name edits are kept."""

    request: NewAudit
    path: Path
    author: str
    password: str | None = field(default=None, repr=False)
    """None if the file is not protected. Not shown where this is printed."""


Make = Callable[[NewAuditAnswer], object]


def only_check(answer: NewAuditAnswer) -> None:
    """Make nothing, and raise HsbError for what would be refused whatever the disk says."""
    new_audit(answer.request)
    if not answer.path.parent.is_dir():
        raise OutputRefused(
            QCoreApplication.translate("NewAuditDialog", "The folder {0} does not exist.").format(
                answer.path.parent
            )
        )


class NewAuditDialog(DialogFrame):
    """Asks for a new audit, and stays open with everything typed until the answer is taken."""

    def __init__(
        self, make: Make = only_check, folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, "new_audit_dialog", "")
        self.setWindowTitle(self.tr("New audit"))
        self.answer: NewAuditAnswer | None = None
        self._make = make
        self._folder = folder or documents_folder()
        self._path_is_typed = False
        self._create_fields()
        self._assemble_fields()
        self._create_dialog_buttons()
        self._connect()
        self._propose_path()
        self.details.area.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget | None = None, *, make: Make = only_check, folder: Path | None = None
    ) -> NewAuditAnswer | None:
        """Return the answer; None if the person cancelled.

        `make` makes the file from the answer; what it raises as HsbError is shown in the dialog, which stays
        open with everything that was typed. `folder` is where the file is proposed to be.
        """
        dialog = cls(make, folder, parent)
        accepted = dialog.exec() == cls.DialogCode.Accepted
        answer = dialog.answer
        dialog.new_password.forget()
        dialog.deleteLater()
        return answer if accepted else None

    # Contents -------------------------------------------------------------------------------------------

    def _create_fields(self) -> None:
        self.details = DetailsFields()
        self.details.set_details(AuditDetails(title=self.tr("Harmful sexual behaviour audit")))
        self.editions = EditionChoice(*available_instruments())
        self.wave_label = _line("wave_edit", self.tr("Baseline"))
        self.held_on = DateField("held_on_edit")
        self.author = _line("author_edit")
        self.path = _line("path_edit")
        self.is_protected = QCheckBox(self.tr("&Protect it with a password (optional)"))
        self.is_protected.setObjectName("protect_box")
        self.is_protected.setAccessibleName(self.tr("Protect it with a password (optional)"))
        self.new_password = NewPasswordFields()
        self.new_password.setVisible(False)
        self.browse_button = QPushButton(self.tr("Browse…"))
        self.browse_button.setObjectName("browse_button")
        self.browse_button.setAccessibleName(self.tr("Browse for the place of the file"))
        self.browse_button.setAutoDefault(False)

    def _assemble_fields(self) -> None:
        self.add_title(self.tr("New audit"))
        self.body.addWidget(self.details)
        # What people must see without scrolling comes first: how the file can be protected.
        self.add_section("keeping_section", self.tr("Where it is kept"))
        self.add_field(
            self.tr("File"),
            self.path,
            self.tr("A file in a synced or shared folder can be read by others who use that folder."),
            row=self._path_row(),
        )
        self.body.addWidget(self.is_protected)
        self.body.addWidget(self.new_password)
        self.add_section("wave_section", self.tr("First wave"))
        self.body.addWidget(
            side_by_side(
                labelled(self.tr("Wave"), self.wave_label),
                labelled(self.tr("Date held (optional)"), self.held_on),
            )
        )
        self.add_field(
            self.tr("Who is typing"),
            self.author,
            self.tr("A name or a role. It is kept in the file’s history beside each change. Optional."),
        )
        self.add_section("edition_section", self.tr("Edition of the audit tool"))
        self.body.addWidget(self.editions)
        self.body.addStretch()

    def _path_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.path, stretch=1)
        layout.addWidget(self.browse_button)
        return row

    def _create_dialog_buttons(self) -> None:
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        create = self.add_button("create_button", self.tr("Create audit"), Role.AcceptRole, is_primary=True)
        cancel.clicked.connect(self.reject)
        create.clicked.connect(self._on_create_clicked)

    def _connect(self) -> None:
        self.details.area.textChanged.connect(self._propose_path)
        self.wave_label.textChanged.connect(self._propose_path)
        self.path.textEdited.connect(self._on_path_edited)
        self.path.editingFinished.connect(self._on_path_finished)
        self.browse_button.clicked.connect(self._on_browse_clicked)
        self.is_protected.toggled.connect(self._on_protect_toggled)

    def _on_protect_toggled(self, wanted: bool) -> None:
        self.new_password.setVisible(wanted)
        if wanted:
            self.new_password.first.setFocus()
            QTimer.singleShot(0, self, self._show_new_password)

    def _show_new_password(self) -> None:
        self.scroll_area.ensureWidgetVisible(self.new_password)

    # The file -------------------------------------------------------------------------------------------

    def _propose_path(self) -> None:
        if self._path_is_typed:
            return
        self.path.setText(str(free_path(self._folder, self._proposed_stem(), AUDIT_SUFFIX)))

    def _on_path_edited(self) -> None:
        self._path_is_typed = True

    def _on_path_finished(self) -> None:
        """Show the ending that the file gets, also where somebody typed a name without it."""
        typed = self.path.text().strip()
        if self._path_is_typed and typed:
            path = self._entered_path()
            self.path.setText(str(path if Path(typed).is_absolute() else _with_suffix(Path(typed))))

    def _on_browse_clicked(self) -> None:
        kinds = self.tr("Audits (*{0})").format(AUDIT_SUFFIX)
        chosen = choose_new_file(
            self, self.tr("Where to keep the audit"), self._entered_path(), kinds, asks_to_replace=False
        )
        if chosen is not None:
            self._path_is_typed = True
            self.path.setText(str(_with_suffix(chosen)))

    def _entered_path(self) -> Path:
        path = Path(self.path.text().strip()).expanduser()
        whole = path if path.is_absolute() else self._folder / path
        if whole.is_dir():
            return free_path(whole, self._proposed_stem(), AUDIT_SUFFIX)
        return _with_suffix(whole)

    def _proposed_stem(self) -> str:
        stem = safe_file_name(f"{self.details.area.text()} {self.wave_label.text()}")
        return stem or self.tr("Audit")

    # The answer -----------------------------------------------------------------------------------------

    def _on_create_clicked(self) -> None:
        problem = self._problem()
        if problem is not None:
            self.show_problem(*problem)
            return
        self.show_problem("")
        answer = self._entered_answer()
        try:
            self._make(answer)
        except HsbError as error:
            self.show_problem(str(error))
            return
        self.answer = answer
        self.accept()

    def _problem(self) -> tuple[str, QWidget] | None:
        if (problem := self.details.problem()) is not None:
            return problem
        if not self.wave_label.text().strip():
            return self.tr("The wave has no name. Write for example Baseline."), self.wave_label
        if self.held_on.problem():
            return self.held_on.problem(), self.held_on
        if not self.path.text().strip():
            return self.tr("Choose where the file is to be kept."), self.path
        if self._entered_path().exists():
            words = self.tr("“{0}” exists already, and was left as it is. Choose another name.")
            return words.format(self._entered_path().name), self.path
        return self.new_password.problem() if self.is_protected.isChecked() else None

    def _entered_answer(self) -> NewAuditAnswer:
        details = self.details.details()
        return NewAuditAnswer(
            request=NewAudit(
                area=details.area,
                title=details.title,
                kind=details.kind,
                instrument_id=self.editions.instrument().instrument_id,
                wave=self.wave_label.text().strip(),
                held_on=self.held_on.iso() or "",
                coordinator_name=details.coordinator_name,
                coordinator_role=details.coordinator_role,
                marking=details.marking,
            ),
            path=self._entered_path(),
            author=self.author.text().strip(),
            password=self.new_password.password() if self.is_protected.isChecked() else None,
        )


def _line(object_name: str, text: str = "") -> QLineEdit:
    field = QLineEdit(text)
    field.setObjectName(object_name)
    return field


def _with_suffix(path: Path) -> Path:
    return path if path.suffix.lower() == AUDIT_SUFFIX else path.with_name(f"{path.name}{AUDIT_SUFFIX}")
