"""Which backups stay: fewer the older they are, never none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.store.backup_thinning import kept

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)

ages = st.lists(
    st.integers(min_value=-10 * 86400, max_value=400 * 86400).map(lambda seconds: timedelta(seconds=seconds)),
    max_size=80,
)


def back(*ages: timedelta) -> list[datetime]:
    return [NOW - age for age in ages]


@given(ages)
def test_the_newest_always_stays(ages: list[timedelta]) -> None:
    times = back(*ages)
    assert not times or max(times) in kept(times, NOW)


@given(ages)
def test_the_newest_that_is_not_of_the_future_stays(ages: list[timedelta]) -> None:
    """What a clock that was ahead left behind does not push out today's."""
    past = [time for time in back(*ages) if time <= NOW]
    assert not past or max(past) in kept(back(*ages), NOW)


@given(ages)
def test_nothing_of_the_future_goes(ages: list[timedelta]) -> None:
    times = back(*ages)
    assert {time for time in times if time > NOW} <= kept(times, NOW)


@given(ages)
def test_only_what_was_there_stays(ages: list[timedelta]) -> None:
    assert kept(back(*ages), NOW) <= set(back(*ages))


@given(ages)
def test_thinning_twice_is_thinning_once(ages: list[timedelta]) -> None:
    once = kept(back(*ages), NOW)
    assert kept(once, NOW) == once


@given(ages)
def test_every_day_of_a_fortnight_every_week_and_every_month_before_keep_one(ages: list[timedelta]) -> None:
    times = [time for time in back(*ages) if time <= NOW]
    staying = kept(times, NOW)
    of_a_fortnight = {time.date() for time in times if NOW - time <= timedelta(days=14)}
    assert of_a_fortnight <= {time.date() for time in staying}
    weeks = {time.isocalendar()[:2] for time in times if NOW - time <= timedelta(weeks=8)}
    assert weeks <= {time.isocalendar()[:2] for time in staying}
    months = {(time.year, time.month) for time in times if NOW - time > timedelta(weeks=8)}
    assert months <= {(time.year, time.month) for time in staying if NOW - time > timedelta(weeks=8)}


@given(ages, st.integers(min_value=-4000, max_value=4000))
def test_a_clock_that_jumps_never_takes_everything(ages: list[timedelta], days: int) -> None:
    times = back(*ages)
    staying = kept(times, NOW + timedelta(days=days))
    assert not times or max(times) in staying


@given(st.lists(st.integers(min_value=0, max_value=48 * 3600 - 1), unique=True, max_size=60))
def test_of_the_last_48_hours_up_to_twenty_stay_and_one_for_each_day(seconds: list[int]) -> None:
    times = back(*(timedelta(seconds=second) for second in seconds))
    staying = kept(times, NOW)
    assert set(sorted(times, reverse=True)[:20]) <= staying
    assert len(staying) <= 20 + 3


def test_a_year_of_daily_backups_thins_to_days_weeks_and_months() -> None:
    staying = sorted(kept(back(*(timedelta(days=day) for day in range(365))), NOW), reverse=True)
    ages = [(NOW - time).days for time in staying]
    assert ages[:15] == list(range(15))
    assert 6 <= len([age for age in ages if 14 < age <= 56]) <= 7
    assert 10 <= len([age for age in ages if age > 56]) <= 12


def test_a_day_ends_at_midnight_of_this_persons_clock() -> None:
    east = NOW.astimezone(datetime.strptime("+0900", "%z").tzinfo)
    before, after = (datetime(2026, 11, 14, hour, 30, tzinfo=UTC) for hour in (14, 15))
    assert kept([before, after], NOW) == {after}
    assert kept([before, after], east) == {before, after}
