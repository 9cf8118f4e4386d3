"""Waves: beginning the next one, locking one that is finished, and keeping a locked one as it is."""

from __future__ import annotations

from collections.abc import Sequence

from hsb_desktop.analysis.rounds import open_rounds
from hsb_desktop.analysis.wave_dates import usual_label
from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.text import clean_text, is_date, shown
from hsb_desktop.model import Audit, Wave
from hsb_desktop.values import Change, ChangeSet, Subject, ValueAddress, new_id

_KEYED_BY_WAVE = frozenset(
    {
        Subject.ATTENDANCE,
        Subject.RESPONSE,
        Subject.DOMAIN_NOTE,
        Subject.ROUND,
        Subject.VOTE,
        Subject.AGREEMENT,
    }
)
"""What belongs to a wave by the first part of its key. What the radar shows of one is no part of it."""


def new_wave(audit: Audit, label: str = "", held_on: str = "") -> ChangeSet:
    """Return the change that begins a wave after the last one: empty, with the agencies of the last one.

    Without a label it gets the usual one; `held_on` is YYYY-MM-DD or empty. The first change's key has the
    wave's id. Raises InputRefused for a label that another wave has, or that cannot be kept, and for a day
    that the calendar does not have.
    """
    wave_id = new_id()
    label = _clean_label(audit, label) if label.strip() else _free_label(audit)
    if held_on and not is_date(held_on):
        raise InputRefused(f'"{held_on}" is not a day written as YYYY-MM-DD. Nothing was changed.')
    position = max((wave.position + 1 for wave in audit.waves), default=0)
    changes = [Change(_wave(wave_id, "label"), None, label)]
    if position:
        changes.append(Change(_wave(wave_id, "position"), None, position))
    if held_on:
        changes.append(Change(_wave(wave_id, "held_on"), None, held_on))
    if audit.waves:
        changes += [
            Change(ValueAddress(Subject.ATTENDANCE, (wave_id, agency.agency_id), "attends"), None, 1)
            for agency in audit.agencies_in(audit.waves[-1].wave_id)
        ]
    return ChangeSet(f"new wave {label}", tuple(changes))


def lock_wave(audit: Audit, wave_id: str) -> ChangeSet:
    """Return the change that locks a finished wave. Raises InputRefused while a round is open in it.

    Where nobody was noted as taking part, all agencies are from now on: none that comes later has been in it.
    """
    wave = known_wave(audit, wave_id)
    if still_open := open_rounds(audit, wave_id):
        statements = ", ".join(dict.fromkeys(key.statement_id for key in still_open))
        raise InputRefused(
            f"{_named(wave)} was not locked: scoring is still open for {statements}. "
            "Reveal it or cancel it first."
        )
    if wave.is_locked:
        return ChangeSet(f"locking of {wave.label}", ())
    silent = () if audit.agencies_in(wave_id) else audit.agencies
    noted = (
        Change(ValueAddress(Subject.ATTENDANCE, (wave_id, agency.agency_id), "attends"), None, 1)
        for agency in silent
    )
    return ChangeSet(f"locking of {wave.label}", (*noted, Change(_wave(wave_id, "is_locked"), None, 1)))


def unlock_wave(audit: Audit, wave_id: str) -> ChangeSet:
    """Return the change that unlocks a wave; history keeps it."""
    wave = known_wave(audit, wave_id)
    changes = (Change(_wave(wave_id, "is_locked"), 1, None),) if wave.is_locked else ()
    return ChangeSet(f"unlocking of {wave.label}", changes)


def rename_wave(audit: Audit, wave_id: str, label: str) -> ChangeSet:
    """Return the change that gives a wave another label. Raises InputRefused as `new_wave` does."""
    wave = known_wave(audit, wave_id)
    if label == wave.label:
        return ChangeSet(f"label of {wave.label}", ())
    renamed = ChangeSet(
        f"label of {wave.label}",
        (Change(_wave(wave_id, "label"), wave.label or None, _clean_label(audit, label, wave_id)),),
    )
    refuse_locked(audit, renamed)
    return renamed


def refuse_locked(audit: Audit, change_set: ChangeSet) -> None:
    """Raise InputRefused if a change set edits what belongs to a locked wave; unlocking it is allowed.

    Changes are judged in their order, so one set may unlock, edit and lock again. Costs nothing to speak of
    where no wave is locked.
    """
    wave = locked_wave(audit, change_set.changes)
    if wave is not None:
        raise InputRefused(
            f"{_named(wave)} is locked, so nothing in it was changed. "
            "Unlock it first if it has to be changed."
        )


def locked_wave(audit: Audit, changes: Sequence[Change]) -> Wave | None:
    """Return the first locked wave that these changes would edit; None if they edit none."""
    locked = {wave.wave_id: wave for wave in audit.waves if wave.is_locked}
    if not locked and not any(_locks(change) for change in changes):
        return None
    for change in changes:
        if change.address.subject is Subject.WAVE and change.address.field == "is_locked":
            wave_id = change.address.key[0]
            if change.after is None:
                locked.pop(wave_id, None)
            elif wave_id not in locked:
                locked[wave_id] = _wave_or_new(audit, wave_id)
        elif wave_id := next((i for i in waves_edited(audit, change) if i in locked), ""):
            return locked[wave_id]
    return None


def waves_edited(audit: Audit, change: Change) -> tuple[str, ...]:
    """Return the ids of the waves of whose content a change is: none, one, or two for a moved sitting.

    Its label and its day are a wave's content; its place among the others and its lock are not.
    """
    address = change.address
    if address.subject in _KEYED_BY_WAVE:
        return (address.key[0],)
    if address.subject is Subject.WAVE:
        return (address.key[0],) if address.field in ("label", "held_on") else ()
    if address.subject is not Subject.SITTING:
        return ()
    if address.field == "wave_id":
        return tuple(str(value) for value in (change.before, change.after) if value)
    return tuple(sitting.wave_id for sitting in audit.sittings if sitting.sitting_id == address.key[0])


def known_wave(audit: Audit, wave_id: str) -> Wave:
    """Return a wave by its id; InputRefused if the audit has none of it."""
    try:
        return audit.wave(wave_id)
    except KeyError:
        raise InputRefused("The audit has no such wave any more. Nothing was changed.") from None


def _locks(change: Change) -> bool:
    return change.address.field == "is_locked" and change.after is not None


def _wave_or_new(audit: Audit, wave_id: str) -> Wave:
    return next((wave for wave in audit.waves if wave.wave_id == wave_id), Wave(wave_id))


def _wave(wave_id: str, field: str) -> ValueAddress:
    return ValueAddress(Subject.WAVE, (wave_id,), field)


def _named(wave: Wave) -> str:
    return f'The wave "{shown(wave.label)}"'


def _clean_label(audit: Audit, label: str, wave_id: str = "") -> str:
    label = clean_text(label, "The wave's label").strip()
    if not label:
        raise InputRefused("The wave's label is empty. Give one; nothing was changed.")
    if label.casefold() in {w.label.strip().casefold() for w in audit.waves if w.wave_id != wave_id}:
        raise InputRefused(
            f'There is a wave called "{shown(label)}" already. Give another label; nothing was changed.'
        )
    return label


def _free_label(audit: Audit) -> str:
    taken = {wave.label.strip().casefold() for wave in audit.waves}
    number = len(audit.waves)
    while usual_label(number).casefold() in taken:
        number += 1
    return usual_label(number)
