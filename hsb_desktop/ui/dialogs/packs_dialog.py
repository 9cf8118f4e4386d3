"""Asks who gets a pack, as which kinds of file, and how the audit files are protected."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from hsb_desktop.analysis.attendance import taking_part
from hsb_desktop.model import Audit
from hsb_desktop.operations.packs import UNPROTECTED, PackKind, PackRequest
from hsb_desktop.store.share import Protection
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role
from hsb_desktop.ui.dialogs.password_fields import NewPasswordFields
from hsb_desktop.ui.literal import on_button


@dataclass(frozen=True, slots=True)
class PacksAnswer:
    """What is to be written, and the password of the audit files as `write_packs` takes it."""

    request: PackRequest
    password: str | Protection | None = field(repr=False)


class PacksDialog(DialogFrame):
    """All agencies that take part, or some of them, or the table that agrees one domain."""

    def __init__(
        self, audit: Audit, wave_id: str, *, is_protected: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, "packs_dialog", "")
        self.setWindowTitle(self.tr("Send agency packs"))
        self.answer: PacksAnswer | None = None
        self._audit = audit
        self._wave_id = wave_id
        self.add_title(self.tr("Send agency packs"))
        self.add_text(
            "what_they_are",
            self.tr(
                "A pack is filled in alone, before the workshop. It holds that agency’s own answers for "
                "{0}, nobody else’s, how the partnership reads a statement, and no history; worksheets and "
                "forms also say what the agency answered last time. When it comes back, drop it on this "
                "window."
            ).format(audit.wave(wave_id).label),
        )
        self._add_receivers()
        self._add_kinds()
        self._add_protection(is_protected=is_protected)
        self.body.addStretch()
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        go_on = self.add_button(
            "go_on_button", self.tr("Choose the folder…"), Role.AcceptRole, is_primary=True
        )
        cancel.clicked.connect(self.reject)
        go_on.clicked.connect(self._on_go_on_clicked)

    @classmethod
    def ask(
        cls, audit: Audit, wave_id: str, *, is_protected: bool, parent: QWidget | None = None
    ) -> PacksAnswer | None:
        """Return the answer; None if the person cancelled."""
        dialog = cls(audit, wave_id, is_protected=is_protected, parent=parent)
        accepted = dialog.exec() == cls.DialogCode.Accepted
        answer = dialog.answer
        dialog.fields.forget()
        dialog.deleteLater()
        return answer if accepted else None

    # Who ------------------------------------------------------------------------------------------------

    def _add_receivers(self) -> None:
        self.add_section("receivers_section", self.tr("Who gets one"))
        self._receivers = QButtonGroup(self)
        self.for_agencies = self._add_choice(self._receivers, "agencies_choice", self.tr("&Agencies:"))
        self.agencies: dict[str, QCheckBox] = {}
        for agency in taking_part(self._audit, self._wave_id):
            box = self.agencies[agency.agency_id] = QCheckBox(on_button(agency.name))
            box.setObjectName(f"agency_{agency.agency_id}")
            box.setAccessibleName(agency.name)
            box.setChecked(True)
            self._add_indented(box)
        if not self.agencies:
            self.add_text(
                "no_agencies", self.tr("No agency takes part in this wave: add them in the details."), "muted"
            )
        self.for_table = self._add_choice(
            self._receivers, "table_choice", self.tr("One domain, for the &table that agrees on it:")
        )
        self.domain = QComboBox()
        self.domain.setObjectName("domain_box")
        self.domain.setAccessibleName(self.tr("Domain of the table"))
        for domain in self._audit.instrument.domains:
            self.domain.addItem(f"{domain.domain_id}  {domain.short_title}", domain.domain_id)
        self._add_indented(self.domain)
        has_agencies = bool(self.agencies)
        self.for_agencies.setEnabled(has_agencies)
        _choose(self.for_agencies if has_agencies else self.for_table)
        self.for_table.toggled.connect(self._on_receivers_changed)
        self._on_receivers_changed(self.for_table.isChecked())

    def _add_indented(self, widget: QWidget) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(round(self.fontMetrics().height() * 1.5), 0, 0, 0)
        row.addWidget(widget, 1)
        self.body.addLayout(row)

    def _on_receivers_changed(self, for_table: bool) -> None:
        for box in self.agencies.values():
            box.setEnabled(not for_table)
        self.domain.setEnabled(for_table)

    # What -----------------------------------------------------------------------------------------------

    def _add_kinds(self) -> None:
        self.add_section("kinds_section", self.tr("As what"))
        self.kinds = {
            PackKind.AUDIT: QCheckBox(self.tr("A&udit file, for those who have this program")),
            PackKind.WORKSHEET: QCheckBox(self.tr("&Worksheet, for any spreadsheet program")),
            PackKind.FORM: QCheckBox(self.tr("&Form to print")),
        }
        for kind, box in self.kinds.items():
            box.setObjectName(f"kind_{kind.name.lower()}")
            box.setAccessibleName(box.text().replace("&", ""))
            box.setChecked(True)
            self.body.addWidget(box)
        details = self._audit.details
        known = ", ".join(filter(None, (details.coordinator_name, details.coordinator_role)))
        self.return_to = QLineEdit()
        self.return_to.setObjectName("return_to_edit")
        self.return_to.setPlaceholderText(known)
        self.add_field(
            self.tr("&Send back to"),
            self.return_to,
            self.tr("Stands on worksheets and forms: a name, an address. The coordinator if it is empty."),
        )
        self.return_to.setAccessibleName(self.tr("Send back to"))

    # How protected --------------------------------------------------------------------------------------

    def _add_protection(self, *, is_protected: bool) -> None:
        self.add_section("protection_section", self.tr("Password of the audit files"))
        self._protections = QButtonGroup(self)
        self.none = self._add_choice(
            self._protections, "no_password_choice", self.tr("&No password: anybody can read them")
        )
        self.same = self._add_choice(
            self._protections, "same_password_choice", self.tr("The sa&me password as this audit")
        )
        self.own = self._add_choice(
            self._protections, "own_password_choice", self.tr("A &password of their own")
        )
        self.same.setVisible(is_protected)
        _choose(self.same if is_protected else self.none)
        self.fields = NewPasswordFields()
        self.body.addWidget(self.fields)
        self.fields.setVisible(False)
        self.own.toggled.connect(self._on_own_toggled)
        self.add_text("unprotected_hint", UNPROTECTED, "muted")
        self.kinds[PackKind.AUDIT].toggled.connect(self._on_audit_toggled)

    def _on_own_toggled(self, chosen: bool) -> None:
        self.fields.setVisible(chosen)
        if self.isVisible():
            self.fit_to(self.screen().availableSize())
        if chosen:
            self.fields.first.setFocus()

    def _on_audit_toggled(self, chosen: bool) -> None:
        for button in self._protections.buttons():
            button.setEnabled(chosen)
        self.fields.setEnabled(chosen)

    def _add_choice(self, group: QButtonGroup, object_name: str, words: str) -> QRadioButton:
        choice = QRadioButton(words)
        choice.setObjectName(object_name)
        choice.setAccessibleName(words.replace("&", "").rstrip(":"))
        group.addButton(choice)
        self.body.addWidget(choice)
        return choice

    # The answer -----------------------------------------------------------------------------------------

    def _on_go_on_clicked(self) -> None:
        chosen = self._chosen_agencies()
        kinds = tuple(kind for kind, box in self.kinds.items() if box.isChecked())
        if self.for_agencies.isChecked() and not chosen:
            self.show_problem(self.tr("No agency is chosen."), self.for_agencies)
            return
        if not kinds:
            self.show_problem(self.tr("Choose at least one kind of file."), self.kinds[PackKind.AUDIT])
            return
        password: str | Protection | None = Protection.SAME
        if PackKind.AUDIT in kinds and self.own.isChecked():
            problem = self.fields.problem()
            if problem is not None:
                self.show_problem(*problem)
                return
            password = self.fields.password()
        elif self.none.isChecked():
            password = None
        self.answer = PacksAnswer(
            PackRequest(
                wave_id=self._wave_id,
                agency_ids=chosen if self.for_agencies.isChecked() else (),
                domain_id=str(self.domain.currentData()) if self.for_table.isChecked() else "",
                kinds=kinds,
                return_to=self.return_to.text().strip(),
            ),
            password,
        )
        self.accept()

    def _chosen_agencies(self) -> tuple[str, ...]:
        return tuple(agency_id for agency_id, box in self.agencies.items() if box.isChecked())


def _choose(choice: QRadioButton) -> None:
    """Have a choice made from the start, and let Tab stop at it: Qt leaves the stop at the first of them."""
    choice.setChecked(True)
    for other in choice.group().buttons():
        other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other is choice else Qt.FocusPolicy.ClickFocus)
