"""Prints every domain from a new page: each statement whole, then what was written at the domain's end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hsb_desktop.report import shapes
from hsb_desktop.report.content import DomainPart, ReportContent, StatementResult
from hsb_desktop.report.flow import Flow, fewest_lines
from hsb_desktop.report.labelled_text import FIRST_LINES, GUTTER, labelled
from hsb_desktop.report.page_style import (
    BODY,
    INK,
    LABEL,
    MUTED,
    NUMBER,
    SMALL,
    STRIP_HEIGHT,
    STRIP_WIDTH,
    STRONG,
    SUBTITLE,
    TITLE,
    WARNING,
    score_strip,
    warning_sign,
)
from hsb_desktop.report.pdf_agencies import print_agencies
from hsb_desktop.report.radar_drawing import radar_code
from hsb_desktop.report.text_setting import Line, Style
from hsb_desktop.report.typefaces import Weight
from hsb_desktop.report.wording import KindWords

_STATEMENT = Style(10.5, 14.5)
_LITTLE = 5 * BODY.leading
_LINES_TO_MOVE = 9
"""Of a statement that fills its pages: so many of its lines go to the page of the domain's end."""
_HEADING_TEXT = Style(10.5, 14.5, Weight.BOLD)


def print_domains(flow: Flow, content: ReportContent) -> None:
    """Print every domain from a new page: all that was entered for its statements, and at its end."""
    for part in content.domains:
        _domain_opening(flow, part)
        *others, last = part.statements
        for result in others:
            _statement(flow, result, content.words)
        _last_statement_and_end(flow, part, last, content.words)


def _last_statement_and_end(flow: Flow, part: DomainPart, last: StatementResult, words: KindWords) -> None:
    """Print both so that the end does not stand alone on a page.

    Where it would, the last statement moves along to a page of its own or, if it fills that to the last line,
    leaves some lines free, so that its text ends on the page of the domain's end.
    """
    mark, whole = flow.mark(), flow.frame
    for moves_along, lines_left_free in ((False, 0), (True, 0), (False, _LINES_TO_MOVE)):
        flow.back_to(mark)
        if moves_along and not flow.is_at_top:
            flow.start_sheet()
        flow.frame = replace(whole, bottom=whole.bottom + lines_left_free * BODY.leading)
        _statement(flow, last, words)
        flow.frame = whole
        if not _domain_end(flow, part):
            return


def _domain_opening(flow: Flow, part: DomainPart) -> None:
    result = part.result
    flow.start_sheet()
    flow.section()
    flow.bookmark(f"{result.domain_id} {result.short_title}", 0)
    radar_size = 172.0
    top = flow.y
    width = flow.frame.width - radar_size - 14
    flow.text(f"Domain {result.domain_id} · {result.short_title}", SUBTITLE, width=width)
    flow.text(result.title, TITLE, kind="H1", width=width)
    flow.space(10)
    big = Style(30, 36, Weight.BOLD)
    mean = flow.setter.single_line(result.mean, big)
    element = flow.parent.child("P")
    flow.put(element, flow.document.text([mean], big, flow.frame.left, flow.y))
    beside = (
        [
            f"mean of 0 to 4, {result.scored_of}",
            f"{result.total} of {result.possible} possible, {result.percent}",
        ]
        if result.scored
        else ["nothing scored", f"{result.scored} of {result.statements} statements"]
    )
    lines = [flow.setter.single_line(text, BODY) for text in beside]
    flow.put(element, flow.document.text(lines, BODY, flow.frame.left + mean.width + 14, flow.y - 4))
    flow.y -= 40
    if result.is_part_scored:
        flow.text("Part scored: the mean may move when the rest is scored.", SMALL, width=width)
    figure = flow.parent.child("Figure", alternative=part.radar.description)
    flow.put(
        figure,
        radar_code(
            flow.document,
            part.radar,
            (flow.frame.right - radar_size, top - radar_size),
            (radar_size, radar_size),
        ),
    )
    flow.y = min(flow.y, top - radar_size) - 14


