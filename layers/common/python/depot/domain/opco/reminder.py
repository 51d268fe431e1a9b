"""When an OPCO that does not answer is reminded."""

from datetime import datetime, timedelta
from typing import Final

from depot.domain.life.lifetime import morning_of, paris_day


_SATURDAY: Final = 5


def reminds_at(now: datetime, days: int) -> datetime:
    """When, UTC, to remind who was told ``now``: in the morning, so many working days later.

    Nobody works on Saturdays and Sundays; public holidays count as days.
    """
    day = paris_day(now)
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return morning_of(day)
