"""What may stand at an address: the last check before a value is written, and the first after it was read.

A value that the file would not give back exactly as it stands would make the file look damaged at its next
opening, so it is not written at all. Nor is what an import would refuse or change, so that every audit comes
back equal from every export; `interchange/text.py` has the same rules for what comes in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from hsb_desktop.errors import InputRefused
from hsb_desktop.model import AuditKind, Conflict
from hsb_desktop.values import (
    NO_VIEW,
    OPEN,
    PARTNERSHIP,
    REVEALED,
    ROUND_NUMBERS,
    SCORES,
    ChangeSet,
    FieldKind,
    Subject,
    Value,
    ValueAddress,
)

_IDENTIFIER = re.compile(r"[A-Za-z0-9._-]{1,64}")
LONGEST_TEXT = 1_000_000
"""Characters."""

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_UNKEEPABLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_NONCHARACTERS}]")
_WORDS = {FieldKind.AUDIT_KIND: frozenset(AuditKind), FieldKind.ROUND_STATE: frozenset({OPEN, REVEALED})}
_YEARS = range(1900, 2101)
_PAST_POSITION = 1 << 31


def can_hold(address: ValueAddress, value: Value) -> bool:
    """Whether this value, exactly as it stands, may be at this address."""
    if not all(_is_identifier(part) for part in address.key) or address.key == (PARTNERSHIP,):
        return False
    if value is None:
        # An audit always is of some kind.
        return address.kind is not FieldKind.AUDIT_KIND
    if address.subject in (Subject.ROUND, Subject.VOTE) and address.key[2] not in ROUND_NUMBERS:
        return False
    if isinstance(value, bool) or not (
        address.subject is not Subject.RESPONSE or _fits_party(address, value)
    ):
        return False
    return _number_fits(address.kind, value) if isinstance(value, int) else _text_fits(address.kind, value)


def can_dispute(row: Conflict) -> bool:
    """Whether both answers of a conflict can stand at the address that it is about."""
    try:
        address = ValueAddress.parse(row.address)
    except ValueError:
        return False
    return can_hold(address, row.first_value) and can_hold(address, row.second_value)


def conflicts_fit(rows: Iterable[Conflict]) -> bool:
    """Whether every conflict that is about something is between answers that can stand there."""
    return all(can_dispute(row) for row in rows if row.address)


def keepable_part(text: str) -> str | None:
    """Return a text with a mark (U+FFFD) in place of each character that cannot be kept; None for none."""
    return _UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", text[:LONGEST_TEXT]) or None


def is_identifier(text: str) -> bool:
    """Whether something can be told apart by this text: 1 to 64 letters, figures, full stops, hyphens."""
    return _is_identifier(text)


def can_name(*texts: object) -> bool:
    """Whether these may stand in a file as they are: an author, a label, an audit's own id."""
    return all(isinstance(text, str) and _is_keepable(text) for text in texts)


def can_remember(address: str, *values: object) -> bool:
    """Whether history may say that these stood at an address, one after the other."""
    try:
        place = ValueAddress.parse(address)
    except ValueError:
        return False
    return all(value is None or (isinstance(value, str | int) and can_hold(place, value)) for value in values)


def refuse_unkeepable(change_set: ChangeSet) -> None:
    """Raise InputRefused if an author, a label or a value of these changes cannot be kept."""
    for name, text in (("name of the author", change_set.author), ("label of the change", change_set.label)):
        if not _is_keepable(text):
            raise InputRefused(
                f"Not saved: the {name} holds a character that cannot be kept, or is too long. "
                "Nothing was changed."
            )
    for change in change_set.changes:
        if can_hold(change.address, change.after):
            continue
        if isinstance(change.after, str) and len(change.after) > LONGEST_TEXT:
            raise InputRefused(
                f"Not saved: a text has at most {LONGEST_TEXT:,} characters, and this one has "
                f"{len(change.after):,}. Shorten it."
            )
        if isinstance(change.after, str) and not _is_keepable(change.after):
            raise InputRefused("Not saved: the text holds a character that cannot be kept. Take it out.")
        raise InputRefused(
            f"Not saved: what was entered is not a {change.address.kind} that can be kept there."
        )


def _fits_party(address: ValueAddress, value: Value) -> bool:
    """Only an agency can have no view, or a reason for it; only the agreed response has a target."""
    if address.key[1] == PARTNERSHIP:
        return address.field != "no_view_reason" and (
            value != NO_VIEW or address.kind is not FieldKind.ANSWER
        )
    return address.field != "target"


def _number_fits(kind: FieldKind, value: int) -> bool:
    match kind:
        case FieldKind.SCORE | FieldKind.ANSWER | FieldKind.ANY:
            return value in SCORES
        case FieldKind.FLAG:
            return value == 1
        case _:
            return kind is FieldKind.POSITION and 0 < value < _PAST_POSITION


def _text_fits(kind: FieldKind, value: str) -> bool:
    match kind:
        case FieldKind.TEXT | FieldKind.ANY:
            return bool(value) and _is_keepable(value)
        case FieldKind.ANSWER:
            return value == NO_VIEW
        case FieldKind.DATE:
            return _is_date(value)
        case FieldKind.AUDIT_KIND | FieldKind.ROUND_STATE:
            return value in _WORDS[kind]
        case FieldKind.REFERENCE:
            return _is_identifier(value)
        case _:
            return kind is FieldKind.ADDRESS and _is_address(value)


def _is_keepable(text: str) -> bool:
    # What can be printed can be kept, and is told faster; a text of several lines is searched.
    return len(text) <= LONGEST_TEXT and (str.isprintable(text) or _UNKEEPABLE.search(text) is None)


@lru_cache(maxsize=8192)
def _is_identifier(text: str) -> bool:
    return _IDENTIFIER.fullmatch(text) is not None


def _is_date(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and day.year in _YEARS


def _is_address(text: str) -> bool:
    try:
        return ValueAddress.parse(text).subject is not Subject.CONFLICT
    except ValueError:
        return False
