"""The fields for what stands on an audit's cover, for a new audit and for an open one."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hsb_desktop.model import AuditDetails, AuditKind
from hsb_desktop.ui.choice_box import ChoiceBox
from hsb_desktop.ui.dialogs.dialog_frame import hint_below, labelled, side_by_side
from hsb_desktop.ui.dialogs.filled_line import FilledLine

MARKINGS = ("OFFICIAL", "OFFICIAL-SENSITIVE")


class DetailsFields(QWidget):
    """Area, title, kind, coordinator and protective marking of an audit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("details_fields")
        self._create()
        self._assemble()

    def details(self) -> AuditDetails:
        """Return what stands in the fields: as it was given where nobody changed it."""
        return AuditDetails(
            title=self.title.entered(),
            area=self.area.entered(),
            kind=AuditKind(self.kind.currentData()),
            coordinator_name=self.coordinator_name.entered(),
            coordinator_role=self.coordinator_role.entered(),
            marking=self._entered_marking(),
        )

    def set_details(self, details: AuditDetails) -> None:
        """Show an audit's details."""
        self.area.fill(details.area)
        self.title.fill(details.title)
        self.kind.setCurrentIndex(self.kind.findData(details.kind.value))
        self.coordinator_name.fill(details.coordinator_name)
        self.coordinator_role.fill(details.coordinator_role)
        if details.marking:
            self.marking.setEditText(details.marking)
        else:
            self.marking.setCurrentIndex(0)
        self._given_marking, self._shown_marking = details.marking, self.marking.currentText()

    def problem(self) -> tuple[str, QWidget] | None:
        """Return what is in the way, and where; None if nothing is."""
        if not self.area.text().strip():
            return self.tr("The area is empty. Write the name of the area that is audited."), self.area
        if not self.title.text().strip():
            return self.tr("The title is empty. Write what should stand on the report’s cover."), self.title
        return None

    def _create(self) -> None:
        self.area = FilledLine("area_edit")
        self.title = FilledLine("title_edit")
        self.kind = ChoiceBox("kind_choice")
        for kind, words in (
            (AuditKind.PARTNERSHIP, self.tr("Partnership: one area’s agencies")),
            (AuditKind.SINGLE_AGENCY, self.tr("Single agency: one organisation")),
            (AuditKind.REGION, self.tr("Region: several areas")),
        ):
            self.kind.addItem(words, kind.value)
        self.coordinator_name = FilledLine("coordinator_name_edit")
        self.coordinator_role = FilledLine("coordinator_role_edit")
        self.marking = ChoiceBox("marking_choice")
        self.marking.setEditable(True)
        self.marking.addItem(self.tr("none"), "")
        for marking in MARKINGS:
            self.marking.addItem(marking, marking)
        self._given_marking, self._shown_marking = "", self.marking.currentText()

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            side_by_side(labelled(self.tr("Area"), self.area), labelled(self.tr("Title"), self.title))
        )
        layout.addWidget(
            hint_below(
                self.tr("Both are needed. The area stands on every page of the report."),
                self.area,
                self.title,
            )
        )
        layout.addWidget(
            side_by_side(
                labelled(self.tr("Kind of audit"), self.kind),
                labelled(self.tr("Protective marking"), self.marking),
            )
        )
        hint = self.tr("A marking is printed on every page. Choose one, or write your own.")
        layout.addWidget(hint_below(hint, self.marking))
        layout.addWidget(
            side_by_side(
                labelled(self.tr("Coordinator’s name"), self.coordinator_name),
                labelled(self.tr("Coordinator’s role"), self.coordinator_role),
            )
        )
        hint = self.tr("The senior officer with delegated authority who coordinates the audit. Optional.")
        layout.addWidget(hint_below(hint, self.coordinator_name, self.coordinator_role))

    def _entered_marking(self) -> str:
        if self.marking.currentText() == self._shown_marking:
            return self._given_marking
        text = self.marking.currentText().strip()
        return "" if text == self.marking.itemText(0) else text
