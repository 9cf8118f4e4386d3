"""What is found in a text, what is not, and how long it takes. Every number, address and date is invented."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsb_desktop.analysis.identifiers import Identifier, find_in, is_nhs_number
from tests.examples import cases, examples

AS_OF = date(2026, 11, 20)
NHS, BIRTH, POSTCODE, PHONE, MAIL = Identifier


def found(text: str, as_of: date = AS_OF) -> list[tuple[Identifier, str]]:
    return [(each.kind, each.text) for each in find_in(text, as_of=as_of)]


NHS_NUMBERS = (
    "9990000018", "999 000 0018", "999-000-0018", "999.000.0018", "999 - 000 - 0018",
    "999\u00a0000\u00a00018",
    "999\u2011000\u20110018", "999\u2009000\u20090018", "９９９ ０００ ００１８", "٩٩٩٠٠٠٠٠١٨",
    "999\u200b000\u200b0018", "99900\u00ad00018", "9990000026", "9434765919", "0101111231", "010111 1231",
)  # fmt: skip
"""From the range for tests, a well-known example, and one as Scotland forms them."""

BIRTH_DATES = (
    "3/4/2011", "03/04/2011", "03-04-11", "3.4.2011", "3. 4. 2011", "2011-04-03", "2011/4/3", "4/23/2011",
    "3 April 2011", "3rd April 2011", "3rd of April 2011", "3 of april, 2011", "3 Apr 11", "3 Apr ’11",
    "3-Apr-2011", "3APR2011", "April 3, 2011", "april 3rd 2011", "Sept 3 2011", "3 Sept. 2011",
    "３/４/２０１１", "3\u00a0April\u00a02011", "3–4–2011", "20/11/2001", "20/11/2024",
)  # fmt: skip

POSTCODES = (
    "M1 1AA", "M11AA", "m1 1aa", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB", "ec1a1bb",
    "GIR 0AA", "SW1A 1AA", "M1\u00a01AA", "M1  1AA", "S1 2ND",
)  # fmt: skip

TELEPHONE_NUMBERS = (
    "01632 960001", "01632960001", "(01632) 960 001", "01632-960-001", "01632.960.001", "020 7946 0018",
    "0161 496 0000", "07700 900123", "07700900123", "07700 900 123", "+44 1632 960001", "+441632960001",
    "+44 (0)1632 960001", "+44 (0) 20 7946 0018", "(+44) 7700 900123", "0044 1632 960001", "00441632960001",
    "01632 96000", "0163296000", "+353 1 234 5678", "+1 (212) 555-0100", "０１６３２ ９６０００１",
    "01632\u00a0960001", "01632–960001",
)  # fmt: skip

E_MAIL_ADDRESSES = (
    "jo@example.org", "Jo.Doe@Example.ORG", "jo.doe+audit@mail.example.gov.uk", "o'neil@example.org",
    "jo_doe-2@ex-ample.nhs.uk", "jo%x@example.org", "jo＠example．org", "zoë@example.org",
)  # fmt: skip

EVERY_KIND = [
    *((NHS, text) for text in NHS_NUMBERS),
    *((BIRTH, text) for text in BIRTH_DATES),
    *((POSTCODE, text) for text in POSTCODES),
    *((PHONE, text) for text in TELEPHONE_NUMBERS),
    *((MAIL, text) for text in E_MAIL_ADDRESSES),
]


@pytest.mark.parametrize("kind, text", EVERY_KIND)
@pytest.mark.parametrize("around", ["{}", "See {}, as agreed.", "({})", "“{}”", "é\n{}\n9", "ends with {}."])
def test_it_is_found_with_its_kind_and_place(kind: Identifier, text: str, around: str) -> None:
    whole = around.format(text)
    (each,) = find_in(whole, as_of=AS_OF)
    assert each.kind is kind
    assert each.text == text
    assert whole[each.start : each.end] == text


@pytest.mark.parametrize("text", [
    "", "Nothing to see.", "@", "Score 3", "3.2 and 1.6a", "statement 3.2, 4.8 and 5.8",
    # one figure wrong, too many figures, part of something longer, ten equal figures
    "999 000 0019", "99900000180", "19990000018", "X9990000018", "9990000018Z", "0.9990000018",
    "1111111111", "0000000000", "999 000 001",
    # days of meetings and reviews, plans, days too long ago, what is no day
    "Reviewed on 20/10/2026.", "Meeting of 3 March 2026", "on 2026-01-02 10:30", "21/11/2024", "Due 1/4/2027",
    "Founded on 1 May 1989", "31/02/2011", "3/4", "April 2011", "2011", "2011/12", "1.2.3.2011",
    "On 3 May 12 practitioners came", "aged 7", "Year 7", "3/4/201", "20112012", "030411", "03 04 2011",
    # no postcodes
    "M1", "EC1A", "1AA", "M1 1A", "M1 1AAA", "AM1 1AAX", "QQ1 1AA", "M1 1CA", "M1 1OV", "T1 2nd wave",
    "KS2 3rd term", "S1 2nd", "AB12 CDE", "Form 3A 1 of 2", "B2B 3 agencies",
    # no telephone numbers
    "0800 1111", "999", "101", "111", "0123 4567 8901 2345", "01234567890123", "09.30 10.45 11.30",
    "0 1 2 3 4 0 1 2 3 4", "01-02-2026 10:30", "£012 345", "3.01632960001", "A01632960001", "+5 to +10",
    "+44", "0161 2026", "1 to 4, 0 to 4", "2024-25 2025-26 2026-27",
    # no e-mail addresses
    "jo at example dot org", "@example", "jo@", "jo@localhost", "jo@example.", "4 @ 3.50", "@example.org",
])  # fmt: skip
def test_nothing_is_found(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text, expected", [
    ("DOB 3/4/2025", "3/4/2025"), ("D.O.B.: 03.04.25", "03.04.25"), ("d o b 3 April 2025", "3 April 2025"),
    ("born on the 3rd of April 2026", "3rd of April 2026"), ("Date of birth:\n2026-04-03", "2026-04-03"),
    ("her birthday, 3/4/2026", "3/4/2026"), ("b. 3/4/2026", "3/4/2026"), ("3/4/2026 (dob)", "3/4/2026"),
    ("3 April 2026 was her birthday", "3 April 2026"), ("born 3/4/1958", "3/4/1958"),
    ("dob 03042011", "03042011"), ("DOB: 030411", "030411"), ("DoB 20110403", "20110403"),
    ("born 3 4 2011", "3 4 2011"), ("born 3 May 12 in hospital", "3 May 12"),
])  # fmt: skip
def test_a_word_of_birth_makes_any_day_a_date_of_birth(text: str, expected: str) -> None:
    assert found(text) == [(BIRTH, expected)]


@pytest.mark.parametrize("text", [
    "He was born here. The review was on 3/4/2026.", "newborn 3/4/2026", "stubborn, 3/4/2026",
    "1.6b. 3/4/2026 reviewed",
])  # fmt: skip
def test_a_word_of_birth_elsewhere_does_not(text: str) -> None:
    assert found(text) == []


def test_a_day_is_judged_from_when_the_text_was_written() -> None:
    assert found("Reviewed 1/9/2025", date(2026, 3, 1)) == []
    assert found("Reviewed 1/9/2025", date(2027, 9, 1)) == [(BIRTH, "1/9/2025")]
    assert found("1/3/2003", date(2028, 2, 29)) == [(BIRTH, "1/3/2003")]
    assert found("1/3/2003", date(2028, 3, 2)) == []
    # Of two figures the latest year that has been.
    assert found("3/4/27") == []
    assert found("3/4/27", date(2040, 1, 1)) == [(BIRTH, "3/4/27")]


def test_several_stand_side_by_side() -> None:
    text = "Jo, dob 3/4/2011, NHS 999 000 0018, M1 1AA, 01632 960001 or 07700 900123; jo@example.org"
    assert found(text) == [
        (BIRTH, "3/4/2011"),
        (NHS, "999 000 0018"),
        (POSTCODE, "M1 1AA"),
        (PHONE, "01632 960001"),
        (PHONE, "07700 900123"),
        (MAIL, "jo@example.org"),
    ]
    assert found("01632 960001 12 calls") == [(PHONE, "01632 960001")]
    assert found("01632 960001, 01632 960002") == [(PHONE, "01632 960001"), (PHONE, "01632 960002")]
    assert found("3/4/2011 and 4/5/2012") == [(BIRTH, "3/4/2011"), (BIRTH, "4/5/2012")]
    # As a spreadsheet's rows are pasted.
    assert [kind for kind, _ in found("7,9990000018,2011-04-03,01632960001,M11AA,jo@example.org,1")] == [
        NHS, BIRTH, PHONE, POSTCODE, MAIL,
    ]  # fmt: skip
    assert found("Case 4-9990000018-2") == [(NHS, "9990000018")]
    assert found("07700900123@example.org") == [(MAIL, "07700900123@example.org")]


@pytest.mark.parametrize("first", ["999000001", "943476591", "123456788"])
def test_of_ten_last_figures_one_at_most_is_right(first: str) -> None:
    right = [figure for figure in "0123456789" if is_nhs_number(first + figure)]
    # The rule, written out once more as the Data Dictionary words it.
    rest = 11 - sum(int(first[place]) * (10 - place) for place in range(9)) % 11
    assert right == ([] if rest == 10 else [str(rest % 11)])
    assert not is_nhs_number(first)


PIECES = st.sampled_from(
    [
        *(text for _, text in EVERY_KIND),
        " ",
        "\n",
        ",",
        ".",
        "0",
        "7",
        "99",
        "@",
        "+",
        "(",
        "a",
        "é",
        "\u200b",
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join))
def test_spans_are_in_order_within_the_text_and_apart(text: str) -> None:
    done = 0
    for each in find_in(text, as_of=AS_OF):
        assert done <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.text
        done = each.end


@settings(max_examples=examples(60))
@given(st.lists(st.sampled_from(" 019/.-+()@aAzZmMéj\n\u200b٣"), min_size=1, max_size=6).map("".join))
def test_no_text_takes_more_than_its_length(unit: str) -> None:
    taken = [seconds((unit * (length // len(unit))), 2) for length in (5_000, 40_000)]
    assert taken[1] < 20 * taken[0] + 0.05


@pytest.mark.parametrize("unit", cases([
    "1", "0", "01", "01 ", "+1 ", "@", "a@", "a" * 63 + "!@", "@a.a.a.a.", "1/1/", "3 may ", "b. ", "born ",
    "999 ", "999-000-001", "A1 1A", "0(1", "\u00a09", "\u200b1", "1 jan      ", "(((", "%%%%%%%%!%%%%%%@",
], "1", "01 ", "a@", "@a.a.a.a.", "1/1/", "3 may ", "999 ", "A1 1A", "(((", "%%%%%%%%!%%%%%%@"))  # fmt: skip
def test_a_megabyte_made_to_take_long_takes_less_than_a_second(unit: str) -> None:
    """Half of one in half of that: what grows faster than the text is far beyond it here already."""
    text = (unit * 500_000)[:500_000]
    # A second try for a machine that is busy.
    assert seconds(text, 1) < 0.5 or seconds(text, 2) < 0.5


def seconds(text: str, rounds: int) -> float:
    """The processor's time at best, so that other programs on the machine do not count."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        find_in(text, as_of=AS_OF)
        best = min(best, time.process_time() - begun)
    return best
