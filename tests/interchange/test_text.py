"""The rules at the borders: what a text may hold, and what a spreadsheet may not take for a formula."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.text import (
    _REFUSED,
    LONGEST_TEXT,
    clean_text,
    guard,
    is_date,
    kept_text,
    shown,
    text_fault,
    unguard,
    with_line_ends,
)
from hsb_desktop.store import value_rules
from hsb_desktop.values import Subject, ValueAddress

TITLE = ValueAddress(Subject.AUDIT, (), "title")


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
    assert clean_text(" a\r\nb\rc\n\td \u2028e\u2029\r\u00a0") == " a\nb\nc\n\td \ne\n\n\u00a0"


REFUSED = [
    "\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\x9f", chr(0xD800), chr(0xDFFF),
    "\ufdd0", "\ufdef", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff",
]  # fmt: skip


@pytest.mark.parametrize("character", REFUSED)
def test_what_is_no_character_of_a_text_is_refused_by_name(character: str) -> None:
    assert f"U+{ord(character):04X}" in text_fault(f"abc{character}")
    with pytest.raises(InputRefused, match="The evidence holds"):
        clean_text(character, "The evidence")


def test_each_kind_of_refused_character_is_called_what_it_is() -> None:
    assert "a control character (U+0007)" in text_fault("\x07")
    assert "half a character (U+DFFF)" in text_fault("\udfff")
    assert "a code that is no character (U+1FFFF)" in text_fault("\U0001ffff")


def test_a_text_beyond_all_measure_is_refused() -> None:
    assert text_fault("x" * 1_000_000) == ""
    assert "longer than 1,000,000 characters" in text_fault("x" * 1_000_001)


@pytest.mark.parametrize("character", REFUSED)
def test_what_cannot_be_kept_of_a_typed_text_is_left_out_and_counted(character: str) -> None:
    assert kept_text(f" a{character}b{character}") == (" ab", 2)


def test_line_ends_of_a_typed_text_are_kept_as_line_ends() -> None:
    assert kept_text("a\r\nb\rc\u2028d\u2029e\n\t") == ("a\nb\nc\nd\ne\n\t", 0)


@given(st.text(st.characters()))
def test_what_is_kept_of_a_typed_text_is_taken_in_by_every_border(text: str) -> None:
    kept, left_out = kept_text(text)
    assert clean_text(kept) == kept
    assert kept_text(kept) == (kept, 0)
    assert (left_out == 0) == (kept == with_line_ends(text))


def test_the_store_and_the_borders_refuse_the_same_characters() -> None:
    assert (LONGEST_TEXT, _REFUSED.pattern) == (value_rules.LONGEST_TEXT, value_rules._UNKEEPABLE.pattern)
    ends_of_planes = (plane << 16 | last for plane in range(17) for last in range(0xFFFC, 0x10000))
    for code in (*range(0x2100), *range(0xD7F0, 0xE010), *range(0xFDC0, 0xFE00), *ends_of_planes):
        character = chr(code)
        can_enter = clean_text_or_none(character) == character
        assert value_rules.can_hold(TITLE, character) == can_enter, hex(code)


@given(st.dates().map(str) | st.sampled_from(["1899-12-31", "1900-01-01", "2100-12-31", "2101-01-01"]))
def test_the_store_and_the_borders_know_the_same_days(day: str) -> None:
    assert is_date(day) == ("1900" <= day[:4] <= "2100")
    assert value_rules.can_hold(ValueAddress(Subject.WAVE, ("w1",), "held_on"), day) == is_date(day)


def clean_text_or_none(text: str) -> str | None:
    try:
        return clean_text(text)
    except InputRefused:
        return None


@pytest.mark.parametrize("text", ["", "\t\n", "👩‍👧", "مرحبا", "\ufeff", "\ufffd", "\ue000", "ŵ"])
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
        "0202-03-12",
        "1899-12-31",
        "2101-01-01",
    ):
        assert not is_date(text), text


def test_a_quoted_value_is_short_and_cannot_steer_a_terminal() -> None:
    assert "\x1b" not in shown("\x1b[31mred")
    assert len(shown("x" * 1000)) < 80
    assert shown(None) == "None"
