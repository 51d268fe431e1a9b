"""Once a day: what changed is weighed, everything is counted, erased offers stay counted."""

import json
from datetime import timedelta
from typing import Any

from depot.domain.life.offer import Offer
from depot.domain.opco.notice import OpcoNotice
from depot.reference.places import departements
from depot.usecases.feed.count_offers import MONTHS, STATISTICS_KEY, Counter
from tests.builders import NOW, an_offer
from tests.fakes import MemoryObjects, MemoryStore


DAY = timedelta(days=1)


def published(objects: MemoryObjects) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(objects.kept[STATISTICS_KEY])
    return read


def keep(store: MemoryStore, offer: Offer) -> None:
    """Write an offer over whatever was there."""
    store.kept |= MemoryStore.holding(offer).kept


def test_offers_are_counted_for_everybody_to_read() -> None:
    store, objects = (
        MemoryStore.holding(an_offer("o1"), an_offer("o2", openings=3)),
        MemoryObjects(),
    )

    totals = Counter(store, objects, departements(), NOW).run()

    assert (totals.deposited, totals.openings, totals.live) == (2, 4, 2)
    assert published(objects) == json.loads(totals.model_dump_json())


def test_an_offer_is_counted_as_it_ended_not_twice() -> None:
    store, objects = MemoryStore.holding(an_offer("o1")), MemoryObjects()
    Counter(store, objects, departements(), NOW).run()
    keep(store, an_offer("o1").close("filled", None, NOW + 4 * DAY))

    totals = Counter(store, objects, departements(), NOW + 5 * DAY).run()

    assert (totals.deposited, totals.live, totals.filled) == (1, 0, 1)


def test_what_was_counted_stays_when_the_offer_is_erased() -> None:
    store, objects = MemoryStore.holding(an_offer("o1")), MemoryObjects()
    Counter(store, objects, departements(), NOW).run()
    store.kept.clear()

    tomorrow = Counter(store, objects, departements(), NOW + DAY).run()
    assert (tomorrow.deposited, tomorrow.live) == (1, 1)
    after = Counter(store, objects, departements(), NOW + 40 * DAY).run()
    assert (after.deposited, after.live, after.cancelled) == (1, 0, 1)


def test_days_off_are_made_up_for() -> None:
    store, objects = MemoryStore.holding(an_offer("o1")), MemoryObjects()

    assert Counter(store, objects, departements(), NOW + 7 * DAY).run().deposited == 1


def test_what_is_kept_names_neither_the_offer_nor_its_firm() -> None:
    store, objects = MemoryStore.holding(an_offer("o1-of-somebody")), MemoryObjects()
    Counter(store, objects, departements(), NOW).run()

    kept = b"".join(objects.kept.values()).decode()
    for personal in ("o1-of-somebody", "r1", "AU BON PAIN", "MARTIN", "00009001900019", "+33"):
        assert personal not in kept
    assert [key for key in objects.kept if key.startswith(MONTHS)] == [f"{MONTHS}2026-11.json"]


def test_an_offer_is_counted_for_the_opco_that_has_it() -> None:
    notice = OpcoNotice.model_validate(
        {
            "recruiter_id": "r1",
            "offer_id": "o1",
            "created_at": NOW,
            "addressee": "Akto",
        }
    )
    store, objects = MemoryStore.holding(an_offer("o1"), notice), MemoryObjects()

    (line,) = Counter(store, objects, departements(), NOW).run().by_opco

    assert (line.name, line.deposited) == ("Akto", 1)
