"""A text with its label in the margin, as statements and details are printed."""

from __future__ import annotations

from hsb_desktop.report.flow import Flow, fewest_lines
from hsb_desktop.report.page_style import BODY, LABEL
from hsb_desktop.report.text_setting import Style

GUTTER = 72.0
"""Width of the margin for labels and numbers."""
FIRST_LINES = 2 * BODY.leading
"""What of a text must stand on the page of its heading."""


def labelled(
    flow: Flow, label: str, text: str, style: Style = BODY, *, continued: str = "", after: float = 7
) -> None:
    """Print a label in the margin with a text beside it, whole, over as many pages as it takes."""
    width = flow.frame.width - GUTTER
    lines = flow.setter.lines(text, style, width)
    flow.need(fewest_lines(lines) * style.leading)  # so that the label never stands without its text
    element = flow.parent.child("P")
    labels = flow.setter.lines(label, LABEL, GUTTER - 10)
    flow.put(element, flow.document.text(labels, LABEL, flow.frame.left, flow.y))
    sheet, floor = flow.sheet, flow.y - len(labels) * LABEL.leading
    flow.lines(lines, style, element, left=GUTTER, continued=continued or f"{label}, continued")
    if flow.sheet is sheet:
        flow.y = min(flow.y, floor)
    flow.y -= after
