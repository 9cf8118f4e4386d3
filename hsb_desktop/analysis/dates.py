"""Dates as people here read and write them; in the audit they are YYYY-MM-DD."""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_THIS_CENTURY = 2000
_YEARS = range(1990, 2101)
_FIGURES = re.compile(r"[0-9]+")


def written_date(iso: str) -> str:
    """Return 2026-03-04 as "4 March 2026"; anything that is not such a date comes back as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def written_moment(iso: str) -> str:
    """Return 2026-03-04T09:05:00+00:00 as "4 March 2026, 09:05", in the time of this computer.

    Anything that is not such a moment comes back as it is.
    """
    try:
        moment = datetime.fromisoformat(iso).astimezone()
    except (ValueError, OverflowError, OSError):
        return iso
    return f"{written_date(moment.date().isoformat())}, {moment:%H:%M}"


def understood_date(typed: str) -> str | None:
    """Return what somebody typed as YYYY-MM-DD; an empty text for nothing, None for what is no date.

    Understood are 12/3/2026, 12.3.26, 12 March 2026, 12 mar 2026 and 2026-03-12: the day comes before the
    month, as it does on every form here. A year has two or four figures and is from 1990 to 2100, so that
    12/3/202 is a slip of the finger and not a day in the Roman Empire.
    """
    text = typed.strip()
    if not text:
        return ""
    parts = re.split(r"[\s/.\-]+", text)
    if len(parts) != 3:
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    day, month, year = parts
    if not (_FIGURES.fullmatch(day) and len(day) <= 2 and _FIGURES.fullmatch(year) and len(year) in (2, 4)):
        return None
    full_year = int(year) + (_THIS_CENTURY if len(year) == 2 else 0)
    try:
        day_meant = date(full_year, _month_number(month), int(day))
    except ValueError:
        return None
    return day_meant.isoformat() if full_year in _YEARS else None


def _month_number(month: str) -> int:
    for number, name in enumerate(_MONTHS, 1):
        if len(month) >= 3 and name.lower().startswith(month.lower()):
            return number
    if not _FIGURES.fullmatch(month) or len(month) > 2:
        raise ValueError(month)
    return int(month)
