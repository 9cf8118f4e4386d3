"""What changed in a text is told word by word, and both texts can be read from it."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.analysis.text_changes import Fate, Part, text_changes


def read(parts: tuple[Part, ...], without: Fate) -> str:
    return "".join(part.text for part in parts if part.fate is not without)


def test_a_word_that_was_exchanged_is_told_and_the_rest_is_kept() -> None:
    assert text_changes("The board met in March.", "The board met in April.") == (
        Part(Fate.KEPT, "The board met in "),
        Part(Fate.TAKEN_OUT, "March."),
        Part(Fate.PUT_IN, "April."),
    )


def test_equal_texts_have_no_change_and_an_empty_one_has_nothing_kept() -> None:
    assert text_changes("same words", "same words") == (Part(Fate.KEPT, "same words"),)
    assert text_changes("", "new") == (Part(Fate.PUT_IN, "new"),)
    assert text_changes("", "") == ()


_TEXTS = st.lists(st.sampled_from(["a ", "b", "c\n", " ", "dd  "])).map("".join)


@given(_TEXTS, _TEXTS)
def test_both_texts_can_be_read_from_the_parts(before: str, after: str) -> None:
    parts = text_changes(before, after)
    assert (read(parts, Fate.PUT_IN), read(parts, Fate.TAKEN_OUT)) == (before, after)


def test_long_texts_that_have_little_in_common_are_told_apart_in_a_moment() -> None:
    before = " ".join(f"word{number * 7 % 2000}" for number in range(40_000))
    after = " ".join(f"word{number * 11 % 2000}" for number in range(40_000))
    start = time.process_time()
    text_changes(before, after)
    text_changes(" ".join(["the", "of"] * 390), " ".join(["of", "and", "the"] * 260))
    assert time.process_time() - start < 1
