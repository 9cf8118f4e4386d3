"""The cells of the radar's table: axes below one another, and for each series its values."""

from __future__ import annotations

from functools import cache
from html import escape

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from hsb_desktop.ui.radar.radar_series import RadarAxis, RadarSeries, ScoredCount

_ROOT = QModelIndex()


class RadarTableModel(QAbstractTableModel):
    """The cells of the table, and what a screen reader says of them.

    Of one series: name, value and how many statements are scored, in columns of their own. Of several: a
    column for each, with all of that in each cell; the names of the axes also stand in the vertical header.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.axes: tuple[RadarAxis, ...] = ()
        self.headings: tuple[str, ...] = ()
        self.has_counts = False
        self._series: tuple[RadarSeries, ...] = ()
        self._front: int | None = None
        self._front_color = QColor()
        self._is_wide = True

    @property
    def has_several(self) -> bool:
        """Whether there is a column for each of several series."""
        return len(self._series) > 1

    def show_radar(self, axes: tuple[RadarAxis, ...], series: tuple[RadarSeries, ...]) -> bool:
        """Take on axes and series; return whether rows or columns are others than before."""
        has_counts = any(each.counts for each in series)
        value = self.tr("Mean") if has_counts else self.tr("Score")
        first = self.tr("Domain") if has_counts else self.tr("Statement")
        if len(series) > 1:
            headings = (first, *(each.name or value for each in series))
        else:
            headings = (first, value, *((self.tr("Scored"),) if has_counts else ()))
        if (axes, headings, has_counts) == (self.axes, self.headings, self.has_counts):
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

    def mark(self, front: int | None, color: QColor) -> None:
        """Mark the column of the series that is in front."""
        if (front, color) != (self._front, self._front_color):
            self._front, self._front_color = front, color
            if self.has_several and self.axes:
                last = self.index(len(self.axes) - 1, len(self.headings) - 1)
                self.dataChanged.emit(self.index(0, 0), last)

    def part_scored(self, count: str, is_wide: bool) -> str:
        """Return what stands in the table for a domain that is scored in part."""
        return self.tr("part scored · {count}").format(count=count) if is_wide else f"○ {count}"

    def longest(self, is_wide: bool) -> str:
        """Return the longest words of a cell beside a value or, of several series, together with it."""
        if not self.has_several:
            return self.part_scored("10 / 10", is_wide)
        return "4.0 ○ 10 / 10" if self.has_counts else "4"

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.axes)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return self._row_header(self.axes[section], role) if self.has_several else None
        match role:
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(section)
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.headings[section]
            case Qt.ItemDataRole.ToolTipRole if self.has_several and section:
                return f"<p>{escape(self.headings[section])}</p>"
        return None

    def _row_header(self, axis: RadarAxis, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return axis.label
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{axis.label}  {axis.words}" if axis.words else axis.label
            case Qt.ItemDataRole.ToolTipRole:
                return f"<p>{escape(axis.name)}</p>"
        return None

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
            case Qt.ItemDataRole.BackgroundRole if self._is_front(column):
                return self._front_color
            case Qt.ItemDataRole.ToolTipRole if column == 0:
                # Words of the instrument are data: escaped, a tooltip shows them as they are.
                return f"<p>{escape(axis.name)}</p>"
        return None

    def _is_front(self, column: int) -> bool:
        return self.has_several and self._front is not None and column == self._front + 1

    def _text(self, axis: RadarAxis, column: int) -> str:
        if column == 0:
            # A domain is known by its short title, a statement only by number and words together.
            return f"{axis.label}  {axis.words}" if axis.words else axis.label
        if self.has_several:
            return self._several(axis, self._series[column - 1])
        if column == 1:
            return self._series[0].number(axis.axis_id)
        count = self._count(axis, self._series[0])
        text = f"{count.scored} / {count.statements}"
        return self.part_scored(text, self._is_wide) if axis.axis_id in self._series[0].part_scored else text

    def _several(self, axis: RadarAxis, series: RadarSeries) -> str:
        number = series.number(axis.axis_id)
        if not series.counts:
            return number
        count = self._count(axis, series)
        mark = "○" if axis.axis_id in series.part_scored else "·"
        return f"{number} {mark} {count.scored} / {count.statements}"

    def _words(self, axis: RadarAxis, column: int) -> str:
        if column == 0:
            return self._text(axis, column)
        series = self._series[column - 1 if self.has_several else 0]
        number = series.number(axis.axis_id)
        value = self.tr("not scored") if number == "–" else self.tr("{value} of 4").format(value=number)
        if not series.counts or (column == 1 and not self.has_several):
            return value
        count = self._count(axis, series)
        words = self.tr("{scored} of {statements}").format(scored=count.scored, statements=count.statements)
        if axis.axis_id in series.part_scored:
            words = self.tr("part scored, {count}").format(count=words)
        return f"{value}, {words}" if self.has_several else words

    def _count(self, axis: RadarAxis, series: RadarSeries) -> ScoredCount:
        return series.counts.get(axis.axis_id, ScoredCount(0, 0))

    def _cells(self, series: tuple[RadarSeries, ...]) -> list[tuple[object, ...]]:
        """Return, row by row, all that the cells beside the names depend on."""
        return [
            (
                self._is_wide,
                *(each.values.get(axis.axis_id) for each in series),
                *(each.counts.get(axis.axis_id) for each in series),
            )
            for axis in self.axes
        ]

    def _tell_changed(self, before: list[tuple[object, ...]]) -> None:
        """Tell of the rows that say something else than before: drawing them all takes longer."""
        last = len(self.headings) - 1
        for row, (old, new) in enumerate(zip(before, self._cells(self._series), strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 1), self.index(row, last))


@cache
def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
