"""An erasure: the intention that outlives the dossier it erases, and holds nothing of it.

Born in the transaction that closes the dossier for ever. Each pass removes all that is left; the
last one comes a day later, for what was being written while the first one ran, and removes the
intention itself.
"""

from datetime import datetime, timedelta
from typing import Final, Literal, Self

from depot.domain.model import Entity


_CRASHED: Final = timedelta(minutes=5)
_LETTER: Final = timedelta(hours=1)
_LATER: Final = timedelta(days=1)


Why = Literal["asked", "unused", "employer"]
"""Its holder asked; it was unused for two years; the firm it was deposited for asked."""


class Erasure(Entity):
    """What is left when all is gone: that it is going, and why."""

    recruiter_id: str
    why: Why
    asked_at: datetime
    next_at: datetime

    @classmethod
    def of(cls, recruiter_id: str, why: Why, now: datetime) -> Self:
        """Start one; whoever writes it does the first pass at once."""
        return cls(recruiter_id=recruiter_id, why=why, asked_at=now, next_at=now + _CRASHED)

    @property
    def due_at(self) -> datetime:
        """When the next pass is due."""
        return self.next_at

    def settled(self, now: datetime) -> bool:
        """Whether nothing that began before can still be writing."""
        return now >= self.asked_at + _LATER

    def passed(self, now: datetime, *, letter_waits: bool) -> Self:
        """Plan another pass.

        Soon while the last mail is still waiting, since erasing its address must wait for it.
        """
        return self._next(next_at=now + (_LETTER if letter_waits else _LATER))
