"""The radar's numbers as a table, for whoever cannot see the picture or would rather read."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from hsb_desktop.ui.radar.radar_series import RadarAxis, RadarSeries, ScoredCount

_ROWS_ALWAYS_SHOWN = 5
_WHITE_SPACE = 13
"""Pixels at 100 % around the words of a cell."""
_ROOT = QModelIndex()


class RadarTableModel(QAbstractTableModel):
    """The cells of the table, and what a screen reader says of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.axes: tuple[RadarAxis, ...] = ()
        self.headings: tuple[str, ...] = ()
        self.has_counts = False
        self._series: tuple[RadarSeries, ...] = ()
        self._is_wide = True

    def show_radar(self, axes: tuple[RadarAxis, ...], series: tuple[RadarSeries, ...]) -> bool:
        """Take on axes and series; return whether rows or columns are others than before."""
        has_counts = any(each.counts for each in series)
        value = self.tr("Mean") if has_counts else self.tr("Score")
        names = (value,) if len(series) == 1 else tuple(each.name or value for each in series)
        first = self.tr("Domain") if has_counts else self.tr("Statement")
        headings = (first, *names, *((self.tr("Scored"),) if has_counts else ()))
        if (axes, headings) == (self.axes, self.headings):
            before, self._series = self._cells(self._series), series
            self._tell_changed(before)
            return False
        self.beginResetModel()
        self.axes, self.headings, self.has_counts, self._series = axes, headings, has_counts, series
        self.endResetModel()
        return True

    def set_wide(self, is_wide: bool) -> None:
        """Say "part scored" in words, or with the radar's hollow point where there is no room for them."""
        if is_wide != self._is_wide:
            before, self._is_wide = self._cells(self._series), is_wide
            self._tell_changed(before)

    def part_scored(self, count: str, is_wide: bool) -> str:
        """Return what stands in the table for a domain that is scored in part."""
        return self.tr("part scored · {count}").format(count=count) if is_wide else f"○ {count}"

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.axes)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return self.headings[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        axis, column = self.axes[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(axis, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._words(axis, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ToolTipRole if column == 0:
                # Words of the instrument are data: escaped, a tooltip shows them as they are.
                return f"<p>{escape(axis.name)}</p>"
        return None

    def _text(self, axis: RadarAxis, column: int) -> str:
        if column == 0:
            # A domain is known by its short title, a statement only by number and words together.
            return f"{axis.label}  {axis.words}" if axis.words else axis.label
        if column <= len(self._series):
            return self._series[column - 1].number(axis.axis_id)
        count = self._count(axis)
        text = f"{count.scored} / {count.statements}"
        return self.part_scored(text, self._is_wide) if axis.axis_id in self._series[0].part_scored else text

    def _words(self, axis: RadarAxis, column: int) -> str:
        text = self._text(axis, column)
        if column == 0:
            return text
        if column <= len(self._series):
            return self.tr("not scored") if text == "–" else self.tr("{value} of 4").format(value=text)
        count = self._count(axis)
        words = self.tr("{scored} of {statements}").format(scored=count.scored, statements=count.statements)
        is_part = axis.axis_id in self._series[0].part_scored
        return self.tr("part scored, {count}").format(count=words) if is_part else words

    def _count(self, axis: RadarAxis) -> ScoredCount:
        return self._series[0].counts.get(axis.axis_id, ScoredCount(0, 0))

    def _cells(self, series: tuple[RadarSeries, ...]) -> list[tuple[object, ...]]:
        """Return, row by row, all that the cells beside the names depend on."""
        return [
            (
                self._is_wide,
                *(each.values.get(axis.axis_id) for each in series),
                *(each.counts.get(axis.axis_id) for each in series[:1]),
            )
            for axis in self.axes
        ]

    def _tell_changed(self, before: list[tuple[object, ...]]) -> None:
        """Tell of the rows that say something else than before: drawing them all takes longer."""
        last = len(self.headings) - 1
        for row, (old, new) in enumerate(zip(before, self._cells(self._series), strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 1), self.index(row, last))


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class RadarTable(QTableView):
    """One row for each axis: its name, its value in each series and, for means, how many are scored."""

    axis_chosen = Signal(str)
    """Somebody clicked on a row, or pressed Enter on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("radar_table")
        self._zoom = 1.0
        self._model = RadarTableModel(self)
        self.setModel(self._model)
        self.setAccessibleName(self.tr("Values of the radar"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        # Tab leaves the table: its rows are reached with the arrow keys.
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().setVisible(False)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._on_clicked)

    # What is shown --------------------------------------------------------------------------------------

    def show_radar(self, axes: tuple[RadarAxis, ...], series: tuple[RadarSeries, ...]) -> None:
        """Show the same axes and series as the radar; rows that stay keep their place and selection."""
        if self._model.show_radar(axes, series):
            self._fit()

    def refresh_appearance(self, zoom: float = 1.0) -> None:
        """Take on the table's present letters, and white space for this zoom (1 is 100 %)."""
        self._zoom = zoom
        self._fit()

    # Room -----------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Give every column room for the longest words it can hold, and the first one the rest."""
        # Measuring the cells at every score would cost more than the radar itself.
        header, metrics, model = self.horizontalHeader(), self.fontMetrics(), self._model
        margin = round(max(1.6 * metrics.averageCharWidth(), _WHITE_SPACE * self._zoom))

        def width_for(heading: str, *words: str) -> int:
            widest = max((metrics.horizontalAdvance(each) for each in words), default=0)
            return margin + max(header.fontMetrics().horizontalAdvance(heading), widest)

        # Rows that are always shown need no scroll bar beside them.
        is_short = len(model.axes) <= _ROWS_ALWAYS_SHOWN
        available = self.width() - 2 * self.frameWidth() if is_short else self.viewport().width()
        for is_wide in (True, False):
            first = width_for("", *(axis.label for axis in model.axes))
            widths = [width_for(heading, "4.0") for heading in model.headings[1:]]
            if model.has_counts:
                widths[-1] = width_for(model.headings[-1], model.part_scored("10 / 10", is_wide))
            if first + sum(widths) <= available:
                break
        model.set_wide(is_wide)
        for column, width in enumerate((max(first, available - sum(widths)), *widths)):
            header.resizeSection(column, width)
        row = max(24, round(metrics.height() * 1.5))
        # A zoomed style has rows of its own, higher than these; their height must be the one reckoned with.
        self.verticalHeader().setMinimumSectionSize(row)
        self.verticalHeader().setDefaultSectionSize(row)
        around = header.sizeHint().height() + 2 * self.frameWidth() + 4
        if first + sum(widths) > available:
            around += self.horizontalScrollBar().sizeHint().height()
        self.setMaximumHeight(row * len(model.axes) + around)
        self.setMinimumHeight(row * min(len(model.axes), _ROWS_ALWAYS_SHOWN) + around)

    def showEvent(self, event: QShowEvent) -> None:
        # Only now has the style sheet given the header its height.
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    # Mouse and keys -------------------------------------------------------------------------------------

    def _on_clicked(self, index: QModelIndex) -> None:
        self.axis_chosen.emit(self._model.axes[index.row()].axis_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)
