"""Lowest, median and highest of every domain and statement, as a table that is read and never sorted."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from hsb_desktop.analysis.scoring import written_mean
from hsb_desktop.analysis.several import Distribution
from hsb_desktop.analysis.side_by_side import SideBySide

_WORDS = 1
"""The column that takes the room that is left."""


class CompareTable(QTableWidget):
    """A row for each domain, with its statements below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 6, parent)
        self.setObjectName("compare_table")
        self.setAccessibleName(self.tr("Lowest, median and highest"))
        self.setHorizontalHeaderLabels(
            [
                self.tr("Number"),
                self.tr("Domain or statement"),
                self.tr("Lowest"),
                self.tr("Median"),
                self.tr("Highest"),
                self.tr("Scored by"),
            ]
        )
        self.verticalHeader().setVisible(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_WORDS, QHeaderView.ResizeMode.Stretch)

    def show_comparison(self, shown: SideBySide | None) -> None:
        """Show a comparison, or nothing."""
        rows = list(_rows(shown)) if shown is not None else []
        self.setRowCount(len(rows))
        for place, (is_domain, *texts) in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(str(text))
                if column == _WORDS:
                    # Words of the audit tool are data: escaped, a tip shows them as they are.
                    item.setToolTip(f"<p>{escape(str(text))}</p>")
                if column > _WORDS:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if is_domain:
                    font = QFont(self.font())
                    font.setBold(True)
                    item.setFont(font)
                self.setItem(place, column, item)

    def show_domain(self, domain_id: str) -> None:
        """Go to the row of a domain, with its statements below it."""
        for row in range(self.rowCount()):
            item = self.item(row, 0)
            if item is not None and item.text() == domain_id:
                self.setCurrentCell(row, 0)
                self.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtTop)


def _rows(shown: SideBySide) -> Iterator[tuple[object, ...]]:
    for domain in shown.comparison.domains:
        number = domain.domain.domain_id
        yield True, number, domain.domain.short_title, *_texts(domain.distribution, is_mean=True)
        for found in shown.comparison.statements:
            if found.statement.domain_id == number:
                statement = found.statement
                yield (
                    False,
                    statement.statement_id,
                    statement.full_text,
                    *_texts(found.distribution, is_mean=False),
                )


def _texts(found: Distribution, *, is_mean: bool) -> tuple[str, ...]:
    values = (found.lowest, found.median, found.highest)
    written = (written_mean(value) if is_mean else "–" if value is None else f"{value:g}" for value in values)
    return (*written, f"{found.scored} / {found.members}")
