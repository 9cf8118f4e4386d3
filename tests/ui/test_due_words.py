"""When the next wave is due, in words."""

from __future__ import annotations

from datetime import date

from hsb_desktop.analysis.wave_dates import DueState, DueWave
from hsb_desktop.model import Wave
from hsb_desktop.ui.due_words import due_in_words

TODAY = date(2026, 3, 20)


def test_a_wave_that_is_past_and_only_planned_says_both() -> None:
    wave = Wave("w2", "Six months", "2026-04-20", position=1)
    due = DueWave(1, "Six months", 6, date(2026, 2, 28), wave, DueState.PAST)
    assert due_in_words(due, TODAY) == (
        "Six months: was due 28 February 2026, 3 weeks ago; planned for 20 April 2026"
    )


def test_a_wave_that_nobody_has_planned_says_when_it_is_due() -> None:
    due = DueWave(1, "Six months", 6, date(2026, 2, 28), None, DueState.PAST)
    assert due_in_words(due, TODAY) == "Six months: was due 28 February 2026, 3 weeks ago"
