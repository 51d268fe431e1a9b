"""Who may be asked about an offer: the one place where it is decided.

The choice the depositor sees, the choice left to us and the asking itself all go by this list.
"""

from collections.abc import Sequence
from sys import maxsize

from depot.domain.company import Point
from depot.domain.matching import Match, rank
from depot.domain.offer import Offer
from depot.ports.trainings import Catalogue


def competent_cfas(offer: Offer, here: Point, *, catalogue: Catalogue) -> Sequence[Match]:
    """Every competent centre near a place, best first, those asked already included.

    Raises CatalogueMissing.
    """
    return rank(catalogue.index(), offer.need, here, offer_id=offer.id, most=maxsize)
