"""What a partner says it did with an offer.

Receipts arrive late, twice, in any order: what is kept of them depends on none of that.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal, NamedTuple, Self, get_args

from depot.domain.model import Entity, Value


ReceiptState = Literal["fetched", "shown", "refused", "withdrawn"]
_ORDER: Final = get_args(ReceiptState)


class Partner(NamedTuple):
    """A platform that reads the feed: its slug, stable, and its name as people know it."""

    slug: str
    name: str


class ReceiptStep(Value):
    """One thing done, when, by the partner's own clock (UTC).

    ``url`` is where the offer is shown, ``reason`` why it was refused. ``record_at`` is the
    ``updated_at`` of the record this is about: which version of the offer.
    """

    state: ReceiptState
    at: datetime
    url: str | None = None
    reason: str | None = None
    record_at: datetime | None = None

    @property
    def place(self) -> tuple[datetime, int, str]:
        """Sort key: the later step counts; at the same instant, the one further along."""
        return self.at, _ORDER.index(self.state), self.model_dump_json()


class PartnerReceipt(Entity):
    """What one partner did with one offer: the latest of each step, oldest first."""

    recruiter_id: str
    offer_id: str
    partner: str
    partner_name: str
    steps: tuple[ReceiptStep, ...]

    def told(self, partner: Partner, steps: Iterable[ReceiptStep]) -> Self:
        """Take in more steps; the same receipt when they say nothing new."""
        merged = latest((*self.steps, *steps))
        if (merged, partner.name) == (self.steps, self.partner_name):
            return self
        return self._next(steps=merged, partner_name=partner.name)


def latest(steps: Iterable[ReceiptStep]) -> tuple[ReceiptStep, ...]:
    """The latest of each kind of step, oldest first; the last one says where the offer stands."""
    last: dict[ReceiptState, ReceiptStep] = {}
    for step in sorted(steps, key=lambda step: step.place):
        last[step.state] = step
    return tuple(sorted(last.values(), key=lambda step: step.place))
