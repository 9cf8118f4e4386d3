"""The rules at the borders: what a text may hold, and what a spreadsheet may not take for a formula."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.text import clean_text, guard, is_date, shown, text_fault, unguard


@given(st.text())
@example("=1")
@example("'=1")
@example("'''@")
@example("\r")
def test_what_the_guard_adds_comes_off_again(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.text(st.sampled_from("'=+-@\t\rx "), max_size=6))
def test_no_guarded_text_begins_like_a_formula(text: str) -> None:
    assert not re.match(r"[=+\-@\t\r]", guard(text))


@pytest.mark.parametrize("text", ["plain", "'quoted'", "a=b", " =1", "\n=1", "", "'", "''"])
def test_what_does_not_begin_like_a_formula_stays(text: str) -> None:
    assert guard(text) == text == unguard(text)


def test_line_ends_become_equal_and_everything_else_is_kept() -> None:
    assert clean_text(" a\r\nb\rc\n\td \u2028 \u00a0") == " a\nb\nc\n\td \u2028 \u00a0"


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\x9f", chr(0xD800), chr(0xDFFF)]
)
def test_control_characters_and_halves_of_characters_are_refused_by_name(character: str) -> None:
    assert f"U+{ord(character):04X}" in text_fault(f"abc{character}")
    with pytest.raises(InputRefused, match="The evidence holds"):
        clean_text(character, "The evidence")


@pytest.mark.parametrize("text", ["", "\t\n", "👩‍👧", "مرحبا", "\ufeff", "\uffff", "ŵ"])
def test_other_characters_are_not(text: str) -> None:
    assert text_fault(text) == ""
    assert clean_text(text) == text


def test_a_date_is_a_day_of_the_calendar_in_one_way_of_writing() -> None:
    assert is_date("2024-02-29")
    for text in (
        "2023-02-29",
        "20240229",
        "2024-2-9",
        "29.02.2024",
        "2024-W09-4",
        "",
        "2024-02-29 ",
        "٢٠٢٤-٠٢-٢٩",
    ):
        assert not is_date(text), text


def test_a_quoted_value_is_short_and_cannot_steer_a_terminal() -> None:
    assert "\x1b" not in shown("\x1b[31mred")
    assert len(shown("x" * 1000)) < 80
    assert shown(None) == "None"
