"""Who is written to no more: a centre that unsubscribed, an address in error.

    (nothing) ── unsubscribed | complained | bounced ──> in force
    in force ── its holder comes back ─────────────────> lifted; an error is not his to lift
    lifted ── again ───────────────────────────────────> in force

Kept for ever, outside any recruiter's partition: nothing that is erased takes a refusal away. The
subject is a SIREN, or the digest of an address: what must be kept for ever names nobody.
"""

import hashlib
from datetime import datetime
from typing import Final, Literal, Self

from depot.domain.letters.letter import Addressee
from depot.domain.model import Entity


Why = Literal["unsubscribed", "complained", "bounced"]

_WEIGHT: Final[dict[Why, int]] = {"unsubscribed": 0, "complained": 1, "bounced": 2}


def address_subject(address: str) -> str:
    """The subject an address is kept under; letter case does not tell addresses apart."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()[:32]


class MailRefusal(Entity):
    """One subject that is written to no more, and why."""

    subject: str
    why: Why
    since: datetime
    lifted_at: datetime | None = None

    @property
    def in_force(self) -> bool:
        """Whether it still holds."""
        return self.lifted_at is None

    def bars(self, reader: Addressee) -> bool:
        """Whether letters to such a reader stay.

        A centre that wants no needs still gets the link of what it deposits. An OPCO's mailbox is
        the service's own to mend: an error there rings (``usecases/letters/mail_events.py``).
        """
        if not self.in_force or reader == "opco":
            return False
        return reader == "cfa" or self.why != "unsubscribed"

    def again(self, why: Why, now: datetime) -> Self:
        """Hold again, or for a graver reason; itself when that changes nothing."""
        if self.in_force and _WEIGHT[why] <= _WEIGHT[self.why]:
            return self
        return self._next(why=why, since=now, lifted_at=None)

    def lifted(self, now: datetime) -> Self:
        """Come back; itself when there is nothing to lift, or an error, which lasts."""
        if not self.in_force or self.why == "bounced":
            return self
        return self._next(lifted_at=now)


class CentreAsked(Entity):
    """When a centre (SIREN) was last asked, for any need: whose turn it is follows from it."""

    siren: str
    asked_at: datetime
