"""What an OPCO was told of one need."""

from datetime import datetime, timedelta
from typing import Literal, Self

from depot.domain.model import Entity
from depot.domain.opco import Finding


# A notice the stream did not bring to notify_opco is picked up by the sweep after this long.
_PATIENCE = timedelta(minutes=5)


class OpcoNotice(Entity):
    """Born ``waiting`` in the offer's own transaction.

    ``told`` once the OPCO was identified and a letter written.
    """

    recruiter_id: str
    offer_id: str
    state: Literal["waiting", "told"] = "waiting"
    finding: Finding | None = None
    letter_id: str | None = None
    created_at: datetime

    @property
    def due_at(self) -> datetime | None:
        """When the sweep takes over."""
        return self.created_at + _PATIENCE if self.state == "waiting" else None

    def again(self, now: datetime) -> Self:
        """Wait again: the firm is known at last, and so may be its OPCO."""
        return self._next(state="waiting", finding=None, letter_id=None, created_at=now)

    def told(self, finding: Finding, letter_id: str) -> Self:
        """Record who is told, and by which letter."""
        return self._next(state="told", finding=finding, letter_id=letter_id)
