"""The radar's letters: labels of the axes, legend and caption, in one layer over the plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from hsb_desktop.analysis.legend import SeriesLook, numbered_look
from hsb_desktop.ui.radar.radar_look import RadarLook, marker_path, pen
from hsb_desktop.ui.radar.radar_series import MANY, Box, flow

SEPARATOR = " · "
"""Between the parts of a caption."""
_LEGEND_SIZE = 0.85
_SMALL_LEGEND_SIZE = 0.55
"""For many series."""
_SAMPLE = 3.0
"""Length of a piece of line, in heights of a letter: a whole turn of every line style."""
_SMALL_SAMPLE = 0.55
"""Of the usual line and point, for a small legend."""
_LINE = 1.3
"""Height of a line of the legend, in heights of its letters."""


class LegendEntry(NamedTuple):
    """A line of the legend: a piece of a series' line, or its hollow point; None for any series'."""

    look: SeriesLook | None
    text: str
    is_hollow: bool = False


class RadarLettering(QGraphicsItem):
    """Covers the plot; the scene's coordinates are the widget's pixels."""

    def __init__(self) -> None:
        super().__init__()
        self._look: RadarLook | None = None
        self._bounds = QRectF()
        self._caption: tuple[str, ...] = ()
        self._labels: tuple[tuple[Box, str], ...] = ()
        self._marked: tuple[int | None, bool] = (None, False)
        self._letters = _LEGEND_SIZE
        self.legend: tuple[tuple[Box, LegendEntry], ...] = ()
        self.legend_height = 0.0
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(1000)

    # What is shown --------------------------------------------------------------------------------------

    def make_room(
        self, look: RadarLook, width: float, height: float, legend: Sequence[LegendEntry], caption: str
    ) -> Box:
        """Place caption and legend, and return the area that they leave for the radar and its labels."""
        self._look = look
        metrics = QFontMetricsF(look.font())
        self._caption = caption_lines(caption, metrics, width - 16)
        self._letters = _SMALL_LEGEND_SIZE if len(legend) > MANY + 1 else _LEGEND_SIZE
        small = QFontMetricsF(look.font(self._letters))
        widths = [small.horizontalAdvance(entry.text) + (_SAMPLE + 1.1) * small.height() for entry in legend]
        if len(legend) > MANY + 1:
            # In columns, as far as there are more than one.
            columns = max(1, int((width - 12) / max(widths)))
            widths = [(width - 12) / columns - 0.01] * len(widths)
        boxes = flow(widths, small.height() * _LINE, width - 12)
        self.legend_height = boxes[-1].bottom if boxes else 0.0
        bottom = height - self.legend_height
        self.legend = tuple((box.moved(6, bottom - 2), each) for box, each in zip(boxes, legend, strict=True))
        top = metrics.height() * (len(self._caption) + 0.6) if self._caption else 0
        return Box(6, 4 + top, width - 12, bottom - 8 - top)

    def show_labels(self, boxes: Sequence[Box], texts: Sequence[str], bounds: QRectF) -> None:
        """Show the labels of the axes, and draw everything anew."""
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
        self._labels = tuple(zip(boxes, texts, strict=True))
        self.update()

    def mark(self, index: int | None, *, has_focus: bool) -> None:
        """Mark the label under the mouse or the keyboard's focus; the focus also has a ring."""
        self._marked = index, has_focus
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    # Painting -------------------------------------------------------------------------------------------

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw what lies in the part that is drawn anew."""
        del widget
        if self._look is None:
            return
        for box, entry in self.legend:
            if option.exposedRect.intersects(QRectF(*box)):
                self._paint_entry(painter, self._look, QRectF(*box), entry)
        painter.setFont(self._look.font())
        for index, (box, text) in enumerate(self._labels):
            if option.exposedRect.intersects(QRectF(*box)):
                self._paint_label(painter, self._look, QRectF(*box), text, is_marked=index == self._marked[0])
        self._paint_caption(painter, self._look)

    def _paint_label(
        self, painter: QPainter, look: RadarLook, frame: QRectF, text: str, *, is_marked: bool
    ) -> None:
        if is_marked:
            ring = pen(look.theme.color("focus"), 2.5) if self._marked[1] else Qt.PenStyle.NoPen
            painter.setPen(ring)
            painter.setBrush(look.theme.color("accent_soft"))
            painter.drawRoundedRect(frame.adjusted(1, -1, -1, 1), 4, 4)
        painter.setPen(look.theme.color("text"))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_caption(self, painter: QPainter, look: RadarLook) -> None:
        painter.setPen(look.theme.color("text"))
        height = painter.fontMetrics().height()
        for number, line in enumerate(self._caption):
            place = QRectF(8, 6 + number * height, self._bounds.width() - 16, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, line)

    def _paint_entry(self, painter: QPainter, look: RadarLook, box: QRectF, entry: LegendEntry) -> None:
        height = box.height() / _LINE
        if self._letters < _LEGEND_SIZE:
            look = replace(look, scale=look.scale * _SMALL_SAMPLE)
        if entry.look is None or entry.is_hollow:
            centre = QPointF(box.left() + _SAMPLE * height - look.point_size / 2 - 2, box.center().y())
            color = look.theme.color("text_muted") if entry.look is None else None
            paint_marker(painter, look, entry.look or numbered_look(0), centre, color, is_hollow=True)
        else:
            end = QPointF(box.left() + _SAMPLE * height, box.center().y())
            paint_sample(painter, look, entry.look, end - QPointF((_SAMPLE - 0.1) * height, 0), end)
        look = self._look or look
        painter.setFont(look.font(self._letters))
        painter.setPen(look.theme.color("text"))
        text_box = box.adjusted((_SAMPLE + 0.3) * height, 0, 0, 0)
        alignment = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(text_box, alignment, entry.text)


def paint_sample(
    painter: QPainter, look: RadarLook, series: SeriesLook, start: QPointF, end: QPointF
) -> None:
    """Draw a piece of a series' line with one of its points in the middle."""
    painter.setPen(look.line_pen(series))
    painter.drawLine(start, end)
    paint_marker(painter, look, series, (start + end) / 2)


def paint_marker(
    painter: QPainter,
    look: RadarLook,
    series: SeriesLook,
    centre: QPointF,
    color: QColor | None = None,
    *,
    is_hollow: bool = False,
) -> None:
    """Draw one of a series' points, in its own colour or in another."""
    color = color or look.color(series)
    painter.save()
    painter.translate(centre)
    painter.scale(look.point_size, look.point_size)
    painter.setPen(pen(color, look.line_width / look.point_size, cosmetic=False))
    painter.setBrush(look.theme.color("surface") if is_hollow else color)
    painter.drawPath(marker_path(series.marker))
    painter.restore()


def caption_lines(caption: str, metrics: QFontMetricsF, width: float) -> tuple[str, ...]:
    """Return a caption on one line or, where that is too short for it, on two.

    The second line begins where a part does and takes as many of the last parts as it can: they are the wave,
    its date and the protective marking, which a long area must not push out.
    """
    if metrics.horizontalAdvance(caption) <= width:
        return (caption,) if caption else ()
    parts = caption.split(SEPARATOR)
    splits = range(1, len(parts))
    fitting = (at for at in splits if metrics.horizontalAdvance(SEPARATOR.join(parts[at:])) <= width)
    at = next(fitting, len(parts) - 1)
    lines = (SEPARATOR.join(parts[:at]), SEPARATOR.join(parts[at:])) if at else (caption,)
    return tuple(metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, width) for line in lines)
