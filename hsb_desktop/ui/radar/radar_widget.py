"""The radar: values from 0 to 4 on spokes, for a room to read, for a keyboard and for a screen reader.

It composes: `RadarPlot` draws grid, lines and points, `RadarLettering` the letters over them, and
`RadarWords` has what they say in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from hsb_desktop.analysis.legend import SeriesLook, numbered_look
from hsb_desktop.ui.radar.radar_lettering import LegendEntry, RadarLettering
from hsb_desktop.ui.radar.radar_look import Emphasis, RadarLook
from hsb_desktop.ui.radar.radar_plot import RadarPlot
from hsb_desktop.ui.radar.radar_series import (
    MANY,
    Point,
    RadarAxis,
    RadarLayout,
    RadarSeries,
    lay_out,
    nearest_axis,
)
from hsb_desktop.ui.radar.radar_words import RadarWords
from hsb_desktop.ui.radar.series_layer import ShownSeries
from hsb_desktop.ui.theme import Theme

_ROOMY = (440, 400)
"""From this size on, letters, lines and points grow with the widget: a projected radar is read from afar."""
_SMALLEST_LETTERS = 0.85
_LEAST_RADIUS = 0.26
"""Share of the widget's smaller side that the ring's radius keeps, at the cost of the letters' size."""
_laid_out = lru_cache(maxsize=64)(lay_out)
"""A radar goes to and fro between a few sizes, with its legend and without."""


