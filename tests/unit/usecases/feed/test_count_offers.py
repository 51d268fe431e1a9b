"""Twice a day: what changed is weighed, everything is counted, erased offers stay counted."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from depot.domain.feed.statistics import Statistics
from depot.domain.life.offer import Offer
from depot.domain.life.states import Limits
from depot.feed.parts import PARTS
from depot.keys.links import LinkKeys
from depot.keys.pseudonyms import Pseudonyms
from depot.reference.places import departements
from depot.usecases.feed.count_offers import SHELVES, STATISTICS_KEY, OfferCounter
from tests.builders import NOW, a_notice, an_offer
from tests.fakes import MemoryCountable, MemoryObjects, MemoryStore


DAY = timedelta(days=1)
KEYS = LinkKeys("k1", {"k1": "1" * 64})
LIMITS = Limits(longest=364, reactivation=90)
IDS = [f"o{rank}" for rank in range(1, 11)]


@dataclass
class Counted:
    """A service whose offers are counted."""

    store: MemoryStore
    objects: MemoryObjects = field(default_factory=MemoryObjects)
    keys: LinkKeys = KEYS

    def run(
        self, now: datetime = NOW, enough_time: Callable[[], bool] = lambda: True
    ) -> Statistics:
        names, places = Pseudonyms(self.keys).names, departements()
        offers = MemoryCountable(self.store)
        return OfferCounter(offers, self.objects, names, places, LIMITS, now).run(enough_time)

    def published(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.objects.kept[STATISTICS_KEY])
        return read

    def keep(self, *offers: Offer) -> None:
        """Write offers over whatever was there."""
        self.store.kept |= MemoryStore.holding(*offers).kept


def offering(ids: Sequence[str] = IDS, **over: Any) -> Counted:
    return Counted(MemoryStore.holding(*(an_offer(own, **over) for own in ids)))


def test_offers_are_counted_for_everybody_to_read() -> None:
    service = offering(openings=3)

    totals = service.run()

    assert (totals.deposited, totals.openings, totals.live) == (10, 30, 10)
    assert service.published() == json.loads(totals.model_dump_json())


def test_an_offer_is_counted_as_it_ended_not_twice() -> None:
    service = offering()
    service.run()
    service.keep(*(an_offer(own).close("filled", None, NOW + 4 * DAY) for own in IDS))

    totals = service.run(NOW + 5 * DAY)

    assert (totals.deposited, totals.live, totals.filled) == (10, 0, 10)


def test_what_was_counted_stays_when_the_offer_is_erased() -> None:
    service = offering()
    service.run()
    service.store.kept.clear()

    tomorrow = service.run(NOW + DAY)
    assert (tomorrow.deposited, tomorrow.live) == (10, 10)
    after = service.run(NOW + 40 * DAY)
    assert (after.deposited, after.live, after.cancelled) == (10, 0, 10)


def test_days_off_are_made_up_for() -> None:
    assert offering().run(NOW + 7 * DAY).deposited == 10


def test_a_run_that_is_cut_short_is_finished_by_the_next() -> None:
    service = offering([f"o{rank}" for rank in range(200)])
    seven, nine = iter([*[True] * 7, False]), iter([*[True] * 9, False])

    first = service.run(NOW, seven.__next__)
    second = service.run(NOW, nine.__next__)

    assert first.deposited
    assert first.deposited < 200
    assert second.deposited == 200
    assert PARTS == 16


def test_a_key_that_changes_counts_nobody_twice() -> None:
    service = offering()
    service.run()
    service.keys = LinkKeys("k2", {**KEYS.keys, "k2": "2" * 64})

    assert service.run(NOW + DAY).deposited == 10


def test_what_is_kept_joins_no_public_identifier_and_names_no_firm() -> None:
    service = offering(["o1-of-somebody"])
    service.run()

    kept = b"".join(service.objects.kept.values()).decode()
    digests = [make(b"o1-of-somebody").hexdigest() for make in (hashlib.sha256, hashlib.sha1)]
    personal = ("o1-of-somebody", "r1", "AU BON PAIN", "MARTIN", "00009001900019", "+33")
    for told in (*personal, *(digest[:8] for digest in digests)):
        assert told not in kept
    assert all("2026-11/" in key for key in service.objects.kept if key.startswith(SHELVES))


def test_nothing_is_left_of_an_offer_alone_once_it_can_come_back_no_more() -> None:
    service = offering()
    service.run()
    (name,) = Pseudonyms(KEYS).names("o1")
    service.store.kept.clear()

    before = service.run(NOW + 126 * DAY)
    kept_before = b"".join(service.objects.kept.values()).decode()
    after = service.run(NOW + 127 * DAY)
    kept = b"".join(service.objects.kept.values()).decode()

    assert name in kept_before
    assert name not in kept
    assert before.model_dump(exclude={"counted_at"}) == after.model_dump(exclude={"counted_at"})


def test_an_offer_is_counted_for_the_opco_that_has_it() -> None:
    service = offering()
    notices = [a_notice(offer_id=own, addressee="Akto") for own in IDS]
    service.store.kept |= MemoryStore.holding(*notices).kept

    (line,) = service.run().by_opco

    assert (line.name, line.deposited) == ("Akto", 10)
