"""Prints how the agencies stand to one statement, and how its score was agreed."""

from __future__ import annotations

from hsb_desktop.analysis.consensus import QUESTION
from hsb_desktop.report.agencies import AgenciesResult, OwnWords, head_count_in_words
from hsb_desktop.report.flow import Flow
from hsb_desktop.report.labelled_text import GUTTER, labelled
from hsb_desktop.report.page_style import BODY, LABEL, STRONG, WARNING, warning_sign
from hsb_desktop.report.score_counts import LABELLED_COUNTS_WIDTH, labelled_counts_code
from hsb_desktop.report.text_setting import Style
from hsb_desktop.report.typefaces import Weight
from hsb_desktop.report.wording import KindWords

_LINE = Style(9.5, 13.5)
_SMALL = Style(8.5, 12)


def print_agencies(flow: Flow, statement_id: str, found: AgenciesResult, words: KindWords) -> None:
    """Print the head-count, who gave which score, what the rule recommends, and what became of it."""
    if found.head_count.scored or found.head_count.no_view:
        _head_count(flow, found, words)
    if found.answers:
        labelled(flow, "", "\n".join(found.answers), _SMALL, after=3, continued=f"{statement_id} scores")
    if found.recommended:
        labelled(flow, "Lower score", found.recommended, STRONG, after=3)
    if found.outcome:
        _outcome(flow, found)
    for label, text in (
        ("Reason", found.reason),
        ("Agreed by", found.agreed_by),
        ("Dissent", found.dissent),
        ("Suggested action", f"{QUESTION} {found.what_would_help}" if found.what_would_help else ""),
        ("Rounds", "\n".join(found.rounds)),
    ):
        if text:
            labelled(flow, label, text, continued=f"{statement_id} {label}, continued", after=4)
    for own in found.own_words:
        _own_words(flow, statement_id, own)
    flow.y -= 3


def _own_words(flow: Flow, statement_id: str, own: OwnWords) -> None:
    """Print what an agency wrote itself, under its name."""
    continued = f"{statement_id} {own.agency}, continued"
    if own.evidence:
        words = f"{own.agency}: {own.evidence}"
        labelled(flow, "Agency’s evidence", words, _SMALL, continued=continued, after=4)
    if own.assurance:
        words = f"{own.agency}: {own.assurance}"
        labelled(flow, "Agency’s assurance", words, _SMALL, continued=continued, after=4)


def _head_count(flow: Flow, found: AgenciesResult, words: KindWords) -> None:
    labels = flow.setter.lines(words.parties_in_margin, LABEL, GUTTER - 10)
    flow.need(2 * _LINE.leading + len(labels) * LABEL.leading)
    element = flow.parent.child("P")
    left = flow.frame.left
    flow.put(element, flow.document.text(labels, LABEL, left, flow.y))
    flow.put(element, labelled_counts_code(flow.document, found.head_count.by_score, left + GUTTER, flow.y))
    beside = flow.setter.single_line(head_count_in_words(found.head_count), _SMALL)
    flow.put(
        element,
        flow.document.text([beside], _SMALL, left + GUTTER + LABELLED_COUNTS_WIDTH + 8, flow.y),
    )
    flow.y -= max(_LINE.leading, len(labels) * LABEL.leading) + 3


def _outcome(flow: Flow, found: AgenciesResult) -> None:
    if not found.is_warning:
        labelled(flow, "", found.outcome, BODY, after=4)
        return
    style = Style(BODY.size, BODY.leading, Weight.BOLD, WARNING)
    flow.need(2 * style.leading)
    flow.put(None, warning_sign(flow.frame.left + GUTTER, flow.y - 11))
    flow.text(f"Warning: {found.outcome}", style, left=GUTTER + 16)
    flow.y -= 4
