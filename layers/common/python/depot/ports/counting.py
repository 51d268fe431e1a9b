"""Offers, as they are counted."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from depot.domain.life.offer import Offer
from depot.domain.opco.notice import OpcoNotice


class Countable(Protocol):
    """The offers and what their OPCOs heard, many at a time."""

    def changed(self, part: int, days: Iterable[str]) -> Iterator[tuple[Offer, OpcoNotice | None]]:
        """Offers of one part (feed.parts) that last changed on these UTC days, as they are now.

        May repeat. Without those that are erased meanwhile. Raises StoreUnavailable.
        """
