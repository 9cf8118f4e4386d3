"""A short table that people fill in: add, remove and, where the order matters, move rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

_GIVEN, _SHOWN = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
"""What a cell was filled with, and how it looked then."""


class EditedTable(QWidget):
    """A table with its buttons below. The first column holds the id of what a row stands for.

    A row is edited by typing, F2 or a double click; Tab leaves the table. The table keeps its height, so that
    the buttons do not move away under a person who presses Add again and again.
    """

    def __init__(
        self,
        object_name: str,
        accessible_name: str,
        headers: Sequence[str],
        *,
        is_ordered: bool,
        rows_shown: int,
    ) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._is_ordered = is_ordered
        self._rows_shown = rows_shown
        self.table = self._create_table(f"{object_name}_table", accessible_name, headers)
        self.add_button = self._button("add_button", self.tr("Add"))
        self.remove_button = self._button("remove_button", self.tr("Remove"))
        self.up_button = self._button("up_button", self.tr("Move up"))
        self.down_button = self._button("down_button", self.tr("Move down"))
        self._assemble()
        self._connect()
        self._on_current_changed()

    # Rows -----------------------------------------------------------------------------------------------

    def append_row(self, items: Sequence[QTableWidgetItem]) -> None:
        """Add a row at the end."""
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, item in enumerate(items):
            self.table.setItem(row, column, item)

    def text(self, row: int, column: int) -> str:
        """Return a cell's text as it was given or, once somebody changed it, without the spaces around it."""
        item = self.table.item(row, column)
        if item is None:
            return ""
        if item.text() == item.data(_SHOWN):
            return str(item.data(_GIVEN))
        return item.text().strip()

    def row_id(self, row: int) -> str:
        """Return the id of what a row stands for."""
        item = self.table.item(row, 0)
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def commit(self) -> None:
        """Take in what is being written in a cell; not every system does so when a button is pressed."""
        row, column = self.table.currentRow(), self.table.currentColumn()
        self.table.setCurrentCell(-1, -1)
        self.table.setCurrentCell(row, column)

    def edit_cell(self, row: int, column: int) -> None:
        """Begin to write in a cell."""
        self.commit()
        self.table.doItemsLayout()  # a row that was added a moment ago is not scrolled to otherwise
        self.table.setCurrentCell(row, column)
        self.table.setFocus()
        item = self.table.item(row, column)
        if item is not None:
            self.table.editItem(item)

    def edit_row(self, row_id: str, column: int) -> QLineEdit | None:
        """Begin to write in the row of an id; return the line that is written in, None without such a row."""
        for row in range(self.table.rowCount()):
            if self.row_id(row) == row_id:
                self.edit_cell(row, column)
                return self.table.viewport().findChild(QLineEdit)
        return None

    # What subclasses say --------------------------------------------------------------------------------

    def new_row(self) -> Sequence[QTableWidgetItem]:
        """Return the items of an empty row."""
        raise NotImplementedError

    def reason_to_keep(self, row: int) -> str:
        """Return why a row is not to be removed; an empty text if it may."""
        del row
        return ""

    def refuse(self, reason: str) -> None:
        """Say why a row was not removed."""
        del reason

    # Assembly -------------------------------------------------------------------------------------------

    def _create_table(self, object_name: str, accessible_name: str, headers: Sequence[str]) -> QTableWidget:
        table = QTableWidget(0, len(headers))
        table.setObjectName(object_name)
        table.setAccessibleName(accessible_name)
        table.setHorizontalHeaderLabels(list(headers))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.9))
        table.setTabKeyNavigation(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        return table

    def _button(self, object_name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"{self.objectName()}_{object_name}")
        button.setAccessibleName(f"{text}: {self.table.accessibleName()}")
        button.setAutoDefault(False)
        return button

    def _assemble(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        if self._is_ordered:
            buttons.addWidget(self.up_button)
            buttons.addWidget(self.down_button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        layout.addLayout(buttons)
        self._take_room()

    def _connect(self) -> None:
        self.add_button.clicked.connect(self._on_add_clicked)
        self.remove_button.clicked.connect(self._on_remove_clicked)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.table.currentCellChanged.connect(self._on_current_changed)

    def _take_room(self) -> None:
        row_height = self.table.verticalHeader().defaultSectionSize()
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + self._rows_shown * row_height + 2 * self.table.frameWidth())

    # What people do -------------------------------------------------------------------------------------

    def _on_current_changed(self) -> None:
        row = self.table.currentRow()
        self.remove_button.setEnabled(row >= 0)
        self.up_button.setEnabled(row > 0)
        self.down_button.setEnabled(0 <= row < self.table.rowCount() - 1)

    def _on_add_clicked(self) -> None:
        self.commit()
        items = self.new_row()
        self.append_row(items)
        column = next(i for i, item in enumerate(items) if item.flags() & Qt.ItemFlag.ItemIsEditable)
        self.edit_cell(self.table.rowCount() - 1, column)

    def _on_remove_clicked(self) -> None:
        row = self.table.currentRow()
        reason = self.reason_to_keep(row)
        self.refuse(reason)
        if not reason:
            self.table.removeRow(row)
            self._on_current_changed()

    def _move(self, by: int) -> None:
        self.commit()
        row, column = self.table.currentRow(), self.table.currentColumn()
        items = [self.table.takeItem(row, number) for number in range(self.table.columnCount())]
        self.table.removeRow(row)
        self.table.insertRow(row + by)
        for number, item in enumerate(items):
            self.table.setItem(row + by, number, item)
        self.table.setCurrentCell(row + by, column)
        self._on_current_changed()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(self.fontMetrics().averageCharWidth() * 30, hint.height())


def filled_item(text: str, given: str | None = None) -> QTableWidgetItem:
    """Return a cell that shows a text and gives it back untouched, or gives back what it stands for."""
    item = QTableWidgetItem(text)
    item.setData(_GIVEN, text if given is None else given)
    item.setData(_SHOWN, text)
    return item
