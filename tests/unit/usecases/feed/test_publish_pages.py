"""Public pages and single records stay in step with the offers."""

import json

import pytest

from depot.domain.errors import Conflict, ObjectsUnavailable
from depot.domain.feed.record import record_of
from depot.domain.life.offer import Offer
from depot.feed.public import page_key, record_key
from depot.usecases.feed.publish_pages import PagePublisher
from tests.builders import NOW, an_offer
from tests.fakes import MemoryObjects, MemoryStore
from tests.interleaving import DyingObjects, SharedObjects, SharedStore, play
from tests.pages import pages
from tests.world import Crash, days


OWNERS = {"o1": "r1"}


@pytest.fixture
def objects() -> MemoryObjects:
    return MemoryObjects()


def publisher(objects: MemoryObjects, *offers: Offer) -> PagePublisher:
    return PagePublisher(objects, MemoryStore.holding(*offers), pages())


def shows(objects: MemoryObjects, offer: Offer) -> bool:
    """Whether an offer, live or ended, stands there as it should."""
    page, record = objects.kept.get(page_key("o1")), objects.kept.get(record_key("o1"))
    gone = page_key("o1") in objects.gone
    if offer.state != "live":
        return (page, record, gone) == (pages().gone(), None, True)
    line = record_of(offer).model_dump_json().encode() + b"\n"
    return (page, record, gone) == (pages().offer(record_of(offer)), line, False)


def test_a_live_offer_has_a_page_and_a_record(objects: MemoryObjects) -> None:
    offer = an_offer()

    assert publisher(objects, offer).settle(OWNERS, NOW) == 1

    assert shows(objects, offer)
    assert json.loads(objects.kept[record_key("o1")]) == record_of(offer).model_dump(mode="json")


def test_what_stands_there_already_is_not_written_again(objects: MemoryObjects) -> None:
    publisher(objects, an_offer()).settle(OWNERS, NOW)
    objects.clock = NOW
    written = dict(objects.written)

    assert publisher(objects, an_offer()).settle(OWNERS, NOW) == 0

    assert objects.written == written


def test_an_edit_replaces_both(objects: MemoryObjects) -> None:
    publisher(objects, an_offer()).settle(OWNERS, NOW)
    edited = an_offer(openings=3)

    publisher(objects, edited).settle(OWNERS, NOW)

    assert shows(objects, edited)


@pytest.mark.parametrize("end", ["filled", "cancelled", "expired"])
def test_an_offer_that_ended_leaves_no_record_and_a_page_that_says_nothing(
    objects: MemoryObjects, end: str
) -> None:
    offer = an_offer(description="Un secret de fabrication")
    publisher(objects, offer).settle(OWNERS, NOW)
    ended = (
        offer.expire(NOW + days(30)) if end == "expired" else offer.close(end, None, NOW + days(1))  # type: ignore[arg-type]
    )

    publisher(objects, ended).settle(OWNERS, NOW)

    assert shows(objects, ended)
    assert "secret" not in "".join(body.decode() for body in objects.kept.values())


def test_an_offer_that_was_erased_leaves_the_same(objects: MemoryObjects) -> None:
    offer = an_offer()
    publisher(objects, offer).settle(OWNERS, NOW)

    publisher(objects).settle(OWNERS, NOW)

    assert shows(objects, offer.close("cancelled", None, NOW))


def test_an_offer_that_ended_before_it_had_a_page_leaves_nothing(objects: MemoryObjects) -> None:
    publisher(objects, an_offer().close("filled", None, NOW)).settle(OWNERS, NOW)

    assert objects.kept == {}


def test_a_page_that_comes_back_is_a_page_again(objects: MemoryObjects) -> None:
    """As when its depositor puts an expired offer back online."""
    publisher(objects, an_offer()).settle(OWNERS, NOW)
    publisher(objects, an_offer().close("filled", None, NOW)).settle(OWNERS, NOW)

    publisher(objects, an_offer()).settle(OWNERS, NOW)

    assert shows(objects, an_offer())


def test_each_of_many_offers_is_settled(objects: MemoryObjects) -> None:
    offers = [an_offer(f"o{rank}") for rank in range(50)]

    assert publisher(objects, *offers).settle({each.id: "r1" for each in offers}, NOW) == 50

    assert len(objects.kept) == 100


@pytest.mark.parametrize("seed", range(200))
def test_an_old_event_never_stands_over_a_newer_one(seed: int) -> None:
    """Publishers of three states of one offer, in any order of their operations."""
    states = [an_offer(), an_offer(openings=2), an_offer(openings=2).close("filled", None, NOW)]
    objects, store = MemoryObjects(), MemoryStore()

    def writer(shared: SharedObjects) -> None:
        seen = SharedStore(store.kept, turn=shared.turn)
        shared.turn.wait()
        if states:
            store.kept |= MemoryStore.holding(states.pop(0)).kept
        PagePublisher(shared, seen, pages()).settle(OWNERS, NOW)

    play(objects, [writer] * 3, seed=seed)

    page = objects.kept.get(page_key("o1"))
    assert page in {None, pages().gone()}, "no page of an offer that ended"
    assert record_key("o1") not in objects.kept


@pytest.mark.parametrize("number", range(1, 7))
@pytest.mark.parametrize("after", [False, True])
def test_whoever_dies_halfway_is_made_up_for_by_the_next(number: int, *, after: bool) -> None:
    objects = MemoryObjects()
    publisher(objects, an_offer()).settle(OWNERS, NOW)
    edited = an_offer(openings=4)
    with pytest.raises(Crash):
        publisher(DyingObjects.at(number, objects, after=after), edited).settle(OWNERS, NOW)

    publisher(objects, edited).settle(OWNERS, NOW)

    assert shows(objects, edited)


class Unavailable(MemoryObjects):
    def get(self, key: str) -> None:
        del key
        raise ObjectsUnavailable


class Contended(MemoryObjects):
    def put(self, key: str, body: bytes, **about: object) -> str:
        del key, body, about
        raise Conflict


@pytest.mark.parametrize("broken", [Unavailable, Contended])
def test_what_cannot_be_written_is_left_to_the_comparison(
    broken: type[MemoryObjects], caplog: pytest.LogCaptureFixture
) -> None:
    """The change itself is out: it must not come again."""
    publisher(broken(), an_offer()).follow(OWNERS, NOW)

    assert [each.getMessage() for each in caplog.records] == ["pages left to the comparison"]
    assert caplog.records[0].levelname == "ERROR"
