"""What is counted, out of both tables: a page of the index, then a hundred items a read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from depot.domain.life.offer import Offer
from depot.domain.model import Entity
from depot.domain.opco.notice import OpcoNotice
from depot.ports.store import Listed
from depot.storage import items
from depot.storage.batch import read_all
from depot.storage.tables import DynamoStore


E = TypeVar("E", bound=Entity)

_AT_ONCE: Final = 100


@dataclass(frozen=True)
class DynamoCountable:
    """The ``Countable`` port, beside the store of the same tables."""

    store: DynamoStore

    def changed(self, part: int, days: Iterable[str]) -> Iterator[tuple[Offer, OpcoNotice | None]]:
        """Two reads a hundred offers."""
        listed = iter(self.store.listed(part, days))
        while some := list(islice(listed, _AT_ONCE)):
            offers = self._read(Offer, some)
            notices = {each.offer_id: each for each in self._read(OpcoNotice, some)}
            yield from ((offer, notices.get(offer.id)) for offer in offers)

    def _read(self, kind: type[E], listed: Sequence[Listed]) -> list[E]:
        ids = dict.fromkeys((each.recruiter_id, each.offer_id) for each in listed)
        keys = [items.key(kind, *own) for own in ids]
        table = self.store.names[items.KINDS[kind].table]
        found = map(items.from_item, read_all(self.store.client, table, keys))
        return [entity for entity in found if isinstance(entity, kind)]
