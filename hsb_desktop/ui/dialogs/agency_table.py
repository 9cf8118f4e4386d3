"""The agencies of an audit, and which of them take part in the wave that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QTableWidgetItem

from hsb_desktop.ui.dialogs.edited_table import EditedTable, filled_item
from hsb_desktop.values import new_id

_TAKES_PART, _NAME, _SECTOR, _AREA = range(4)
_ROWS_SHOWN = 7


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency as it stands in the table."""

    agency_id: str
    name: str
    sector: str = ""
    area: str = ""
    takes_part: bool = True


class AgencyTable(EditedTable):
    """Name, sector and area of each agency in their order, with a tick for taking part."""

    removal_refused = Signal(str)
    """Why the row was not removed; an empty text takes an earlier refusal back."""

    def __init__(self, reason_to_keep: Callable[[str], str]) -> None:
        super().__init__("agencies", "", ("", "", "", ""), is_ordered=True, rows_shown=_ROWS_SHOWN)
        self._reason_to_keep = reason_to_keep
        self.table.setAccessibleName(self.tr("Agencies"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Takes part"), self.tr("Name"), self.tr("Sector"), self.tr("Area")]
        )
        header = self.table.horizontalHeaderItem(_AREA)
        if header is not None:
            header.setToolTip(self._several_areas())
        character = self.fontMetrics().averageCharWidth()
        for column, characters in ((_TAKES_PART, 12), (_NAME, 40), (_SECTOR, 18)):
            self.table.setColumnWidth(column, character * characters)

    def set_rows(self, rows: Iterable[AgencyRow]) -> None:
        """Show these agencies."""
        self.table.setRowCount(0)
        for row in rows:
            self.append_row(self._items(row))

    def rows(self) -> tuple[AgencyRow, ...]:
        """Return the agencies as they stand; rows in which nothing is written are left out."""
        found = (self._row(number) for number in range(self.table.rowCount()))
        return tuple(row for row in found if row.name or row.sector or row.area)

    def problem(self) -> str:
        """Return a sentence on what is in the way, and go there; an empty text if nothing is."""
        seen: set[str] = set()
        for number in range(self.table.rowCount()):
            row = self._row(number)
            name = row.name.strip()
            if not name and (row.sector or row.area):
                self.edit_cell(number, _NAME)
                return self.tr("An agency has no name. Write it, or remove the row.")
            if name in seen:
                self.edit_cell(number, _NAME)
                return self.tr("Two agencies are called “{0}”. Give each a name of its own.").format(name)
            if name:
                seen.add(name)
        return ""

    def edit_field(self, agency_id: str, field: str) -> QLineEdit | None:
        """Begin to edit an agency's name, sector or area; return the line for it, None if it is not here."""
        return self.edit_row(agency_id, {"name": _NAME, "sector": _SECTOR, "area": _AREA}[field])

    def new_row(self) -> list[QTableWidgetItem]:
        """Return the items of a new agency, which takes part."""
        return self._items(AgencyRow(new_id(), ""))

    def reason_to_keep(self, row: int) -> str:
        """Return why an agency is not to be removed."""
        return self._reason_to_keep(self.row_id(row))

    def refuse(self, reason: str) -> None:
        """Tell the dialog."""
        self.removal_refused.emit(reason)

    def _items(self, row: AgencyRow) -> list[QTableWidgetItem]:
        takes_part = QTableWidgetItem()
        takes_part.setData(Qt.ItemDataRole.UserRole, row.agency_id)
        takes_part.setFlags(
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        )
        takes_part.setCheckState(Qt.CheckState.Checked if row.takes_part else Qt.CheckState.Unchecked)
        takes_part.setData(Qt.ItemDataRole.AccessibleTextRole, self.tr("Takes part"))
        area = filled_item(row.area)
        area.setToolTip(self._several_areas())
        area.setData(Qt.ItemDataRole.AccessibleDescriptionRole, self._several_areas())
        return [takes_part, filled_item(row.name), filled_item(row.sector), area]

    def _several_areas(self) -> str:
        return self.tr(
            "Several areas? Write semicolons between them: Northmoor; Eastvale. It counts in both."
        )

    def _row(self, number: int) -> AgencyRow:
        takes_part = self.table.item(number, _TAKES_PART)
        return AgencyRow(
            agency_id=self.row_id(number),
            name=self.text(number, _NAME),
            sector=self.text(number, _SECTOR),
            area=self.text(number, _AREA),
            takes_part=takes_part is not None and takes_part.checkState() is Qt.CheckState.Checked,
        )
