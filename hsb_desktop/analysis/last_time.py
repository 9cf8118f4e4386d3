"""What was answered to a statement the last time: in the wave before."""

from __future__ import annotations

from dataclasses import dataclass

from hsb_desktop.analysis.agenda import previous_wave_id
from hsb_desktop.model import Audit, Response, Wave
from hsb_desktop.values import PARTNERSHIP, ResponseKey


@dataclass(frozen=True, slots=True)
class LastTime:
    """A party's answer to a statement in the wave before the one that is looked at."""

    wave: Wave
    """The wave before."""
    response: Response
    target: int | None
    """What the partnership has aimed at since: the target set last in an earlier wave; None for agencies."""
    reading: str
    """How the partnership reads the statement; kept across waves. Empty where nobody wrote it down."""


def last_time(audit: Audit, wave_id: str, party_id: str, statement_id: str) -> LastTime | None:
    """Return what a party answered in the wave before this one; None in the first wave."""
    before_id = previous_wave_id(audit, wave_id)
    if before_id is None:
        return None
    return LastTime(
        wave=audit.wave(before_id),
        response=audit.response(ResponseKey(before_id, party_id, statement_id)),
        target=_target_before(audit, wave_id, statement_id) if party_id == PARTNERSHIP else None,
        reading=audit.readings.get(statement_id, ""),
    )


def _target_before(audit: Audit, wave_id: str, statement_id: str) -> int | None:
    ids = [wave.wave_id for wave in audit.waves]
    for earlier in reversed(ids[: ids.index(wave_id)]):
        target = audit.agreed(earlier, statement_id).target
        if target is not None:
            return target
    return None