class RadarWidget(QWidget):
    """Draws the series it is given and tells, by mouse, key and in words, what they say."""

    axis_chosen = Signal(str)
    """Somebody clicked on an axis, or pressed Enter on it."""
    readout_changed = Signal(str)
    """What the axis under the mouse or the keyboard's focus says in words; empty when there is none."""
    large_wanted = Signal()
    """Somebody clicked twice: the radar is wanted large."""
    front_changed = Signal(object)
    """Another series is in front: its number in the order of the legend, or None."""
    compare_wanted = Signal()
    """Somebody pressed C: other series are wanted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("radar_widget")
        self._theme = theme
        self._zoom = 1.0
        self._axes: tuple[RadarAxis, ...] = ()
        self._series: tuple[RadarSeries, ...] = ()
        self._looks: tuple[SeriesLook, ...] = ()
        self._main: int | None = 0
        self._front: int | None = None
        self._has_legend = True
        self._words = RadarWords(self)
        self._is_held = self._is_stale = False
        self._caption = ""
        self._focused = 0
        self._hovered: int | None = None
        self._pressed: int | None = None
        self._readout = ""
        self._layout = RadarLayout(Point(0, 0), 1.0, ())
        self._look = self._look_at(1.0)
        self._plot = RadarPlot(self)
        self._lettering = RadarLettering()
        self._plot.scene().addItem(self._lettering)
        # Tab reaches it, a click does not: who clicks on an axis goes there, and a text box keeps its focus.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 160)
        self.set_theme(theme, 1.0)

    # What is shown --------------------------------------------------------------------------------------

    def show_radar(
        self,
        axes: tuple[RadarAxis, ...],
        series: tuple[RadarSeries, ...],
        looks: tuple[SeriesLook, ...] = (),
        main: int | None = 0,
    ) -> None:
        """Show these series on these axes, each with its look. Only what differs is drawn anew.

        `main` is the number of the series of the wave and the party on the screen; None if it is not shown.
        Without looks, the series have those of one wave after the other.
        """
        looks = looks or tuple(numbered_look(number) for number in range(len(series)))
        if (axes, series, looks, main) == (self._axes, self._series, self._looks, self._main):
            return
        legend = self._legend_entries()
        rearranged = axes != self._axes
        if axes != self._axes:
            self._focused, self._hovered = 0, None
        front = None if self._front is None else self._looks[self._front]
        self._axes, self._series, self._looks, self._main = axes, series, looks, main
        self._words.axes, self._words.series = axes, series
        # Whatever else comes or goes, what somebody brought to the front stays there.
        self._front = looks.index(front) if front in looks and len(looks) > 1 else None
        if self._is_stale or rearranged or legend != self._legend_entries():
            self._draw_all()
        else:
            self._draw_series()
        self._tell()
        if self._front is None and front is not None:
            self.front_changed.emit(None)

    def values(self) -> dict[str, float | None]:
        """Return what is plotted of the wave and the party on the screen: each axis's value, None for a gap.

        Where they are not among the series that were chosen, nothing of them is plotted.
        """
        is_shown = self._main is not None and self._main < len(self._series)
        main = self._series[self._main or 0].values if is_shown else {}
        return {axis.axis_id: main.get(axis.axis_id) for axis in self._axes}

    def series_values(self) -> tuple[dict[str, float | None], ...]:
        """Return what is plotted of every series, in their order, as `values` does of one."""
        return tuple(
            {axis.axis_id: series.values.get(axis.axis_id) for axis in self._axes} for series in self._series
        )

    @property
    def front(self) -> int | None:
        """The number of the series that was brought to the front; None where all are alike."""
        return self._front

    def bring_to_front(self, number: int | None) -> None:
        """Draw one of several series strongly and the others faintly; with None, all alike."""
        if number is not None and not (0 <= number < len(self._series) and len(self._series) > 1):
            number = None
        if number != self._front:
            self._front = number
            self._draw_series()
            self._tell()
            self.front_changed.emit(number)

    def leave_legend_out(self) -> None:
        """Leave the names of the series to a legend beside; pictures have them all the same."""
        self._has_legend = False
        self._draw_all()

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Draw in a theme's colours, with letters, lines and points at the application's zoom."""
        self._theme, self._zoom = theme, scale
        self._plot.setBackground(theme.color("surface"))
        self._draw_all()

    def describe(self, axis_id: str) -> str:
        """Return in one line what all series say on an axis."""
        return self._words.describe(axis_id)

    def tooltip(self, axis_id: str) -> str:
        """Return an axis's values and full name as rich text; words of the file are escaped."""
        return self._words.tooltip(axis_id)

    def readout(self) -> str:
        """Return what the axis under the mouse or the keyboard's focus says; empty when there is none."""
        return self._readout

    def _tell(self) -> None:
        """Bring the readout and the words for a screen reader up to date."""
        self.setAccessibleName(self._words.name())
        self.setAccessibleDescription(self._words.description())
        self._plot.setAccessibleName(self.accessibleName())
        pointed = self._pointed()
        main = self._main if self._front is None else self._front
        readout = "" if pointed is None else self._words.readout(self._axes[pointed].axis_id, main)
        if readout != self._readout:
            self._readout = readout
            self.readout_changed.emit(readout)

    # Drawing --------------------------------------------------------------------------------------------

    @contextmanager
    def drawn_at_the_end(self) -> Iterator[None]:
        """Within this, changes of size and of what is shown are drawn together, at its end."""
        self._is_held, self._is_stale = True, False
        try:
            yield
        finally:
            self._is_held = False
            if self._is_stale:
                self._draw_all()

    def _draw_all(self) -> None:
        if self._is_held:
            self._is_stale = True
            return
        self._plot.setGeometry(self.rect())
        self._arrange()
        self._draw_series()

    def _draw_series(self) -> None:
        main = self._main if self._main is None or self._main < len(self._series) else None
        strong = main if self._front is None else self._front
        shown = [
            ShownSeries(series, look, self._emphasis(number))
            for number, (series, look) in enumerate(zip(self._series, self._looks, strict=True))
        ]
        self._plot.series.draw(self._axes, shown, self._look, on_top=strong, filled=strong)

    def _emphasis(self, number: int) -> Emphasis:
        if self._front is not None:
            return Emphasis.FRONT if number == self._front else Emphasis.FADED
        return Emphasis.THIN if len(self._series) > MANY and number != self._main else Emphasis.USUAL

    def _arrange(self) -> None:
        """Find room for ring, labels, legend and caption, and draw all that does not depend on values."""
        width, height = max(1, self.width()), max(1, self.height())
        scale = max(self._zoom, min(width / _ROOMY[0], height / _ROOMY[1]))
        legend = self._legend_entries()
        while True:
            look = self._look_at(scale)
            metrics = QFontMetricsF(look.font())
            area = self._lettering.make_room(look, width, height, legend, self._caption)
            sizes = tuple(
                (metrics.horizontalAdvance(axis.label) + 8, metrics.height()) for axis in self._axes
            )
            self._layout = _laid_out(area, sizes, look.point_size / 2 + 5, metrics.height() * 2.4)
            # Where long labels leave no room for the radar, the letters give way a little, not the radar.
            if self._layout.radius >= _LEAST_RADIUS * min(width, height) or scale <= _SMALLEST_LETTERS:
                break
            scale *= 0.92
        self._look = look
        self._plot.set_place(self._layout, width, height)
        self._plot.draw_grid(len(self._axes), look)
        labels = [axis.label for axis in self._axes]
        self._lettering.show_labels(self._layout.labels, labels, QRectF(0, 0, width, height))
        self._mark_spoke()

    def _look_at(self, scale: float) -> RadarLook:
        return RadarLook(self._theme, scale, self.font().family(), self.logicalDpiY())

    def _legend_entries(self) -> tuple[LegendEntry, ...]:
        """Return the series where they are several, and the hollow point where there is one."""
        entries = []
        if len(self._series) > 1 and self._has_legend:
            named = zip(self._series, self._looks, strict=True)
            entries = [LegendEntry(look, series.name) for series, look in named]
        if any(each.part_scored for each in self._series):
            own = self._looks[0] if len(self._looks) == 1 else None
            entries.append(LegendEntry(own, self.tr("part scored"), is_hollow=True))
        return tuple(entries)

    def _mark_spoke(self) -> None:
        pointed = self._pointed()
        self._plot.mark_spoke(pointed, len(self._axes), self._look)
        self._lettering.mark(pointed, has_focus=self._hovered is None)

    # Mouse and keys -------------------------------------------------------------------------------------

    def _pointed(self) -> int | None:
        if self._hovered is not None:
            return self._hovered
        return self._focused if self.hasFocus() and self._axes else None

    def _axis_at(self, position: QPointF) -> int | None:
        for index, box in enumerate(self._layout.labels):
            if QRectF(*box).adjusted(-6, -6, 6, 6).contains(position):
                return index
        x, y = position.x() - self._layout.centre.x, self._layout.centre.y - position.y()
        if not self._axes or x * x + y * y > (self._layout.radius + self._look.point_size) ** 2:
            return None
        return nearest_axis(len(self._axes), x, y)

    def _point_at(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self.setCursor(Qt.CursorShape.ArrowCursor if index is None else Qt.CursorShape.PointingHandCursor)
            self._mark_spoke()
            self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._axis_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = (
            self._axis_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self._axis_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index is not None and index == self._pressed:
            self.axis_chosen.emit(self._axes[index].axis_id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if event.button() == Qt.MouseButton.LeftButton:
            self.large_wanted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Left to whatever scrolls or zooms the window; the radar itself stays as it is.
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._axes) - 1
        steps = {
            Qt.Key.Key_Right: self._focused + 1 if self._focused < last else 0,
            Qt.Key.Key_Left: self._focused - 1 if self._focused > 0 else last,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        turns = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if not self._axes or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps:
            self._focused, self._hovered = steps[key], None
            self._mark_spoke()
            self._tell()
            self._announce(self.describe(self._axes[self._focused].axis_id))
        elif key in turns and len(self._series) > 1:
            self._turn(turns[key])
        elif key == Qt.Key.Key_C:
            self.compare_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.axis_chosen.emit(self._axes[self._focused].axis_id)
        else:
            super().keyPressEvent(event)

    def _turn(self, step: int) -> None:
        """Bring the next series to the front; after the last one, all are alike again."""
        count = len(self._series)
        at = count if self._front is None else self._front
        to = (at + step) % (count + 1)
        self.bring_to_front(None if to == count else to)
        self._announce(self._words.front(self._front))

    def _announce(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark_spoke()
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark_spoke()
        self._tell()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._axis_at(QPointF(event.pos()))
            if index is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.tooltip(self._axes[index].axis_id), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The scene must know before the window asks to be painted, or the plot would be painted twice.
        self._plot.series.update()
        self._draw_all()

    # Pictures -------------------------------------------------------------------------------------------

    def room_for_legend(self, width: int, height: int) -> int:
        """Return how much higher than `height` a picture must be for its legend, beyond two lines of it."""
        copy = self._copy(width, height, "", None)
        return max(0, round(copy._lettering.legend_height - 0.12 * height))

    def to_image(self, width: int, height: int, caption: str = "", theme: Theme | None = None) -> QImage:
        """Return the same radar drawn anew at this size in pixels; all its parts grow with the size."""
        image = QImage(width, height, QImage.Format.Format_RGB32)
        self._copy(width, height, caption, theme).render(image)
        return image

    def write_svg(
        self, path: Path, width: int, height: int, caption: str = "", theme: Theme | None = None
    ) -> None:
        """Write the same radar as vectors of this size."""
        from PySide6.QtSvg import QSvgGenerator

        generator = QSvgGenerator()
        generator.setFileName(str(path))
        generator.setTitle(caption)
        generator.setDescription(self.accessibleDescription())
        generator.setSize(QSize(width, height))
        generator.setViewBox(QRectF(0, 0, width, height))
        self._copy(width, height, caption, theme).render(generator)

    def _copy(self, width: int, height: int, caption: str, theme: Theme | None) -> RadarWidget:
        copy = RadarWidget(theme or self._theme)
        copy._caption = caption
        copy.resize(width, height)
        copy.show_radar(self._axes, self._series, self._looks, self._main)
        copy.bring_to_front(self._front)
        return copy
