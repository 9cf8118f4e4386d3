"""Who works on a file, where and since when, in a sentence."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from hsb_desktop.analysis.dates import written_date


def holder_sentence(who: str, computer: str, since: str) -> str:
    """Return "Ann is working on it on the computer LAPTOP-7, since 09:12 today."

    Any part may be empty; `since` is in UTC, ISO 8601.
    """
    tr = QCoreApplication.translate
    person = who or tr("HolderWords", "Somebody")
    place = tr("HolderWords", " on the computer {0}").format(computer) if computer else ""
    moment = _since(since)
    return tr("HolderWords", "{0} is working on it{1}{2}.").format(person, place, moment)


def _since(since: str) -> str:
    tr = QCoreApplication.translate
    try:
        moment = datetime.fromisoformat(since).astimezone()
    except (ValueError, OverflowError, OSError):
        return ""
    time, day = f"{moment:%H:%M}", moment.date()
    if day == date.today():
        return tr("HolderWords", ", since {0} today").format(time)
    return tr("HolderWords", ", since {0} on {1}").format(time, written_date(day.isoformat()))
