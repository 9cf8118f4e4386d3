"""The report's first two pages: the cover, and a summary for the board that always fits one page.

Both show the beginning of texts that are too long for them; everything stands whole further on.
"""

from __future__ import annotations

from hsb_desktop.report import shapes
from hsb_desktop.report.content import DomainResult, ReportContent, StatementList, StatementResult
from hsb_desktop.report.flow import Flow
from hsb_desktop.report.page_style import (
    ACCENT,
    BODY,
    INK,
    LABEL,
    MUTED,
    NUMBER,
    RULE,
    SAMPLE,
    SMALL,
    STRONG,
    SUBTITLE,
    TITLE,
    WARNING,
    WARNING_SOFT,
    progress_bar,
    warning_sign,
)
from hsb_desktop.report.radar_drawing import radar_code
from hsb_desktop.report.structure import Element
from hsb_desktop.report.text_setting import Style
from hsb_desktop.report.typefaces import Weight

ABOUT = "About this audit"

_COVER_TITLE = Style(28, 35, Weight.BOLD)
_COVER_AREA = Style(17, 24)
_COVER_LABEL = Style(9, 15, Weight.BOLD, MUTED)
_COVER_TEXT = Style(10.5, 15)
_BIG = Style(13, 17, Weight.BOLD)
_LABEL_WIDTH = 130.0
_RADAR_WIDTH = 268.0
_RADAR_HEIGHT = 254.0
_ROW = 20.0


def print_cover(flow: Flow, content: ReportContent) -> None:
    """Print the cover on the page that the flow has begun."""
    cover = content.cover
    flow.section()
    flow.bookmark("Cover", 0)
    flow.y -= 30
    if cover.is_sample:
        _banner(flow, SAMPLE)
    flow.y -= 40
    flow.put(None, shapes.box(flow.frame.left, flow.y, 48, 4, fill=ACCENT))
    flow.y -= 18
    _clipped(flow, cover.kind + " of the response to harmful sexual behaviour", SUBTITLE, 2)
    flow.space(6)
    _clipped(flow, cover.title, _COVER_TITLE, 3, kind="H1")
    if cover.area:
        flow.space(8)
        _clipped(flow, cover.area, _COVER_AREA, 2)
    flow.y = min(flow.y - 40, flow.frame.bottom + 400)
    _cover_row(flow, "Wave", [cover.wave], 2)
    _cover_row(flow, "Held on", list(cover.dates) or ["date not given"], 5)
    _cover_row(flow, "Coordinator", [cover.coordinator or "not given"], 2)
    _cover_row(flow, content.words.parties, list(cover.parties) or ["none entered"], 10)
    if content.marking:
        _cover_row(flow, "Protective marking", [content.marking], 2)
    _cover_row(flow, "Printed on", [cover.printed_on], 1)


def _banner(flow: Flow, text: str) -> None:
    style = Style(10.5, 24, Weight.BOLD, WARNING)
    flow.put(
        None, shapes.box(flow.frame.left, flow.y - 24, flow.frame.width, 24, fill=WARNING_SOFT, line=WARNING)
    )
    line = flow.setter.single_line(text, style)
    middle = flow.frame.left + flow.frame.width / 2
    flow.put(flow.parent.child("P"), flow.document.centred_text(line, style, middle, flow.y))
    flow.y -= 24


def _clipped(flow: Flow, text: str, style: Style, most: int, *, kind: str = "P") -> None:
    lines = flow.setter.clipped(text, style, flow.frame.width, most)
    flow.lines(lines, style, flow.parent.child(kind))


def _cover_row(flow: Flow, label: str, items: list[str], most: int) -> None:
    """Print a label and at most `most` lines beside it, then how many entries are left for the last page."""
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
    flow.y -= 5
    width = flow.frame.width - _LABEL_WIDTH
    labels = flow.setter.lines(label, _COVER_LABEL, _LABEL_WIDTH - 12)
    element = flow.parent.child("P")
    flow.put(element, flow.document.text(labels, _COVER_LABEL, flow.frame.left, flow.y))
    top = flow.y
    room = most
    for index, item in enumerate(items):
        is_last = index == len(items) - 1
        if room < (1 if is_last else 2):
            more = f"and {len(items) - index} more, listed under “{ABOUT}”"
            flow.lines(flow.setter.lines(more, _COVER_TEXT, width), _COVER_TEXT, element, left=_LABEL_WIDTH)
            break
        lines = flow.setter.clipped(item, _COVER_TEXT, width, min(2, room - (not is_last)))
        flow.lines(lines, _COVER_TEXT, element, left=_LABEL_WIDTH)
        room -= len(lines)
    flow.y = min(flow.y, top - len(labels) * _COVER_LABEL.leading) - 5


# The summary --------------------------------------------------------------------------------------------


def print_summary(flow: Flow, content: ReportContent) -> None:
    """Print the summary on a page of its own."""
    flow.start_sheet()
    flow.section()
    flow.bookmark("Summary", 0)
    cover = content.cover
    _clipped(flow, "Summary", TITLE, 1, kind="H1")
    about = " · ".join(filter(None, (cover.area, cover.wave, cover.held_on)))
    _clipped(flow, about, SUBTITLE, 1)
    flow.y -= 8
    top = flow.y
    _radar(flow, content, top)
    _results(flow, content, top)
    flow.y = top - _RADAR_HEIGHT - 12
    _short_list(flow, content.weakest, content.weakest_heading)
    flow.y -= 8
    _short_list(flow, content.strengths, "Strengths")


