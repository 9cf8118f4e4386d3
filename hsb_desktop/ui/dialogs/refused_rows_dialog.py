"""Lists the rows of an import that cannot be taken in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hsb_desktop.errors import RowsRefused
from hsb_desktop.ui.dialogs.copied_table import CopiedTable
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role


class RefusedRowsDialog(DialogFrame):
    """Says that nothing was taken in, and why, row by row."""

    def __init__(self, refused: RowsRefused, parent: QWidget | None = None) -> None:
        super().__init__(parent, "refused_rows_dialog", "")
        self.setWindowTitle(self.tr("Nothing was imported"))
        self.table = CopiedTable(
            "refused_rows",
            self.tr("Rows that cannot be taken in"),
            (self.tr("Row"), self.tr("Reason")),
            [(problem.row, problem.reason) for problem in refused.problems],
        )
        self.add_title(self.tr("Nothing was imported"))
        self.add_text("refusal", str(refused))
        self.body.addWidget(self.table, stretch=1)
        self.add_text(
            "what_to_do",
            self.tr("Put these rows right in the other program, save the file there, and import it again."),
            "muted",
        )
        copy = self.add_button("copy_button", self.tr("Copy the list"), Role.ActionRole)
        close = self.add_button("close_button", self.tr("Close"), Role.RejectRole, is_primary=True)
        copy.clicked.connect(self.table.copy_all)
        close.clicked.connect(self.reject)
        self.table.setFocus()

    @classmethod
    def show_rows(cls, refused: RowsRefused, parent: QWidget | None = None) -> None:
        """Show the rows until the dialog is closed."""
        dialog = cls(refused, parent)
        dialog.exec()
        dialog.deleteLater()
