"""From typed text to printable characters: nothing lost, everything literal, in the right order."""

from __future__ import annotations

import pytest

from hsb_desktop.report.shaping import ShapedParagraph, shape
from hsb_desktop.report.text_setting import Line, Style, TextSetter
from hsb_desktop.report.typefaces import Weight, typeface

STYLE = Style(10, 14)
HEBREW = "בדיקה של תיקים (2026) NSPCC נזכר"


def shaped(text: str) -> tuple[list[ShapedParagraph], set[str]]:
    missing: set[str] = set()
    return shape(text, typeface(Weight.REGULAR), missing), missing


def on_paper(text: str) -> str:
    (paragraph,), _ = shaped(text)
    return paragraph.on_paper(0, len(paragraph.text))


@pytest.mark.parametrize(
    "text", ["<b>open", "&amp; <img src='x'>", "Ŵŵ Ŷŷ", "  two before", "a\u00a0b", "½ – “” ’"]
)
def test_what_the_face_has_stays_as_typed(text: str) -> None:
    assert on_paper(text) == text


def test_blank_lines_and_tabs_keep_their_place() -> None:
    paragraphs, missing = shaped("one\n\n\tthree\r\nfour")
    assert [paragraph.text for paragraph in paragraphs] == ["one", "", "    three", "four"]
    assert not missing


def test_a_character_that_no_face_has_prints_as_a_stand_in_and_is_reported() -> None:
    paragraphs, missing = shaped("wave \U0001f937 日")
    assert paragraphs[0].text == "wave [U+1F937] [U+65E5]"
    assert missing == {"\U0001f937", "日"}


def test_the_fallback_face_shows_what_the_first_lacks() -> None:
    paragraphs, missing = shaped("≥ ✓ → 😀")
    assert paragraphs[0].text == "≥ ✓ → 😀"
    assert not paragraphs[0].is_plain
    assert not missing


def test_control_characters_are_shown_not_swallowed() -> None:
    paragraphs, missing = shaped("a\x07b\x00c")
    assert paragraphs[0].text == "a[U+0007]b[U+0000]c"
    assert missing == {"\x07", "\x00"}


def test_only_invisible_characters_vanish() -> None:
    paragraphs, missing = shaped("a\u200db\ufe0fc\u200bd\ufeffe\u00adf")
    assert paragraphs[0].text == "abcdef"
    assert not missing


def test_combining_marks_do_not_vanish() -> None:
    assert on_paper("e\u0301 x\u0302") == "é x\u0302"
    paragraphs, missing = shaped("n\u1dd1")
    assert "n" in paragraphs[0].text
    assert len(paragraphs[0].text) > 1
    assert missing <= {"\u1dd1"}


def test_tag_characters_can_spell_words_so_they_are_shown() -> None:
    paragraphs, missing = shaped("x\U000e0041")
    assert paragraphs[0].text == "x[U+E0041]"
    assert missing == {"\U000e0041"}


@pytest.mark.parametrize(
    "character",
    ["\U000e0001", "\U000e0020", "\U000e0041", "\U000e007f", "\x07", "\x9f", "\ue000", "\u3164"],
)
def test_what_has_a_stand_in_has_it_beside_a_text_that_runs_leftwards_too(character: str) -> None:
    stand_in = f"[U+{ord(character):04X}]"
    for text in (f"TAG[{character}] אב", f"אב TAG[{character}]", f"אב{character}גד"):
        paragraphs, missing = shaped(text)
        assert paragraphs[0].on_paper(0, len(paragraphs[0].text)).count(stand_in) == 1
        assert missing == {character}


@pytest.mark.parametrize("character", ["\u0378", "\ufdd0", "\U000e0000", "\U0010ffff"])
def test_characters_that_unicode_does_not_know_yet_stand_beside_hebrew(character: str) -> None:
    """New emoji are such: the tables of the Python that runs may be older than the one who typed them."""
    assert on_paper(f"אב{character}גד") == f"דג[U+{ord(character):04X}]בא"


