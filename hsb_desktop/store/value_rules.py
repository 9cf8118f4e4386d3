"""What may stand at an address: the last check before a value is written, and the first after it was read.

A value that the file would not give back exactly as it stands would make the file look damaged at its next
opening, so it is not written at all.
"""

from __future__ import annotations

import re
from datetime import date

from hsb_desktop.model import (
    NO_VIEW,
    PARTNERSHIP,
    SCORES,
    AuditKind,
    FieldKind,
    Subject,
    Value,
    ValueAddress,
)

_IDENTIFIER = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HALF_CHARACTER = re.compile("[\\ud800-\\udfff]")
_PAST_POSITION = 1 << 31


def can_hold(address: ValueAddress, value: Value) -> bool:
    """Whether this value, exactly as it stands, may be at this address."""
    if not all(_is_identifier(part) for part in address.key) or address.key == (PARTNERSHIP,):
        return False
    if value is None:
        # An audit always is of some kind.
        return address.kind is not FieldKind.AUDIT_KIND
    if isinstance(value, bool) or not (
        address.subject is not Subject.RESPONSE or _fits_party(address, value)
    ):
        return False
    return _number_fits(address.kind, value) if isinstance(value, int) else _text_fits(address.kind, value)


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
            return bool(value) and _HALF_CHARACTER.search(value) is None
        case FieldKind.ANSWER:
            return value == NO_VIEW
        case FieldKind.DATE:
            return _is_date(value)
        case FieldKind.AUDIT_KIND:
            return value in set(AuditKind)
        case FieldKind.REFERENCE:
            return _is_identifier(value)
        case _:
            return kind is FieldKind.ADDRESS and _is_address(value)


def _is_identifier(text: str) -> bool:
    return _IDENTIFIER.fullmatch(text) is not None


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_address(text: str) -> bool:
    try:
        return ValueAddress.parse(text).subject is not Subject.CONFLICT
    except ValueError:
        return False