def _radar(flow: Flow, content: ReportContent, top: float) -> None:
    figure = flow.parent.child("Figure", alternative=content.radar.description)
    bottom = top - _RADAR_HEIGHT
    said = {part.result.domain_id: part.result.mean_in_words for part in content.domains}
    code = radar_code(
        flow.document,
        content.radar,
        (flow.frame.left - 6, bottom),
        (_RADAR_WIDTH, _RADAR_HEIGHT),
        sublabels=said,
    )
    flow.put(figure, code)


def _results(flow: Flow, content: ReportContent, top: float) -> None:
    left, right = flow.frame.left + _RADAR_WIDTH + 10, flow.frame.right
    flow.y = top - 6
    table = flow.parent.child("Table")
    header = table.child("TR")
    for text, place in (("Domain", left), ("Mean", right - 74), ("Scored", right)):
        line = flow.setter.single_line(text, LABEL)
        x = place if place == left else place - line.width
        flow.put(header.child("TH", scope="Column"), flow.document.text([line], LABEL, x, flow.y))
    flow.y -= 16
    shown = [part.result for part in content.domains[:7]]
    for result in shown:
        _result_row(flow, table, result, left, right)
    flow.put(None, shapes.rule(left, right, flow.y, RULE))
    if len(content.domains) > len(shown):
        line = flow.setter.single_line(
            f"and {len(content.domains) - len(shown)} more, see the domain table", SMALL
        )
        flow.put(flow.parent.child("P"), flow.document.text([line], SMALL, left, flow.y))
    flow.y -= 16
    share = content.scored / content.statements if content.statements else 0
    line = flow.setter.single_line(content.progress, STRONG)
    flow.put(flow.parent.child("P"), flow.document.text([line], STRONG, left, flow.y))
    flow.put(None, progress_bar(left, flow.y - 22, right - left, share))
    flow.y -= 32
    _evidence_warning(flow, content, left, right)
    if any(part.result.is_part_scored for part in content.domains):
        flow.y -= 4
        _hollow_key(flow, left)


def _result_row(flow: Flow, table: Element, result: DomainResult, left: float, right: float) -> None:
    flow.put(None, shapes.rule(left, right, flow.y, RULE))
    row = table.child("TR")
    names = Style(10, _ROW)
    lines = flow.setter.clipped(f"{result.domain_id}  {result.short_title}", names, right - left - 110, 1)
    flow.put(row.child("TH", scope="Row"), flow.document.text(lines, names, left, flow.y))
    mean = Style(12, _ROW, Weight.BOLD)
    line = flow.setter.single_line(result.mean, mean)
    flow.put(row.child("TD"), flow.document.text_ending_at(line, mean, right - 74, flow.y))
    scored = Style(8.5, _ROW, colour=MUTED)
    line = flow.setter.single_line(result.scored_of, scored)
    flow.put(row.child("TD"), flow.document.text_ending_at(line, scored, right, flow.y))
    flow.y -= _ROW


def _evidence_warning(flow: Flow, content: ReportContent, left: float, right: float) -> None:
    is_warning = bool(content.high_without_evidence.statements)
    style = Style(9.5, 13.5, Weight.BOLD, WARNING if is_warning else INK)
    indent = 16 if is_warning else 0
    lines = flow.setter.clipped(content.evidence_warning, style, right - left - indent, 2)
    if is_warning:
        flow.put(None, warning_sign(left, flow.y - 11))
    flow.put(flow.parent.child("P"), flow.document.text(lines, style, left + indent, flow.y))
    flow.y -= len(lines) * style.leading


def _hollow_key(flow: Flow, left: float) -> None:
    line = flow.setter.single_line("Hollow point: part scored", SMALL)
    flow.put(None, shapes.circle(left + 5, flow.y - 5.5, 3.6, fill="#FFFFFF", line="#0072B2", weight=1.6))
    flow.put(flow.parent.child("P"), flow.document.text([line], SMALL, left + 16, flow.y))
    flow.y -= SMALL.leading


def _short_list(flow: Flow, statements: StatementList, heading: str) -> None:
    flow.put(
        flow.parent.child("H2"),
        flow.document.text([flow.setter.single_line(heading, _BIG)], _BIG, flow.frame.left, flow.y),
    )
    flow.y -= _BIG.leading + 4
    if not statements.statements:
        _clipped(flow, statements.if_none, BODY, 1)
    for result in statements.statements:
        _short_row(flow, result)


def _short_row(flow: Flow, result: StatementResult) -> None:
    text_style = Style(8.5, 11.5)
    numeral = Style(12, 16, Weight.BOLD)
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
    element = flow.parent.child("P")
    number = flow.setter.clipped(result.statement_id, NUMBER, 40, 1)
    flow.put(element, flow.document.text(number, NUMBER, flow.frame.left, flow.y - 3))
    lines = flow.setter.clipped(result.reference, text_style, flow.frame.width - 42 - 52, 2)
    flow.put(element, flow.document.text(lines, text_style, flow.frame.left + 42, flow.y - 5))
    score = flow.setter.single_line(f"{result.score} of 4", numeral)
    flow.put(element, flow.document.text_ending_at(score, numeral, flow.frame.right, flow.y - 3))
    flow.y -= 35