def test_an_invisible_place_that_unicode_left_empty_does_not_part_hebrew() -> None:
    assert on_paper("אב\u2065גד") == on_paper("אבגד")


def test_hebrew_runs_leftwards_with_latin_and_digits_rightwards_and_brackets_turned() -> None:
    # Listed by code point, because an editor would show a right-to-left text in an order of its own.
    words = ["בדיקה", "של", "תיקים", "נזכר"]
    test, of, cases, named = ("".join(reversed(word)) for word in words)
    assert on_paper(HEBREW) == " ".join([named, "NSPCC", "(2026)", cases, of, test])


def test_hebrew_in_an_english_sentence_keeps_the_sentence_s_order() -> None:
    assert on_paper("see אבג here") == "see גבא here"


def test_arabic_letters_are_joined() -> None:
    # beh alone, beh first and last, and lam with alef as one shape
    assert on_paper("ب") == "\ufe8f"
    assert on_paper("بب") == "\ufe90\ufe91"
    assert on_paper("ببب") == "\ufe90\ufe92\ufe91"
    assert on_paper("لا") == "\ufefb"
    assert on_paper("دب") == "\ufe8f\ufea9"


def test_a_mark_between_two_arabic_letters_does_not_part_them() -> None:
    assert on_paper("بَب") == "\ufe90\ufe91َ"


def test_a_non_joiner_parts_letters_and_is_not_printed() -> None:
    assert on_paper("ب\u200cب") == "\ufe8f\ufe8f"


def test_isolates_order_and_are_not_printed() -> None:
    assert on_paper("a \u2067אב\u2069 b") == "a בא b"


def test_a_long_hebrew_text_is_ordered_line_by_line() -> None:
    setter = TextSetter()
    lines = setter.lines(" ".join(f"מילה {number}" for number in range(100, 140)), STYLE, 160)
    assert len(lines) > 3
    assert all(line.runs_leftwards and line.width <= 160 for line in lines)
    # The text begins at the right of its first line and ends at the left of its last.
    assert lines[0].text.split()[-2:] == ["100", "הלימ"]
    assert lines[-1].text.split()[0] == "139"
    numbers = [int(word) for line in lines for word in reversed(line.text.split()) if word.isdigit()]
    assert numbers == list(range(100, 140))


def lines_of(text: str, width: float = 200) -> list[Line]:
    return TextSetter().lines(text, STYLE, width)


def test_lines_fit_and_lose_nothing() -> None:
    text = "The practice and service response is proportionate to the level of risk and need. " * 8
    lines = lines_of(text)
    assert all(line.width <= 200 for line in lines)
    assert "".join(line.text for line in lines) == text


def test_a_word_of_20000_characters_is_cut_and_whole() -> None:
    lines = lines_of("W" * 20_000)
    assert all(line.width <= 200 for line in lines)
    assert "".join(line.text for line in lines) == "W" * 20_000


def test_a_cut_never_parts_a_letter_from_its_mark() -> None:
    lines = lines_of("x\u0302" * 300)
    assert not any(line.text.startswith("\u0302") for line in lines)


def test_an_empty_text_is_one_empty_line() -> None:
    assert [line.text for line in lines_of("")] == [""]


def test_leading_spaces_are_kept() -> None:
    assert lines_of("    four")[0].text == "    four"


def test_a_clipped_text_says_that_it_goes_on() -> None:
    setter = TextSetter()
    assert [line.text for line in setter.clipped("short", STYLE, 200, 2)] == ["short"]
    lines = setter.clipped("many words in a row " * 30, STYLE, 200, 2)
    assert len(lines) == 2
    assert lines[-1].text.endswith("…")
    assert all(line.width <= 200 for line in lines)
    long_word = setter.clipped("W" * 20_000, STYLE, 200, 1)
    assert len(long_word) == 1
    assert long_word[0].width <= 200
