"""The legend beside a radar of several series: which line is whose, and which one is in front."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QIcon, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from hsb_desktop.analysis.legend import SeriesLook, look_in_words
from hsb_desktop.ui.radar.radar_series import MANY
from hsb_desktop.ui.radar.series_samples import SeriesSamples

_CUT_OFF = 0.87


class RadarLegend(QListWidget):
    """One entry for each series: a piece of its line with its marker, and its name."""

    series_chosen = Signal(object)
    """Somebody chose the series of this number to be in front or, with None, all alike again."""

    def __init__(self, samples: SeriesSamples, most_lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("radar_legend")
        self._samples = samples
        self._most_lines = most_lines
        self._most_height = 0
        self._names: tuple[str, ...] = ()
        self._looks: tuple[SeriesLook, ...] = ()
        self._advances: tuple[int, ...] = ()
        """How wide each name is, in pixels."""
        self._front: int | None = None
        self.setAccessibleName(self.tr("Legend of the radar"))
        self.setAccessibleDescription(self.tr("Enter brings a series to the front, and again puts it back."))
        self.setToolTip(self.tr("Click a name to bring its line to the front; click again to put it back."))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(lambda item: self._choose(self.row(item)))
        self.hide()

    # What is shown --------------------------------------------------------------------------------------

    def show_series(self, names: tuple[str, ...], looks: tuple[SeriesLook, ...]) -> None:
        """Show these series; one alone needs no legend."""
        self.setVisible(len(names) > 1)
        if (names, looks) != (self._names, self._looks):
            self._names, self._looks = names, looks
            self._fill()

    def mark(self, front: int | None) -> None:
        """Show which series is in front."""
        self._front = front
        for row in range(self.count()):
            self._mark_row(row)
        if front is not None and front < self.count():
            self.scrollToItem(self.item(front))

    def refresh_appearance(self) -> None:
        """Take on the samples' present theme, and the present size of the letters."""
        self._fill()

    def _fill(self) -> None:
        self.clear()
        metrics, ratio = self.fontMetrics(), self.devicePixelRatioF()
        letters = metrics.height()
        self._advances = tuple(metrics.horizontalAdvance(name) for name in self._names)
        self.setIconSize(self._samples.size(letters))
        for name, look in zip(self._names, self._looks, strict=True):
            item = QListWidgetItem(QIcon(self._samples.sample(look, letters, ratio)), name)
            item.setToolTip(f"<p>{escape(name)}</p>")
            self.addItem(item)
        for row in range(self.count()):
            self._mark_row(row)
        self._fit()

    def _mark_row(self, row: int) -> None:
        item, is_front = self.item(row), row == self._front
        font = item.font()
        if font.bold() != is_front:
            font.setBold(is_front)
            item.setFont(font)
            item.setBackground(self._samples.theme.color("accent_soft") if is_front else QBrush())
        words = look_in_words(self._looks[row])
        told = self.tr("{name}, {look}, in front") if is_front else self.tr("{name}, {look}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, told.format(name=self._names[row], look=words))

    # Room -----------------------------------------------------------------------------------------------

    def leave_room(self, most_height: int) -> None:
        """Take no more than so many pixels, whatever the number of lines."""
        if most_height != self._most_height:
            self._most_height = most_height
            self._fit()

    def _fit(self) -> None:
        """Take as many lines as the entries need, but no more than there may be; the rest is scrolled to."""
        if not self.count():
            return
        around = 2 * self.frameWidth() + 2
        room = max(1, self.viewport().width() - 2)
        # Asked with the size that it was given before, a row would want more each time.
        self.item(0).setSizeHint(QSize())
        line = max(self.sizeHintForRow(0), self.iconSize().height()) + 2
        # Bold when it is in front, and some white space.
        beside = self.iconSize().width() + self.fontMetrics().height()
        widest = round(1.12 * max(self._advances)) + beside
        if len(self._names) > MANY:
            # Rather two columns with a few names cut off, which tooltips have whole, than a long one.
            columns = max(1, int(room / (_CUT_OFF * widest)))
            self.setGridSize(QSize(room // columns, line))
            lines = -(-self.count() // columns)
        else:
            for row, advance in enumerate(self._advances):
                width = round(1.12 * advance) + beside
                self.item(row).setSizeHint(QSize(min(width, room), line))
            self.setGridSize(QSize())
            lines = self._lines_of(room)
        most = self._most_lines
        if self._most_height:
            most = max(2, min(most, (self._most_height - around) // line))
        self.setFixedHeight(min(lines, most) * line + around)

    def _lines_of(self, room: int) -> int:
        lines, used = 1, 0
        for row in range(self.count()):
            width = self.item(row).sizeHint().width()
            if used and used + width > room:
                lines, used = lines + 1, 0
            used += width
        return lines

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    # Mouse and keys -------------------------------------------------------------------------------------

    def _choose(self, row: int) -> None:
        self.series_chosen.emit(None if row == self._front else row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentRow() >= 0:
            self._choose(self.currentRow())
        elif event.key() == Qt.Key.Key_Escape and self._front is not None:
            self.series_chosen.emit(None)
        else:
            super().keyPressEvent(event)
