"""What an employer says of an offer somebody else deposited for it.

unanswered ── reminded, once ─────────> unanswered: the offer stays
any ── confirmed | corrected ─────────> confirmed | corrected; a later answer replaces it
any ── removed ───────────────────────> removed, for good: the offer left the feed
"""

from datetime import datetime, timedelta
from typing import Final, Literal, Self

from depot.domain.life.lifetime import morning_of, paris_day
from depot.domain.model import Entity


EmployerAnswer = Literal["confirmed", "corrected", "removed"]

_REMINDED_AFTER: Final = timedelta(days=7)


class EmployerNotice(Entity):
    """Born with an offer deposited on behalf, in its transaction.

    ``asked_at``: when it was last asked anew, if ever.
    """

    recruiter_id: str
    offer_id: str
    answer: EmployerAnswer | None = None
    answered_at: datetime | None = None
    reminded_at: datetime | None = None
    asked_at: datetime | None = None
    created_at: datetime

    @property
    def due_at(self) -> datetime | None:
        """When a silent employer is reminded: a week later, in the morning, once."""
        if self.answer or self.reminded_at:
            return None
        return morning_of(paris_day(self.asked_at or self.created_at) + _REMINDED_AFTER)

    def answered(self, answer: EmployerAnswer, now: datetime) -> Self:
        """Remember what the employer said last."""
        return self._next(answer=answer, answered_at=now)

    def moved(self, now: datetime) -> Self:
        """Ask somebody else, at another address: a week begins."""
        return self._next(asked_at=now, reminded_at=None)

    def reminded(self, now: datetime) -> Self:
        """Remember that it was reminded, or that there is nothing left to remind of."""
        return self._next(reminded_at=now)
