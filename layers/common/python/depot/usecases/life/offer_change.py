"""The steps that every change of one offer by its link shares: read, then write what was read."""

from datetime import datetime

from depot.domain.errors import Conflict, StaleVersion
from depot.domain.life.offer import Offer
from depot.ports.store import Change, Dossier, Replace, Store
from depot.usecases.dossier.access import offer_in
from depot.usecases.life.offer_view import OfferView, offer_view


def as_read(dossier: Dossier, offer_id: str, version: int, now: datetime) -> Offer:
    """The offer, as whoever changes it read it. Raises NotFound, StaleVersion."""
    offer = offer_in(dossier, offer_id)
    if offer.version != version:
        raise StaleVersion(offer_view(offer, dossier, now))
    return offer


def commit(
    offer: Offer, dossier: Dossier, *others: Change, store: Store, now: datetime
) -> OfferView:
    """Write a changed offer with what goes with it.

    Raises StaleVersion when the offer changed between our read and our write; Conflict when only
    what goes with it did: the same may simply be asked again.
    """
    try:
        store.commit(Replace(offer), *others)
    except Conflict:
        fresh = store.dossier(offer.recruiter_id) or dossier
        current = offer_in(fresh, offer.id)
        if current.version == offer.version - 1:
            raise
        raise StaleVersion(offer_view(current, fresh, now)) from None
    return offer_view(offer, dossier, now)
