"""Settling a conflict: one of its two answers stands, or a third, and the question goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from hsb_desktop.analysis.rounds import revealed_rounds
from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Audit, Conflict
from hsb_desktop.operations.merge_places import Places
from hsb_desktop.operations.merge_scope import wave_of
from hsb_desktop.operations.rounds import recorded_after_reveal
from hsb_desktop.values import Change, ChangeSet, ResponseKey, Subject, Value, ValueAddress, VoteKey

_FIELDS = tuple(field.name for field in fields(Conflict) if field.name != "conflict_id")


def settle_with_first(audit: Audit, conflict_id: str) -> ChangeSet:
    """Return the changes after which a conflict's first answer stands. Raises what `settle` raises."""
    return settle(audit, conflict_id, _conflict(audit, conflict_id).first_value)


def settle_with_second(audit: Audit, conflict_id: str) -> ChangeSet:
    """Return the changes after which a conflict's second answer stands. Raises what `settle` raises."""
    return settle(audit, conflict_id, _conflict(audit, conflict_id).second_value)


def settle(audit: Audit, conflict_id: str, value: Value) -> ChangeSet:
    """Return the changes after which this value stands and the conflict is gone, as one step.

    The value is written even where it stands already: that is the edit by which other copies know that the
    question is settled. Others about the same two answers go with it. A revealed vote that is in doubt is
    settled alike; one that nobody doubts stays what it was, and an answer other than it is a further round.
    Raises InputRefused where there is no such conflict any more, or its wave is locked.
    """
    conflict = _conflict(audit, conflict_id)
    address = ValueAddress.parse(conflict.address)
    _refuse_locked(audit, address)
    change = Change(address, audit.value(address), None if value == "" else value)
    place = Places(audit).place(address)
    votes = _votes_in_doubt(audit, address, value) or _further_round(audit, address, value)
    return ChangeSet(f"settled: {place}", (change, *_cleared(audit, conflict), *votes))


def _conflict(audit: Audit, conflict_id: str) -> Conflict:
    found = next((row for row in audit.conflicts if row.conflict_id == conflict_id), None)
    if found is None:
        raise InputRefused("This conflict is settled already. Nothing was changed.")
    return found


def _refuse_locked(audit: Audit, address: ValueAddress) -> None:
    wave_id = wave_of(address, (audit,))
    for wave in audit.waves:
        if wave.wave_id == wave_id and wave.is_locked:
            raise InputRefused(
                f'The wave "{shown(wave.label)}" is locked. Unlock it to settle this; nothing was changed.'
            )


def _cleared(audit: Audit, settled: Conflict) -> Iterator[Change]:
    question = settled.address, {settled.first_value, settled.second_value}
    for row in audit.conflicts:
        if (row.address, {row.first_value, row.second_value}) == question:
            yield from _emptied(audit, row)


def _emptied(audit: Audit, row: Conflict) -> Iterator[Change]:
    for field in _FIELDS:
        address = ValueAddress(Subject.CONFLICT, (row.conflict_id,), field)
        value = audit.value(address)
        if value is not None:
            yield Change(address, value, None)


def _votes_in_doubt(audit: Audit, address: ValueAddress, value: Value) -> list[Change]:
    """Return what lets a revealed vote that waits to be settled say what the answer that came of it says."""
    if address.subject is not Subject.RESPONSE or address.field != "score":
        return []
    wave_id, party_id, statement_id = address.key
    asked = _answers(audit, address)
    for found in reversed(revealed_rounds(audit, wave_id, statement_id)):
        vote = ValueAddress(Subject.VOTE, (*found.key, party_id), "answer")
        waiting = [row for row in audit.conflicts if row.address == str(vote)]
        if waiting and {audit.value(vote), value} <= asked:
            changes = [Change(vote, audit.value(vote), value)]
            for row in waiting:
                if {row.first_value, row.second_value} <= asked:
                    changes.extend(_emptied(audit, row))
            return changes
    return []


def _further_round(audit: Audit, address: ValueAddress, value: Value) -> list[Change]:
    """Return what keeps an agency's answer that is not its last vote as a further round."""
    if address.subject is not Subject.RESPONSE or address.field != "score" or value is None:
        return []
    key = ResponseKey(*address.key)
    voted = (
        audit.votes.get(VoteKey(*found.key, key.party_id))
        for found in reversed(revealed_rounds(audit, key.wave_id, key.statement_id))
    )
    if next((vote for vote in voted if vote is not None), None) == value:
        return []
    # In place it may stand already, as the lower of the two.
    unsettled = audit.with_changes((Change(address, audit.value(address), None),))
    return recorded_after_reveal(unsettled, key, value)


def _answers(audit: Audit, address: ValueAddress) -> set[Value]:
    rows = (row for row in audit.conflicts if row.address == str(address))
    return {answer for row in rows for answer in (row.first_value, row.second_value)}
