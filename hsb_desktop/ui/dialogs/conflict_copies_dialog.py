"""Lists the conflict copies that lie beside the open audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.operations.conflict_copies import ConflictCopy
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role, labelled


class ConflictCopiesDialog(DialogFrame):
    """`chosen` is the copy that is to be opened once the dialog is accepted."""

    def __init__(self, copies: tuple[ConflictCopy, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent, "conflict_copies_dialog", "", is_scrolled=False)
        self.setWindowTitle(self.tr("Conflict copies"))
        self._copies = copies
        self.add_title(self.tr("Conflict copies of this audit"))
        self.add_text(
            "explanation",
            self.tr(
                "By their names these are copies of this audit. Two computers may have changed it at the "
                "same time, and the program that synchronises the folder kept both; or somebody copied it. "
                "Nothing is lost, but the changes in them are not brought together."
            ),
        )
        self.list = QListWidget()
        self.list.setObjectName("conflict_copies")
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(self.fontMetrics().height() * 3)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for copy in copies:
            item = QListWidgetItem(self._in_words(copy))
            item.setToolTip(copy.problem or str(copy.path))
            self.list.addItem(item)
        self.body.addWidget(labelled(self.tr("Copies, the last changed first"), self.list), stretch=1)
        self.open_button = self.add_button("open_copy_button", self.tr("Open instead"), Role.AcceptRole)
        self.show_button = self.add_button("show_button", self.tr("Show in folder"), Role.ActionRole)
        close = self.add_button("close_button", self.tr("Close"), Role.RejectRole, is_primary=True)
        self.open_button.clicked.connect(self.accept)
        self.show_button.clicked.connect(self._show_in_folder)
        close.clicked.connect(self.reject)
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    @property
    def chosen(self) -> ConflictCopy | None:
        """The copy that is marked in the list."""
        row = self.list.currentRow()
        return self._copies[row] if 0 <= row < len(self._copies) else None

    def _in_words(self, copy: ConflictCopy) -> str:
        words = copy.path.name
        if copy.changed_at:
            changed = datetime.fromtimestamp(copy.changed_at).astimezone()
            day = written_date(changed.date().isoformat())
            words = self.tr("{0} · changed {1} at {2}").format(words, day, f"{changed:%H:%M}")
        return self.tr("{0} · cannot be opened").format(words) if copy.problem else words

    def _on_row_changed(self) -> None:
        copy = self.chosen
        self.open_button.setEnabled(copy is not None and not copy.problem)
        self.show_problem(copy.problem if copy is not None else "")

    def _show_in_folder(self) -> None:
        copy = self.chosen
        if copy is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy.path.parent)))

    @classmethod
    def ask(cls, copies: tuple[ConflictCopy, ...], parent: QWidget | None) -> Path | None:
        """Show the copies; return the one that is to be opened instead, or None."""
        dialog = cls(copies, parent)
        is_chosen = dialog.exec() == cls.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.chosen.path if is_chosen and dialog.chosen is not None else None