def _statement(flow: Flow, result: StatementResult, words: KindWords) -> None:
    width = flow.frame.width - GUTTER
    heading = flow.setter.lines(result.heading, _HEADING_TEXT, width) if result.opens_heading else []
    lines = flow.setter.lines(result.text, _STATEMENT, width)
    prompts = [
        line for prompt in result.prompts for line in flow.setter.lines(prompt, _STATEMENT, width - 14)
    ]
    # The heading, the score and the beginning of the first text stay together.
    text_height = (len(heading) + len(lines) + len(prompts)) * _STATEMENT.leading
    flow.need(min(text_height, 300) + STRIP_HEIGHT + FIRST_LINES + 44)
    is_new_page = flow.is_at_top
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, "#78838F", 0.75))
    flow.y -= 8
    if result.heading and not heading and is_new_page:
        # A part is no sentence without its heading, which stands on an earlier page.
        again = flow.setter.lines(f"{result.heading_id} {result.heading}", SMALL, width)
        flow.lines(again, SMALL, flow.parent.child("P"), left=GUTTER)
        flow.y -= 4
    if heading:
        flow.bookmark(f"{result.heading_id} {result.heading}", 1)
        _numbered(flow, result.heading_id, heading, _HEADING_TEXT, "H2")
        flow.y -= 6
    flow.bookmark(f"{result.statement_id} {result.text}", 2 if result.heading_id else 1)
    _numbered(flow, result.statement_id, lines, _STATEMENT, "H3" if result.heading_id else "H2")
    for prompt in result.prompts:
        element = flow.parent.child("P")
        bullet = flow.frame.left + GUTTER + 4
        flow.put(None, shapes.circle(bullet, flow.y - 7.5, 1.4, fill=MUTED))
        flow.lines(flow.setter.lines(prompt, _STATEMENT, width - 14), _STATEMENT, element, left=GUTTER + 14)
    flow.y -= 5
    _score(flow, result, words.score)
    if result.agencies is not None:
        print_agencies(flow, result.statement_id, result.agencies, words)
    for label, text in (
        ("Evidence", result.evidence),
        ("Assurance", result.assurance),
        ("Target", result.target),
        ("Reading", result.reading),
    ):
        if text.strip():
            labelled(flow, label, text, continued=f"{result.statement_id} {label}, continued")
        elif label in {"Evidence", "Assurance"}:
            labelled(flow, label, "–", Style(BODY.size, BODY.leading, colour=MUTED), after=2)
    flow.y -= 7


def _numbered(flow: Flow, number: str, lines: Sequence[Line], style: Style, kind: str) -> None:
    element = flow.parent.child(kind)
    number_line = flow.setter.clipped(number, NUMBER, GUTTER - 8, 1)
    flow.put(element, flow.document.text(number_line, NUMBER, flow.frame.left, flow.y + 1))
    flow.lines(lines, style, element, left=GUTTER)


def _score(flow: Flow, result: StatementResult, score_word: str) -> None:
    left = flow.frame.left + GUTTER
    element = flow.parent.child("P")
    flow.put(
        element,
        flow.document.text([flow.setter.single_line(score_word, LABEL)], LABEL, flow.frame.left, flow.y - 1),
    )
    said = "Not scored" if result.score is None else f"{result.score} · {result.descriptor}"
    style = Style(
        9.5,
        13.5,
        Weight.REGULAR if result.score is None else Weight.BOLD,
        MUTED if result.score is None else INK,
    )
    lines = flow.setter.lines(said, style, flow.frame.width - GUTTER - STRIP_WIDTH - 12)
    flow.put(None, score_strip(flow.document, left, flow.y, result.score))
    flow.put(element, flow.document.text(lines, style, left + STRIP_WIDTH + 12, flow.y - 1))
    flow.y -= max(STRIP_HEIGHT, len(lines) * style.leading) + 6
    if result.remark:
        warning = Style(8.5, 12, Weight.BOLD, WARNING if result.is_warning else MUTED)
        if result.is_warning:
            flow.put(None, warning_sign(left, flow.y - 10))
        said = ("Warning: " if result.is_warning else "Note: ") + result.remark[0].lower() + result.remark[1:]
        flow.text(said, warning, left=GUTTER + (16 if result.is_warning else 0))
        flow.y -= 3


def _domain_end(flow: Flow, part: DomainPart) -> bool:
    """Print comments and date; return whether they, or the rest of them, stand almost alone on a page."""
    comments = part.comments if part.comments.strip() else "–"
    lines = fewest_lines(flow.setter.lines(comments, BODY, flow.frame.width - GUTTER))
    flow.need(13 + STRONG.leading + max(lines * BODY.leading, FIRST_LINES))
    above, sheet = flow.frame.top - flow.y, flow.sheet
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, "#78838F", 0.75))
    flow.y -= 10
    flow.text("At the end of this domain", STRONG, kind="H2", keep=FIRST_LINES)
    flow.y -= 3
    labelled(flow, "Comments", comments, continued="Comments, continued")
    labelled(flow, "Date completed", part.completed_on)
    used = flow.frame.top - flow.y
    if flow.sheet is not sheet:
        return used < _LITTLE
    return above < _LITTLE and used < (flow.frame.top - flow.frame.bottom) / 2
