"""The radar: values from 0 to 4 on spokes, for a room to read, for a keyboard and for a screen reader.

pyqtgraph has no polar plot, so the radar stands on Cartesian axes with locked aspect; score 4 has radius 1.
The plot itself never gets mouse or keys, so nothing can pan or zoom it; this widget answers for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QStyleOptionGraphicsItem, QToolTip, QWidget

from hsb_desktop.model import SCORES
from hsb_desktop.ui.radar_series import (
    Box,
    Point,
    RadarAxis,
    RadarLayout,
    RadarSeries,
    flow,
    lay_out,
    nearest_axis,
    place,
    runs,
)
from hsb_desktop.ui.theme import BASE_POINT_SIZE, Theme

MARKERS = ("o", "s", "t1", "d", "t", "star")
DASHES: tuple[tuple[float, ...], ...] = ((), (3, 2), (1, 1.8), (6, 2, 1, 2), (8, 3), (4, 1.5, 1, 1.5, 1, 1.5))
"""Line style of each series, in line widths; the first is solid."""

_ROOMY = (440, 400)
"""From this size on, letters, lines and points grow with the widget: a projected radar is read from afar."""
_SMALLEST_LETTERS = 0.85
_FILL = 0.14


class RadarWidget(QWidget):
    """Draws the series it is given and tells, by mouse, key and in words, what they say."""

    axis_chosen = Signal(str)
    """Somebody clicked on an axis, or pressed Enter on it."""
    readout_changed = Signal(str)
    """What the axis under the mouse or the keyboard's focus says in words; empty when there is none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("radar_widget")
        self._theme = theme
        self._zoom = self._scale = 1.0
        self._axes: tuple[RadarAxis, ...] = ()
        self._series: tuple[RadarSeries, ...] = ()
        self._caption = ""
        self._focused = 0
        self._hovered: int | None = None
        self._pressed: int | None = None
        self._readout = ""
        self._layout = RadarLayout(Point(0, 0), 1.0, ())
        self._legend: tuple[tuple[Box, int | None, str], ...] = ()
        self._create()
        self.set_theme(theme, 1.0)

    def _create(self) -> None:
        self._plot = pg.PlotWidget(self, enableMenu=False)
        self._plot.setObjectName("radar_plot")
        self._plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setAntialiasing(True)
        # A cached background would be a pixmap in a picture of vectors.
        self._plot.setCacheMode(pg.PlotWidget.CacheModeFlag.CacheNone)
        item = self._plot.getPlotItem()
        item.hideAxis("left")
        item.hideAxis("bottom")
        item.hideButtons()
        item.layout.setContentsMargins(0, 0, 0, 0)
        self._view = item.getViewBox()
        self._view.setMouseEnabled(False, False)
        self._view.setAspectLocked(True)
        self._view.disableAutoRange()
        self._grid = QGraphicsPathItem()
        self._spoke = pg.PlotCurveItem(antialias=True)
        self._fill = QGraphicsPathItem()
        for z, part in enumerate((self._grid, self._spoke, self._fill)):
            part.setZValue(z)
            self._view.addItem(part, ignoreBounds=True)
        self._numbers = [pg.TextItem(str(score), anchor=(1, 0.5)) for score in SCORES]
        for number in self._numbers:
            number.setZValue(1.5)
            number.textItem.document().setDocumentMargin(1)
            self._view.addItem(number, ignoreBounds=True)
        self._curves: list[pg.PlotCurveItem] = []
        self._points: list[pg.ScatterPlotItem] = []
        self._drawn: dict[int, tuple[object, ...]] = {}
        self._lettering = _Lettering(self)
        self._plot.scene().addItem(self._lettering)
        # Tab reaches it, a click does not: who clicks on an axis goes there, and a text box keeps its focus.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 160)

    # What is shown --------------------------------------------------------------------------------------

    def show_radar(self, axes: tuple[RadarAxis, ...], series: tuple[RadarSeries, ...]) -> None:
        """Show these series on these axes; the first is the main one. Only what differs is drawn anew."""
        if (axes, series) == (self._axes, self._series):
            return
        rearranged = axes != self._axes or _legend_of(series) != _legend_of(self._series)
        if axes != self._axes:
            self._focused, self._hovered = 0, None
        self._axes, self._series = axes, series
        if rearranged:
            self._arrange()
        self._draw_series()
        self._tell()

    def values(self) -> dict[str, float | None]:
        """Return what is plotted of the main series: each axis's value, None for a gap."""
        main = self._series[0].values if self._series else {}
        return {axis.axis_id: main.get(axis.axis_id) for axis in self._axes}

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Draw in a theme's colours, with letters, lines and points at the application's zoom."""
        self._theme, self._zoom = theme, scale
        self._plot.setBackground(theme.color("surface"))
        self._arrange()
        self._draw_series()

    def describe(self, axis_id: str) -> str:
        """Return in one line what all series say on an axis."""
        label = next((axis.label for axis in self._axes if axis.axis_id == axis_id), axis_id)
        told = [self._words(series, axis_id) for series in self._series]
        if len(told) > 1:
            told = [f"{series.name} {words}" for series, words in zip(self._series, told, strict=True)]
        return f"{label}: {'; '.join(told)}"

    def tooltip(self, axis_id: str) -> str:
        """Return an axis's values and full name as rich text; words of the file are escaped."""
        name = next((axis.name for axis in self._axes if axis.axis_id == axis_id), "")
        return f"<p><b>{escape(self.describe(axis_id))}</b><br>{escape(name)}</p>"

    def readout(self) -> str:
        """Return what the axis under the mouse or the keyboard's focus says; empty when there is none."""
        return self._readout

    def _words(self, series: RadarSeries, axis_id: str) -> str:
        words = self.tr("{value} of 4").format(value=series.number(axis_id))
        count = series.counts.get(axis_id)
        if series.values.get(axis_id) is None:
            return self.tr("nothing scored") if count else self.tr("not scored")
        if count is None:
            return words
        return self.tr("{value} · {scored} of {statements} scored").format(
            value=words, scored=count.scored, statements=count.statements
        )

    def _tell(self) -> None:
        """Bring the readout and the words for a screen reader up to date."""
        names = ", ".join(series.name for series in self._series if series.name)
        self.setAccessibleName(self.tr("Radar: {series}").format(series=names) if names else self.tr("Radar"))
        told = ". ".join(self.describe(axis.axis_id) for axis in self._axes)
        self.setAccessibleDescription(self.tr("Scale from 0 to 4. {values}.").format(values=told))
        self._plot.setAccessibleName(self.accessibleName())
        pointed = self._pointed()
        readout = "" if pointed is None else self.describe(self._axes[pointed].axis_id)
        if readout != self._readout:
            self._readout = readout
            self.readout_changed.emit(readout)

    # Drawing --------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Find room for ring, labels, legend and caption, and draw all that does not depend on values."""
        width, height = max(1, self.width()), max(1, self.height())
        grown = max(self._zoom, min(width / _ROOMY[0], height / _ROOMY[1]))
        self._scale = grown
        while True:
            metrics = QFontMetricsF(self._font())
            self._legend, legend_top = self._lay_out_legend(width, height)
            top = metrics.height() * 1.6 if self._caption else 0
            area = Box(6, 4 + top, width - 12, legend_top - 8 - top)
            sizes = [(metrics.horizontalAdvance(axis.label) + 8, metrics.height()) for axis in self._axes]
            self._layout = lay_out(area, sizes, self._point_size() / 2 + 5, metrics.height() * 2.4)
            # Where long labels leave no room for the radar, the letters give way a little, not the radar.
            if self._layout.radius >= 0.26 * min(width, height) or self._scale <= _SMALLEST_LETTERS:
                break
            self._scale *= 0.92
        (x, y), radius = self._layout.centre, self._layout.radius
        self._view.setRange(
            xRange=(-x / radius, (width - x) / radius),
            yRange=((y - height) / radius, y / radius),
            padding=0,
        )
        self._draw_grid()
        self._mark_spoke()
        self._lettering.fill(QRectF(0, 0, width, height))

    def _draw_grid(self) -> None:
        path = QPainterPath()
        count = len(self._axes)
        for score in SCORES[1:]:
            path.addPolygon(
                _polygon([place(index, count, score) for index in (*range(count), 0)] if count else [])
            )
        for index in range(count):
            path.moveTo(0, 0)
            path.lineTo(QPointF(*place(index, count, SCORES[-1])))
        self._grid.setPath(path)
        self._grid.setPen(_pen(self._theme.color("grid"), max(1.0, self._scale)))
        font = self._font(0.85, bold=False)
        # No higher than the rings are apart.
        font.setPixelSize(max(9, min(font.pixelSize(), round(self._layout.radius / SCORES[-1] * 0.75))))
        for score, number in enumerate(self._numbers):
            number.setVisible(bool(count))
            number.setFont(font)
            number.setColor(self._theme.color("text_muted"))
            number.fill = pg.mkBrush(self._theme.color("surface"))
            number.setPos(-self._point_size() / 2 / self._layout.radius, score / SCORES[-1])

    def _draw_series(self) -> None:
        while len(self._curves) < len(self._series):
            # The main series is drawn last, over the others.
            z = 100 - 2 * len(self._curves)
            self._curves.append(pg.PlotCurveItem(antialias=True, segmentedLineMode="off"))
            self._points.append(pg.ScatterPlotItem(antialias=True, useCache=False, pxMode=True))
            for part in (self._curves[-1], self._points[-1]):
                part.setZValue(z)
                self._view.addItem(part, ignoreBounds=True)
        for index, (curve, points) in enumerate(zip(self._curves, self._points, strict=True)):
            shown = index < len(self._series)
            curve.setVisible(shown)
            points.setVisible(shown)
            drawn = (self._axes, self._series[index], self._theme, self._scale) if shown else None
            if drawn is not None and drawn != self._drawn.get(index):
                self._drawn[index] = drawn
                self._draw_one(index, curve, points)
        self._fill.setVisible(bool(self._series))

    def _draw_one(self, index: int, curve: pg.PlotCurveItem, points: pg.ScatterPlotItem) -> None:
        series, color = self._series[index], self._color(index)
        values = [series.values.get(axis.axis_id) for axis in self._axes]
        places = [place(i, len(values), value or 0.0) for i, value in enumerate(values)]
        x: list[float] = []
        y: list[float] = []
        area = QPainterPath()
        area.setFillRule(Qt.FillRule.WindingFill)
        for run in runs(values):
            if len(run) > 1:
                x += [*(places[i].x for i in run), float("nan")]
                y += [*(places[i].y for i in run), float("nan")]
                area.addPolygon(_polygon([Point(0, 0), *(places[i] for i in run)]))
        curve.setData(x, y, connect="finite", pen=self._line_pen(index))
        scored = [i for i, value in enumerate(values) if value is not None]
        hollow = [self._axes[i].axis_id in series.part_scored for i in scored]
        points.setData(
            x=[places[i].x for i in scored],
            y=[places[i].y for i in scored],
            size=self._point_size(),
            symbol=MARKERS[index % len(MARKERS)],
            pen=_pen(color, self._line_width()),
            brush=[self._theme.color("surface") if part else color for part in hollow],
        )
        if index == 0:
            self._fill.setPath(area)
            self._fill.setPen(QPen(Qt.PenStyle.NoPen))
            color.setAlphaF(_FILL)
            self._fill.setBrush(color)

    def _mark_spoke(self) -> None:
        """Draw the spoke under the mouse or the keyboard's focus stronger than the others."""
        pointed = self._pointed()
        end = Point(0, 0) if pointed is None else place(pointed, len(self._axes), SCORES[-1])
        self._spoke.setData([0, end.x], [0, end.y], pen=_pen(self._theme.color("text"), self._line_width()))
        self._spoke.setVisible(pointed is not None)
        self._lettering.update()

    def _lay_out_legend(
        self, width: int, height: int
    ) -> tuple[tuple[tuple[Box, int | None, str], ...], float]:
        """Return the legend's entries (series or, for part scored, None) and where it begins."""
        entries: list[tuple[int | None, str]] = []
        if len(self._series) > 1:
            entries += [(index, series.name) for index, series in enumerate(self._series)]
        if any(series.counts for series in self._series):
            entries.append((None, self.tr("part scored")))
        metrics = QFontMetricsF(self._font(0.85))
        widths = [metrics.horizontalAdvance(text) + 3.2 * metrics.height() for _, text in entries]
        boxes = flow(widths, metrics.height() * 1.3, width - 12)
        top = height - (boxes[-1].bottom if boxes else 0)
        placed = [
            (box.moved(6, top - 2), index, text) for box, (index, text) in zip(boxes, entries, strict=True)
        ]
        return tuple(placed), top

    def paint_lettering(self, painter: QPainter, exposed: QRectF) -> None:
        """Draw labels, legend and caption over the plot, as far as they lie in what is drawn anew."""
        theme = self._theme
        for entry, series_index, text in self._legend:
            if exposed.intersects(QRectF(*entry)):
                self._paint_legend_entry(painter, QRectF(*entry), series_index, text)
        painter.setFont(self._font())
        for index, box in enumerate(self._layout.labels):
            frame = QRectF(*box)
            if not exposed.intersects(frame):
                continue
            if index == self._pointed():
                focused = self._hovered is None
                painter.setPen(_pen(theme.color("focus"), 2.5) if focused else Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("accent_soft"))
                painter.drawRoundedRect(frame.adjusted(1, -1, -1, 1), 4, 4)
            painter.setPen(theme.color("text"))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._axes[index].label)
        if self._caption:
            caption = QRectF(8, 6, self.width() - 16, painter.fontMetrics().height())
            shortened = painter.fontMetrics().elidedText(
                self._caption, Qt.TextElideMode.ElideMiddle, int(caption.width())
            )
            painter.drawText(caption, Qt.AlignmentFlag.AlignLeft, shortened)

    def _paint_legend_entry(self, painter: QPainter, box: QRectF, index: int | None, text: str) -> None:
        height, size = box.height() / 1.3, self._point_size()
        end = QPointF(box.left() + 2.1 * height, box.center().y())
        color = self._color(index or 0)
        if index is None:
            centre = end - QPointF(size / 2 + 2, 0)
        else:
            centre = end - QPointF(height, 0)
            painter.setPen(self._line_pen(index))
            painter.drawLine(end - QPointF(2 * height, 0), end)
        painter.save()
        painter.translate(centre)
        pg.graphicsItems.ScatterPlotItem.drawSymbol(
            painter,
            MARKERS[(index or 0) % len(MARKERS)],
            size,
            _pen(color, self._line_width() / size, cosmetic=False),
            pg.mkBrush(self._theme.color("surface") if index is None else color),
        )
        painter.restore()
        painter.setFont(self._font(0.85))
        painter.setPen(self._theme.color("text"))
        text_box = box.adjusted(2.4 * height, 0, 0, 0)
        painter.drawText(text_box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _color(self, index: int) -> QColor:
        return QColor(self._theme.series[index % len(self._theme.series)])

    def _line_pen(self, index: int) -> QPen:
        pen = _pen(self._color(index), self._line_width())
        dashes = DASHES[index % len(DASHES)]
        if dashes:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(dashes)
        return pen

    def _line_width(self) -> float:
        return max(2.5, 2.5 * self._scale)

    def _point_size(self) -> float:
        return max(10.0, 11 * self._scale)

    def _font(self, size: float = 1.0, bold: bool = True) -> QFont:
        font = QFont(self.font())
        # In pixels, so that a picture has the widget's proportions whatever its resolution says.
        font.setPixelSize(max(9, round(BASE_POINT_SIZE * self._scale * size * self.logicalDpiY() / 72)))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

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
        if not self._axes or x * x + y * y > (self._layout.radius + self._point_size()) ** 2:
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
        key = Qt.Key(event.key())
        if not self._axes or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps:
            self._focused, self._hovered = steps[key], None
            self._mark_spoke()
            self._tell()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._readout))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.axis_chosen.emit(self._axes[self._focused].axis_id)
        else:
            super().keyPressEvent(event)

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
        self._plot.setGeometry(self.rect())
        self._arrange()
        self._draw_series()

    # Pictures -------------------------------------------------------------------------------------------

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
        copy.show_radar(self._axes, self._series)
        return copy


class _Lettering(QGraphicsItem):
    """The layer of letters over the plot; the scene's coordinates are the widget's pixels."""

    def __init__(self, radar: RadarWidget) -> None:
        super().__init__()
        self._radar = radar
        self._bounds = QRectF()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(1000)

    def fill(self, bounds: QRectF) -> None:
        """Cover these bounds and draw anew."""
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        self._radar.paint_lettering(painter, option.exposedRect)


def _pen(color: QColor, width: float, cosmetic: bool = True) -> QPen:
    pen = QPen(color, width)
    pen.setCosmetic(cosmetic)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _polygon(places: Iterable[Point]) -> QPolygonF:
    return QPolygonF([QPointF(*each) for each in places])


def _legend_of(series: tuple[RadarSeries, ...]) -> tuple[object, ...]:
    """Return what the legend depends on: where it changes, the radar needs other room."""
    return (*(each.name for each in series if len(series) > 1), any(each.counts for each in series))
