"""What a depositor sees of the live offers his need would repeat."""

from collections.abc import Sequence
from datetime import date, datetime

from depot.domain.firm.company import Address
from depot.domain.life.lifetime import days_left
from depot.domain.life.offer import Offer
from depot.domain.model import Value
from depot.ports.store import Dossier
from depot.usecases.life.offer_view import OfferView, offer_view
from depot.usecases.views import MetierView, metier_view, newest_first


class TwinView(Value):
    """A live offer like the one deposited, as anybody may read it in the feed.

    Nothing about who deposited it: anybody may type a SIRET. ``workplace`` is an address other than
    the firm's; ``offer`` is the whole of it, when the link that asks manages it.
    """

    metier: MetierView
    openings: int
    workplace: Address | None = None
    published_at: datetime
    ends_on: date
    days_left: int
    offer: OfferView | None = None


class TwinsView(Value):
    """What is already live, newest first."""

    offers: tuple[TwinView, ...]


def twins_view(twins: Sequence[Offer], mine: Dossier | None, now: datetime) -> TwinsView:
    """Show live offers to whoever deposits the same need; those of his own dossier in full."""
    own = {offer.id for offer in mine.offers} if mine else set()
    return TwinsView(
        offers=tuple(
            TwinView(
                metier=metier_view(twin.need.metier),
                openings=twin.need.openings,
                workplace=twin.workplace.elsewhere,
                published_at=twin.published_at,
                ends_on=twin.ends_on,
                days_left=days_left(twin.ends_on, now),
                offer=offer_view(twin, mine, now) if mine and twin.id in own else None,
            )
            for twin in newest_first(twins)
        )
    )
