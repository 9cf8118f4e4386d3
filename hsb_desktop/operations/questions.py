"""What copies answered differently and nobody has settled yet: one question for each box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hsb_desktop.analysis.rounds import is_hidden
from hsb_desktop.errors import InputRefused
from hsb_desktop.model import Audit, Conflict
from hsb_desktop.operations.settling import settle
from hsb_desktop.values import Change, ChangeSet, Subject, Value, ValueAddress

_SUBJECTS_OF_A_STATEMENT = {
    Subject.RESPONSE: 2,
    Subject.AGREEMENT: 1,
    Subject.ROUND: 1,
    Subject.VOTE: 1,
    Subject.READING: 0,
}
"""Which part of their key is the number of the statement."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers; the author is empty where nothing tells who gave it."""

    value: Value
    author: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A box that was answered differently, with every answer, the one in place first."""

    address: ValueAddress
    answers: tuple[Answer, ...]
    conflict_ids: tuple[str, ...]

    @property
    def statement_id(self) -> str:
        """The statement that it belongs to; empty for what belongs to none."""
        part = _SUBJECTS_OF_A_STATEMENT.get(self.address.subject)
        return "" if part is None else self.address.key[part]

    @property
    def wave_id(self) -> str:
        """The wave that it belongs to; empty for what belongs to none."""
        has_wave = self.address.subject in (*_SUBJECTS_OF_A_STATEMENT, Subject.DOMAIN_NOTE, Subject.WAVE)
        return self.address.key[0] if has_wave and self.address.subject is not Subject.READING else ""

    @property
    def domain_id(self) -> str:
        """The domain whose comments or date it is about; empty for anything else."""
        return self.address.key[1] if self.address.subject is Subject.DOMAIN_NOTE else ""


def questions_of(audit: Audit) -> tuple[Question, ...]:
    """Return what waits to be settled, in the order of waves and statements.

    What may not be seen yet, an answer in a round that is open, is not among them.
    """
    if not audit.conflicts:
        return ()
    found = {str(question.address): question for question in _questions(audit)}
    return tuple(sorted(found.values(), key=_Order(audit)))


def settle_question(audit: Audit, address: ValueAddress, value: Value) -> ChangeSet:
    """Return the changes after which this value stands and nothing at this address waits, as one step.

    Raises InputRefused where nothing waits there any more, or its wave is locked.
    """
    rows = [row for row in audit.conflicts if row.address == str(address)]
    if not rows:
        raise InputRefused("This is settled already. Nothing was changed.")
    settled = [settle(audit, row.conflict_id, value) for row in rows]
    changes: dict[str, Change] = {}
    for change_set in settled:
        for change in change_set.changes:
            changes.setdefault(str(change.address), change)
    return ChangeSet(settled[0].label, tuple(changes.values()))


def _questions(audit: Audit) -> Iterator[Question]:
    by_address: dict[str, list[Conflict]] = {}
    for row in audit.conflicts:
        by_address.setdefault(row.address, []).append(row)
    for text, rows in by_address.items():
        try:
            address = ValueAddress.parse(text)
        except (ValueError, KeyError):
            # A file can be made by anybody; what nobody can find is nothing to settle.
            continue
        if address.subject is Subject.CONFLICT or is_hidden(audit, address):
            continue
        yield Question(address, _answers(audit, address, rows), tuple(row.conflict_id for row in rows))


def _answers(audit: Audit, address: ValueAddress, rows: list[Conflict]) -> tuple[Answer, ...]:
    in_place = audit.value(address)
    authors: dict[Value, str] = {in_place: ""} if in_place is not None else {}
    for row in rows:
        for value, author in (
            (row.first_value, row.first_author),
            (row.second_value, row.second_author),
        ):
            if value is not None:
                authors[value] = authors.get(value) or author
    return tuple(Answer(value, author) for value, author in authors.items())


class _Order:
    """The order in which a person goes through an audit: what belongs to no statement comes first."""

    def __init__(self, audit: Audit) -> None:
        self._waves = {wave.wave_id: place for place, wave in enumerate(audit.waves)}
        self._statements = {
            statement.statement_id: place for place, statement in enumerate(audit.instrument.statements)
        }

    def __call__(self, question: Question) -> tuple[int, int, str, str]:
        return (
            self._waves.get(question.wave_id, -1),
            self._statements.get(question.statement_id, -1),
            question.domain_id,
            str(question.address),
        )
