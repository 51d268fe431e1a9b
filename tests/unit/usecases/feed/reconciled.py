"""A service whose feed is compared with its offers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from depot.domain.feed.record import Tombstone, change_of, record_of
from depot.domain.life.offer import Offer
from depot.feed.health import HEALTH_KEY, Health
from depot.usecases.feed.reconcile_feed import Reconciler
from tests.builders import NOW, an_offer
from tests.fakes import MemoryStore
from tests.partner import Feed, Live
from tests.world import minutes


LATER = NOW + minutes(60)


NOTHING = {"missing": 0, "altered": 0, "extra": 0, "damaged": 0}


@dataclass
class Service:
    """Offers in a store, and the feed that should say the same."""

    store: MemoryStore = field(default_factory=MemoryStore)
    feed: Feed = field(default_factory=Feed)

    def offer(self, rank: int, **need: int) -> Offer:
        return an_offer(uuid5(NAMESPACE_OID, str(rank)).hex, **need)

    def keep(self, *offers: Offer) -> None:
        self.store.kept |= MemoryStore.holding(*offers).kept

    def open(self, number: int) -> list[Offer]:
        """So many live offers, in the store and in the feed."""
        offers = [self.offer(rank) for rank in range(number)]
        self.keep(*offers)
        if offers:
            self.feed.publish(*map(record_of, offers))
        self.feed.publisher.snapshot(NOW)
        return offers

    def reconcile(
        self, now: datetime = LATER, enough_time: Callable[[], bool] = lambda: True
    ) -> Health:
        return Reconciler(self.feed.publisher, self.store, now).run(enough_time)

    @property
    def health(self) -> Health:
        return Health.model_validate_json(self.feed.objects.kept[HEALTH_KEY])

    @property
    def live(self) -> Live:
        told = map(change_of, self.store.all(Offer))
        return {each.id: each for each in told if not isinstance(each, Tombstone)}

    def agrees(self) -> bool:
        """Whether a new partner, and one who was there, read what the store says."""
        self.feed.check()
        cursor, found = self.feed.snapshot()
        return self.feed.follow(found, cursor) == self.live


def differences(health: Health) -> dict[str, int]:
    return {name: getattr(health, name) for name in NOTHING}
