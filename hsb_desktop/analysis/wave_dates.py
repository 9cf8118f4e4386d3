"""When waves are due: six and twelve calendar months after the baseline, and then once a year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hsb_desktop.model import Audit, Wave

NEAR_DAYS = 30
_USUAL_LABELS = ("Baseline", "Six months", "Twelve months")


class DueState(StrEnum):
    """How a wave's due date stands to today."""

    BEGUN = "begun"
    """The wave has an answer, or its day has come: it is not waited for any more."""
    AHEAD = "ahead"
    NEAR = "near"
    """Due within 30 days, or today."""
    PAST = "past"


@dataclass(frozen=True, slots=True)
class DueWave:
    """A wave after the baseline and when it is due; `wave` is None where nobody has made it yet."""

    number: int
    """1 for the first after the baseline."""
    label: str
    months: int
    """Calendar months after the baseline."""
    due_on: date
    wave: Wave | None
    state: DueState

    @property
    def planned_on(self) -> str:
        """The day for which a wave that has not begun is planned (YYYY-MM-DD); empty without one."""
        return "" if self.wave is None or self.state is DueState.BEGUN else self.wave.held_on


def baseline_of(audit: Audit) -> Wave | None:
    """Return the wave that the others are compared with: the first; None if there is no wave."""
    return audit.waves[0] if audit.waves else None


def baseline_date(audit: Audit) -> date | None:
    """Return the baseline's day, else the last date on which one of its domains was completed; else None."""
    wave = baseline_of(audit)
    if wave is None:
        return None
    completed = (note.completed_on for key, note in audit.notes.items() if key.wave_id == wave.wave_id)
    written = wave.held_on or max(completed, default="")
    return date.fromisoformat(written) if written else None


def months_after_baseline(number: int) -> int:
    """Return after how many months a wave is due: 6 and 12 for the first two, then 12 more for each."""
    return 6 * number if number <= 2 else 12 * (number - 1)


def usual_label(number: int) -> str:
    """Return how a wave is called if nobody says otherwise; number 0 is the baseline."""
    return _USUAL_LABELS[number] if number < len(_USUAL_LABELS) else f"{months_after_baseline(number)} months"


def plus_months(day: date, months: int) -> date:
    """Return the same day some calendar months (0 or more) later; the month's last day where it has none."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def due_waves(audit: Audit, today: date) -> tuple[DueWave, ...]:
    """Return when the waves after the baseline are due: those made, and the next one that is not.

    Six and twelve months are always among them. Nothing is due while the baseline has no date.
    """
    start = baseline_date(audit)
    if start is None:
        return ()
    later = audit.waves[1:]
    answered = {key.wave_id for key in audit.responses}
    found = []
    for number in range(1, max(2, len(later) + 1) + 1):
        wave = later[number - 1] if number <= len(later) else None
        months = months_after_baseline(number)
        due_on = plus_months(start, months)
        is_begun = wave is not None and (_was_held(wave, today) or wave.wave_id in answered)
        state = DueState.BEGUN if is_begun else _state(due_on, today)
        label = wave.label if wave else usual_label(number)
        found.append(DueWave(number, label, months, due_on, wave, state))
    return tuple(found)


def next_due(audit: Audit, today: date) -> DueWave | None:
    """Return the first wave that has not begun; None while the baseline has no date."""
    return next((due for due in due_waves(audit, today) if due.state is not DueState.BEGUN), None)


def _was_held(wave: Wave, today: date) -> bool:
    """Whether its day has come: one that is only planned does not put an end to the waiting."""
    return bool(wave.held_on) and wave.held_on <= today.isoformat()


def _state(due_on: date, today: date) -> DueState:
    days = (due_on - today).days
    if days < 0:
        return DueState.PAST
    return DueState.NEAR if days <= NEAR_DAYS else DueState.AHEAD
