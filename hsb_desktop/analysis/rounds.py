"""Rounds of scoring: who has been recorded in an open one, and what was answered in those revealed.

Of an open round nobody learns more than who has been recorded: nothing else in the program looks at its
votes. What was imported, merged or returned in a pack is a response and open, always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from hsb_desktop.analysis.attendance import taking_part
from hsb_desktop.model import Agency, Answer, Audit
from hsb_desktop.values import OPEN, REVEALED, ROUND_NUMBERS, RoundKey, ValueAddress, VoteKey


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round in which agencies answer unseen. Agencies are in their order; the answers are not here."""

    key: RoundKey
    recorded: tuple[Agency, ...]
    waited_for: tuple[Agency, ...]
    """Agencies that take part and have not been recorded yet."""

    @property
    def is_complete(self) -> bool:
        """Whether every agency that takes part has been recorded."""
        return not self.waited_for


@dataclass(frozen=True, slots=True)
class RevealedRound:
    """A round that everybody may see: who answered what, agencies in their order."""

    key: RoundKey
    answers: tuple[tuple[Agency, Answer], ...]


def open_round(audit: Audit, wave_id: str, statement_id: str) -> RoundKey | None:
    """Return the round of a statement that is open; None if none is. The last one, if a file has several."""
    return _last(audit, wave_id, statement_id, OPEN)


def last_revealed_round(audit: Audit, wave_id: str, statement_id: str) -> RoundKey | None:
    """Return the round of a statement that was revealed last; None if none was."""
    return _last(audit, wave_id, statement_id, REVEALED)


def last_round(audit: Audit, wave_id: str, statement_id: str) -> RoundKey | None:
    """Return the round of a statement with the highest number; None if there was none."""
    return _last(audit, wave_id, statement_id, None)


def state_of_open_round(audit: Audit, wave_id: str, statement_id: str) -> OpenRound | None:
    """Return who has been recorded in the open round of a statement and who has not; None without one."""
    key = open_round(audit, wave_id, statement_id)
    if key is None:
        return None
    part = {agency.agency_id for agency in taking_part(audit, wave_id)}
    recorded = tuple(a for a in audit.agencies if VoteKey(*key, a.agency_id) in audit.votes)
    waited_for = tuple(a for a in audit.agencies if a.agency_id in part and a not in recorded)
    return OpenRound(key, recorded, waited_for)


def open_rounds(audit: Audit, wave_id: str | None = None) -> tuple[RoundKey, ...]:
    """Return every open round, of one wave or of all, in the order of waves and of the form."""
    if OPEN not in audit.rounds.values():
        return ()
    waves = {wave.wave_id: place for place, wave in enumerate(audit.waves)}
    order = {s.statement_id: place for place, s in enumerate(audit.instrument.statements)}
    keys = (key for key, state in audit.rounds.items() if state == OPEN and wave_id in (None, key.wave_id))
    return tuple(
        sorted(keys, key=lambda k: (waves.get(k.wave_id, -1), order.get(k.statement_id, -1), k.round_number))
    )


def revealed_rounds(audit: Audit, wave_id: str, statement_id: str) -> tuple[RevealedRound, ...]:
    """Return what was answered in each revealed round of a statement, the first round first."""
    found = []
    for number in ROUND_NUMBERS:
        key = RoundKey(wave_id, statement_id, number)
        if audit.rounds.get(key) == REVEALED:
            answers = (
                (agency, audit.votes.get(VoteKey(*key, agency.agency_id))) for agency in audit.agencies
            )
            given = tuple((agency, answer) for agency, answer in answers if answer is not None)
            found.append(RevealedRound(key, given))
    return tuple(found)


def without_open_votes(audit: Audit) -> Audit:
    """Return the audit as it may leave the room: without the answers in rounds that are not revealed."""
    if all(state == REVEALED for state in audit.rounds.values()):
        return audit
    votes: Mapping[VoteKey, Answer] = {
        key: answer for key, answer in audit.votes.items() if audit.rounds.get(_round_of(key)) == REVEALED
    }
    return replace(audit, votes=MappingProxyType(votes))


def without_unseen(audit: Audit) -> Audit:
    """Return the audit as everybody may see it: without those answers, and without conflicts about them."""
    conflicts = tuple(
        row
        for row in audit.conflicts
        if not (row.address and is_hidden(audit, ValueAddress.parse(row.address)))
    )
    return replace(without_open_votes(audit), conflicts=conflicts)


def is_hidden(audit: Audit, address: ValueAddress) -> bool:
    """Whether what stands, or ever stood, at an address may not be shown: an answer in an unrevealed round.

    For lists of values and of history; a round that was cancelled never was revealed.
    """
    return audit.is_unseen(address)


def _round_of(key: VoteKey) -> RoundKey:
    return RoundKey(key.wave_id, key.statement_id, key.round_number)


def _last(audit: Audit, wave_id: str, statement_id: str, state: str | None) -> RoundKey | None:
    if not audit.rounds:
        return None
    for number in reversed(ROUND_NUMBERS):
        key = RoundKey(wave_id, statement_id, number)
        found = audit.rounds.get(key)
        if found is not None and state in (None, found):
            return key
    return None
