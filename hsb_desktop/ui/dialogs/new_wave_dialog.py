"""Asks for the next wave of an audit: its name, its day, and who takes part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from hsb_desktop.analysis.wave_dates import usual_label
from hsb_desktop.errors import InputRefused
from hsb_desktop.model import Agency, Audit
from hsb_desktop.operations.waves import new_wave
from hsb_desktop.ui.choice_box import ChoiceBox
from hsb_desktop.ui.dialogs.date_field import DateField
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role, labelled, side_by_side
from hsb_desktop.values import Change, ChangeSet, Subject, ValueAddress

_NAMES_OFFERED = 3
_ROWS_SHOWN = 7
_AGENCY = Qt.ItemDataRole.UserRole


class NewWaveDialog(DialogFrame):
    """Offers the usual name, today's agencies, and says what a new wave is."""

    def __init__(self, audit: Audit, parent: QWidget | None = None) -> None:
        super().__init__(parent, "new_wave_dialog", "")
        self.setWindowTitle(self.tr("New wave"))
        self._audit = audit
        self.change_set: ChangeSet | None = None
        """What was asked for, once the dialog was accepted."""
        self._create_fields()
        self._assemble_fields()
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        begin = self.add_button("begin_button", self.tr("Begin the wave"), Role.AcceptRole, is_primary=True)
        cancel.clicked.connect(self.reject)
        begin.clicked.connect(self._on_begin_clicked)
        self.label.setFocus()

    @classmethod
    def ask(cls, audit: Audit, parent: QWidget | None = None) -> ChangeSet | None:
        """Return the change that begins the wave that a person asked for; None if they cancelled."""
        dialog = cls(audit, parent)
        accepted = dialog.exec() == cls.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.change_set if accepted else None

    def _create_fields(self) -> None:
        self.label = ChoiceBox("wave_name_choice")
        self.label.setEditable(True)
        for name in self._names():
            self.label.addItem(name)
        self.held_on = DateField("wave_date_edit")
        self.agencies = QListWidget()
        self.agencies.setObjectName("wave_agencies")
        taking_part = {agency.agency_id for agency in self._last_agencies()}
        for agency in self._audit.agencies:
            item = QListWidgetItem(agency.name)
            item.setData(_AGENCY, agency.agency_id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | _SELECTABLE)
            is_part = agency.agency_id in taking_part
            item.setCheckState(Qt.CheckState.Checked if is_part else Qt.CheckState.Unchecked)
            self.agencies.addItem(item)
        rows = min(max(self.agencies.count(), 2), _ROWS_SHOWN)
        self.agencies.setMinimumHeight(round(rows * self.fontMetrics().height() * 1.7))
        if self.agencies.count():
            self.agencies.setCurrentRow(0)

    def _assemble_fields(self) -> None:
        self.add_title(self.tr("New wave"))
        last = self._audit.waves[-1].label if self._audit.waves else ""
        self.add_text(
            "wave_words",
            self.tr(
                "The new wave starts empty. Beside each statement stands what was answered last time ({0}): "
                "its score, evidence and assurance. Nothing of it is changed, and nothing is taken over "
                "unless you ask for it, statement by statement."
            ).format(last),
        )
        self.body.addWidget(
            side_by_side(
                labelled(self.tr("Name of the wave"), self.label),
                labelled(self.tr("Date held (optional)"), self.held_on),
            )
        )
        if self._audit.agencies:
            self.add_field(
                self.tr("Agencies taking part"),
                self.agencies,
                self.tr("Ticked as in the last wave; Space ticks. Others are added under Details."),
            )
        self.body.addStretch()

    def _names(self) -> Iterator[str]:
        taken = {wave.label.strip().casefold() for wave in self._audit.waves}
        found, number = 0, len(self._audit.waves)
        while found < _NAMES_OFFERED:
            if usual_label(number).casefold() not in taken:
                found += 1
                yield usual_label(number)
            number += 1

    def _last_agencies(self) -> tuple[Agency, ...]:
        audit = self._audit
        return audit.agencies_in(audit.waves[-1].wave_id) if audit.waves else ()

    def chosen_agencies(self) -> tuple[str, ...]:
        """Return the ids of the agencies that are ticked."""
        items = (self.agencies.item(row) for row in range(self.agencies.count()))
        return tuple(i.data(_AGENCY) for i in items if i.checkState() is Qt.CheckState.Checked)

    def _on_begin_clicked(self) -> None:
        label = self.label.currentText().strip()
        if not label:
            self.show_problem(self.tr("The wave has no name. Write for example Six months."), self.label)
            return
        if self.held_on.problem():
            self.show_problem(self.held_on.problem(), self.held_on)
            return
        try:
            begun = new_wave(self._audit, label, self.held_on.iso() or "")
        except InputRefused as refused:
            self.show_problem(str(refused), self.label)
            return
        self.change_set = self._with_chosen_agencies(begun)
        self.accept()

    def _with_chosen_agencies(self, begun: ChangeSet) -> ChangeSet:
        wave_id = begun.changes[0].address.key[0]
        kept = [change for change in begun.changes if change.address.subject is not Subject.ATTENDANCE]
        for agency_id in self.chosen_agencies():
            address = ValueAddress(Subject.ATTENDANCE, (wave_id, agency_id), "attends")
            kept.append(Change(address, None, 1))
        return replace(begun, changes=tuple(kept))


_SELECTABLE = Qt.ItemFlag.ItemIsSelectable
