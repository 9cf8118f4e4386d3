"""What in a text can point at one person: numbers and addresses of fixed form. Names cannot be found so.

It finds what has the form, whoever it belongs to: an agency's public telephone number too. And it cannot find
what has none: names, ages, streets, schools, a number in words. Reading it through remains necessary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hsb_desktop.analysis.birth_dates import birth_dates, written_dates
from hsb_desktop.analysis.plain_marks import plain_text


class Identifier(StrEnum):
    """What was found; the value is how it is called."""

    NHS_NUMBER = "NHS number"
    DATE_OF_BIRTH = "date of birth"
    POSTCODE = "postcode"
    TELEPHONE = "telephone number"
    E_MAIL = "e-mail address"


@dataclass(frozen=True, slots=True)
class Found:
    """One identifier and where it stands: `text[start:end]` of the text that was searched."""

    kind: Identifier
    start: int
    end: int
    text: str


Span = tuple[int, int]

_BLANK = "\0"
_DIGIT_OR_AT = re.compile(r"[0-9@]")

_NHS_NUMBER = re.compile(
    r"(?<![0-9A-Za-z+])(?<![0-9]\.)[0-9]{3}[ \t.-]{0,3}[0-9]{3}[ \t.-]{0,3}[0-9]{4}"
    r"(?![0-9A-Za-z]|\.[0-9])"
)

_POSTCODE = re.compile(
    r"(?<![A-Z0-9])(?:GIR[ \t]{0,2}0AA|"
    r"(?:[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY]))"
    r"[ \t]{0,2}(?P<inward>[0-9][ABD-HJLNP-UW-Z]{2}))(?![A-Z0-9])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"1st|2nd|3rd|[04-9]th")

_UK_TELEPHONE = re.compile(
    r"(?<![0-9A-Za-z+])(?<![0-9][.-])\(?(?=0[1-9](?:[ \t.()/-]{0,3}[0-9]){8})0[1-9][0-9]{1,9}(?![0-9])"
    r"(?:[ \t.()/-]{1,3}[0-9]{2,8}(?![0-9A-Za-z])){0,4}"
)
_ABROAD_TELEPHONE = re.compile(
    r"(?<![0-9A-Za-z+])(?:\(?\+|\(?00(?=44))[ \t]?(?=(?:[ \t.()/-]{0,3}[0-9]){8})[1-9][0-9]{0,14}(?![0-9])"
    r"(?:[ \t.()/-]{1,3}[0-9]{1,14}(?![0-9A-Za-z])){0,7}"
)
_GROUP = re.compile(r"[0-9]+")
_UK_LENGTHS = range(10, 12)
"""Figures of a number with its leading 0."""
_ABROAD_LENGTHS = range(8, 16)
_UK_ABROAD_LENGTHS = range(11, 14)
"""Figures after "+": 44 and nine or ten, and perhaps the "(0)" that many write."""

_LONGEST_LOCAL_PART = 64
_LOCAL_PART = re.compile(r"[\w.%+'’-]{1,64}\Z")
_DOMAIN = re.compile(r"@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24}(?![A-Za-z0-9-])")


def find_in(text: str, *, as_of: date) -> tuple[Found, ...]:
    """Return the identifiers in a text in their order, none overlapping another.

    The time it takes grows with the length of the text and no faster, whatever stands in it.

    `as_of` is the day on which the text was written, as nearly as is known: from it dates of birth are told
    from dates of reviews (see `birth_dates`).

    Found are NHS numbers whose check digit is right, on the whole or in groups of 3, 3 and 4 (Scottish CHI
    numbers and Northern Ireland's Health and Care Numbers follow the same rule); full dates that look like
    dates of birth; full postcodes; telephone numbers of the United Kingdom with their leading 0 or +44, and
    any other that begins with "+"; e-mail addresses. Not found are NHS numbers with a slip in them, parts of
    postcodes, local and short telephone numbers, and addresses that were disguised ("name at domain").
    """
    plain = plain_text(text)
    if _DIGIT_OR_AT.search(plain.text) is None:
        return ()
    return tuple(
        Found(kind, *(span := plain.span(start, end)), text[slice(*span)])
        for kind, (start, end) in sorted(_identifiers(plain.text, as_of), key=lambda found: found[1])
    )


def is_nhs_number(digits: str) -> bool:
    """Return whether ten figures are an NHS number by their check digit.

    The rule is the NHS Data Dictionary's (NHS NUMBER, Modulus 11): the first nine figures are multiplied by
    10 down to 2 and summed; eleven less the remainder by eleven is the tenth, 11 counting as 0, and 10 being
    no number at all. Ten equal figures fit the rule at times and are nobody's number.
    """
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()) or len(set(digits)) == 1:
        return False
    total = sum(int(figure) * weight for figure, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def _identifiers(text: str, as_of: date) -> Iterator[tuple[Identifier, Span]]:
    """Yield kinds and spans; what one kind has claimed is blanked before the next one looks."""
    claimed: tuple[Span, ...] = tuple(_e_mail_addresses(text))
    yield from ((Identifier.E_MAIL, span) for span in claimed)
    text = _blanked(text, claimed)
    claimed = tuple(_nhs_numbers(text))
    yield from ((Identifier.NHS_NUMBER, span) for span in claimed)
    text = _blanked(text, claimed)
    dates = written_dates(text, as_of)
    births = tuple((each.start, each.end) for each in birth_dates(text, dates, as_of))
    yield from ((Identifier.DATE_OF_BIRTH, span) for span in births)
    # No date is a telephone number, whosever day it is.
    text = _blanked(text, sorted({*births, *((each.start, each.end) for each in dates)}))
    claimed = tuple(_postcodes(text))
    yield from ((Identifier.POSTCODE, span) for span in claimed)
    text = _blanked(text, claimed)
    claimed = tuple(_telephone_numbers(text, _ABROAD_TELEPHONE))
    yield from ((Identifier.TELEPHONE, span) for span in claimed)
    text = _blanked(text, claimed)
    yield from ((Identifier.TELEPHONE, span) for span in _telephone_numbers(text, _UK_TELEPHONE))


def _blanked(text: str, spans: Iterable[Span]) -> str:
    parts, done = [], 0
    for start, end in spans:
        if start >= done:
            parts += [text[done:start], _BLANK * (end - start)]
            done = end
    return "".join([*parts, text[done:]]) if parts else text


def _nhs_numbers(text: str) -> Iterator[Span]:
    for match in _NHS_NUMBER.finditer(text):
        if is_nhs_number("".join(_GROUP.findall(match[0]))):
            yield match.span()


def _postcodes(text: str) -> Iterator[Span]:
    for match in _POSTCODE.finditer(text):
        # "in T1 2nd": a round and an ordinal, not a place.
        if match["inward"] is None or _ORDINAL.fullmatch(match["inward"]) is None:
            yield match.span()


def _telephone_numbers(text: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    place = 0
    while (match := pattern.search(text, place)) is not None:
        groups = list(_GROUP.finditer(match[0]))
        ends = _whole_number(groups)
        place = match.start() + (ends or groups[0].end())
        if ends:
            # A bracket that closes behind the number belongs to the sentence.
            number = match[0][:ends]
            is_open = number.startswith("(") and number.count("(") > number.count(")")
            yield match.start() + is_open, place


def _whole_number(groups: list[re.Match[str]]) -> int:
    """Return where a telephone number ends that begins with the first group; 0 if there is none.

    Other figures may follow it: of the ends that give a right length, the last one is taken.
    """
    first = groups[0]
    figures, end = -2 if first[0].startswith("00") else 0, 0
    lengths = _UK_LENGTHS if first[0].startswith("0") and figures == 0 else _ABROAD_LENGTHS
    if first[0].lstrip("0").startswith("44") and lengths is _ABROAD_LENGTHS:
        lengths = _UK_ABROAD_LENGTHS
    for group in groups:
        figures += len(group[0])
        if figures in lengths:
            end = group.end()
    return end


def _e_mail_addresses(text: str) -> Iterator[Span]:
    # From each "@" outwards: a search for what may stand before it would go over long texts again and again.
    place, done = text.find("@"), 0
    while place >= 0:
        domain = _DOMAIN.match(text, place)
        if domain is not None:
            local = _LOCAL_PART.search(text, max(place - _LONGEST_LOCAL_PART, done), place)
            if local is not None and (name := local[0].lstrip(".'’-%+")):
                done = domain.end()
                yield place - len(name), done
        place = text.find("@", place + 1)
