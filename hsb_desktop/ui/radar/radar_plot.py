"""The radar's picture without letters: grid and scale, drawn with pyqtgraph, and the series over them.

pyqtgraph has no polar plot, so the radar stands on Cartesian axes with locked aspect; score 4 has radius 1.
The plot itself never gets mouse or keys, so nothing can pan or zoom it; `RadarWidget` answers for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from hsb_desktop.ui.radar.plotting import load_pyqtgraph
from hsb_desktop.ui.radar.radar_look import RadarLook, pen
from hsb_desktop.ui.radar.radar_series import Point, RadarLayout, place
from hsb_desktop.ui.radar.scale_numbers import ScaleNumbers
from hsb_desktop.ui.radar.series_layer import SeriesLayer
from hsb_desktop.values import SCORES

load_pyqtgraph()

import pyqtgraph as pg  # noqa: E402  (only now)


class RadarPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """Draws the grid; its `series` layer draws the values."""

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
        self._create_grid()
        self._numbers = ScaleNumbers()
        self.series = SeriesLayer()
        for layer in (self._numbers, self.series):
            self.scene().addItem(layer)

    def _create_grid(self) -> None:
        self._grid = QGraphicsPathItem()
        self._spoke = pg.PlotCurveItem(antialias=True)
        for z, part in enumerate((self._grid, self._spoke)):
            part.setZValue(z)
            self.view.addItem(part, ignoreBounds=True)

    # What does not depend on values -----------------------------------------------------------------------

    def set_place(self, layout: RadarLayout, width: float, height: float) -> None:
        """Let the centre stand where the layout says, with its radius."""
        (x, y), radius = layout.centre, layout.radius
        self.view.setRange(
            xRange=(-x / radius, (width - x) / radius),
            yRange=((y - height) / radius, y / radius),
            padding=0,
        )
        for layer in (self._numbers, self.series):
            layer.set_place(layout, width, height)

    def draw_grid(self, count: int, look: RadarLook) -> None:
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
        self._numbers.show_scale(look if count else None)

    def mark_spoke(self, index: int | None, count: int, look: RadarLook) -> None:
        """Draw the spoke under the mouse or the keyboard's focus stronger than the others."""
        end = Point(0, 0) if index is None else place(index, count, SCORES[-1])
        self._spoke.setData([0, end.x], [0, end.y], pen=pen(look.theme.color("text"), look.line_width))
        self._spoke.setVisible(index is not None)


def _polygon(places: Iterable[Point]) -> QPolygonF:
    return QPolygonF([QPointF(*each) for each in places])
