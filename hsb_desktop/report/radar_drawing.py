"""Draws a radar graph as vectors into a page. What stands where is decided in `radar_layout`."""

from __future__ import annotations

from hsb_desktop.analysis.legend import MARKERS
from hsb_desktop.report import shapes
from hsb_desktop.report.content import Radar
from hsb_desktop.report.document import Document
from hsb_desktop.report.radar_layout import HIGHEST, PlacedLabel, Point, RadarLayout, SeriesLook, radar_layout
from hsb_desktop.report.text_setting import Style
from hsb_desktop.report.typefaces import Weight

_GRID = "#C3CAD2"
_GRID_OUTER = "#838F9B"
_LABEL = Style(9, 11.5, Weight.BOLD)
_SUBLABEL = Style(8, 10, colour="#4D5966")
_SCALE = Style(7, 9, colour="#4D5966")
_LEGEND = Style(8.5, 13)
_WIDEST_LABEL = 0.3
"""Share of the radar's width."""


def radar_code(
    document: Document,
    radar: Radar,
    corner: Point,
    size: tuple[float, float],
    *,
    sublabels: dict[str, str] | None = None,
) -> str:
    """Return the operations that draw a radar into a rectangle: its lower left corner, its width and height.

    `sublabels` are second lines below the labels of axes.
    """
    setter = document.setter
    width, height = size

    def measure(text: str, is_sublabel: bool) -> float:
        # An edition of one's own may have long names; the domain table has them whole.
        return min(setter.width(text, _SUBLABEL if is_sublabel else _LABEL), width * _WIDEST_LABEL)

    layout = radar_layout(radar, width, height, measure, sublabels=sublabels)
    code = [f"q 1 0 0 1 {corner[0]:.2f} {corner[1]:.2f} cm"]
    for ring in layout.rings:
        is_outer = ring is layout.rings[-1]
        code.append(_ring(ring, _GRID_OUTER if is_outer else _GRID))
    code += [shapes.polyline([layout.centre, end], _GRID, 0.6) for end in layout.ends]
    for series in layout.series:
        if len(layout.series) == 1:
            code += [shapes.polygon(area, fill=series.look.colour, opacity=0.14) for area in series.areas]
    code += [_ring(ring, _GRID) for ring in layout.rings[:-1] if len(layout.series) == 1]
    code += _scale_numbers(document, layout)
    for series in layout.series:
        code += [shapes.polyline(line, series.look.colour, 1.8, series.look.dashes) for line in series.lines]
    for series in layout.series:
        code += [marker(series.look, point, is_hollow) for _, point, is_hollow in series.points]
    for label in layout.labels:
        code.append(_label_code(document, label, layout.centre))
    if layout.legend_height:
        code += _legend(document, layout, width)
    return "\n".join([*code, "Q"])


def _ring(ring: tuple[Point, ...], colour: str) -> str:
    return shapes.polygon(ring, line=colour, weight=0.6) if len(ring) > 1 else ""


def _scale_numbers(document: Document, layout: RadarLayout) -> list[str]:
    x, y = layout.centre
    code = []
    for score in range(HIGHEST + 1):
        line = document.setter.single_line(str(score), _SCALE)
        # Left of the upright spoke, so that a point on the spoke does not cover its number.
        code.append(
            document.text_ending_at(
                line, _SCALE, x - 4, y + layout.radius * score / HIGHEST + _SCALE.leading / 2
            )
        )
    return code


def _label_code(document: Document, label: PlacedLabel, centre: Point) -> str:
    top = label.bottom + label.height
    middle = label.left + label.width / 2
    code = []
    for text, style in zip(label.lines, (_LABEL, _SUBLABEL), strict=False):
        line = document.setter.clipped(text, style, label.width + 0.1, 1)[0]
        start = label.left + (label.width - line.width) / 2
        if label.left >= centre[0]:
            start = label.left
        elif middle < centre[0] and label.left + label.width <= centre[0]:
            start = label.left + label.width - line.width
        code.append(document.text([line], style, start, top))
        top -= style.leading
    return "\n".join(code)


def _legend(document: Document, layout: RadarLayout, width: float) -> list[str]:
    lines = [document.setter.clipped(series.name, _LEGEND, width - 50, 1)[0] for series in layout.series]
    left = max((width - 46 - max(line.width for line in lines)) / 2, 0)
    top = layout.legend_height - 6
    code = []
    for series, line in zip(layout.series, lines, strict=True):
        middle = top - _LEGEND.leading / 2
        code.append(series_sample(series.look, left, middle))
        code.append(document.text([line], _LEGEND, left + 46, top))
        top -= _LEGEND.leading
    return code


def series_sample(look: SeriesLook, left: float, middle: float) -> str:
    """Return a short piece of a series' line with its marker, for a table or a legend: 36 points wide."""
    line = shapes.polyline([(left, middle), (left + 36, middle)], look.colour, 1.8, look.dashes)
    return line + "\n" + marker(look, (left + 18, middle), False)


def marker(look: SeriesLook, point: Point, is_hollow: bool) -> str:
    """Return the operations for one point; a hollow one is white inside."""
    x, y = point
    size = 4.0
    fill = "#FFFFFF" if is_hollow else look.colour
    match look.marker:
        case "circle" | "circles":
            return shapes.circle(x, y, size, fill=fill, line=look.colour, weight=1.8)
        case "square":
            corners = [(x - size, y - size), (x + size, y - size), (x + size, y + size), (x - size, y + size)]
        case "triangle":
            corners = [(x - size * 1.2, y - size), (x + size * 1.2, y - size), (x, y + size * 1.3)]
        case "diamond":
            corners = [(x - size * 1.3, y), (x, y - size * 1.3), (x + size * 1.3, y), (x, y + size * 1.3)]
        case "cross":
            corners = [(x + across * size * 1.3, y + up * size * 1.3) for across, up in _PLUS]
        case name:
            corners = [(x + 2.2 * size * across, y + 2.2 * size * up) for across, up in _CORNERS[name]]
    return shapes.polygon(corners, fill=fill, line=look.colour, weight=1.8)


_CORNERS = {marker.name: marker.corners for marker in MARKERS}
"""Of the window's shapes, whose size is 1; a little larger than the circle, as they are there."""
_PLUS = (
    (-0.35, -1), (0.35, -1), (0.35, -0.35), (1, -0.35), (1, 0.35), (0.35, 0.35),
    (0.35, 1), (-0.35, 1), (-0.35, 0.35), (-1, 0.35), (-1, -0.35), (-0.35, -0.35),
)  # fmt: skip
