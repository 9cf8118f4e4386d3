"""A table to read and to copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

_ROWS_SHOWN = 12


class CopiedTable(QTableWidget):
    """Rows of text. Ctrl+C copies the chosen rows, columns parted by tabs, as a spreadsheet takes them."""

    def __init__(
        self,
        object_name: str,
        accessible_name: str,
        headers: Sequence[str],
        rows: Iterable[Sequence[str]],
        parent: QWidget | None = None,
        *,
        rows_shown: int = _ROWS_SHOWN,
    ) -> None:
        """It is high enough for that many rows, where it has as many."""
        super().__init__(0, len(headers), parent)
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self._headers = tuple(headers)
        self._rows_shown = rows_shown
        self.setHorizontalHeaderLabels(self._headers)
        self.setTabKeyNavigation(False)
        # A row is one line high: what does not fit is cut off at its end, not at its first space.
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        for cells in rows:
            self._append(cells)
        self._take_room()

    def show_rows(self, rows: Iterable[Sequence[str]]) -> None:
        """Show other rows."""
        self.setRowCount(0)
        for cells in rows:
            self._append(cells)
        self._take_room()

    def all_text(self) -> str:
        """Return the whole table with its headers, columns parted by tabs."""
        return "\n".join(("\t".join(self._headers), *(self._line(row) for row in range(self.rowCount()))))

    def copy_all(self) -> None:
        """Put the whole table on the clipboard."""
        QGuiApplication.clipboard().setText(self.all_text())

    def _append(self, cells: Sequence[str]) -> None:
        row = self.rowCount()
        self.insertRow(row)
        for column, text in enumerate(cells):
            self.setItem(row, column, QTableWidgetItem(text))

    def _line(self, row: int) -> str:
        items = (self.item(row, column) for column in range(self.columnCount()))
        return "\t".join(item.text() if item else "" for item in items)

    def _take_room(self) -> None:
        line = round(self.fontMetrics().height() * 1.7)
        self.verticalHeader().setDefaultSectionSize(line)
        self.resizeColumnsToContents()
        widest = self.fontMetrics().averageCharWidth() * 50
        for column in range(self.columnCount()):
            self.setColumnWidth(column, min(self.columnWidth(column) + line // 2, widest))
        rows = min(max(self.rowCount(), 2), self._rows_shown)
        self.setMinimumHeight((rows + 2) * line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({index.row() for index in self.selectedIndexes()})
            QGuiApplication.clipboard().setText("\n".join(self._line(row) for row in rows))
        else:
            super().keyPressEvent(event)
