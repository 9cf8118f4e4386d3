"""A chosen text is found in whichever way it was written, and where it stands is told exactly."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.errors import InputRefused
from hsb_desktop.store.chosen_text import ChosenText


def cut(text: str, chosen: str, *, whole_words: bool = False) -> str:
    result, end = "", 0
    for start, next_end in ChosenText.of(chosen, whole_words=whole_words).spans_in(text):
        result, end = f"{result}{text[end:start]}#", next_end
    return result + text[end:]


@pytest.mark.parametrize(
    ("text", "chosen", "left"),
    [
        ("met Zoe Finch today", "Zoe Finch", "met # today"),
        ("met ZOE finch today", "zoe Finch", "met # today"),
        ("met Zoe \n\t Finch today", "Zoe Finch", "met # today"),
        ("met Zoe\u00a0Finch today", " Zoe Finch ", "met # today"),
        ("Zo\u00eb Finch", "Zoe\u0308 Finch", "#"),
        ("Zoe\u0308 Finch", "Zo\u00eb Finch", "#"),
        ("the Stra\u00dfe ends", "strasse", "the # ends"),
        ("Zo\u200be Fi\u00adnch", "Zoe Finch", "#"),
        ("Zoe\u0308", "Zoe", "#"),
        ("aaaaa", "aa", "##a"),
        ("\u1112\u1161\u11ab here", "\ud55c here", "#"),
        ("nothing", "Zoe", "nothing"),
    ],
)
def test_it_is_found_in_any_case_spacing_and_encoding_of_accents(text: str, chosen: str, left: str) -> None:
    assert cut(text, chosen) == left
    assert ChosenText.of(chosen).is_in(text) is (left != text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ann, planned annual Ann's", "#, planned annual #'s"),
        ("Ann_1 and Annë", "Ann_1 and Annë"),
        ("ANN", "#"),
    ],
)
def test_as_whole_words_it_is_left_within_longer_ones(text: str, left: str) -> None:
    assert cut(text, "Ann", whole_words=True) == left


@pytest.mark.parametrize("text", ["", " ", "a", " a ", "a\u200b", "\u200b\u00ad\u200b", "\n\n\n"])
def test_less_than_two_characters_are_not_taken(text: str) -> None:
    with pytest.raises(InputRefused, match="at least two characters"):
        ChosenText.of(text)


@given(st.text(), st.text(min_size=2), st.text(), st.booleans())
def test_what_stands_in_a_text_is_always_found(before: str, chosen: str, after: str, composed: bool) -> None:
    try:
        finder = ChosenText.of(chosen)
    except InputRefused:
        return
    text = f"{before} {unicodedata.normalize('NFC' if composed else 'NFD', chosen)} {after}"
    assert finder.is_in(text)
    spans = finder.spans_in(text)
    assert spans
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@given(
    st.text(alphabet="abßéE \u0301\u0308\u200b\n"), st.text(alphabet="abséE \u0301", min_size=2, max_size=4)
)
def test_places_are_told_for_exactly_the_texts_in_which_it_is(text: str, chosen: str) -> None:
    try:
        finder = ChosenText.of(chosen)
    except InputRefused:
        return
    assert bool(finder.spans_in(text)) is finder.is_in(text)
