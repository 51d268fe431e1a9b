"""Duplicates: a need whose twin, an offer of the same establishment and métier, is already live.

Most often somebody deposits again because a mail is lost or an answer came late; now and then a
firm does look for two people in two offers. So nothing here refuses: it finds what to ask about.
"""

from collections.abc import Iterable
from datetime import datetime

from depot.domain.life.metiers import Metier
from depot.domain.life.offer import Offer


def twins(offers: Iterable[Offer], *, siret: str, metier: Metier, now: datetime) -> list[Offer]:
    """Those of ``offers`` that are live for this establishment and métier, in their order.

    The same métier: the same appellation, or another of its ROME code, since people find one trade
    under several names.
    """
    return [
        offer
        for offer in offers
        if offer.workplace.siret == siret
        and offer.is_current(now)
        and (offer.need.metier.code == metier.code or offer.need.metier.rome == metier.rome)
    ]
