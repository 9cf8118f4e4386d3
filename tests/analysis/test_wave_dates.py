"""Waves due: the baseline's date plus 6 and plus 12 calendar months (domain.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.analysis.wave_dates import (
    DueState,
    baseline_date,
    baseline_of,
    due_waves,
    next_due,
    plus_months,
    usual_label,
)
from hsb_desktop.model import Audit, DomainNote, Response, Wave
from hsb_desktop.values import PARTNERSHIP, NoteKey, ResponseKey
from tests.analysis.audits import audit_with

TODAY = date(2026, 3, 1)


def audit_of(*waves: Wave, completed: dict[str, str] | None = None) -> Audit:
    notes = {NoteKey("w1", name): DomainNote(completed_on=day) for name, day in (completed or {}).items()}
    return replace(audit_with({}), waves=waves, notes=notes)


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        ("2025-08-31", 6, "2026-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-12-31", 6, "2026-06-30"),
        ("2025-07-15", 6, "2026-01-15"),
        ("2025-01-15", 0, "2025-01-15"),
    ],
)
def test_months_are_calendar_months_and_a_day_the_month_lacks_is_its_last(
    day: str, months: int, due: str
) -> None:
    assert plus_months(date.fromisoformat(day), months) == date.fromisoformat(due)


@given(day=st.dates(date(1990, 1, 1), date(2100, 12, 31)), months=st.integers(0, 240))
def test_so_many_months_later_is_in_the_month_that_many_later(day: date, months: int) -> None:
    due = plus_months(day, months)
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
    assert due.day == day.day or (due.day < day.day and (due + timedelta(1)).day == 1)


def test_the_baselines_date_is_its_own_day_else_its_last_domain_date() -> None:
    completed = {"1": "2025-05-01", "2": "2025-06-30", "3": "2025-06-01"}
    assert baseline_date(audit_of(Wave("w1", held_on="2025-04-09"), completed=completed)) == date(2025, 4, 9)
    assert baseline_date(audit_of(Wave("w1"), completed=completed)) == date(2025, 6, 30)
    assert baseline_date(audit_of(Wave("w1"))) is None


def test_domain_dates_of_other_waves_do_not_count() -> None:
    audit = audit_of(Wave("w1"), Wave("w2", position=1))
    audit = replace(audit, notes={NoteKey("w2", "1"): DomainNote(completed_on="2026-01-01")})
    assert baseline_date(audit) is None


def test_the_baseline_is_the_first_wave() -> None:
    assert baseline_of(audit_of(Wave("w1"), Wave("w2", position=1))) == Wave("w1")
    assert baseline_of(audit_of()) is None


def test_due_are_six_and_twelve_months_and_then_each_year() -> None:
    waves = [Wave(f"w{n}", f"Wave {n}", f"2025-0{n}-01", position=n) for n in range(1, 5)]
    found = due_waves(audit_of(*waves), TODAY)
    assert [(d.months, d.due_on.isoformat(), d.state) for d in found] == [
        (6, "2025-07-01", DueState.BEGUN),
        (12, "2026-01-01", DueState.BEGUN),
        (24, "2027-01-01", DueState.BEGUN),
        (36, "2028-01-01", DueState.AHEAD),
    ]
    assert [d.label for d in found] == ["Wave 2", "Wave 3", "Wave 4", "36 months"]


def test_labels_say_when_a_wave_is_due() -> None:
    assert [usual_label(n) for n in range(5)] == [
        "Baseline",
        "Six months",
        "Twelve months",
        "24 months",
        "36 months",
    ]


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, DueState.PAST), (0, DueState.NEAR), (30, DueState.NEAR), (31, DueState.AHEAD)],
)
def test_a_wave_is_near_from_thirty_days_before_and_past_from_the_day_after(
    days: int, state: DueState
) -> None:
    due_on = plus_months(date(2025, 9, 15), 6)
    found = next_due(audit_of(Wave("w1", held_on="2025-09-15")), due_on - timedelta(days))
    assert found is not None
    assert (found.label, found.due_on, found.state, found.wave) == ("Six months", due_on, state, None)


def test_a_wave_that_was_made_and_has_nothing_in_it_is_still_waited_for() -> None:
    audit = audit_of(Wave("w1", held_on="2025-08-01"), Wave("w2", "Second", position=1))
    found = next_due(audit, TODAY)
    assert found is not None
    assert (found.label, found.state, found.wave) == ("Second", DueState.PAST, audit.waves[1])
    begun = replace(audit, responses={ResponseKey("w2", PARTNERSHIP, "1.1"): Response(score=0)})
    found = next_due(begun, TODAY)
    assert found is not None
    assert found.label == "Twelve months"


def test_nothing_is_due_while_the_baseline_has_no_date() -> None:
    assert due_waves(audit_of(Wave("w1")), TODAY) == ()
    assert next_due(audit_of(), TODAY) is None


def test_a_wave_that_is_only_planned_is_still_waited_for_and_says_for_when() -> None:
    audit = audit_of(
        Wave("w1", held_on="2025-08-31"), Wave("w2", "Six months", held_on="2026-04-20", position=1)
    )
    found = next_due(audit, date(2026, 3, 20))
    assert found is not None
    assert (found.label, found.due_on, found.state) == ("Six months", date(2026, 2, 28), DueState.PAST)
    assert found.planned_on == "2026-04-20"
    on_the_day = due_waves(audit, date(2026, 4, 20))[0]
    assert (on_the_day.state, on_the_day.planned_on) == (DueState.BEGUN, "")


def test_a_planned_wave_with_answers_has_begun() -> None:
    audit = audit_of(
        Wave("w1", held_on="2025-08-31"), Wave("w2", "Six months", held_on="2026-04-20", position=1)
    )
    begun = replace(audit, responses={ResponseKey("w2", "police", "1.1"): Response(score=0)})
    assert due_waves(begun, date(2026, 3, 20))[0].state is DueState.BEGUN
