"""Which backups stay as time goes on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

_ALL_KEPT_FOR = timedelta(hours=48)
_MOST_OF_THESE = 20
_DAILY_FOR = timedelta(days=14)
_WEEKLY_FOR = timedelta(weeks=8)


def kept(times: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Return which of the times at which backups were made (aware, each of them once) stay.

    Of the last 48 hours everything up to twenty; then the latest of each day for 14 days, of each week for
    eight weeks, and of each month after that. Days are those of `now`'s time zone. The newest always stays,
    and so does what was made in the future: one of the two clocks was wrong, and nobody knows which.
    """
    newest_first = sorted(set(times), reverse=True)
    staying = set(newest_first[:1])
    staying.update(time for time in newest_first if time > now)
    recent = [time for time in newest_first if time <= now and now - time <= _ALL_KEPT_FOR]
    staying.update(recent[:_MOST_OF_THESE])
    served: set[tuple[str, date]] = set()
    for time in newest_first:
        if time > now:
            continue
        span = _span_of(time, now)
        if span not in served:
            served.add(span)
            staying.add(time)
    return frozenset(staying)


def _span_of(time: datetime, now: datetime) -> tuple[str, date]:
    """Return the day, week or month of which one backup stays, by its first day."""
    day = time.astimezone(now.tzinfo).date()
    age = now - time
    if age <= _DAILY_FOR:
        return "day", day
    if age <= _WEEKLY_FOR:
        return "week", day - timedelta(days=day.weekday())
    return "month", day.replace(day=1)
