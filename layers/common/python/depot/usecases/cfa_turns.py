"""Whose turn it is: the centres to ask for a need, in fair rotation, less those that want none.

Of the catalogue's centres only the contenders are looked up (``depot.domain.matching``): when they
were last asked decides among them; whether one wants no more mail is asked of those chosen alone,
who then make way for others.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from depot.domain.company import Point
from depot.domain.index import Index
from depot.domain.matching import MAX_CENTRES, Match, contenders, rank
from depot.domain.offer import Offer
from depot.domain.refusal import address_subject
from depot.ports.store import Store


def centres_for(
    offer: Offer, here: Point, *, index: Index, store: Store, most: int = MAX_CENTRES
) -> tuple[Match, ...]:
    """The centres to ask about an offer at a place, best first, as things stand now.

    Raises StoreUnavailable when it cannot be known who wants no more mail.
    """
    refusing: set[str] = set()
    asked: dict[str, datetime] = {}
    known: frozenset[str] = frozenset()
    while True:
        limits: dict[str, Any] = {"unsubscribed": refusing, "most": most}
        field = contenders(index, offer.need, here, **limits)
        asked |= store.last_asked(field - known)
        known |= field
        chosen = rank(index, offer.need, here, offer_id=offer.id, last_asked=asked, **limits)
        fresh = refusals(chosen, store)
        if not fresh:
            return chosen
        refusing |= fresh


def refusals(centres: Sequence[Match], store: Store) -> AbstractSet[str]:
    """The SIRENs and addresses, of these centres, that are written to no more."""
    names = {centre.siren: centre.siren for centre in centres}
    names |= {address_subject(centre.email): centre.email for centre in centres}
    found = store.refusals(names.keys())
    return {names[refusal.subject] for refusal in found if refusal.bars("cfa")}
