"""The details of the open audit: cover, the wave that is shown, agencies, and who is typing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from hsb_desktop.analysis.attendance import taking_part
from hsb_desktop.analysis.privacy import Finding
from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.text import clean_text
from hsb_desktop.model import AuditDetails, Wave
from hsb_desktop.ui.dialogs.agency_table import AgencyRow, AgencyTable
from hsb_desktop.ui.dialogs.date_field import DateField
from hsb_desktop.ui.dialogs.details_fields import DetailsFields
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role, labelled, side_by_side
from hsb_desktop.ui.dialogs.filled_line import FilledLine
from hsb_desktop.ui.dialogs.sitting_table import SittingTable
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.text_box import in_qt
from hsb_desktop.values import Subject, Value, ValueAddress, new_id

_CHARACTERS_WIDE = 110

Values = Iterator[tuple[ValueAddress, Value]]


class DetailsDialog(DialogFrame):
    """Shows the details and, on Save, enters everything that was changed as one step of undo."""

    def __init__(self, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent, "details_dialog", "")
        self.setWindowTitle(self.tr("Details of the audit"))
        self.characters_wide = _CHARACTERS_WIDE
        self._session = session
        self._audit = session.shown
        shown = [wave for wave in self._audit.waves if wave.wave_id == session.wave_id]
        self._wave = shown[0] if shown else Wave(new_id())
        self._create_fields()
        self._assemble_fields()
        self._create_dialog_buttons()
        self._fill()
        self.details.area.setFocus()

    @classmethod
    def edit(
        cls, session: AuditSession, parent: QWidget | None = None, *, at: Finding | None = None
    ) -> str | None:
        """Let a person change the details; return the author's name as it is now, None if cancelled.

        The change is entered in the session; the author is the session's from then on. With `at`, the dialog
        opens where this was found.
        """
        session.flush()
        dialog = cls(session, parent)
        if at is not None:
            # Once it is on the screen: a cell that is edited before would lose its editor.
            QTimer.singleShot(0, dialog, lambda: dialog.go_to(at))
        accepted = dialog.exec() == cls.DialogCode.Accepted
        dialog.deleteLater()
        return session.author if accepted else None

    # Contents -------------------------------------------------------------------------------------------

    def _create_fields(self) -> None:
        self.details = DetailsFields()
        self.wave_label = FilledLine("wave_edit")
        self.held_on = DateField("held_on_edit")
        self.sittings = SittingTable()
        self.agencies = AgencyTable(self._reason_to_keep_agency)
        self.agencies.removal_refused.connect(self.show_problem)
        self.author = FilledLine("author_edit")
        for table in (self.sittings.table, self.agencies.table):
            table.itemChanged.connect(self._on_table_changed)

    def _assemble_fields(self) -> None:
        self.add_title(self.tr("Details of the audit"))
        self.body.addLayout(self._jump_row())
        self.body.addWidget(self.details)
        self.wave_section = self.add_section("wave_section", self.tr("The wave that is shown"))
        self.body.addWidget(
            side_by_side(
                labelled(self.tr("Wave"), self.wave_label),
                labelled(self.tr("Date held (optional)"), self.held_on),
            )
        )
        self.add_section("agencies_section", self.tr("Agencies"))
        self.body.addWidget(
            labelled(
                self.tr("Agencies of the audit"),
                self.agencies.table,
                self.tr(
                    "A tick means that the agency takes part in this wave. Type to change, Space to tick."
                ),
                row=self.agencies,
            )
        )
        self.add_section("sittings_section", self.tr("Sittings"))
        self.body.addWidget(
            labelled(
                self.tr("Sittings of the wave that is shown"),
                self.sittings.table,
                self.tr("The meetings of this wave. A note says, for example, which domains were scored."),
                row=self.sittings,
            )
        )
        self.add_section("author_section", self.tr("Who is typing"))
        self.add_field(
            self.tr("Name or role"),
            self.author,
            self.tr("Kept in the file’s history beside each change from now on. Optional."),
        )
        self.body.addStretch()

    def _jump_row(self) -> QHBoxLayout:
        """Return links to what is further down: on a small screen not all of it is in sight."""
        row = QHBoxLayout()
        for name, words, holder, field in (
            ("to_agencies", self.tr("Agencies"), self.agencies, self.agencies.table),
            ("to_sittings", self.tr("Sittings"), self.sittings, self.sittings.table),
            ("to_author", self.tr("Who is typing"), self.author, self.author),
        ):
            link = QPushButton(f"↓ {words}")
            link.setObjectName(name)
            link.setProperty("role", "link")
            link.setAutoDefault(False)
            link.setAccessibleName(self.tr("Go to {0}").format(words))
            link.clicked.connect(partial(self._jump, holder, field))
            row.addWidget(link)
        row.addStretch(1)
        return row

    def _jump(self, holder: QWidget, field: QWidget, _checked: bool = False) -> None:
        """Put the keyboard into a field and bring it into sight, with its heading."""
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        line = self.fontMetrics().height()
        top = holder.mapTo(self.scroll_content, QPoint(0, 0)).y()
        # Its label and the heading of its section stand above it.
        self.scroll_area.verticalScrollBar().setValue(top - 4 * line)

    def _create_dialog_buttons(self) -> None:
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        save = self.add_button("save_button", self.tr("Save details"), Role.AcceptRole, is_primary=True)
        cancel.clicked.connect(self.let_go)
        save.clicked.connect(self._on_save_clicked)
        if self._wave.is_locked:
            for widget in (self.wave_label, self.held_on, self.sittings):
                widget.setEnabled(False)
            self.wave_section.setText(self.tr("The wave that is shown is locked: it can be read here"))
        if self._session.is_read_only:
            save.setEnabled(False)
            self.show_problem(
                self.tr("The file is open for reading only. Save a copy to change its details.")
            )

    def _fill(self) -> None:
        audit, wave = self._audit, self._wave
        # Where nobody is noted all take part, and that is what the ticks say.
        part = {agency.agency_id for agency in taking_part(audit, wave.wave_id)}
        self.details.set_details(audit.details)
        self.wave_label.fill(wave.label)
        self.held_on.set_iso(wave.held_on)
        self.sittings.set_sittings(audit.sittings_of(wave.wave_id))
        self.agencies.set_rows(
            AgencyRow(
                agency.agency_id,
                agency.name,
                agency.sector,
                agency.area,
                takes_part=agency.agency_id in part,
            )
            for agency in audit.agencies
        )
        self.author.fill(self._session.author)
        self.guard(lambda: (*self._values(), self.author.entered()))

    def _on_table_changed(self) -> None:
        """Whatever was wrong in a table is being mended."""
        if not self._session.is_read_only and self.problem_field is None:
            self.show_problem("")

    def _reason_to_keep_agency(self, agency_id: str) -> str:
        answered = sum(key.party_id == agency_id for key in self._audit.responses)
        # A vote counts, whatever it is: also one that nobody may see yet.
        answered += sum(key.agency_id == agency_id for key in self._audit.votes)
        if not answered:
            return ""
        return self.tr(
            "{0} has {1} answers in this audit, so it cannot be removed. In a wave in which it does not "
            "take part, untick it."
        ).format(self._audit.agency(agency_id).name, answered)

    def go_to(self, finding: Finding) -> None:
        """Put the keyboard where this was found, with it selected; a place elsewhere is passed over."""
        address = finding.address
        lines = {
            (Subject.AUDIT, "title"): self.details.title,
            (Subject.AUDIT, "area"): self.details.area,
            (Subject.AUDIT, "coordinator_name"): self.details.coordinator_name,
            (Subject.AUDIT, "coordinator_role"): self.details.coordinator_role,
            (Subject.AUDIT, "marking"): self.details.marking.lineEdit(),
            (Subject.WAVE, "label"): self.wave_label,
        }
        line = lines.get((address.subject, address.field))
        if address.subject is Subject.SITTING:
            line = self.sittings.edit_note(address.key[0])
        elif address.subject is Subject.AGENCY:
            line = self.agencies.edit_field(address.key[0], address.field)
        if line is None:
            return
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        first = in_qt(line.text(), finding.start)
        line.setSelection(first, in_qt(line.text(), finding.end) - first)
        self.scroll_area.ensureWidgetVisible(line)

    # The change -----------------------------------------------------------------------------------------

    def _on_save_clicked(self) -> None:
        self.sittings.commit()
        self.agencies.commit()
        problem = self._problem()
        if problem is not None:
            self.show_problem(*problem)
            return
        try:
            values = [
                (address, _cleaned(value))
                for address, value in self._values()
                if (value or None) != (self._audit.value(address) or None)
            ]
            author = self.author.entered()
            if author != self._session.author:
                author = clean_text(author, self.tr("The name"))
        except InputRefused as error:
            self.show_problem(str(error))
            return
        if reason := self._session.reason_against(values):
            # Other waves, and who takes part in this one, stand in the tables.
            self.show_problem(reason)
            return
        if author != self._session.author:
            self._session.set_author(author)
        self._session.change(self.tr("details of the audit"), values)
        self.accept()

    def _problem(self) -> tuple[str, QWidget | None] | None:
        if (problem := self.details.problem()) is not None:
            return problem
        if not self.wave_label.text().strip():
            return self.tr("The wave has no name. Write for example Baseline."), self.wave_label
        if self.held_on.problem():
            return self.held_on.problem(), self.held_on
        # The tables go to the cell themselves.
        words = self.sittings.problem() or self.agencies.problem()
        rows = self.agencies.rows()
        if not words and rows and not any(row.takes_part for row in rows):
            return self.tr("No agency takes part in this wave. Tick those that do."), self.agencies.table
        return (words, None) if words else None

    def _values(self) -> Values:
        details = self.details.details()
        for field in fields(AuditDetails):
            yield ValueAddress(Subject.AUDIT, (), field.name), str(getattr(details, field.name))
        wave_key = (self._wave.wave_id,)
        yield ValueAddress(Subject.WAVE, wave_key, "label"), self.wave_label.entered()
        yield ValueAddress(Subject.WAVE, wave_key, "held_on"), self.held_on.iso()
        yield from self._sitting_values()
        yield from self._agency_values()

    def _sitting_values(self) -> Values:
        kept = self.sittings.sittings(self._wave.wave_id)
        for sitting in kept:
            for name in ("wave_id", "held_on", "note"):
                yield ValueAddress(Subject.SITTING, (sitting.sitting_id,), name), getattr(sitting, name)
        kept_ids = {sitting.sitting_id for sitting in kept}
        for sitting in self._audit.sittings_of(self._wave.wave_id):
            if sitting.sitting_id not in kept_ids:
                for name in ("held_on", "note", "wave_id"):
                    yield ValueAddress(Subject.SITTING, (sitting.sitting_id,), name), None

    def _agency_values(self) -> Values:
        kept = self.agencies.rows()
        # Nothing need be noted as long as all that there are take part and none was noted.
        is_noted = bool(self._audit.agencies_in(self._wave.wave_id)) or not self._audit.agencies
        notes_part = is_noted or not all(row.takes_part for row in kept)
        is_rearranged = [row.agency_id for row in kept] != [each.agency_id for each in self._audit.agencies]
        for position, row in enumerate(kept):
            key = (row.agency_id,)
            for name in ("name", "sector", "area"):
                yield ValueAddress(Subject.AGENCY, key, name), getattr(row, name)
            if is_rearranged:
                yield ValueAddress(Subject.AGENCY, key, "position"), position or None
            attendance = ValueAddress(Subject.ATTENDANCE, (self._wave.wave_id, row.agency_id), "attends")
            yield attendance, 1 if row.takes_part and notes_part else None
        kept_ids = {row.agency_id for row in kept}
        for agency in self._audit.agencies:
            if agency.agency_id not in kept_ids:
                for wave_id, agency_id in sorted(self._audit.attendance):
                    if agency_id == agency.agency_id:
                        yield ValueAddress(Subject.ATTENDANCE, (wave_id, agency_id), "attends"), None
                for name in ("sector", "area", "position", "name"):
                    yield ValueAddress(Subject.AGENCY, (agency.agency_id,), name), None


def _cleaned(value: Value) -> Value:
    return clean_text(value, "A text") if isinstance(value, str) else value
