"""Dates as people type them: every usual way of writing, and no slip of the finger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.analysis.dates import understood_date, written_date


@pytest.mark.parametrize(
    "typed",
    ["12/3/2026", "12.3.26", "12 March 2026", "12 mar 2026", "2026-03-12", " 12-03-26 ", "2026 mar 12"],
)
def test_the_usual_ways_of_writing_a_day_are_understood(typed: str) -> None:
    assert understood_date(typed) == "2026-03-12"


@pytest.mark.parametrize(
    "typed",
    [
        "12/3/202", "1/1/1", "12/3/", "12/3", "12/3/20266", "12/3/0202", "0202-03-12", "30/2/2026",
        "12/13/2026", "12/3/1989", "12/3/2101", "012/3/2026", "12/003/2026", "١٢/٣/٢٠٢٦", "12/3/²6", "soon",
        "1 2 3 4", "+1/3/2026",
    ],
)  # fmt: skip
def test_anything_else_is_no_date(typed: str) -> None:
    assert understood_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "day"), [("1/1/1990", "1990-01-01"), ("31/12/2100", "2100-12-31"), ("1/1/00", "2000-01-01")]
)
def test_the_first_and_the_last_days(typed: str, day: str) -> None:
    assert understood_date(typed) == day


def test_nothing_typed_is_nothing() -> None:
    assert understood_date("  ") == ""


@given(st.text(st.sampled_from("0123456789/ .-Marchjune"), max_size=14))
def test_what_is_understood_is_a_day_of_these_times_and_can_be_written(typed: str) -> None:
    day = understood_date(typed)
    if day:
        assert "1990-01-01" <= day <= "2100-12-31"
        assert understood_date(written_date(day)) == day
