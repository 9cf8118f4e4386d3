"""The look shared by everything that is printed: sizes, colours, furniture, and small recurring figures."""

from __future__ import annotations

from hsb_desktop.report import shapes
from hsb_desktop.report.document import Document, Furniture
from hsb_desktop.report.text_setting import Style
from hsb_desktop.report.typefaces import Weight

INK = "#17212B"
MUTED = "#4D5966"
ACCENT = "#0A63AD"
ACCENT_SOFT = "#E3EFF9"
RULE = "#CBD2DA"
WARNING = "#8A4B00"
WARNING_SOFT = "#FDF1DC"

BODY = Style(9.5, 13.5)
SMALL = Style(8, 11, colour=MUTED)
LABEL = Style(8, 13.5, Weight.BOLD, MUTED)
STRONG = Style(9.5, 13.5, Weight.BOLD)
TITLE = Style(20, 26, Weight.BOLD)
HEADING = Style(13, 18, Weight.BOLD)
SUBTITLE = Style(10.5, 15, colour=MUTED)
NUMBER = Style(12, 16, Weight.BOLD, ACCENT)

SAMPLE = "SAMPLE: invented data, not a real audit"

_FURNITURE = Style(7.5, 10, colour=MUTED)
_MARKING = Style(8.5, 11, Weight.BOLD)
_STEP = 16.0
STRIP_WIDTH = 5 * _STEP
STRIP_HEIGHT = 15.0


def furniture(document: Document, *, head: str, foot: str, marking: str, edge: float = 57) -> Furniture:
    """Return what draws head and foot of each page: marking above and below, what it is, page x of y."""
    width, height = document.size
    setter = document.setter
    marks = setter.clipped(marking, _MARKING, width - 2 * edge, 1) if marking else []
    side = (width - 2 * edge) * 0.62
    head_line = setter.clipped(head, _FURNITURE, width - 2 * edge, 1)
    foot_line = setter.clipped(foot, _FURNITURE, side, 1)

    def draw(number: int, total: int) -> str:
        page = setter.single_line(f"Page {number} of {total}", _FURNITURE)
        code = [
            document.text_ending_at(page, _FURNITURE, width - edge, 40),
            document.text(foot_line, _FURNITURE, edge, 40),
        ]
        if number > 1:
            code.append(document.text(head_line, _FURNITURE, edge, height - 36))
        for line in marks:
            code.append(document.centred_text(line, _MARKING, width / 2, height - 20))
            code.append(document.centred_text(line, _MARKING, width / 2, 26))
        return "\n".join(code)

    return draw


def score_strip(document: Document, left: float, top: float, score: int | None) -> str:
    """Return a strip of five numbered steps with the score's step filled; none is filled if not scored."""
    code = []
    bottom = top - STRIP_HEIGHT
    for step in range(5):
        x = left + step * _STEP
        is_chosen = step == score
        style = Style(
            8.5, STRIP_HEIGHT, Weight.BOLD if is_chosen else Weight.REGULAR, "#FFFFFF" if is_chosen else MUTED
        )
        code.append(
            shapes.box(
                x, bottom, _STEP, STRIP_HEIGHT, fill=ACCENT if is_chosen else "#FFFFFF", line="#78838F"
            )
        )
        code.append(
            document.centred_text(document.setter.single_line(str(step), style), style, x + _STEP / 2, top)
        )
    return "\n".join(code)


def warning_sign(left: float, baseline: float) -> str:
    """Return a small triangle with an exclamation mark."""
    outline = shapes.polygon(
        [(left, baseline), (left + 10, baseline), (left + 5, baseline + 9)], fill=WARNING
    )
    stroke = shapes.polyline([(left + 5, baseline + 3.4), (left + 5, baseline + 5.8)], "#FFFFFF", 1.3)
    return "\n".join((outline, stroke, shapes.circle(left + 5, baseline + 1.6, 0.75, fill="#FFFFFF")))


def progress_bar(left: float, bottom: float, width: float, share: float) -> str:
    """Return a bar filled to a share from 0 to 1."""
    code = shapes.box(left, bottom, width, 6, fill="#E4E8ED")
    return code + ("\n" + shapes.box(left, bottom, width * share, 6, fill=ACCENT) if share else "")
