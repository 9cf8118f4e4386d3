"""An agency that takes no part in a wave has no say in it, and what it answered is printed as that."""

from __future__ import annotations

from hsb_desktop.report.agencies import agencies_result
from tests.analysis.agencies import STATEMENT, answered, attended_by
from tests.analysis.audits import WAVE


def test_an_answer_without_a_say_is_named_and_not_counted() -> None:
    audit = attended_by(answered({"police": 3, "health": 0}), "police")
    found = agencies_result(audit, WAVE, audit.instrument.statement(STATEMENT))
    assert found is not None
    assert found.recommended == "Recommended 3: Police 3 (one score only)"
    assert found.head_count.by_score == (0, 0, 0, 1, 0)
    assert found.answers == ("Not counted, because no part in this wave is noted: Health 0",)


def test_answers_of_agencies_that_all_take_part_are_not_named_so() -> None:
    audit = answered({"police": 3, "health": 0})
    found = agencies_result(audit, WAVE, audit.instrument.statement(STATEMENT))
    assert found is not None
    assert not any("Not counted" in line for line in found.answers)
