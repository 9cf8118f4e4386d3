"""What a party answered the last time, to stand beside a statement that is scored again."""

from __future__ import annotations

from dataclasses import dataclass

from hsb_desktop.model import Agreement, Audit, Response, Wave
from hsb_desktop.values import PARTNERSHIP, ResponseKey


@dataclass(frozen=True, slots=True)
class LastTime:
    """A party's response to a statement in an earlier wave."""

    wave: Wave
    response: Response
    agreement: Agreement
    """For the partnership: with it, the action that was suggested and the dissent that was noted."""


def previous_wave_id(audit: Audit, wave_id: str) -> str | None:
    """Return the id of the wave before a wave; None for the first and for one that is not there."""
    ids = [wave.wave_id for wave in audit.waves]
    place = ids.index(wave_id) if wave_id in ids else 0
    return ids[place - 1] if place else None


def last_time(audit: Audit, key: ResponseKey) -> LastTime | None:
    """Return what a party answered in the last wave before this one in which it answered; None if in none.

    A wave that passed a statement over does not hide what was said of it before. What was noted about
    agreeing, such as a suggested action, is an answer of the partnership, also where no score was agreed.
    """
    found = None
    for wave in audit.waves:
        if wave.wave_id == key.wave_id:
            return found
        response = audit.responses.get(key._replace(wave_id=wave.wave_id), Response())
        agreement = Agreement()
        if key.party_id == PARTNERSHIP:
            agreement = audit.agreement(wave.wave_id, key.statement_id)
        if response != Response(target=response.target) or agreement != Agreement():
            found = LastTime(wave, response, agreement)
    return None
