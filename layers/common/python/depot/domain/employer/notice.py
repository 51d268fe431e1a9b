"""What an employer says of an offer somebody else deposited for it.

unanswered ── reminded, once ─────────> unanswered: the offer stays
any ── confirmed | corrected ─────────> confirmed | corrected; a later answer replaces it
any ── its depositor changed it ──────> unanswered: what was said is kept, of a text it never read
any ── removed ───────────────────────> removed, for good: the offer left the feed
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Literal, Self

from depot.domain.life.bounds import DAY
from depot.domain.life.lifetime import morning_of, paris_day
from depot.domain.life.offer import Need, Offer
from depot.domain.model import Entity, Value


EmployerAnswer = Literal["confirmed", "corrected", "removed"]

_REMINDED_AFTER: Final = timedelta(days=7)
_REMEMBERED: Final = 5
# Said to training centres alone.
_UNPUBLISHED: Final = "ask_cfa"


class Said(Value):
    """What an employer said of an offer as it was before."""

    answer: EmployerAnswer
    at: datetime


class EmployerNotice(Entity):
    """Born with an offer deposited on behalf, in its transaction.

    ``changed`` are the fields its depositor changed since the employer answered, or was first
    told, ``before`` what it had said of them, oldest first. ``told_at``: when it was last told of
    changes, or at another address; ``untold_at``: since when a change waits to be told.
    """

    recruiter_id: str
    offer_id: str
    answer: EmployerAnswer | None = None
    answered_at: datetime | None = None
    before: tuple[Said, ...] = ()
    changed: tuple[str, ...] = ()
    told_at: datetime | None = None
    untold_at: datetime | None = None
    reminded_at: datetime | None = None
    created_at: datetime

    @property
    def due_at(self) -> datetime | None:
        """When the sweep writes to the employer, in the morning.

        The day after a change that was not told at once; else a silent one is reminded, a week
        after it was told, once.
        """
        if self.answer:
            return None
        if self.untold_at:
            return morning_of(paris_day(self.untold_at) + DAY)
        if self.reminded_at:
            return None
        return morning_of(paris_day(self.told_at or self.created_at) + _REMINDED_AFTER)

    @property
    def said(self) -> tuple[Said, ...]:
        """All it said, as far as it is remembered: the last is what it says now, if it does."""
        if self.answer is None or self.answered_at is None:
            return self.before
        return (*self.before, Said(answer=self.answer, at=self.answered_at))

    def answered(self, answer: EmployerAnswer, now: datetime) -> Self:
        """Remember what the employer said last, of the offer as it is."""
        return self._next(answer=answer, answered_at=now, changed=(), untold_at=None)

    def asked_anew(
        self, changed: Iterable[str], now: datetime, *, told: Iterable[datetime] = ()
    ) -> Self:
        """Take the answer back: the offer is no longer what was read.

        The employer is told at once, unless it was within a day: of changes, or that the offer is
        there and it has not answered yet. ``told``: when it was told of its other offers.
        """
        lately = self.told_at or (None if self.answer else self.created_at)
        at_once = all(now - at >= DAY for at in (*told, *([lately] if lately else ())))
        return self._next(
            answer=None,
            answered_at=None,
            before=self.said[-_REMEMBERED:],
            changed=tuple(dict.fromkeys((*self.changed, *changed))),
            told_at=now if at_once else self.told_at,
            untold_at=None if at_once else self.untold_at or now,
            reminded_at=None,
        )

    def told(self, now: datetime) -> Self:
        """Remember that changes were told, or another address of it all: a week begins."""
        return self._next(told_at=now, untold_at=None, reminded_at=None)

    def reminded(self, now: datetime) -> Self:
        """Remember that it was reminded, or that there is nothing left to remind of."""
        return self._next(reminded_at=now, untold_at=None)


def published_changes(before: Offer, after: Offer) -> list[str]:
    """What everybody reads of an offer that its depositor changed, by the names of its fields."""
    fields = [name for name in Need.model_fields if name != _UNPUBLISHED]
    found = [name for name in fields if getattr(before.need, name) != getattr(after.need, name)]
    moved = before.workplace.elsewhere != after.workplace.elsewhere
    return [*found, *(["workplace"] if moved else [])]
