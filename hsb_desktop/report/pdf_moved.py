"""Prints what moved between two waves and why: like for like, with the evidence before and now."""

from __future__ import annotations

from collections.abc import Sequence

from hsb_desktop.report import shapes
from hsb_desktop.report.flow import Flow
from hsb_desktop.report.labelled_text import FIRST_LINES, GUTTER, labelled
from hsb_desktop.report.moved import DomainMoved, MovedList, MovedPart, StatementMoved
from hsb_desktop.report.page_style import BODY, HEADING, MUTED, NUMBER, RULE, SMALL, STRONG, WARNING
from hsb_desktop.report.pdf_section import begin_section
from hsb_desktop.report.pdf_table import SMALL_CELL, Column, height_of_beginning, print_table
from hsb_desktop.report.text_setting import Style
from hsb_desktop.report.typefaces import Weight

_MEAN = Style(10, 14)
_CHANGE = Style(10, 14, Weight.BOLD)
_NONE = Style(BODY.size, BODY.leading, colour=MUTED)
_LOST = "No longer evidenced: there was evidence before, and none now."
_MOVE_WIDTH = 44.0
_DOMAIN_COLUMNS = (
    Column("Domain", 150, style=_MEAN),
    Column("Before", 52, is_number=True, style=_MEAN),
    Column("Now", 52, is_number=True, style=_MEAN),
    Column("Change", 56, is_number=True, style=_CHANGE),
    Column("Scored in both", 82, is_number=True, style=_MEAN),
    Column("In one wave only", 90, style=SMALL_CELL),
)
_BRIEF_COLUMNS = (
    Column("", 34, style=Style(8.5, 11.5, Weight.BOLD)),
    Column("Statement", 268),
    Column("Score", 50),
    Column("Target and progress", 130),
)


def print_moved(flow: Flow, part: MovedPart) -> None:
    """Print the domains, then the statements: losses first, then what is no longer evidenced, then gains."""
    begin_section(flow, part.title, subtitle=part.about)
    flow.text(part.like_for_like, BODY)
    flow.space(8)
    print_table(flow, _DOMAIN_COLUMNS, [_domain(domain) for domain in part.domains])
    for moved in part.lists:
        if moved.is_brief:
            _brief(flow, moved)
        else:
            _whole(flow, moved)
    if not part.lists:
        flow.text("No statement is scored in either wave.", BODY)


def _domain(found: DomainMoved) -> Sequence[str]:
    return found.name, found.before, found.now, found.change, found.shared, found.only


def _heading(flow: Flow, moved: MovedList, keep: float) -> None:
    flow.space(8)
    flow.need(HEADING.leading + SMALL.leading + keep)
    flow.bookmark(moved.heading, 1)
    flow.text(moved.heading, HEADING, kind="H2", keep=FIRST_LINES)
    flow.text(moved.intro, SMALL)
    flow.y -= 6


def _brief(flow: Flow, moved: MovedList) -> None:
    rows = [
        (each.statement_id, each.reference, each.from_to, each.progress or "–") for each in moved.statements
    ]
    _heading(flow, moved, height_of_beginning(flow, _BRIEF_COLUMNS, rows) + 6)
    print_table(flow, _BRIEF_COLUMNS, rows)


def _whole(flow: Flow, moved: MovedList) -> None:
    _heading(flow, moved, _beginning(flow, moved.statements[0]) + 6)
    for each in moved.statements:
        _statement(flow, each)
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
    flow.y -= 8


def _beginning(flow: Flow, each: StatementMoved) -> float:
    """Return how much of a statement stands together: its words, and the first lines below them."""
    reference = flow.setter.lines(each.reference, BODY, flow.frame.width - GUTTER - _MOVE_WIDTH)
    return min(len(reference), 8) * BODY.leading + 3 * BODY.leading + 16


def _statement(flow: Flow, each: StatementMoved) -> None:
    width = flow.frame.width - GUTTER - _MOVE_WIDTH
    reference = flow.setter.lines(each.reference, BODY, width)
    flow.need(_beginning(flow, each))
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
    flow.y -= 5
    element = flow.parent.child("H3")
    number = flow.setter.clipped(each.statement_id, NUMBER, GUTTER - 8, 1)
    flow.put(element, flow.document.text(number, NUMBER, flow.frame.left, flow.y + 1))
    line = flow.setter.single_line(each.from_to, NUMBER)
    flow.put(element, flow.document.text_ending_at(line, NUMBER, flow.frame.right, flow.y + 1))
    flow.lines(reference, BODY, element, left=GUTTER, width=width)
    flow.y -= 3
    if each.progress:
        labelled(flow, "Progress", each.progress, STRONG, after=2)
    if each.lost_evidence:
        lost = Style(BODY.size, BODY.leading, Weight.BOLD, WARNING)
        labelled(
            flow, "Evidence", "No longer evidenced: there was evidence before, and none now.", lost, after=2
        )
    for label, text in (("Before", each.evidence_before), ("Now", each.evidence_now)):
        said = f"{each.statement_id} {label}, continued"
        labelled(
            flow, label, text or "No evidence written down.", BODY if text else _NONE, continued=said, after=4
        )
    flow.y -= 3
