"""Says which packs were written, and opens their folder."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from hsb_desktop.operations.packs import PackOutcome
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.dialogs.copied_table import CopiedTable
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role


class PacksWrittenDialog(DialogFrame):
    """Lists the files, with what is to be known about them."""

    def __init__(self, outcome: PackOutcome, parent: QWidget | None = None) -> None:
        super().__init__(parent, "packs_written_dialog", "")
        self.setWindowTitle(self.tr("Packs written"))
        self._folder = outcome.folder
        self.add_title(self.tr("Packs written"))
        count = len(outcome.paths)
        words = counted(self.tr("%n file(s) (is/are) in {0}:", "", count), count)
        label = self.add_text("where_they_are", words.format(outcome.folder))
        rows = [(path.name,) for path in outcome.paths]
        self.table = CopiedTable("packs_written", self.tr("Packs written"), (self.tr("File"),), rows)
        label.setBuddy(self.table)
        self.body.addWidget(self.table, stretch=1)
        for number, notice in enumerate(outcome.notices):
            self.add_text(f"notice_{number}", notice)
        self.add_text(
            "what_next",
            self.tr("When they come back, drop them on this window together: audit files and worksheets."),
            "muted",
        )
        folder = self.add_button("open_folder_button", self.tr("&Open the folder"), Role.ActionRole)
        close = self.add_button("close_button", self.tr("Close"), Role.AcceptRole, is_primary=True)
        folder.clicked.connect(self._on_open_folder_clicked)
        close.clicked.connect(self.accept)
        close.setFocus()

    @classmethod
    def show_outcome(cls, outcome: PackOutcome, parent: QWidget | None = None) -> None:
        """Show what was written until it is closed."""
        dialog = cls(outcome, parent)
        dialog.exec()
        dialog.deleteLater()

    def _on_open_folder_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
