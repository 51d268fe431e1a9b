"""Asking training centres: one round an offer; each centre asked is a ``CfaContact``."""

from datetime import datetime, timedelta
from typing import Literal, Self

from depot.domain.model import Entity


Outcome = Literal["asked", "nobody_near", "no_place", "not_live"]

# A round the stream did not bring to match_cfa is picked up by the sweep after this long.
_PATIENCE = timedelta(minutes=5)


class CfaRound(Entity):
    """The asking of centres about one offer.

    Born ``waiting`` when the depositor asks, in the same transaction; ``done`` once centres were
    chosen. ``outcome`` says why nobody was asked, when nobody was.
    """

    recruiter_id: str
    offer_id: str
    state: Literal["waiting", "done"] = "waiting"
    outcome: Outcome | None = None
    created_at: datetime

    @property
    def due_at(self) -> datetime | None:
        """When the sweep takes over."""
        return self.created_at + _PATIENCE if self.state == "waiting" else None

    def done(self, outcome: Outcome) -> Self:
        """Close the round."""
        return self._next(state="done", outcome=outcome)
