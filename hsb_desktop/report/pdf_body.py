"""The report around its statements: how to read it, the large radar, the lists, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from hsb_desktop.report import shapes
from hsb_desktop.report.content import DomainPart, ReportContent, StatementList, StatementResult
from hsb_desktop.report.flow import Flow
from hsb_desktop.report.labelled_text import FIRST_LINES, labelled
from hsb_desktop.report.page_style import (
    ACCENT_SOFT,
    BODY,
    HEADING,
    LABEL,
    MUTED,
    NUMBER,
    RULE,
    SMALL,
    STRIP_WIDTH,
    STRONG,
    WARNING,
    score_strip,
    warning_sign,
)
from hsb_desktop.report.pdf_front import ABOUT
from hsb_desktop.report.pdf_section import begin_section
from hsb_desktop.report.radar_drawing import radar_code
from hsb_desktop.report.structure import Element
from hsb_desktop.report.text_setting import Line, Style
from hsb_desktop.report.typefaces import Weight

_EXCERPT = Style(8.5, 11.5, colour=MUTED)
_LISTED_LEFT, _BESIDE_LISTED = 42, 92
"""What a statement in a list leaves to its number and to its score, in points."""


# How to read the scores ---------------------------------------------------------------------------------


def print_how_to_read(flow: Flow, content: ReportContent) -> None:
    """Print the scale with its whole descriptors and what the numbers mean."""
    begin_section(flow, "How to read the scores")
    flow.text("The scale", HEADING, kind="H2", keep=60)
    flow.y -= 4
    for point in content.scale:
        flow.need(26)
        flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
        flow.y -= 4
        element = flow.parent.child("P")
        number = flow.setter.single_line(str(point.score), NUMBER)
        flow.put(element, flow.document.text([number], NUMBER, flow.frame.left + 6, flow.y))
        flow.lines(
            flow.setter.lines(point.label, Style(10, 16), flow.frame.width - 36),
            Style(10, 16),
            element,
            left=36,
        )
        flow.y -= 4
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
    flow.y -= 16
    for passage in content.how_to_read:
        flow.text(passage.heading, STRONG, kind="H2", keep=FIRST_LINES)
        flow.text(passage.text, BODY)
        flow.space(7)


# Radar and domains --------------------------------------------------------------------------------------


def print_radar(flow: Flow, content: ReportContent) -> None:
    """Print the radar large, and the domain table below it."""
    begin_section(flow, "The five domains" if len(content.domains) == 5 else "The domains")
    height = 356.0
    sublabels = {
        part.result.domain_id: f"{part.result.mean_in_words} · {part.result.scored_of}"
        if part.result.scored
        else part.result.mean_in_words
        for part in content.domains
    }
    figure = flow.parent.child("Figure", alternative=content.radar.description)
    bottom = flow.y - height
    flow.put(
        figure,
        radar_code(
            flow.document,
            content.radar,
            (flow.frame.left, bottom),
            (flow.frame.width, height),
            sublabels=sublabels,
        ),
    )
    flow.y = bottom - 8
    flow.text(
        "Means of the scored statements, from 0 in the centre to 4 at the outer ring. "
        "A hollow point: part scored. A gap: nothing scored.",
        SMALL,
    )
    flow.space(14)
    _domain_table(flow, content)


_COLUMNS = (("Mean", 232.0), ("Scored", 316.0), ("Total", 362.0), ("Possible", 420.0), ("Percent", 482.0))


def _domain_table(flow: Flow, content: ReportContent) -> None:
    table = flow.parent.child("Table")
    flow.need(60)
    _table_header(flow, table)
    for part in content.domains:
        if flow.room < 24:
            flow.start_sheet()
            _table_header(flow, table)
        _domain_row(flow, table, part)
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
    flow.y -= 8


def _table_header(flow: Flow, table: Element) -> None:
    row = table.child("TR")
    cell = row.child("TH", scope="Column")
    flow.put(
        cell, flow.document.text([flow.setter.single_line("Domain", LABEL)], LABEL, flow.frame.left, flow.y)
    )
    for heading, right in _COLUMNS:
        line = flow.setter.single_line(heading, LABEL)
        cell = row.child("TH", scope="Column")
        flow.put(cell, flow.document.text_ending_at(line, LABEL, flow.frame.left + right, flow.y))
    flow.y -= 17


def _domain_row(flow: Flow, table: Element, part: DomainPart) -> None:
    result = part.result
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
    row = table.child("TR")
    name = Style(10.5, 24)
    line = flow.setter.clipped(f"{result.domain_id}  {result.short_title}", name, 180, 1)
    flow.put(row.child("TH", scope="Row"), flow.document.text(line, name, flow.frame.left, flow.y))
    scored = f"{result.scored} of {result.statements}" + (" (part)" if result.is_part_scored else "")
    values = (result.mean, scored, result.total, result.possible, result.percent)
    for (heading, right), value in zip(_COLUMNS, values, strict=True):
        style = Style(13, 24, Weight.BOLD) if heading == "Mean" else Style(10, 24)
        cell = flow.setter.single_line(value, style)
        flow.put(row.child("TD"), flow.document.text_ending_at(cell, style, flow.frame.left + right, flow.y))
    flow.y -= 24


# Lists of statements ------------------------------------------------------------------------------------


def print_lists(flow: Flow, content: ReportContent) -> None:
    """Print weakest and strengths with the beginning of their evidence, then what is still missing."""
    begin_section(flow, "Weakest and strongest")
    _list(flow, content.weakest, with_evidence=True)
    _list(flow, content.strengths, with_evidence=True)
    begin_section(flow, "Evidence and scores still missing")
    _list(flow, content.high_without_evidence, is_warning=True)
    _list(flow, content.low_without_evidence)
    _list(flow, content.not_scored)


def _list(
    flow: Flow, statements: StatementList, *, with_evidence: bool = False, is_warning: bool = False
) -> None:
    flow.space(6)
    intro = flow.setter.lines(
        statements.intro if statements.statements else statements.if_none, SMALL, flow.frame.width
    )
    first = (
        _height_of(*_words_of(flow, statements.statements[0], with_evidence)) if statements.statements else 0
    )
    # A heading without what it heads would stand alone at the foot of a page.
    flow.need(max(90, HEADING.leading + len(intro) * SMALL.leading + 6 + first))
    flow.bookmark(statements.heading, 1)
    is_warning = is_warning and bool(statements.statements)
    if is_warning:
        flow.put(None, warning_sign(flow.frame.left, flow.y - 14))
    style = Style(HEADING.size, HEADING.leading, Weight.BOLD, WARNING) if is_warning else HEADING
    flow.text(statements.heading, style, kind="H2", left=16 if is_warning else 0, keep=FIRST_LINES)
    flow.lines(intro, SMALL, flow.parent.child("P"))
    flow.y -= 6
    for result in statements.statements:
        _listed(flow, result, with_evidence=with_evidence)
    flow.space(12)


def _listed(flow: Flow, result: StatementResult, *, with_evidence: bool) -> None:
    lines, evidence = _words_of(flow, result, with_evidence)
    flow.need(_height_of(lines, evidence))
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
    flow.y -= 4
    element = flow.parent.child("P")
    flow.put(
        element,
        flow.document.text(
            flow.setter.clipped(result.statement_id, NUMBER, 40, 1), NUMBER, flow.frame.left, flow.y + 1
        ),
    )
    score = "not scored" if result.score is None else f"Score {result.score}"
    line = flow.setter.single_line(score, SMALL)
    strip_left = flow.frame.right - STRIP_WIDTH
    if result.score is None:
        flow.put(element, flow.document.text_ending_at(line, SMALL, flow.frame.right, flow.y))
    else:
        flow.put(element, score_strip(flow.document, strip_left, flow.y, result.score))
    width = _listed_width(flow)
    flow.lines(lines, BODY, element, left=_LISTED_LEFT, width=width)
    if evidence:
        flow.y -= 3
        flow.lines(evidence, _EXCERPT, flow.parent.child("P"), left=_LISTED_LEFT, width=width)
    flow.y -= 5


def _listed_width(flow: Flow) -> float:
    return flow.frame.width - _LISTED_LEFT - _BESIDE_LISTED


def _words_of(flow: Flow, result: StatementResult, with_evidence: bool) -> tuple[list[Line], list[Line]]:
    """Return a listed statement's lines, and those of its evidence."""
    width = _listed_width(flow)
    said = f"Evidence: {result.excerpt}" if result.excerpt else "No evidence written down."
    evidence = flow.setter.lines(said, _EXCERPT, width) if with_evidence else []
    return flow.setter.lines(result.reference, BODY, width), evidence


