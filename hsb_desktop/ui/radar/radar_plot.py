"""The radar's picture without letters: grid, lines and points, drawn with pyqtgraph.

pyqtgraph has no polar plot, so the radar stands on Cartesian axes with locked aspect; score 4 has radius 1.
The plot itself never gets mouse or keys, so nothing can pan or zoom it; `RadarWidget` answers for it.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from hsb_desktop.ui.radar.radar_look import RadarLook, pen
from hsb_desktop.ui.radar.radar_series import Point, RadarAxis, RadarLayout, RadarSeries, place, runs
from hsb_desktop.values import SCORES

MARKERS = ("o", "s", "t1", "d", "t", "star")
_FILL = 0.14


class RadarPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """Draws the series it is given; only what differs is drawn anew."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, enableMenu=False)
        self.setObjectName("radar_plot")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAntialiasing(True)
        # A cached background would be a pixmap in a picture of vectors.
        self.setCacheMode(pg.PlotWidget.CacheModeFlag.CacheNone)
        item = self.getPlotItem()
        item.hideAxis("left")
        item.hideAxis("bottom")
        item.hideButtons()
        item.layout.setContentsMargins(0, 0, 0, 0)
        self.view = item.getViewBox()
        self.view.setMouseEnabled(False, False)
        self.view.setAspectLocked(True)
        self.view.disableAutoRange()
        self.curves: list[pg.PlotCurveItem] = []
        self.points: list[pg.ScatterPlotItem] = []
        self._drawn: dict[int, tuple[object, ...]] = {}
        self._create_grid()

    def _create_grid(self) -> None:
        self._grid = QGraphicsPathItem()
        self._spoke = pg.PlotCurveItem(antialias=True)
        self._fill = QGraphicsPathItem()
        for z, part in enumerate((self._grid, self._spoke, self._fill)):
            part.setZValue(z)
            self.view.addItem(part, ignoreBounds=True)
        self._numbers = [pg.TextItem(str(score), anchor=(1, 0.5)) for score in SCORES]
        for number in self._numbers:
            number.setZValue(1.5)
            number.textItem.document().setDocumentMargin(1)
            self.view.addItem(number, ignoreBounds=True)

    # What does not depend on values -----------------------------------------------------------------------

    def set_place(self, layout: RadarLayout, width: float, height: float) -> None:
        """Let the centre stand where the layout says, with its radius."""
        (x, y), radius = layout.centre, layout.radius
        self.view.setRange(
            xRange=(-x / radius, (width - x) / radius),
            yRange=((y - height) / radius, y / radius),
            padding=0,
        )

    def draw_grid(self, count: int, look: RadarLook, radius: float) -> None:
        """Draw rings, spokes and the numbers of the scale for so many axes."""
        path = QPainterPath()
        for score in SCORES[1:]:
            path.addPolygon(
                _polygon([place(index, count, score) for index in (*range(count), 0)] if count else [])
            )
        for index in range(count):
            path.moveTo(0, 0)
            path.lineTo(QPointF(*place(index, count, SCORES[-1])))
        self._grid.setPath(path)
        self._grid.setPen(pen(look.theme.color("grid"), max(1.0, look.scale)))
        font = look.font(0.85, bold=False)
        # No higher than the rings are apart.
        font.setPixelSize(max(9, min(font.pixelSize(), round(radius / SCORES[-1] * 0.75))))
        for score, number in enumerate(self._numbers):
            number.setVisible(bool(count))
            number.setFont(font)
            number.setColor(look.theme.color("text_muted"))
            number.fill = pg.mkBrush(look.theme.color("surface"))
            number.setPos(-look.point_size / 2 / radius, score / SCORES[-1])

    def mark_spoke(self, index: int | None, count: int, look: RadarLook) -> None:
        """Draw the spoke under the mouse or the keyboard's focus stronger than the others."""
        end = Point(0, 0) if index is None else place(index, count, SCORES[-1])
        self._spoke.setData([0, end.x], [0, end.y], pen=pen(look.theme.color("text"), look.line_width))
        self._spoke.setVisible(index is not None)

    # Values -----------------------------------------------------------------------------------------------

    def draw_series(
        self, axes: tuple[RadarAxis, ...], series: tuple[RadarSeries, ...], look: RadarLook
    ) -> None:
        """Draw these series; the first is the main one and lies over the others."""
        while len(self.curves) < len(series):
            self._add_series()
        for index, (curve, points) in enumerate(zip(self.curves, self.points, strict=True)):
            shown = index < len(series)
            curve.setVisible(shown)
            points.setVisible(shown)
            drawn = (axes, series[index], look) if shown else None
            if drawn is not None and drawn != self._drawn.get(index):
                self._drawn[index] = drawn
                self._draw_one(index, axes, series[index], look)
        self._fill.setVisible(bool(series))

    def _add_series(self) -> None:
        z = 100 - 2 * len(self.curves)
        self.curves.append(pg.PlotCurveItem(antialias=True, segmentedLineMode="off"))
        self.points.append(pg.ScatterPlotItem(antialias=True, useCache=False, pxMode=True))
        for part in (self.curves[-1], self.points[-1]):
            part.setZValue(z)
            self.view.addItem(part, ignoreBounds=True)

    def _draw_one(
        self, index: int, axes: tuple[RadarAxis, ...], series: RadarSeries, look: RadarLook
    ) -> None:
        values = [series.values.get(axis.axis_id) for axis in axes]
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
        self.curves[index].setData(x, y, connect="finite", pen=look.line_pen(index))
        self._draw_points(index, axes, series, look, places)
        if index == 0:
            color = look.color(index)
            color.setAlphaF(_FILL)
            self._fill.setPath(area)
            self._fill.setPen(QPen(Qt.PenStyle.NoPen))
            self._fill.setBrush(color)

    def _draw_points(
        self,
        index: int,
        axes: tuple[RadarAxis, ...],
        series: RadarSeries,
        look: RadarLook,
        places: list[Point],
    ) -> None:
        color = look.color(index)
        scored = [i for i, axis in enumerate(axes) if series.values.get(axis.axis_id) is not None]
        hollow = [axes[i].axis_id in series.part_scored for i in scored]
        self.points[index].setData(
            x=[places[i].x for i in scored],
            y=[places[i].y for i in scored],
            size=look.point_size,
            symbol=MARKERS[index % len(MARKERS)],
            pen=pen(color, look.line_width),
            brush=[look.theme.color("surface") if part else color for part in hollow],
        )


def marker_paths() -> tuple[QPainterPath, ...]:
    """Return the shapes of the series' points, of size 1 around the origin."""
    symbols = pg.graphicsItems.ScatterPlotItem.Symbols
    return tuple(symbols[marker] for marker in MARKERS)


def _polygon(places: Iterable[Point]) -> QPolygonF:
    return QPolygonF([QPointF(*each) for each in places])
