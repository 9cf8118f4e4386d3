"""The radar's numbers as a table, for whoever cannot see the picture or would rather read."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from hsb_desktop.analysis.legend import SeriesLook
from hsb_desktop.ui.radar.radar_header import RadarHeader
from hsb_desktop.ui.radar.radar_lettering import SEPARATOR
from hsb_desktop.ui.radar.radar_series import RadarAxis, RadarSeries
from hsb_desktop.ui.radar.radar_table_model import RadarTableModel
from hsb_desktop.ui.radar.series_samples import SeriesSamples
from hsb_desktop.ui.theme import load_theme

_ROWS_ALWAYS_SHOWN = 5
_ROW, _DENSE_ROW = 1.5, 1.25
"""Of a letter's height."""
_WHITE_SPACE = 13
"""Pixels at 100 % around the words of a cell."""


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
        self._is_dense = False
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

    def set_dense(self, is_dense: bool) -> None:
        """Let the rows stand closer, where they would not all be seen otherwise."""
        if is_dense != self._is_dense:
            self._is_dense = is_dense
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
        # Columns that were there of one series keep the widths that they had for it.
        for column in range(1, count + 1):
            if header.sectionSize(column) != width:
                header.resizeSection(column, width)
        self._fit_rows(width * count > room)

    def _fit_rows(self, has_bar: bool) -> None:
        header, model = self.horizontalHeader(), self._model
        row = max(24, round(self.fontMetrics().height() * (_DENSE_ROW if self._is_dense else _ROW)))
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
