"""The sheet of keys."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role

_ROW_HEIGHT = 1.3
"""Of the height of a line of text."""


class ShortcutsDialog(DialogFrame):
    """Lists every key of the window, by what it is for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "shortcuts_dialog", "", is_scrolled=False)
        self.setWindowTitle(self.tr("Keys"))
        self.add_title(self.tr("Keys"))
        self.add_text(
            "shortcuts_note", self.tr("Everything in the window can be done without a mouse."), "muted"
        )
        self.list = self._create_list()
        self.body.addWidget(self.list, stretch=1)
        self._fill()
        close = self.add_button("close_button", self.tr("Close"), Role.RejectRole, is_primary=True)
        close.clicked.connect(self.reject)
        self.list.setFocus()

    @classmethod
    def show_sheet(cls, parent: QWidget | None = None) -> None:
        """Show the sheet until it is closed."""
        dialog = cls(parent)
        dialog.exec()
        dialog.deleteLater()

    def groups(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Return each group's name and its pairs of keys and what they do."""
        return (
            (
                self.tr("While a score selector has the focus"),
                (
                    ("0  1  2  3  4", self.tr("Give this score")),
                    ("Backspace", self.tr("Clear the score: the statement counts as not scored")),
                    ("X", self.tr("No view, in the pack of an agency")),
                    ("N   P", self.tr("Next or previous statement")),
                    ("E   A", self.tr("Write evidence, or assurance")),
                    ("L", self.tr("Show what was answered last time, or put it away")),
                    ("T", self.tr("Set the score to aim at: then its digit")),
                    ("H", self.tr("History of the response: who, when, from and to")),
                ),
            ),
            (
                self.tr("Where agencies take part"),
                (
                    ("B", self.tr("Score blind: open a round, or go on recording")),
                    ("↑  ↓", self.tr("While recording: choose the agency")),
                    ("0 … 4   X", self.tr("While recording: its answer, or no view, unseen")),
                    ("Backspace", self.tr("While recording: take its answer back")),
                    ("V", self.tr("Reveal the round; after that names, and without them again")),
                    ("Y", self.tr("Accept the recommended score")),
                ),
            ),
            (
                self.tr("In a text box"),
                (
                    ("Esc", self.tr("Back to the score")),
                    ("Tab", self.tr("Leave the box")),
                ),
            ),
            (
                self.tr("Finding the way"),
                (
                    ("F8", self.tr("Next statement that is not scored")),
                    ("Shift+F8", self.tr("Next 3 or 4 without evidence")),
                    ("Ctrl+F8", self.tr("Next statement where answers differ")),
                    ("Ctrl+J", self.tr("Agenda: what to talk about first; N and P then follow it")),
                    ("Ctrl+G", self.tr("Go to a statement by its number")),
                    ("Ctrl+F", self.tr("Find in statements and texts")),
                    ("Ctrl+1 … Ctrl+5", self.tr("The domains")),
                    ("Ctrl+Home", self.tr("Overview")),
                    ("Ctrl+Tab", self.tr("Next tab; with Shift, the one before")),
                    ("F1", self.tr("Help on the statement")),
                    ("Ctrl+F1   ?", self.tr("This sheet")),
                ),
            ),
            (
                self.tr("The room"),
                (
                    ("F5", self.tr("Show one statement on the full screen")),
                    ("F6", self.tr("Show the radar on the full screen")),
                    ("Ctrl+R", self.tr("Show or hide the radar")),
                    ("←  →   ↑  ↓", self.tr("On the radar: the next axis; the next series in front")),
                    ("C", self.tr("On the radar: choose the waves and agencies to compare")),
                    ("Ctrl++   Ctrl+−   Ctrl+0", self.tr("Larger, smaller, usual size")),
                    ("Ctrl+Shift+D", self.tr("Light, dark or high contrast")),
                ),
            ),
            (
                self.tr("While merging, and settling what differs"),
                (
                    ("B   T   O", self.tr("Keep both, take theirs, keep ours; with Shift for all")),
                    ("1  2  3 …", self.tr("Settle: take this answer")),
                    ("W", self.tr("Settle: write another")),
                ),
            ),
            (
                self.tr("The audit"),
                (
                    ("Ctrl+Z", self.tr("Undo")),
                    ("Ctrl+Shift+Z   Ctrl+Y", self.tr("Redo")),
                    ("Ctrl+D", self.tr("Details, agencies and dates")),
                    ("Ctrl+H", self.tr("History of the statement, also while writing")),
                    ("Ctrl+N   Ctrl+O", self.tr("New audit, open an audit")),
                    ("Ctrl+Shift+S", self.tr("Save a copy")),
                    ("Ctrl+M", self.tr("Merge other copies of this audit into it")),
                    ("Ctrl+Shift+M", self.tr("Settle what copies answered differently")),
                    ("Ctrl+I   Ctrl+E", self.tr("Import scores, export data")),
                    ("Ctrl+P", self.tr("Report and forms: preview and print")),
                    ("Ctrl+W   Ctrl+Q", self.tr("Close the audit, quit")),
                ),
            ),
        )

    def _create_list(self) -> QTreeWidget:
        keys = _Sheet()
        keys.setObjectName("shortcut_list")
        keys.setAccessibleName(self.tr("Keys"))
        keys.setColumnCount(2)
        keys.setHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        keys.setRootIsDecorated(False)
        keys.setItemsExpandable(False)
        keys.setUniformRowHeights(True)
        keys.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        keys.header().setStretchLastSection(True)
        return keys

    def _fill(self) -> None:
        bold = self.font()
        bold.setBold(True)
        for name, entries in self.groups():
            group = QTreeWidgetItem(self.list, [name])
            group.setFont(0, bold)
            group.setSizeHint(0, QSize(0, round(self.fontMetrics().height() * _ROW_HEIGHT)))
            for keys, effect in entries:
                QTreeWidgetItem(group, [effect, keys])
        self.list.expandAll()
        self.list.setCurrentIndex(self.list.model().index(0, 0))


class _Sheet(QTreeWidget):
    """A list that asks for the room to show all of its rows."""

    def sizeHint(self) -> QSize:
        rows = 1  # the header
        item = self.topLevelItem(0)
        while item is not None:
            rows += 1
            item = self.itemBelow(item)
        width = sum(self.sizeHintForColumn(column) for column in range(self.columnCount()))
        row_height = self.sizeHintForRow(0)
        return QSize(width + 2 * row_height, (rows + 1) * row_height)
