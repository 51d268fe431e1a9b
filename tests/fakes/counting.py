"""The Countable port in memory, over a store in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from depot.domain.life.offer import Offer
from depot.domain.opco.notice import OpcoNotice
from tests.fakes.store import MemoryStore


@dataclass
class MemoryCountable:
    """The Countable port."""

    store: MemoryStore

    def changed(self, part: int, days: Iterable[str]) -> Iterator[tuple[Offer, OpcoNotice | None]]:
        for listed in self.store.listed(part, days):
            if offer := self.store.offer(listed.recruiter_id, listed.offer_id):
                yield offer, self.store.notice(listed.recruiter_id, listed.offer_id)
