"""How each value that people enter is addressed, and what a change to it is.

One address names one value in every part of the program: in the file, in undo, in history, in a merge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

PARTNERSHIP = "partnership"
"""The party id of the partnership itself: its responses are the agreed ones."""

NO_VIEW = "no view"
"""The answer of an agency that cannot judge a statement; the partnership never gives it."""

SCORES = (0, 1, 2, 3, 4)

OPEN, REVEALED = "open", "revealed"
"""What a round of scoring is: nobody sees what was answered in it, or everybody does."""

ROUND_NUMBERS = tuple("123456789")

Value = str | int | None
"""What one box can hold. None means that nothing was entered; an empty text is None."""


def new_id() -> str:
    """Return a fresh identifier (a random UUID in its usual lower-case form)."""
    import uuid

    return str(uuid.uuid4())


class ResponseKey(NamedTuple):
    """Whose answer to what, and when: wave, party (the partnership or an agency's id), statement."""

    wave_id: str
    party_id: str
    statement_id: str


class NoteKey(NamedTuple):
    """A domain in a wave."""

    wave_id: str
    domain_id: str


class RoundKey(NamedTuple):
    """One round of scoring a statement in a wave; the number is "1" for the first."""

    wave_id: str
    statement_id: str
    round_number: str


class VoteKey(NamedTuple):
    """An agency's answer in one round."""

    wave_id: str
    statement_id: str
    round_number: str
    agency_id: str


class AgreementKey(NamedTuple):
    """What was agreed on a statement in a wave."""

    wave_id: str
    statement_id: str


class Subject(StrEnum):
    """What a value belongs to."""

    AUDIT = "audit"
    AGENCY = "agency"
    WAVE = "wave"
    SITTING = "sitting"
    ATTENDANCE = "attendance"
    RESPONSE = "response"
    DOMAIN_NOTE = "domain_note"
    READING = "reading"
    CONFLICT = "conflict"
    ROUND = "scoring_round"
    VOTE = "vote"
    AGREEMENT = "agreement"
    PACK = "pack"
    SERIES = "series"


class FieldKind(StrEnum):
    """What a field may hold when it holds anything."""

    TEXT = "text"
    SCORE = "score from 0 to 4"
    ANSWER = "score from 0 to 4, or no view"
    DATE = "date YYYY-MM-DD"
    FLAG = "1"
    POSITION = "whole number from 0"
    AUDIT_KIND = "kind of audit"
    REFERENCE = "identifier"
    ADDRESS = "address of a value"
    ANY = "any value"
    ROUND_STATE = "open or revealed"


FIELDS: Mapping[Subject, Mapping[str, FieldKind]] = MappingProxyType(
    {
        Subject.AUDIT: {
            "title": FieldKind.TEXT,
            "area": FieldKind.TEXT,
            "kind": FieldKind.AUDIT_KIND,
            "coordinator_name": FieldKind.TEXT,
            "coordinator_role": FieldKind.TEXT,
            "marking": FieldKind.TEXT,
        },
        Subject.AGENCY: {
            "name": FieldKind.TEXT,
            "sector": FieldKind.TEXT,
            "area": FieldKind.TEXT,
            "position": FieldKind.POSITION,
        },
        Subject.WAVE: {
            "label": FieldKind.TEXT,
            "held_on": FieldKind.DATE,
            "is_locked": FieldKind.FLAG,
            "position": FieldKind.POSITION,
        },
        Subject.SITTING: {
            "wave_id": FieldKind.REFERENCE,
            "held_on": FieldKind.DATE,
            "note": FieldKind.TEXT,
        },
        Subject.ATTENDANCE: {"attends": FieldKind.FLAG},
        Subject.RESPONSE: {
            "score": FieldKind.ANSWER,
            "no_view_reason": FieldKind.TEXT,
            "evidence": FieldKind.TEXT,
            "assurance": FieldKind.TEXT,
            "target": FieldKind.SCORE,
        },
        Subject.DOMAIN_NOTE: {"comments": FieldKind.TEXT, "completed_on": FieldKind.DATE},
        Subject.READING: {"text": FieldKind.TEXT},
        Subject.CONFLICT: {
            "address": FieldKind.ADDRESS,
            "first_revision_id": FieldKind.REFERENCE,
            "first_value": FieldKind.ANY,
            "first_author": FieldKind.TEXT,
            "second_revision_id": FieldKind.REFERENCE,
            "second_value": FieldKind.ANY,
            "second_author": FieldKind.TEXT,
        },
        Subject.ROUND: {"state": FieldKind.ROUND_STATE},
        Subject.VOTE: {"answer": FieldKind.ANSWER},
        Subject.AGREEMENT: {
            "reason": FieldKind.TEXT,
            "agreed_by": FieldKind.TEXT,
            "what_would_help": FieldKind.TEXT,
            "dissent": FieldKind.TEXT,
        },
        Subject.PACK: {
            "wave_id": FieldKind.REFERENCE,
            "party_id": FieldKind.REFERENCE,
            "domain_id": FieldKind.REFERENCE,
        },
        Subject.SERIES: {"is_shown": FieldKind.FLAG},
    }
)
"""Every field that people can enter. What an address's key is made of is in `KEY_NAMES`."""

KEY_NAMES: Mapping[Subject, tuple[str, ...]] = MappingProxyType(
    {
        Subject.AUDIT: (),
        Subject.AGENCY: ("agency_id",),
        Subject.WAVE: ("wave_id",),
        Subject.SITTING: ("sitting_id",),
        Subject.ATTENDANCE: ("wave_id", "agency_id"),
        Subject.RESPONSE: ("wave_id", "party_id", "statement_id"),
        Subject.DOMAIN_NOTE: ("wave_id", "domain_id"),
        Subject.READING: ("statement_id",),
        Subject.CONFLICT: ("conflict_id",),
        Subject.ROUND: ("wave_id", "statement_id", "round_number"),
        Subject.VOTE: ("wave_id", "statement_id", "round_number", "agency_id"),
        Subject.AGREEMENT: ("wave_id", "statement_id"),
        Subject.PACK: ("pack_id",),
        Subject.SERIES: ("wave_id", "party_id"),
    }
)
"""What the parts of an address's key name; the columns of the tables are called the same."""

KEY_LENGTH: Mapping[Subject, int] = MappingProxyType(
    {subject: len(names) for subject, names in KEY_NAMES.items()}
)

REQUIRED_FIELD: Mapping[Subject, str] = MappingProxyType(
    {
        Subject.AGENCY: "name",
        Subject.WAVE: "label",
        Subject.SITTING: "wave_id",
        Subject.ATTENDANCE: "attends",
        Subject.CONFLICT: "address",
        Subject.ROUND: "state",
        Subject.VOTE: "answer",
        Subject.PACK: "party_id",
        Subject.SERIES: "is_shown",
    }
)
"""Subjects that exist only while this field holds something: taking it away takes the thing away."""


class ValueAddress(NamedTuple):
    """The one name of a value in an audit, for example `response/<wave>/<party>/3.2/evidence`."""

    subject: Subject
    key: tuple[str, ...]
    field: str

    def __str__(self) -> str:
        return "/".join((self.subject.value, *self.key, self.field))

    @classmethod
    def parse(cls, text: str) -> ValueAddress:
        """Return the address that `str()` of it wrote; ValueError for any other text."""
        subject_name, *key, field_name = text.split("/")
        subject = Subject(subject_name)
        if field_name not in FIELDS[subject] or len(key) != KEY_LENGTH[subject]:
            raise ValueError(text)
        return cls(subject, tuple(key), field_name)

    @property
    def kind(self) -> FieldKind:
        """What this field may hold."""
        return FIELDS[self.subject][self.field]


def response_address(key: ResponseKey, field_name: str) -> ValueAddress:
    """Return the address of one field of a response."""
    return ValueAddress(Subject.RESPONSE, tuple(key), field_name)


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after. Applying it where `before` no longer holds is refused by the store."""

    address: ValueAddress
    before: Value
    after: Value

    def reversed(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.address, self.after, self.before)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes that are written together or not at all, with the words that undo shows for them."""

    label: str
    changes: tuple[Change, ...]
    author: str = ""

    def reversed(self) -> ChangeSet:
        """Return the change set that takes this one back."""
        return replace(self, changes=tuple(change.reversed() for change in reversed(self.changes)))