def _height_of(lines: Sequence[Line], evidence: Sequence[Line]) -> float:
    """Return how much of a page a listed statement needs to begin there."""
    return min(len(lines), 6) * BODY.leading + min(len(evidence), 4) * _EXCERPT.leading + 12


# What it rests on ---------------------------------------------------------------------------------------


def print_about(flow: Flow, content: ReportContent) -> None:
    """Print all about the audit, also what the cover had to shorten, and what the report rests on."""
    cover = content.cover
    begin_section(flow, ABOUT)
    for label, text in (
        ("Title", cover.title),
        (content.words.area, cover.area or "not given"),
        ("Kind", cover.kind),
        ("Coordinator", cover.coordinator or "not given"),
        ("Wave", cover.wave),
        ("Held on", "\n".join(cover.dates) or "date not given"),
        (content.words.parties, "\n".join(cover.parties) or "none entered"),
        ("Marking", content.marking),
        ("Printed on", cover.printed_on),
    ):
        if text:
            labelled(flow, label, text)
    flow.space(10)
    flow.need(120)
    flow.put(None, shapes.box(flow.frame.left, flow.y - 3, flow.frame.width, 3, fill=ACCENT_SOFT))
    flow.y -= 12
    flow.text("The audit tool", HEADING, kind="H2", keep=60)
    flow.y -= 3
    for text in (content.edition, content.acknowledgement, content.independence):
        flow.text(text, BODY)
        flow.space(5)
