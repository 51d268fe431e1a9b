"""Four weeks, in days of Paris, through both nights when the clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given

from depot.domain.life.lifetime import PARIS, days_left, end_of, last_day, paris_day, reminder_of
from tests.strategies import days, instants


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (utc(2026, 11, 23, 22, 59, 59), date(2026, 11, 23)),
        (utc(2026, 11, 23, 23), date(2026, 11, 24)),
        (utc(2026, 7, 14, 21, 59, 59), date(2026, 7, 14)),
        (utc(2026, 7, 14, 22), date(2026, 7, 15)),
    ],
)
def test_a_day_begins_at_midnight_in_paris(moment: datetime, day: date) -> None:
    assert paris_day(moment) == day


def test_an_offer_is_live_to_the_end_of_its_twenty_eighth_day() -> None:
    start = utc(2026, 11, 23, 10)

    assert last_day(start) == date(2026, 12, 21)
    assert end_of(last_day(start)) == utc(2026, 12, 21, 23)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 10, 24), utc(2026, 10, 24, 22)),  # the night begins in summer time
        (date(2026, 10, 25), utc(2026, 10, 25, 23)),  # a day of 25 hours
        (date(2027, 3, 27), utc(2027, 3, 27, 23)),
        (date(2027, 3, 28), utc(2027, 3, 28, 22)),  # a day of 23 hours
    ],
)
def test_the_end_is_midnight_on_the_nights_the_clock_changes(day: date, end: datetime) -> None:
    assert end_of(day) == end


@pytest.mark.parametrize(
    ("day", "reminder"),
    [
        (date(2026, 12, 21), utc(2026, 12, 14, 8)),
        (date(2026, 10, 31), utc(2026, 10, 24, 7)),
        (date(2026, 11, 1), utc(2026, 10, 25, 8)),  # summer time ended at three that morning
        (date(2027, 4, 4), utc(2027, 3, 28, 7)),  # it began at two
    ],
)
def test_the_reminder_is_at_nine_seven_days_before(day: date, reminder: datetime) -> None:
    assert reminder_of(day) == reminder


@given(instants)
def test_the_end_is_the_midnight_of_paris_after_the_last_day(start: datetime) -> None:
    end = end_of(last_day(start))
    local = end.astimezone(PARIS)

    assert end.tzinfo is UTC
    assert local.time() == time(0)
    assert local.date() == start.astimezone(PARIS).date() + timedelta(days=29)
    assert (end - timedelta(microseconds=1)).astimezone(PARIS).date() == last_day(start)


@given(days)
def test_the_reminder_is_always_at_nine_in_paris(day: date) -> None:
    reminder = reminder_of(day)

    assert reminder.tzinfo is UTC
    assert reminder.astimezone(PARIS).replace(tzinfo=None) == datetime.combine(
        day - timedelta(days=7), time(9)
    )


@given(instants)
def test_a_reminder_comes_after_the_publication_and_before_the_end(start: datetime) -> None:
    assert start < reminder_of(last_day(start)) < end_of(last_day(start))


@given(instants)
def test_four_weeks_are_left_on_the_first_day(start: datetime) -> None:
    assert days_left(last_day(start), start) == 28


@given(days)
def test_no_day_is_left_on_the_last_one_down_to_its_last_second(day: date) -> None:
    end = end_of(day)

    assert days_left(day, end - timedelta(seconds=1)) == 0
    assert days_left(day, reminder_of(day)) == 7
    assert days_left(day, end) == -1
