"""Asking training centres: rounds of an offer; each centre asked is a ``CfaContact``."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal, Self

from depot.domain.cfa.matching import Match
from depot.domain.model import Entity


RoundOutcome = Literal["asked", "nobody_near", "none_left", "no_place", "not_live", "firm_objects"]

# A round the stream did not bring to match_cfa is picked up by the sweep after this long.
_PATIENCE = timedelta(minutes=5)


class CfaRound(Entity):
    """One asking of centres about one offer, the ``number``-th.

    Born ``waiting`` when the depositor asks, ``done`` once centres were written to: those
    ``chosen``, or the nearest when he left it to us. ``asked`` are their SIRENs; ``outcome`` says
    why nobody was asked, when nobody was: ``none_left`` if no centre chosen can be asked any more.
    """

    recruiter_id: str
    offer_id: str
    number: int = 1
    chosen: tuple[Match, ...] | None = None
    state: Literal["waiting", "done"] = "waiting"
    outcome: RoundOutcome | None = None
    asked: tuple[str, ...] = ()
    created_at: datetime

    @property
    def id(self) -> str:
        """Its own id, among all that its recruiter has."""
        return f"{self.offer_id}#{self.number}"

    @property
    def due_at(self) -> datetime | None:
        """When the sweep takes over."""
        return self.created_at + _PATIENCE if self.state == "waiting" else None

    def done(self, outcome: RoundOutcome, asked: Iterable[str] = ()) -> Self:
        """Close the round."""
        return self._next(state="done", outcome=outcome, asked=tuple(asked))


def offer_of(round_id: str) -> str:
    """The offer a round is about."""
    return round_id.partition("#")[0]
