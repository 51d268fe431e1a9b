"""Where one offer is, as its depositor sees it: in our feed, and what partners say they did."""

from datetime import datetime, timedelta
from typing import Final

from depot.domain.feed.receipt import PartnerReceipt, ReceiptState
from depot.domain.life.offer import Offer
from depot.domain.model import Value
from depot.ports.store import Dossier


# A partner may drop what comes after the second.
_SAME: Final = timedelta(seconds=1)


class StepView(Value):
    """One thing a partner says it did, when; where it shows the offer, or why it refuses it."""

    state: ReceiptState
    at: datetime
    url: str | None = None
    reason: str | None = None


class PartnerView(Value):
    """What one partner did, oldest first; ``outdated``: with a former version of the offer."""

    name: str
    steps: tuple[StepView, ...]
    outdated: bool = False


class WhereView(Value):
    """When the offer entered our feed and, once it ended, when it left it; who spoke of it.

    By the offer itself: the feed follows within seconds, and an hourly comparison proves it.
    """

    published_at: datetime
    withdrawn_at: datetime | None
    partners: tuple[PartnerView, ...]


def where_view(offer: Offer, dossier: Dossier) -> WhereView:
    """Show it, partners by name."""
    told = [receipt for receipt in dossier.receipts if receipt.offer_id == offer.id]
    partners = sorted(told, key=lambda receipt: receipt.partner_name.casefold())
    return WhereView(
        published_at=offer.published_at,
        withdrawn_at=None if offer.state == "live" else offer.updated_at,
        partners=tuple(_partner(receipt, offer) for receipt in partners),
    )


def _partner(receipt: PartnerReceipt, offer: Offer) -> PartnerView:
    last = receipt.steps[-1]
    held = offer.state == "live" and last.state in {"fetched", "shown"}
    former = last.record_at is not None and last.record_at + _SAME < offer.updated_at
    steps = tuple(
        StepView(state=step.state, at=step.at, url=step.url, reason=step.reason)
        for step in receipt.steps
    )
    return PartnerView(name=receipt.partner_name, steps=steps, outdated=held and former)
