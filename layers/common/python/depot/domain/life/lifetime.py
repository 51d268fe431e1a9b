"""How long an offer lives: four weeks, counted in days of Paris.

An offer published (or extended) on day D is live to the end of day D + 28 in Paris. One reminder is
due in the morning of day D + 21. The instants are computed once, when the offer is written, and
stored in UTC: a sweep only compares them with ``now``, so the nights when the clock changes need no
care there.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


PARIS = ZoneInfo("Europe/Paris")
LIFE = timedelta(days=28)
NOTICE_PERIOD = timedelta(days=7)
_MORNING = time(9)
_NIGHT = time(3)
_SATURDAY = 5


def paris_day(moment: datetime) -> date:
    """Day in Paris at an aware instant."""
    return moment.astimezone(PARIS).date()


def last_day(start: datetime) -> date:
    """Last day on which an offer published or extended at ``start`` is live."""
    return paris_day(start) + LIFE


def end_of(day: date) -> datetime:
    """First instant, UTC, after a day in Paris."""
    return datetime.combine(day + timedelta(days=1), time(), PARIS).astimezone(UTC)


def reminder_of(day: date) -> datetime:
    """When, UTC, to remind of an offer whose last day is ``day``: in the morning, a week before."""
    return morning_of(day - NOTICE_PERIOD)


def morning_of(day: date) -> datetime:
    """Nine in the morning, UTC, of a day in Paris."""
    return datetime.combine(day, _MORNING, PARIS).astimezone(UTC)


def next_night(moment: datetime) -> datetime:
    """The next three in the morning in Paris, UTC: when nobody waits."""
    day = paris_day(moment)
    tonight = datetime.combine(day, _NIGHT, PARIS).astimezone(UTC)
    if tonight > moment:
        return tonight
    return datetime.combine(day + timedelta(days=1), _NIGHT, PARIS).astimezone(UTC)


def is_working(day: date) -> bool:
    """Whether it is neither Saturday nor Sunday; public holidays count as any other day."""
    return day.weekday() < _SATURDAY


def days_left(day: date, now: datetime) -> int:
    """Whole days from today in Paris to ``day``; 0 on the last day."""
    return (day - paris_day(now)).days
