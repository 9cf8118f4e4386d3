"""What is scored, what comes next, and which scores lack their evidence."""

from __future__ import annotations

import pytest

from hsb_desktop.analysis.progress import next_not_scored, progress
from hsb_desktop.model import Response, Statement
from tests.analysis.audits import WAVE, all_scored, audit_with, without_evidence


def number(statement: Statement | None) -> str | None:
    return statement.statement_id if statement else None


def numbers(statements: tuple[Statement, ...]) -> list[str]:
    return [statement.statement_id for statement in statements]


def test_an_empty_audit_has_scored_none_of_46() -> None:
    found = progress(audit_with({}), WAVE)
    assert (found.scored, found.statements, len(found.not_scored)) == (0, 46, 46)


def test_a_0_is_scored() -> None:
    assert progress(audit_with({"1.1": 0}), WAVE).scored == 1


def test_progress_of_one_domain_counts_its_statements_only() -> None:
    found = progress(audit_with({"3.1": 2, "1.1": 2}), WAVE, domain_id="3")
    assert (found.scored, found.statements) == (1, 8)


@pytest.mark.parametrize(("score", "place"), [(0, None), (1, "low"), (2, "low"), (3, "high"), (4, "high")])
def test_a_3_or_4_without_evidence_is_a_warning_a_1_or_2_a_note_a_0_needs_none(
    score: int, place: str | None
) -> None:
    found = progress(audit_with({"2.2": without_evidence(score)}), WAVE)
    assert numbers(found.high_without_evidence) == (["2.2"] if place == "high" else [])
    assert numbers(found.low_without_evidence) == (["2.2"] if place == "low" else [])


def test_spaces_alone_are_no_evidence() -> None:
    assert numbers(
        progress(audit_with({"2.2": without_evidence(4, " \n ")}), WAVE).high_without_evidence
    ) == ["2.2"]


def test_assurance_is_no_evidence() -> None:
    audit = audit_with({"2.2": Response(score=3, assurance="Audited every year.")})
    assert numbers(progress(audit, WAVE).high_without_evidence) == ["2.2"]


def test_no_view_is_not_a_score_of_the_agency() -> None:
    audit = audit_with({}, agencies={"police": {"1.1": Response(no_view=True), "1.2": 2}})
    assert progress(audit, WAVE, "police").scored == 1


@pytest.mark.parametrize(
    ("scored", "after", "found"),
    [
        ({}, None, "1.1"),
        ({}, "1.1", "1.2"),
        ({"1.2": 3}, "1.1", "1.3"),
        ({"1.6a": 1}, "1.5", "1.6b"),
        ({}, "5.8", "1.1"),
        ({"1.1": 0}, "5.8", "1.2"),
        ({}, "9.9", "1.1"),
    ],
)
def test_the_next_statement_not_scored_follows_the_form_and_goes_round(
    scored: dict[str, int | Response | None], after: str | None, found: str
) -> None:
    assert number(next_not_scored(audit_with(scored), WAVE, after)) == found


def test_nothing_comes_next_when_all_is_scored() -> None:
    assert next_not_scored(audit_with(all_scored(1)), WAVE, "1.1") is None


def test_the_only_one_left_is_next_even_to_itself() -> None:
    left = {number: score for number, score in all_scored(1).items() if number != "3.3"}
    assert number(next_not_scored(audit_with(left), WAVE, "3.3")) == "3.3"
