"""Settling a conflict: one of its two answers stands, or a third, and the question goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Audit, Conflict
from hsb_desktop.operations.merge_places import Places
from hsb_desktop.operations.merge_scope import wave_of
from hsb_desktop.values import Change, ChangeSet, Subject, Value, ValueAddress

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
    question is settled. Others about the same two answers go with it. Raises InputRefused where there is no
    such conflict any more, or its wave is locked.
    """
    conflict = _conflict(audit, conflict_id)
    address = ValueAddress.parse(conflict.address)
    _refuse_locked(audit, address)
    change = Change(address, audit.value(address), None if value == "" else value)
    place = Places(audit).place(address)
    return ChangeSet(f"settled: {place}", (change, *_cleared(audit, conflict)))


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
            for field in _FIELDS:
                address = ValueAddress(Subject.CONFLICT, (row.conflict_id,), field)
                value = audit.value(address)
                if value is not None:
                    yield Change(address, value, None)
