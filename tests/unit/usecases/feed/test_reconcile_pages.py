"""Public pages are compared with the feed, and repaired."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

import pytest

from depot.domain.feed.record import change_of, record_of
from depot.domain.life.offer import Offer
from depot.feed.health import Health
from depot.feed.public import ATOM_KEY, ROBOTS_KEY, page_key, record_key
from depot.usecases.feed.announce_offers import Announcer
from depot.usecases.feed.publish_pages import PagePublisher
from depot.usecases.feed.reconcile_feed import Reconciler
from depot.usecases.feed.reconcile_pages import PageComparison, PagesFound
from tests.builders import NOW, an_offer
from tests.fakes import MemoryStore
from tests.pages import SITE, pages
from tests.partner import Feed
from tests.world import days, minutes


LATER = NOW + minutes(60)


@dataclass
class Service:
    """Offers, the feed, and their pages."""

    store: MemoryStore = field(default_factory=MemoryStore)
    feed: Feed = field(default_factory=Feed)

    def __post_init__(self) -> None:
        self.feed.objects.clock = NOW
        self.pages = PagePublisher(self.feed.objects, self.store, pages())
        self.announcer = Announcer(self.feed.objects, SITE, "Dépôt")

    def open(self, number: int) -> list[Offer]:
        offers = [an_offer(uuid5(NAMESPACE_OID, str(rank)).hex) for rank in range(number)]
        self.keep(*offers)
        self.feed.publish(*map(record_of, offers))
        self.feed.publisher.snapshot(NOW)
        self.pages.settle({each.id: "r1" for each in offers}, NOW)
        return sorted(offers, key=lambda offer: offer.id)

    def keep(self, *offers: Offer) -> None:
        self.store.kept |= MemoryStore.holding(*offers).kept

    def compare(
        self, enough_time: Callable[[], bool] = lambda: True, after: str = "", now: datetime = LATER
    ) -> PagesFound:
        return self.comparison(now).run(enough_time, after)

    def comparison(self, now: datetime) -> PageComparison:
        return PageComparison(self.feed.publisher, self.pages, self.announcer, now)

    def reconcile(self, now: datetime = LATER) -> Health:
        comparison = self.comparison(now)
        return Reconciler(self.feed.publisher, self.store, now, comparison).run(lambda: True)

    @property
    def kept(self) -> dict[str, bytes]:
        return self.feed.objects.kept

    def right(self, offer: Offer) -> bool:
        page, record = self.kept.get(page_key(offer.id)), self.kept.get(record_key(offer.id))
        if offer.state != "live":
            return page in {None, pages().gone()} and record is None
        line = record_of(offer).model_dump_json().encode() + b"\n"
        return page == pages().offer(record_of(offer)) and record == line


@pytest.fixture
def service() -> Service:
    return Service()


def test_pages_that_say_what_the_feed_says_are_left_alone(service: Service) -> None:
    service.open(60)
    before = dict(service.kept)

    assert service.compare() == PagesFound(0, "")

    assert service.kept == before


@pytest.mark.parametrize("key", [page_key, record_key])
def test_what_was_lost_is_written_again(service: Service, key: Callable[[str], str]) -> None:
    offers = service.open(60)
    del service.kept[key(offers[7].id)]

    assert service.compare().wrong == 1

    assert all(map(service.right, offers))


@pytest.mark.parametrize("key", [ATOM_KEY, ROBOTS_KEY])
def test_what_leads_to_the_pages_is_made_again(service: Service, key: str) -> None:
    service.open(60)
    service.announcer.announce(service.feed.publisher.index(NOW))
    before = service.kept[key]
    service.kept[key] = b"something else"

    assert service.reconcile().pages == 1

    assert service.kept[key] == before


@pytest.mark.parametrize("key", [page_key, record_key])
def test_what_was_altered_is_written_again(service: Service, key: Callable[[str], str]) -> None:
    offers = service.open(60)
    service.kept[key(offers[7].id)] = b"something else"

    assert service.compare().wrong == 1

    assert all(map(service.right, offers))


def test_a_page_of_an_offer_that_ended_is_taken_away(service: Service) -> None:
    """Its event reached the feed, and the writing of the page failed."""
    offers = service.open(60)
    closed = offers[7].close("filled", None, NOW + minutes(1))
    service.keep(closed)
    service.feed.publish(change_of(closed), now=NOW + minutes(1))

    assert service.compare().wrong == 1
    assert service.right(closed)
    assert service.compare().wrong == 0


def test_a_page_of_an_offer_nobody_knows_is_taken_away(service: Service) -> None:
    (offer,) = service.open(1)
    service.kept[page_key("0" * 32)] = service.kept[page_key(offer.id)]
    service.kept[record_key("f" * 32)] = service.kept[record_key(offer.id)]
    service.feed.objects.written |= {page_key("0" * 32): NOW, record_key("f" * 32): NOW}

    assert service.compare().wrong == 2

    assert service.kept[page_key("0" * 32)] == pages().gone()
    assert record_key("f" * 32) not in service.kept


def test_what_stands_for_offers_that_ended_is_left_alone(service: Service) -> None:
    offers = service.open(3)
    for offer in offers:
        service.keep(closed := offer.close("filled", None, NOW))
        service.feed.publish(change_of(closed))
    service.pages.settle({each.id: "r1" for each in offers}, NOW)
    before = dict(service.kept)

    assert service.compare() == PagesFound()
    assert service.kept == before


def test_what_changed_lately_is_left_to_its_event(service: Service) -> None:
    (offer,) = service.open(1)
    closed = offer.close("filled", None, LATER - minutes(5))
    service.keep(closed)
    service.feed.publish(change_of(closed), now=LATER - minutes(5))

    assert service.compare().wrong == 0
    assert page_key(offer.id) not in service.feed.objects.gone

    assert service.compare(now=LATER + minutes(15)).wrong == 1
    assert page_key(offer.id) in service.feed.objects.gone


def test_a_page_nobody_lists_yet_is_left_alone_while_it_is_new(service: Service) -> None:
    """The index of changes may be late: it may be the page of an offer published just now."""
    service.open(1)
    service.kept[page_key("0" * 32)] = b"new"
    service.feed.objects.written[page_key("0" * 32)] = LATER - minutes(1)

    assert service.compare().wrong == 0
    assert service.kept[page_key("0" * 32)] == b"new"


def test_a_page_newer_than_the_snapshot_is_left_alone(service: Service) -> None:
    (offer,) = service.open(1)
    edited = an_offer(offer.id, openings=4)
    service.keep(edited)
    service.pages.settle({offer.id: "r1"}, NOW)

    assert service.compare().wrong == 0
    assert service.right(edited)


def test_a_run_short_of_time_says_where_the_next_goes_on(service: Service) -> None:
    offers = service.open(60)
    for offer in offers:
        del service.kept[page_key(offer.id)]
    left = iter([True] * 20)

    found = service.compare(lambda: next(left, False))

    assert found == PagesFound(20, offers[19].id)
    assert [service.right(offer) for offer in offers] == [True] * 20 + [False] * 40
    assert service.compare(after=found.after) == PagesFound(40, "")
    assert all(map(service.right, offers))


def test_pages_worded_otherwise_by_a_release_are_written_again(service: Service) -> None:
    offers = service.open(10)
    for offer in offers:
        page = service.kept[page_key(offer.id)]
        service.kept[page_key(offer.id)] = page.replace("Déposez".encode(), b"Deposez")

    assert service.compare().wrong == 10
    assert all(map(service.right, offers))


def test_the_health_says_what_was_found_and_zero_the_next_time(service: Service) -> None:
    offers = service.open(10)
    del service.kept[page_key(offers[0].id)]

    health = service.reconcile()
    assert (health.pages, health.drift, health.complete) == (1, 1, True)
    assert service.reconcile().drift == 0


def test_an_event_that_was_lost_is_made_up_for_in_one_run_pages_included(service: Service) -> None:
    closed, edited, *_ = service.open(10)
    closed = closed.close("filled", None, NOW + minutes(1))
    edited = an_offer(edited.id, openings=5)
    new = an_offer("f" * 32)
    service.keep(closed, edited, new)

    health = service.reconcile()

    assert (health.missing, health.altered, health.extra, health.pages) == (1, 1, 1, 3)
    assert all(map(service.right, (closed, edited, new)))


def test_a_damaged_snapshot_is_said_and_the_pages_wait(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    service.open(10)
    snapshot = service.feed.index.snapshot
    assert snapshot is not None
    service.kept[snapshot.files["ndjson"].key] = gzip.compress(b'{"id":"0"', mtime=0)
    before = {key: body for key, body in service.kept.items() if key.startswith("offres/")}

    assert service.compare().wrong == 0

    assert "pages not compared beyond" in caplog.text
    assert {key: body for key, body in service.kept.items() if key.startswith("offres/")} == before


def test_an_offer_that_ended_weeks_ago_leaves_no_page(service: Service) -> None:
    """Whatever was lost on the way."""
    (offer,) = service.open(1)
    service.keep(offer.expire(NOW + days(29)))

    service.reconcile(NOW + days(36))

    assert service.right(offer.expire(NOW + days(29)))
    assert service.reconcile(NOW + days(37)).drift == 0
