"""One suite for the Countable port: offers that changed, with what their OPCOs heard."""

from datetime import timedelta

from depot.feed.parts import PARTS
from depot.ports.counting import Countable
from depot.ports.store import Replace, Store
from depot.storage.counting import DynamoCountable
from depot.storage.tables import DynamoStore
from tests.builders import NOW, a_notice, an_offer
from tests.contract.stored import keep
from tests.fakes import MemoryCountable, MemoryStore


def countable(store: Store) -> Countable:
    if isinstance(store, DynamoStore):
        return DynamoCountable(store)
    assert isinstance(store, MemoryStore)
    return MemoryCountable(store)


def test_offers_of_a_day_are_given_as_they_are_now_with_their_notices(store: Store) -> None:
    later = NOW + timedelta(days=1)
    many = [an_offer(f"o{rank}") for rank in range(130)]
    heard = [a_notice(offer_id="o7", addressee="Akto"), a_notice(offer_id="o129")]
    for some in (many[:65], many[65:], heard, [an_offer("tomorrow", now=later)]):
        keep(store, *some)
    closed = many[3].close("filled", None, NOW + timedelta(hours=1))
    store.commit(Replace(closed))

    found = [
        each for part in range(PARTS) for each in countable(store).changed(part, [str(NOW.date())])
    ]

    notices = {notice.offer_id: notice for notice in heard}
    wanted = {offer.id: (offer, notices.get(offer.id)) for offer in [*many, closed]}
    assert {offer.id: (offer, notice) for offer, notice in found} == wanted
