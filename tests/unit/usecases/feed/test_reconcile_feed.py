"""The feed is compared with the offers, and what differs is published again."""

import pytest

from depot.domain.feed.record import Tombstone, change_of, record_of
from depot.domain.life.offer import Offer
from depot.feed.health import HEALTH_KEY
from depot.usecases.feed.publish_feed import Publisher, ShrunkSnapshot
from depot.usecases.feed.reconcile_feed import Reconciler
from tests.builders import NOW, an_offer
from tests.fakes import MemoryStore
from tests.unit.usecases.feed.reconciled import LATER, NOTHING, Service, differences
from tests.world import days, minutes


def test_a_feed_that_says_what_the_offers_are_is_left_alone(service: Service) -> None:
    offers = service.open(150)
    closed = offers[0].close("filled", None, NOW + minutes(1))
    service.keep(closed)
    service.feed.publish(change_of(closed))
    before = dict(service.feed.objects.kept)

    health = service.reconcile()

    assert differences(health) == NOTHING
    assert (health.compared, health.complete, health.next_part) == (149, True, 0)
    assert (health.checked_at, health.cursor) == (LATER, 2)
    assert service.health == health
    del service.feed.objects.kept[HEALTH_KEY]
    assert service.feed.objects.kept == before


def test_every_comparison_says_that_it_was_made(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    """By its silence for a day an alarm rings (infra/stack.py)."""
    caplog.set_level("INFO", "depot.usecases.feed.reconcile_feed")
    service.open(20)
    service.reconcile()
    service.keep(service.offer(99))
    service.reconcile()

    told = [(each.levelname, each.getMessage()) for each in caplog.records]
    assert told == [(level, "feed compared with the offers") for level in ("INFO", "ERROR")]


def test_an_empty_service_is_compared_too(service: Service) -> None:
    assert differences(service.reconcile()) == NOTHING
    assert service.health.complete


def test_a_change_whose_event_was_lost_is_published(service: Service) -> None:
    offers = service.open(60)
    born, edited = service.offer(99), offers[1].edit(service.offer(0, openings=7).need, NOW)
    closed, erased = offers[2].close("cancelled", None, NOW), offers[3]
    service.keep(born, edited, closed)
    del service.store.kept[(Offer, "r1", erased.id)]

    health = service.reconcile()

    assert differences(health) == {"missing": 1, "altered": 1, "extra": 2, "damaged": 0}
    told = {change.id: change for change in service.feed.changes_after(1)}
    assert told == {
        born.id: record_of(born),
        edited.id: record_of(edited),
        closed.id: Tombstone(id=closed.id, reason="cancelled", at=NOW),
        erased.id: Tombstone(id=erased.id, reason="removed", at=LATER),
    }
    assert service.agrees()
    assert differences(service.reconcile(LATER + minutes(60))) == NOTHING


def test_what_changed_a_moment_ago_is_left_to_its_event(service: Service) -> None:
    offers = service.open(20)
    moment = LATER - minutes(5)
    service.keep(
        offers[0].close("filled", None, moment),
        offers[1].edit(service.offer(0, openings=7).need, moment),
    )
    late = an_offer("ff", now=moment)
    service.keep(late)
    service.feed.publish(record_of(an_offer("fe", now=moment)))  # its listing may be late

    assert differences(service.reconcile()) == NOTHING
    health = service.reconcile(LATER + minutes(60))
    assert differences(health) == {"missing": 1, "altered": 1, "extra": 2, "damaged": 0}
    assert service.agrees()


def test_offers_that_end_long_after_they_last_changed_are_compared(service: Service) -> None:
    service.open(20)

    assert differences(service.reconcile(NOW + days(29))) == NOTHING


def test_the_store_decides_when_the_listing_is_late(service: Service) -> None:
    offers = service.open(20)
    edited = offers[0].edit(service.offer(0, openings=7).need, NOW)

    class Late(MemoryStore):
        def offer(self, recruiter_id: str, offer_id: str) -> Offer | None:
            found = super().offer(recruiter_id, offer_id)
            return edited if found and found.id == edited.id else found

    service.feed.publish(record_of(edited))
    service.store = Late(service.store.kept)

    assert differences(service.reconcile()) == NOTHING


def test_an_offer_that_changes_while_it_is_published_is_published_again(service: Service) -> None:
    offers = service.open(20)
    first = offers[0].edit(service.offer(0, openings=2).need, NOW)
    second = first.edit(service.offer(0, openings=3).need, LATER)
    service.keep(first)
    publish = service.feed.publisher.publish

    class Overtaken(Publisher):
        def publish(self, changes, now):
            if record_of(first) in changes:  # its event comes out just before
                service.keep(second)
                publish([record_of(second)], now)
            return publish(changes, now)

    Reconciler(Overtaken(service.feed.objects), service.store, LATER).run(lambda: True)

    service.feed.publisher.snapshot(LATER)
    assert service.agrees()


def test_a_table_that_lacks_most_offers_is_doubted(service: Service) -> None:
    service.open(150)
    before = dict(service.feed.objects.kept)
    kept, service.store = service.store, MemoryStore()

    with pytest.raises(ShrunkSnapshot, match="150 of 150"):
        service.reconcile()
    assert service.feed.objects.kept == before

    service.store = kept
    assert differences(service.reconcile()) == NOTHING


def test_somebody_who_looked_may_let_it_through(service: Service) -> None:
    service.open(150)
    service.store = MemoryStore()

    reconciler = Reconciler(service.feed.publisher, service.store, LATER)
    health = reconciler.run(lambda: True, accept_shrink=True)

    assert health.extra == 150
    service.feed.publisher.snapshot(LATER, accept_shrink=True)
    assert service.agrees()


def test_a_run_without_time_goes_on_the_next_time(service: Service) -> None:
    offers = service.open(200)
    for offer in offers[:30]:
        service.keep(offer.close("filled", None, NOW))
    runs = []
    for _ in range(4):
        steps = iter([True] * 5 + [False])
        runs.append(service.reconcile(enough_time=lambda steps=steps: next(steps)))

    assert [run.next_part for run in runs] == [5, 10, 15, 0]
    assert [run.complete for run in runs] == [False] * 4
    assert sum(run.extra for run in runs) == 30
    assert service.agrees()
    assert service.reconcile().complete
