"""The sittings of the wave that is shown."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableWidgetItem

from hsb_desktop.analysis.dates import understood_date, written_date
from hsb_desktop.model import Sitting
from hsb_desktop.ui.dialogs.date_field import no_date
from hsb_desktop.ui.dialogs.edited_table import EditedTable, filled_item
from hsb_desktop.values import new_id

_HELD_ON, _NOTE = range(2)
_ROWS_SHOWN = 3


class SittingTable(EditedTable):
    """Date and note of each meeting of a wave."""

    def __init__(self) -> None:
        super().__init__("sittings", "", ("", ""), is_ordered=False, rows_shown=_ROWS_SHOWN)
        self.table.setAccessibleName(self.tr("Sittings"))
        self.table.setHorizontalHeaderLabels([self.tr("Date"), self.tr("Note")])
        self.table.setColumnWidth(_HELD_ON, self.fontMetrics().averageCharWidth() * 22)

    def set_sittings(self, sittings: Iterable[Sitting]) -> None:
        """Show these sittings."""
        self.table.setRowCount(0)
        for sitting in sittings:
            self.append_row(_items(sitting.sitting_id, sitting.held_on, sitting.note))

    def sittings(self, wave_id: str) -> tuple[Sitting, ...]:
        """Return the sittings as they stand; rows in which nothing is written are left out."""
        found = (
            Sitting(
                self.row_id(row),
                wave_id,
                understood_date(self.text(row, _HELD_ON)) or "",
                self.text(row, _NOTE),
            )
            for row in range(self.table.rowCount())
        )
        return tuple(sitting for sitting in found if sitting.held_on or sitting.note)

    def problem(self) -> str:
        """Return a sentence on what is in the way, and go there; an empty text if nothing is."""
        for row in range(self.table.rowCount()):
            text = self.text(row, _HELD_ON)
            if understood_date(text) is None:
                self.edit_cell(row, _HELD_ON)
                return no_date(text)
        return ""

    def edit_note(self, sitting_id: str) -> QLineEdit | None:
        """Begin to edit a sitting's note; return the line in which it is edited, None if it is not here."""
        return self.edit_row(sitting_id, _NOTE)

    def new_row(self) -> list[QTableWidgetItem]:
        """Return the items of a new sitting."""
        return _items(new_id(), "", "")


def _items(sitting_id: str, date: str, note: str) -> list[QTableWidgetItem]:
    held_on = filled_item(written_date(date), date)
    held_on.setData(Qt.ItemDataRole.UserRole, sitting_id)
    return [held_on, filled_item(note)]
