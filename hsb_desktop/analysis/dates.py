"""Dates as people here read and write them; in the audit they are YYYY-MM-DD."""

from __future__ import annotations

import re
from datetime import date

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


def written_date(iso: str) -> str:
    """Return 2026-03-04 as "4 March 2026"; anything that is not such a date comes back as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def understood_date(typed: str) -> str | None:
    """Return what somebody typed as YYYY-MM-DD; an empty text for nothing, None for what is no date.

    Understood are 12/3/2026, 12.3.26, 12 March 2026, 12 mar 2026 and 2026-03-12: the day comes before the
    month, as it does on every form here.
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
    try:
        full_year = int(year) + (_THIS_CENTURY if len(year) == 2 else 0)
        return date(full_year, _month_number(month), int(day)).isoformat()
    except ValueError:
        return None


def _month_number(month: str) -> int:
    for number, name in enumerate(_MONTHS, 1):
        if len(month) >= 3 and name.lower().startswith(month.lower()):
            return number
    return int(month)
