"""When an OPCO that does not answer is reminded."""

from datetime import datetime, timedelta

from depot.domain.life.lifetime import is_working, morning_of, paris_day


def reminds_at(now: datetime, days: int) -> datetime:
    """When, UTC, to remind who was told ``now``: in the morning, so many working days later.

    Working days are those of ``is_working``.
    """
    day = paris_day(now)
    while days:
        day += timedelta(days=1)
        days -= is_working(day)
    return morning_of(day)
