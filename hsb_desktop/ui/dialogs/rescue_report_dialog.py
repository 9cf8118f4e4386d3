"""Shows what a rescue brought into the new file, and what not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from hsb_desktop.operations.rescuing import RescueReport
from hsb_desktop.ui.dialogs.copied_table import CopiedTable
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role

_CHARACTERS_WIDE = 104


class RescueReportDialog(DialogFrame):
    """Lists what could not be read and what is to be looked at again, and offers to open the new file."""

    def __init__(self, report: RescueReport, damaged: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, "rescue_report_dialog", "")
        self.setWindowTitle(self.tr("Rescued"))
        self.characters_wide = _CHARACTERS_WIDE
        self.add_title(self.tr("Rescued"))
        self.add_text("outcome", report.outcome)
        self.table: CopiedTable | None = None
        self._add_places(report)
        for number, note in enumerate(report.notes):
            self.add_text(f"note_{number}", note)
        words = self.tr("The new file is {0}. The damaged file {1} is as it was.")
        self.add_text("files", words.format(report.path, damaged.name), "muted")
        self.body.addStretch()
        self._create_dialog_buttons()

    @classmethod
    def ask_to_open(cls, report: RescueReport, damaged: Path, parent: QWidget | None = None) -> bool:
        """Show how the rescue went; return whether the new file is to be opened."""
        dialog = cls(report, damaged, parent)
        accepted = dialog.exec() == cls.DialogCode.Accepted
        dialog.deleteLater()
        return accepted

    def _add_places(self, report: RescueReport) -> None:
        unread, unsure = self.tr("could not be read"), self.tr("read, but look at it again")
        rows = [(unread, place) for place in report.lost] + [(unsure, place) for place in report.doubtful]
        if not rows:
            return
        words = self.tr("Values to look after:")
        self.table = CopiedTable("rescue_places", words, (self.tr("What happened"), self.tr("Where")), rows)
        label = self.add_text("rescue_places_label", words)
        label.setBuddy(self.table)
        self.body.addWidget(self.table, stretch=1)

    def _create_dialog_buttons(self) -> None:
        if self.table is not None:
            copy = self.add_button("copy_button", self.tr("Copy the list"), Role.ActionRole)
            copy.clicked.connect(self.table.copy_all)
        close = self.add_button("close_button", self.tr("Close"), Role.RejectRole)
        close.clicked.connect(self.reject)
        open_it = self.add_button(
            "open_button", self.tr("Open the rescued audit"), Role.AcceptRole, is_primary=True
        )
        open_it.clicked.connect(self.accept)
        open_it.setFocus()
