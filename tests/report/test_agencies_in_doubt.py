"""What was agreed is not printed as agreed with a reason while copies of the audit differ in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsb_desktop.model import Audit, Conflict
from hsb_desktop.operations import rounds
from hsb_desktop.report.agencies import agencies_result, conflict_lines
from hsb_desktop.values import PARTNERSHIP, ResponseKey, Subject, ValueAddress, response_address
from tests.analysis.agencies import STATEMENT, after, answered
from tests.analysis.audits import WAVE

SCORE = response_address(ResponseKey(WAVE, PARTNERSHIP, STATEMENT), "score")
REASON = ValueAddress(Subject.AGREEMENT, (WAVE, STATEMENT), "reason")


def overridden() -> Audit:
    audit = answered({"police": 3, "health": 1})
    return after(audit, rounds.override(audit, WAVE, STATEMENT, 2, reason="For 2", agreed_by="Ann"))


def doubted(audit: Audit, *conflicts: Conflict) -> Audit:
    return replace(audit, conflicts=conflicts)


@pytest.mark.parametrize(
    "conflict",
    [
        Conflict("c", str(SCORE), first_value=2, second_value=4),
        Conflict("c", str(REASON), first_value="For 2", second_value="For 4"),
    ],
)
def test_an_agreement_that_two_copies_made_otherwise_waits_and_has_no_reason(conflict: Conflict) -> None:
    """Score, reason and name may be from different copies then: nobody agreed on them together."""
    audit = doubted(overridden(), conflict)
    result = agencies_result(audit, WAVE, audit.instrument.statement(STATEMENT))
    assert result is not None
    assert result.is_warning
    assert result.outcome.startswith("Agreed 2. Two copies of the audit differ in what was agreed")
    assert (result.reason, result.agreed_by) == ("", "")


def test_once_it_is_settled_it_is_printed_with_its_reason() -> None:
    audit = overridden()
    result = agencies_result(audit, WAVE, audit.instrument.statement(STATEMENT))
    assert result is not None
    assert (result.is_warning, result.reason, result.agreed_by) == (False, "For 2", "Ann")


def test_the_same_two_answers_are_listed_once_however_many_copies_differ() -> None:
    conflicts = (
        Conflict("c", str(SCORE), first_value=2, second_value=4),
        Conflict("d", str(SCORE), first_value=4, second_value=2),
        Conflict("e", str(SCORE), first_value=2, second_value=3),
    )
    lines = conflict_lines(doubted(overridden(), *conflicts))
    assert [(line.in_place, line.other) for line in lines] == [("2", "4"), ("2", "3")]
