"""The board's two short lists, beside one another: what is weakest, and what is a strength."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsb_desktop.model import Audit
from hsb_desktop.report.composing import report_content
from hsb_desktop.report.content import ReportContent, StatementList
from hsb_desktop.report.pdf import write_report_pdf
from tests.report.conftest import PRINTED_ON, WAVE, audit_of, page_texts, response, scores, squeezed


def content_of(audit: Audit) -> ReportContent:
    return report_content(audit, WAVE, PRINTED_ON)


def listed(statements: StatementList) -> list[str]:
    return [result.statement_id for result in statements.statements]


def test_a_statement_listed_as_a_strength_is_not_listed_as_weakest() -> None:
    content = content_of(audit_of(scores({"1.1": 4, "1.2": 1, "1.3": 3, "1.4": 2})))
    assert listed(content.strengths) == ["1.1", "1.3"]
    assert listed(content.weakest) == ["1.2", "1.4"]
    assert "A statement that is listed as a strength is not listed here." in content.weakest.intro


def test_a_high_score_without_evidence_is_no_strength_so_it_can_be_weakest() -> None:
    audit = audit_of([*scores({"1.1": 4}), *response("1.2", score=4)])
    content = content_of(audit)
    assert listed(content.strengths) == ["1.1"]
    assert listed(content.weakest) == ["1.2"]


def test_where_no_strength_is_among_the_weakest_nothing_is_said_about_it(workshop: Audit) -> None:
    assert "strength" not in content_of(workshop).weakest.intro


@pytest.mark.parametrize(
    ("scored", "heading"),
    [
        ({}, "Weakest statements"),
        ({"1.1": 4}, "Weakest statements"),
        ({"1.1": 1}, "The weakest statement"),
        ({"1.1": 1, "1.2": 2}, "Two weakest statements"),
        ({"1.1": 1, "1.2": 2, "1.3": 1, "2.2": 4}, "Three weakest statements"),
        ({"1.1": 1, "1.2": 2, "1.3": 1, "1.4": 0, "1.5": 0, "1.7": 0}, "Five weakest statements"),
    ],
)
def test_the_heading_says_how_many_are_listed(scored: dict[str, int], heading: str) -> None:
    content = content_of(audit_of(scores(scored)))
    assert content.weakest_heading == heading


def test_where_none_is_listed_it_is_said_why() -> None:
    assert content_of(audit_of()).weakest.if_none == "Nothing is scored yet."
    all_strong = content_of(audit_of(scores({"1.1": 4, "1.2": 4, "1.3": 4})))
    assert listed(all_strong.weakest) == []
    assert all_strong.weakest.if_none == "Every statement that is scored is listed as a strength."


def test_the_board_page_and_the_section_print_each_statement_once(tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    audit = audit_of(scores({"1.1": 4, "1.2": 4, "1.3": 4, "1.4": 1}))
    write_report_pdf(content_of(audit), out)
    pages = page_texts(out)
    board = squeezed(pages[1])
    section = squeezed(next(text for text in pages[2:] if "Weakest and strongest" in text))
    for page, heading in ((board, "Theweakeststatement"), (section, "Weakeststatements")):
        assert page.index(heading) < page.index("Strengths")
        for statement in audit.instrument.statements[:4]:
            assert page.count(squeezed(statement.text)[:40]) == 1
    assert "Fiveweakest" not in board
