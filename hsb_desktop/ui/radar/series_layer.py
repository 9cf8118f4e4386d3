"""The radar's series: all polygons and points in one layer over the grid, quick also where they are forty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from hsb_desktop.analysis.legend import SeriesLook
from hsb_desktop.ui.radar.radar_look import Emphasis, RadarLook, grown, marker_path, pen
from hsb_desktop.ui.radar.radar_series import Point, RadarAxis, RadarLayout, RadarSeries, place, runs

_FILL = 0.14


@dataclass(frozen=True, slots=True)
class ShownSeries:
    """A series with its look, and how strongly it is drawn."""

    series: RadarSeries
    look: SeriesLook
    emphasis: Emphasis = Emphasis.USUAL


@dataclass(frozen=True, slots=True)
class _Tools:
    """With what series of one look are drawn."""

    color: QColor
    line_pen: QPen
    edge_pen: QPen
    """Round points that are filled like the paper."""
    full: QPainterPath
    """A point of what is scored in full, with its edge, around the origin: to be filled."""
    hollow: QPainterPath
    """Any other, to be filled like the paper and drawn round."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One series in pixels."""

    tools: _Tools
    lines: tuple[QPolygonF, ...]
    full: QPainterPath
    hollow: QPainterPath


class SeriesLayer(QGraphicsItem):
    """Covers the plot; the scene's coordinates are the widget's pixels. What differs is reckoned anew."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(500)
        self._bounds = QRectF()
        self._layout = RadarLayout(Point(0, 0), 1.0, ())
        self._axes: tuple[RadarAxis, ...] = ()
        self._look: RadarLook | None = None
        self._shown: tuple[ShownSeries, ...] = ()
        self._order: tuple[int, ...] = ()
        self._filled: int | None = None
        self._drawn: list[_Drawn] = []
        self._tools: dict[tuple[SeriesLook, Emphasis], _Tools] = {}

    # What is shown --------------------------------------------------------------------------------------

    @property
    def shown(self) -> tuple[ShownSeries, ...]:
        """What is drawn, in the order of the legend."""
        return self._shown

    def points_of(self, index: int) -> dict[str, Point]:
        """Return where a series has points, by axis id, in pixels from the centre, y upwards."""
        values = self._shown[index].series.values
        count, radius = len(self._axes), self._layout.radius
        found = {}
        for number, axis in enumerate(self._axes):
            value = values.get(axis.axis_id)
            if value is not None:
                x, y = place(number, count, value)
                found[axis.axis_id] = Point(x * radius, y * radius)
        return found

    def edges_of(self, index: int) -> int:
        """Return how many edges a series' lines have together."""
        return sum(line.size() - 1 for line in self._drawn[index].lines)

    def set_place(self, layout: RadarLayout, width: float, height: float) -> None:
        """Let the centre stand where the layout says, with its radius."""
        if QRectF(0, 0, width, height) != self._bounds:
            self.prepareGeometryChange()
            self._bounds = QRectF(0, 0, width, height)
        if layout != self._layout:
            self._layout = layout
            self._drawn = [self._reckon(each) for each in self._shown]
        self.update()

    def draw(
        self,
        axes: tuple[RadarAxis, ...],
        shown: Sequence[ShownSeries],
        look: RadarLook,
        *,
        on_top: int | None,
        filled: int | None,
    ) -> None:
        """Draw these series, the first over the others but below the one on top; fill one of them."""
        before = self._shown if (axes, look) == (self._axes, self._look) else ()
        if look != self._look:
            self._tools.clear()
        drawn = self._drawn
        self._axes, self._look, self._shown = axes, look, tuple(shown)
        self._drawn = [
            drawn[index] if index < len(before) and before[index] == each else self._reckon(each)
            for index, each in enumerate(self._shown)
        ]
        behind = [index for index in reversed(range(len(self._shown))) if index != on_top]
        # The thin and the faded first: what is drawn strongly is never crossed by them.
        behind.sort(key=lambda index: self._shown[index].emphasis.line)
        self._order = (*behind, *(() if on_top is None else (on_top,)))
        self._filled = filled
        self.update()

    def _reckon(self, shown: ShownSeries) -> _Drawn:
        series, radius, (x, y) = shown.series, self._layout.radius, self._layout.centre
        values = [series.values.get(axis.axis_id) for axis in self._axes]
        places = [
            QPointF(x + radius * at.x, y - radius * at.y)
            for at in (place(i, len(values), value or 0.0) for i, value in enumerate(values))
        ]
        lines = tuple(QPolygonF([places[i] for i in run]) for run in runs(values) if len(run) > 1)
        tools, full, hollow = self._tools_of(shown), QPainterPath(), QPainterPath()
        for points in (full, hollow):
            points.setFillRule(Qt.FillRule.WindingFill)
        for axis, at, value in zip(self._axes, places, values, strict=True):
            if value is not None:
                is_full = axis.axis_id not in series.part_scored
                points, shape = (full, tools.full) if is_full else (hollow, tools.hollow)
                points.addPath(shape.translated(at))
        return _Drawn(tools, lines, full, hollow)

    def _tools_of(self, shown: ShownSeries) -> _Tools:
        look, asked = self._look, (shown.look, shown.emphasis)
        assert look is not None  # nothing is shown without
        if asked not in self._tools:
            color, line_pen = look.color(*asked), look.line_pen(*asked)
            size, edge = look.point_size * shown.emphasis.point, line_pen.widthF()
            shape = QTransform.fromScale(size, size).map(marker_path(shown.look.marker))
            self._tools[asked] = _Tools(color, line_pen, pen(color, edge), grown(shape, edge), shape)
        return self._tools[asked]

    def _area_of(self, drawn: _Drawn) -> QPainterPath:
        """Return what lies between the centre and a series' lines."""
        area = QPainterPath()
        area.setFillRule(Qt.FillRule.WindingFill)
        for line in drawn.lines:
            corners = QPolygonF(line)
            corners.prepend(QPointF(*self._layout.centre))
            area.addPolygon(corners)
        return area

    def boundingRect(self) -> QRectF:
        return self._bounds

    # Painting -------------------------------------------------------------------------------------------

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw everything: what is behind first."""
        del option, widget
        if self._look is None:
            return
        surface = self._look.theme.color("surface")
        if self._filled is not None:
            wash = QColor(self._drawn[self._filled].tools.color)
            wash.setAlphaF(_FILL)
            painter.fillPath(self._area_of(self._drawn[self._filled]), wash)
        for drawn in (self._drawn[index] for index in self._order):
            painter.setPen(drawn.tools.line_pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for line in drawn.lines:
                painter.drawPolyline(line)
            painter.fillPath(drawn.full, drawn.tools.color)
            if not drawn.hollow.isEmpty():
                painter.setPen(drawn.tools.edge_pen)
                painter.setBrush(surface)
                painter.drawPath(drawn.hollow)
