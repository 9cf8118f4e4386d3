"""Long texts in print: what they cost grows as they do, and what spares time changes nothing."""

from __future__ import annotations

import random
import time
import unicodedata

import pytest
from bidi import algorithm

from hsb_desktop.report.composed_letters import composed
from hsb_desktop.report.shaping import shape
from hsb_desktop.report.text_setting import Style, TextSetter
from hsb_desktop.report.typefaces import Weight, typeface
from tests.growth import LINEAR, growth

STYLE = Style(9.5, 13.5)
WIDTH = 410.0
HEBREW = "בדיקה של תיקים (2026) NSPCC נזכר, 12.5% ועוד. "
ARABIC = "تم فحص الحالات (2026) بواسطة NSPCC وتم تسجيل النتائج. "
LATIN = "The chronology was found in nine of twelve cases, “shared” and – mostly – whole. "


def filled(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


@pytest.mark.parametrize(
    "piece", [LATIN, HEBREW, ARABIC, "אב" * 500, "ב" + "\u05b0\u05b1" * 20_000, "ב 1,2%%%!! ([", "ב日 "]
)
def test_what_a_paragraph_costs_grows_as_it_does(piece: str) -> None:
    def set_it(length: int) -> None:
        TextSetter().lines(filled(piece, length), STYLE, WIDTH)

    assert growth(set_it, 10_000) < LINEAR


def test_a_long_text_that_is_tried_on_its_page_in_several_ways_is_set_once() -> None:
    """As at the end of a domain, where a statement and the comments can be tried in three."""
    setter = TextSetter()
    evidence, comments = filled(ARABIC, 60_000), filled(HEBREW, 60_000)

    def set_both() -> float:
        began = time.thread_time()
        for text in (evidence, comments, comments):
            setter.lines(text, STYLE, WIDTH)
        return time.thread_time() - began

    assert set_both() > 5 * set_both()


def test_lines_that_were_kept_are_those_that_would_be_set() -> None:
    setter = TextSetter()
    for text in (*(filled(LATIN, 3_000 + number) for number in range(8)), filled(LATIN, 3_000)):
        for width in (200.0, WIDTH):
            first = setter.lines(text, STYLE, width)
            first_as_it_was = first.copy()
            first.clear()
            assert setter.lines(text, STYLE, width) == first_as_it_was
            assert first_as_it_was == TextSetter().lines(text, STYLE, width)


def test_levels_are_those_that_the_whole_algorithm_finds() -> None:
    rng = random.Random(20261120)
    marks = (
        "אבגד دمب abc 1234٠١ ()[] ,,..;:-+%$#! \u0301\u05b0\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u00a0/"
    )
    for _ in range(300):
        text = "".join(rng.choice(marks) for _ in range(rng.choice((3, 12, 60))))
        (paragraph,) = shape(text, typeface(Weight.REGULAR), set())
        if not paragraph.levels:
            continue
        assert "".join(_plain(paragraph.text)) == "".join(
            character for character, _ in _found_by_the_whole_algorithm(text)
        )
        assert list(paragraph.levels) == [level for _, level in _found_by_the_whole_algorithm(text)]


def _plain(shown: str) -> str:
    """The letters of joined shapes; lam with alef, which would be one, is not among the marks above."""
    return "".join(unicodedata.normalize("NFKC", c) if "\ufe70" <= c <= "\ufefc" else c for c in shown)


def _found_by_the_whole_algorithm(text: str) -> list[tuple[str, int]]:
    text = unicodedata.normalize("NFC", text)
    storage = algorithm.get_empty_storage()
    storage["base_level"] = algorithm.get_base_level(text)
    storage["base_dir"] = "LR"[storage["base_level"]]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    unseen = "\u200e\u200f"
    return [(c["ch"], c["level"]) for c in storage["chars"] if c["ch"] not in unseen]


def test_letters_are_composed_as_unicode_says_however_many_marks_they_carry() -> None:
    rng = random.Random(20261120)
    marks = "\u0301\u0316\u0344\u0f73\u0f71\u0f72\u05b0\u0f81\u0308\u0323\u0334\u3099"
    for length in (0, 5, 29, 30, 31, 90) * 40:
        text = rng.choice("aeéụבか가") + "".join(rng.choice(marks) for _ in range(length)) + "x\u0302é"
        assert composed(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("marks", ["\u05b1\u05b0", "\u0301\u0316", "\u0f73"])
def test_what_composing_costs_grows_as_the_number_of_marks_on_one_letter_does(marks: str) -> None:
    assert growth(lambda length: composed("ב" + marks * length), 5_000) < LINEAR
