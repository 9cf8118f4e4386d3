"""When a wave is due, in the words of the window."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.analysis.wave_dates import DueWave
from hsb_desktop.ui.counted import counted

_WEEK, _MONTH = 7, 30
_FIRST_IN_WEEKS, _FIRST_IN_MONTHS = 14, 92
"""Days from which on weeks, and then months, are said."""


def due_in_words(due: DueWave, today: date) -> str:
    """Return "Six months: due 12 September 2026, in 3 weeks", or "was due … 2 weeks ago".

    The day for which it is planned, if it is, stands behind that.
    """
    when = due_on_in_words(due.due_on, today)
    if due.planned_on:
        when = _tr("{0}; planned for {1}").format(when, written_date(due.planned_on))
    return _tr("{0}: {1}").format(due.label, when)


def due_on_in_words(due_on: date, today: date) -> str:
    """Return "due 12 September 2026, in 3 weeks", "due today" or "was due 1 May 2026, 2 weeks ago"."""
    days = (due_on - today).days
    written = written_date(due_on.isoformat())
    if days == 0:
        return _tr("due today, {0}").format(written)
    if days < 0:
        return _tr("was due {0}, {1} ago").format(written, _span(-days))
    return _tr("due {0}, in {1}").format(written, _span(days))


def _span(days: int) -> str:
    if days < _FIRST_IN_WEEKS:
        return _counted("%n day(s)", days)
    if days < _FIRST_IN_MONTHS:
        return _counted("%n week(s)", round(days / _WEEK))
    return _counted("%n month(s)", round(days / _MONTH))


def _counted(words: str, count: int) -> str:
    return counted(QCoreApplication.translate("Due", words, "", count), count)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Due", words)
