"""The radar's numbers as a table, for whoever cannot see the picture or would rather read."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from hsb_desktop.analysis.legend import SeriesLook
from hsb_desktop.ui.radar.radar_header import RadarHeader
from hsb_desktop.ui.radar.radar_lettering import SEPARATOR
from hsb_desktop.ui.radar.radar_series import RadarAxis, RadarSeries, ScoredCount
from hsb_desktop.ui.radar.series_samples import SeriesSamples
from hsb_desktop.ui.theme import load_theme

_ROWS_ALWAYS_SHOWN = 5
_WHITE_SPACE = 13
"""Pixels at 100 % around the words of a cell."""
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


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class RadarTable(QTableView):
    """One row for each axis: its name, its value in each series and, for means, how many are scored."""

    axis_chosen = Signal(str)
    """Somebody clicked on a row, or pressed Enter on it."""
    series_chosen = Signal(object)
    """Somebody clicked on the heading of a series: its number or, for the one in front, None."""

    def __init__(self, parent: QWidget | None = None, samples: SeriesSamples | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("radar_table")
        self._zoom = 1.0
        self._samples = samples or SeriesSamples(load_theme("light"))
        self._looks: tuple[SeriesLook, ...] = ()
        self._front: int | None = None
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
        self._columns = RadarHeader(Qt.Orientation.Horizontal, self)
        self._rows = RadarHeader(Qt.Orientation.Vertical, self)
        self.setHorizontalHeader(self._columns)
        self.setVerticalHeader(self._rows)
        self._rows.setVisible(False)
        self._rows.setHighlightSections(False)
        self._rows.setSectionsClickable(True)
        self._rows.sectionClicked.connect(self._on_row_clicked)
        header = self._columns
        header.setSectionsClickable(False)
        header.sectionClicked.connect(self._on_heading_clicked)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._on_clicked)

    # What is shown --------------------------------------------------------------------------------------

    def show_radar(
        self,
        axes: tuple[RadarAxis, ...],
        series: tuple[RadarSeries, ...],
        looks: tuple[SeriesLook, ...] = (),
    ) -> None:
        """Show the same axes and series as the radar; rows that stay keep their place and selection."""
        several = len(series) > 1
        # The headers first: until they know of several, they ask the style about each column.
        for header in (self._rows, self._columns):
            header.set_several(several, has_two_lines=any(SEPARATOR in each.name for each in series))
        is_new = self._model.show_radar(axes, series)
        if looks != self._looks:
            self._looks = looks
            self._draw_samples()
        if is_new:
            self.setColumnHidden(0, several)
            self._rows.setVisible(several)
            self._columns.setSectionsClickable(several)
            self._fit()

    def mark_series(self, front: int | None) -> None:
        """Mark the column of the series that is in front, and bring it into view."""
        self._front = front
        self._columns.mark(front)
        self._model.mark(front, self._samples.theme.color("accent_soft"))
        if front is not None and self._model.has_several:
            row = max(0, self.currentIndex().row())
            self.scrollTo(self._model.index(row, front + 1))

    def refresh_appearance(self, zoom: float = 1.0) -> None:
        """Take on the present letters and theme, and white space for this zoom (1 is 100 %)."""
        self._zoom = zoom
        self._draw_samples()
        self.mark_series(self._front)
        self._fit()

    def _draw_samples(self) -> None:
        letters, ratio = self._columns.fontMetrics().height(), self.devicePixelRatioF()
        looks = self._looks if len(self._looks) > 1 else ()
        samples = tuple(self._samples.sample(look, letters, ratio) for look in looks)
        self._columns.show_samples(samples, self._samples.size(letters).height())

    # Room -----------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Give every column room for the longest words it can hold, and the first one the rest."""
        # Measuring the cells at every score would cost more than the radar itself.
        header, metrics, model = self.horizontalHeader(), self.fontMetrics(), self._model
        margin = round(max(1.6 * metrics.averageCharWidth(), _WHITE_SPACE * self._zoom))

        def width_for(heading: str, *words: str) -> int:
            widest = max((metrics.horizontalAdvance(each) for each in words), default=0)
            return margin + max(header.fontMetrics().horizontalAdvance(heading), widest)

        if model.has_several:
            self._fit_several(margin)
            return
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
        self._fit_rows(first + sum(widths) > available)

    def _fit_several(self, margin: int) -> None:
        """Give every series a column, the same for all, and the names of the axes the header of the rows."""
        header, rows, metrics, model = self._columns, self._rows, self.fontMetrics(), self._model
        names = max((rows.fontMetrics().horizontalAdvance(axis.label) for axis in model.axes), default=0)
        rows.setFixedWidth(names + margin)
        room = self.width() - 2 * self.frameWidth() - rows.width()
        sample = self._samples.size(header.fontMetrics().height()).width()
        # A long name is cut off: the legend and the tooltip have it whole.
        cell = max(metrics.horizontalAdvance(model.longest(False)), sample)
        count = len(model.headings) - 1
        width = max(margin + cell, room // count)
        header.setDefaultSectionSize(width)
        self._fit_rows(width * count > room)

    def _fit_rows(self, has_bar: bool) -> None:
        header, model = self.horizontalHeader(), self._model
        row = max(24, round(self.fontMetrics().height() * 1.5))
        # A zoomed style has rows of its own, higher than these; their height must be the one reckoned with.
        self.verticalHeader().setMinimumSectionSize(row)
        self.verticalHeader().setDefaultSectionSize(row)
        around = header.sizeHint().height() + 2 * self.frameWidth() + 4
        if has_bar:
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

    def _on_row_clicked(self, row: int) -> None:
        self.axis_chosen.emit(self._model.axes[row].axis_id)

    def _on_heading_clicked(self, column: int) -> None:
        self.series_chosen.emit(None if column - 1 == self._front else column - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)
