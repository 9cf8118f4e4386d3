"""Dates in a running text, and which of them look like somebody's date of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

YOUNGEST_YEARS, OLDEST_YEARS = 2, 25
"""A date without a word of birth beside it counts from two to twenty-five years before the wave.

Evidence is full of dates of meetings, reviews and training, most of them of the last two years; the children
and young people that an audit is about are hardly ever younger, and services for them end at twenty-five.
"""

_BEFORE = 40
"""Characters before a date in which a word of birth is looked for."""
_AFTER = 40

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2})"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th)(?![a-z]))?"
_NOT_INSIDE = r"(?<![0-9a-z])(?<![0-9][./-])"
_ENDS = r"(?![0-9a-z]|[./-][0-9])"

# Every repetition is bounded, so that no text takes longer than its length.
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NOT_INSIDE}{_DAY} ?(?P<mark>[./-]) ?(?P<month>[0-9]{{1,2}}) ?(?P=mark) ?{_YEAR}{_ENDS}",
        rf"{_NOT_INSIDE}(?P<year>[0-9]{{4}})(?P<mark>[./-])(?P<month>[0-9]{{1,2}})(?P=mark){_DAY}"
        r"(?![0-9]|[./-][0-9])",
        rf"{_NOT_INSIDE}{_DAY}{_ORDINAL}[\s./-]{{0,3}}(?:of\s{{1,3}})?{_MONTH}[\s.,/-]{{0,3}}['’‘]?{_YEAR}{_ENDS}",
        rf"(?<![a-z]){_MONTH}\.?\s{{1,2}}{_DAY}{_ORDINAL},?\s{{1,2}}(?P<year>[0-9]{{4}}){_ENDS}",
    )
)
_BARE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NOT_INSIDE}(?P<day>[0-9]{{2}})(?P<month>[0-9]{{2}}){_YEAR}{_ENDS}",
        rf"{_NOT_INSIDE}(?P<year>(?:19|20)[0-9]{{2}})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}}){_ENDS}",
        rf"{_NOT_INSIDE}{_DAY} (?P<month>[0-9]{{1,2}}) {_YEAR}{_ENDS}",
    )
)
"""Figures that are a date only where a word of birth stands before them."""

_BIRTH_WORD = r"(?:d[. ]{0,2}o[. ]{0,2}b|born|birth(?:day|date)?)(?![a-z])"
_BIRTH_BEFORE = re.compile(rf"(?<![a-z]){_BIRTH_WORD}|(?<![a-z0-9])b\.(?=\s?\Z)", re.IGNORECASE)
_BIRTH_AFTER = re.compile(
    rf"\s{{0,2}}(?:[(\[]\s?|(?:is|was)\s[a-z’'‘]{{1,10}}\s)?{_BIRTH_WORD}(?!\W{{0,4}}[0-9])", re.IGNORECASE
)
_SENTENCE_ENDS = re.compile(r"[.!?]\s{1,3}[A-Z]")
_TWO_FIGURES = re.compile(r"[a-z][\s.,/-]{0,3}[0-9]{2}\Z", re.IGNORECASE)
_WORD_FOLLOWS = re.compile(r"\s[a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day of the calendar and where it stands in a text."""

    start: int
    end: int
    day: date


def written_dates(text: str, as_of: date) -> tuple[WrittenDate, ...]:
    """Return the full dates of a text in their order.

    The day comes before the month, as it does here, unless only the other way makes a date. A year of two
    figures is the latest that is not after `as_of`.
    """
    return _without_overlaps(_found(_WRITTEN, text, as_of))


def birth_dates(text: str, dates: tuple[WrittenDate, ...], as_of: date) -> tuple[WrittenDate, ...]:
    """Return those of the text's dates that look like a date of birth, seen from the day `as_of`.

    These are dates with a word of birth beside them (born, birth, birthday, date of birth, DOB, "b."), and
    dates from `YOUNGEST_YEARS` to `OLDEST_YEARS` back; beside a word of birth also bare figures (03042011).
    Not found are ages, and dates that lack their day or year.
    """
    written = (
        each
        for each in dates
        if (_is_of_an_age(each.day, as_of) and not _is_doubtful(text, each)) or _has_birth_word(text, each)
    )
    return _without_overlaps((*written, *_bare_birth_dates(text, as_of)))


def _bare_birth_dates(text: str, as_of: date) -> Iterator[WrittenDate]:
    for word in _BIRTH_BEFORE.finditer(text):
        for found in _found(_BARE, text, as_of, word.end(), word.end() + _BEFORE):
            # The window may end within a longer number.
            is_whole = not text[found.end : found.end + 1].isalnum()
            if is_whole and _SENTENCE_ENDS.search(text, word.end(), found.start) is None:
                yield found


def _found(
    patterns: tuple[re.Pattern[str], ...], text: str, as_of: date, first: int = 0, last: int | None = None
) -> Iterator[WrittenDate]:
    for pattern in patterns:
        for match in pattern.finditer(text, first, len(text) if last is None else last):
            day = _day_of(match["day"], match["month"], match["year"], as_of)
            if day is not None:
                yield WrittenDate(match.start(), match.end(), day)


def _without_overlaps(dates: Iterator[WrittenDate] | tuple[WrittenDate, ...]) -> tuple[WrittenDate, ...]:
    kept: list[WrittenDate] = []
    for each in sorted(dates, key=lambda found: (found.start, -found.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def _day_of(day: str, month: str, year: str, as_of: date) -> date | None:
    full_year = int(year)
    if len(year) == 2:
        full_year += as_of.year // 100 * 100
        full_year -= 100 if full_year > as_of.year else 0
    month_number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    for day_number, number in ((int(day), month_number), (month_number, int(day))):
        try:
            return date(full_year, number, day_number)
        except ValueError:
            continue
    return None


def _has_birth_word(text: str, found: WrittenDate) -> bool:
    before = text[max(found.start - _BEFORE, 0) : found.start]
    if any(_SENTENCE_ENDS.search(before, match.end()) is None for match in _BIRTH_BEFORE.finditer(before)):
        return True
    return _BIRTH_AFTER.match(text[found.end : found.end + _AFTER]) is not None


def _is_of_an_age(day: date, as_of: date) -> bool:
    return _years_before(as_of, OLDEST_YEARS) <= day <= _years_before(as_of, YOUNGEST_YEARS)


def _years_before(day: date, years: int) -> date:
    year = max(day.year - years, 1)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _is_doubtful(text: str, found: WrittenDate) -> bool:
    """Whether "3 May 12" is more likely the beginning of "On 3 May 12 practitioners came"."""
    has_two_figures = _TWO_FIGURES.search(text[found.start : found.end]) is not None
    return has_two_figures and _WORD_FOLLOWS.match(text, found.end) is not None
