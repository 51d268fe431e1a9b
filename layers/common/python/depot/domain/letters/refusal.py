"""Who is written to no more: a centre that unsubscribed, an address that complained or is in error.

    (nothing) ── unsubscribed | complained | bounced ──> held
    held ── its holder comes back ─────────────────────> lifted; an error is not his to lift
    an error ── 90 days, or a link mailed there opens ──> lifted, or what was wished beneath it
    lifted ── again ───────────────────────────────────> held

An error says something of a mailbox on one day; a wish is a person's, and lasts. So the one lapses
and the other does not, even where both were said. Kept outside any recruiter's partition: nothing
that is erased takes a refusal away. The subject is a SIREN, or the digest of an address: what must
be kept for ever names nobody.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Final, Literal, Self

from depot.domain.letters.letter import Addressee
from depot.domain.model import Entity


Wish = Literal["unsubscribed", "complained"]
Why = Literal[Wish, "bounced"]

# A mailbox that was full, closed or misconfigured may be in order again: one mail tries.
_LAPSES: Final = timedelta(days=90)
_WEIGHT: Final[dict[Wish, int]] = {"unsubscribed": 0, "complained": 1}


def address_subject(address: str) -> str:
    """The subject an address is kept under; letter case does not tell addresses apart."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()[:32]


class MailRefusal(Entity):
    """One subject that is written to no more, and why; ``wish`` is what holds beneath an error."""

    subject: str
    why: Why
    since: datetime
    lifted_at: datetime | None = None
    wish: Wish | None = None

    def holds(self, now: datetime) -> Why | None:
        """Why nothing is sent at ``now``; None: nothing is in the way."""
        if self.lifted_at:
            return None
        lapsed = self.why == "bounced" and now >= self.since + _LAPSES
        return self.wish if lapsed else self.why

    def wished(self, now: datetime) -> Wish | None:
        """What its reader asked for, in error or not."""
        held = self.holds(now)
        return self.wish if held == "bounced" else held

    def bars(self, reader: Addressee, now: datetime) -> bool:
        """Whether letters to such a reader stay.

        A centre that wants no needs still gets the link of what it deposits. A link that proves an
        address is tried in spite of an error: opened, it ends it. An OPCO's mailbox is the
        service's own to mend: an error there rings (``usecases/letters/mail_events.py``).
        """
        why = self.wished(now) if reader == "new_address" else self.holds(now)
        if why is None or reader == "opco":
            return False
        return reader == "cfa" or why != "unsubscribed"

    def again(self, why: Why, now: datetime) -> Self:
        """Hold again, or for another reason too; itself when that changes nothing."""
        held, wished = self.holds(now), self.wished(now)
        if why == "bounced":
            if held == "bounced":
                return self
            return self._next(why=why, since=now, lifted_at=None, wish=wished)
        if wished and _WEIGHT[why] <= _WEIGHT[wished]:
            return self
        if held == "bounced":
            return self._next(wish=why)
        return self._next(why=why, since=now, lifted_at=None, wish=None)

    def lifted(self, now: datetime) -> Self:
        """Its holder comes back: no wish any more; an error stays. Itself if nothing changes."""
        if self.wished(now) is None:
            return self
        in_error = self.holds(now) == "bounced"
        return self._next(wish=None) if in_error else self._next(lifted_at=now)

    def proven(self, now: datetime) -> Self:
        """A link mailed there was opened: no error any more; a wish stays."""
        if self.holds(now) != "bounced":
            return self
        if self.wish:
            return self._next(why=self.wish, wish=None)
        return self._next(lifted_at=now)


class CentreAsked(Entity):
    """When a centre (SIREN) was last asked, for any need: whose turn it is follows from it."""

    siren: str
    asked_at: datetime
