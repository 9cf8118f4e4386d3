"""Shows what an import would change, before anything is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.errors import HsbError, RowsRefused
from hsb_desktop.model import Audit
from hsb_desktop.operations.importing import ImportPlan, plan_import
from hsb_desktop.ui import messages
from hsb_desktop.ui.background import run_with_progress
from hsb_desktop.ui.dialogs.copied_table import CopiedTable
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role
from hsb_desktop.ui.dialogs.refused_rows_dialog import RefusedRowsDialog
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.values import Change, FieldKind, Subject, Value, ValueAddress

_CHANGES_SHOWN = 200
_LONGEST_CELL = 160
_CHARACTERS_WIDE = 116

Plan = Callable[[Audit, Path], ImportPlan]


class ImportDialog(DialogFrame):
    """Lists the changes of an import with what stands there now and what would stand there."""

    def __init__(self, audit: Audit, plan: ImportPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent, "import_dialog", "")
        self.setWindowTitle(self.tr("Import {0}").format(plan.source_name))
        self.characters_wide = _CHARACTERS_WIDE
        self._audit = audit
        self._after = audit.with_changes(plan.change_set.changes)
        # Where something stands in a list is no news to a person.
        self._changes = [change for change in plan.shown_changes if change.address.field != "position"]
        self.add_title(self.tr("What the import would change"))
        for number, sentence in enumerate(plan.sentences):
            self.add_text(f"import_sentence_{number}", sentence)
        self._create_table()
        self._create_dialog_buttons()

    @classmethod
    def import_into(
        cls,
        session: AuditSession,
        source: Path,
        parent: QWidget | None = None,
        *,
        plan_with: Plan = plan_import,
    ) -> ImportPlan | None:
        """Read a file, show what it would change and, if the person agrees, change it as one step of undo.

        Return what was changed; None if nothing was, which the person then knows.
        """
        session.flush()
        if session.is_read_only:
            words = QCoreApplication.translate(
                "ImportDialog",
                "{0} is open for reading only, so nothing can be imported. Save a copy and import there.",
            )
            messages.show_error(parent, words.format(session.path.name))
            return None
        audit = session.shown
        words = QCoreApplication.translate("ImportDialog", "Reading {0}…").format(source.name)
        try:
            plan = run_with_progress(parent, words, lambda: plan_with(audit, source))
        except RowsRefused as refused:
            RefusedRowsDialog.show_rows(refused, parent)
            return None
        except HsbError as error:
            messages.show_error(parent, error)
            return None
        if plan is None or not cls.agree(audit, plan, parent):
            return None
        session.apply(replace(plan.change_set, author=session.author), backup_reason="import")
        return plan

    @classmethod
    def agree(cls, audit: Audit, plan: ImportPlan, parent: QWidget | None = None) -> bool:
        """Show what would change; return whether to change it."""
        dialog = cls(audit, plan, parent)
        accepted = dialog.exec() == cls.DialogCode.Accepted
        dialog.deleteLater()
        return accepted

    def _create_table(self) -> None:
        rows = [self._row(change) for change in self._changes[:_CHANGES_SHOWN]]
        if not rows:
            return
        if len(self._changes) > _CHANGES_SHOWN:
            words = self.tr("The first {0} of {1} changes:").format(_CHANGES_SHOWN, len(self._changes))
        else:
            words = self.tr("The changes:")
        headers = (self.tr("What"), self.tr("Now"), self.tr("After the import"))
        self.table = CopiedTable("import_changes", words, headers, rows)
        label = self.add_text("import_changes_label", words)
        label.setBuddy(self.table)
        self.body.addWidget(self.table, stretch=1)

    def _create_dialog_buttons(self) -> None:
        if not self._changes:
            self.add_text(
                "no_changes", self.tr("The audit holds all of this already. There is nothing to import.")
            )
            close = self.add_button("close_button", self.tr("Close"), Role.RejectRole, is_primary=True)
            close.clicked.connect(self.reject)
            return
        self.add_text("undo_hint", self.tr("It is one step: Undo takes the whole import back."), "muted")
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        apply = self.add_button("import_button", self.tr("Import"), Role.AcceptRole, is_primary=True)
        cancel.clicked.connect(self.reject)
        apply.clicked.connect(self.accept)
        apply.setFocus()

    def _row(self, change: Change) -> tuple[str, str, str]:
        return (
            self.what(change.address),
            self._value(change, change.before),
            self._value(change, change.after),
        )

    def _value(self, change: Change, value: Value) -> str:
        """Return a value on one line, short enough for a cell; the import itself takes it whole."""
        if change.address.kind is FieldKind.FLAG:
            return self.tr("yes") if value else self.tr("no")
        if value is None:
            return "–"
        if change.address.kind is FieldKind.DATE:
            return written_date(str(value))
        text = " ".join(str(value).split())
        return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"

    def what(self, address: ValueAddress) -> str:
        """Return in words which value an address names: "Baseline · Partnership · 3.2 · evidence"."""
        field = self._field(address.field)
        match address.subject:
            case Subject.AUDIT:
                parts = [self.tr("Audit"), field]
            case Subject.RESPONSE:
                wave_id, party_id, statement_id = address.key
                parts = [self._wave(wave_id), self._after.party_name(party_id), statement_id, field]
            case Subject.DOMAIN_NOTE:
                wave_id, domain_id = address.key
                parts = [self._wave(wave_id), self.tr("Domain {0}").format(domain_id), field]
            case Subject.AGENCY:
                parts = [self._agency(address.key[0]), field]
            case Subject.WAVE:
                parts = [self._wave(address.key[0]), field]
            case Subject.ATTENDANCE:
                parts = [self._wave(address.key[0]), self._agency(address.key[1]), field]
            case Subject.READING:
                parts = [address.key[0], self.tr("reading")]
            case Subject.SITTING:
                parts = [self.tr("Sitting"), field]
            case _:
                parts = [address.subject.value, field]
        return " · ".join(parts)

    def _wave(self, wave_id: str) -> str:
        waves = (*self._after.waves, *self._audit.waves)
        return next((wave.label for wave in waves if wave.wave_id == wave_id), self.tr("A wave"))

    def _agency(self, agency_id: str) -> str:
        agencies = (*self._after.agencies, *self._audit.agencies)
        return next((a.name for a in agencies if a.agency_id == agency_id), self.tr("An agency"))

    def _field(self, name: str) -> str:
        words = {
            "no_view_reason": self.tr("reason for no view"),
            "held_on": self.tr("date held"),
            "completed_on": self.tr("date completed"),
            "attends": self.tr("takes part"),
            "is_locked": self.tr("locked"),
            "coordinator_name": self.tr("coordinator’s name"),
            "coordinator_role": self.tr("coordinator’s role"),
            "wave_id": self.tr("wave"),
        }
        return words.get(name, name)
