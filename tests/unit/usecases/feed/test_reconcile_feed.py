"""The feed is compared with the offers, and repaired."""

import gzip
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import NAMESPACE_OID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depot.domain.feed.record import Tombstone, change_of, record_of
from depot.domain.life.offer import Offer
from depot.feed import encoding
from depot.feed.health import HEALTH_KEY, Health
from depot.feed.index import INDEX_KEY, describe
from depot.feed.parts import PARTS
from depot.storage import schema
from depot.usecases.feed.publish_feed import Publisher, ShrunkSnapshot
from depot.usecases.feed.reconcile_feed import Reconciler
from tests.builders import NOW, an_offer
from tests.fakes import MemoryStore
from tests.interleaving import DyingObjects
from tests.partner import Feed, Live, record
from tests.world import Crash, days, minutes


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


@pytest.fixture
def service() -> Service:
    return Service()


def differences(health: Health) -> dict[str, int]:
    return {name: getattr(health, name) for name in NOTHING}


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


Damage = Callable[[Service, Random], None]


def rewrite(service: Service, name: str, edit: Callable[[list[bytes]], list[bytes]]) -> None:
    """Alter the lines of a file of the snapshot; the index knows nothing of it."""
    snapshot = service.feed.index.snapshot
    assert snapshot is not None
    key = snapshot.files[name].key  # type: ignore[index]
    lines = gzip.decompress(service.feed.objects.kept[key]).splitlines(keepends=True)
    service.feed.objects.kept[key] = gzip.compress(b"".join(edit(lines)))


def snapshot_key_of(service: Service, name: str) -> str:
    snapshot = service.feed.index.snapshot
    assert snapshot is not None
    return snapshot.files[name].key  # type: ignore[index]


def drop(service: Service, luck: Random) -> None:
    rewrite(service, "ndjson", lambda lines: [line for line in lines if luck.random() > 0.01])


def alter(service: Service, luck: Random) -> None:
    def edit(line: bytes) -> bytes:
        return line.replace(b"Boulang", b"Charpent") if luck.random() < 0.01 else line

    rewrite(
        service, "ndjson", lambda lines: [lines[0].replace(b"Bou", b"Cha"), *map(edit, lines[1:])]
    )


def add(service: Service, luck: Random) -> None:
    stranger = encoding.line_of(record(f"{luck.getrandbits(128):032x}")) + b"\n"
    rewrite(service, "ndjson", lambda lines: sorted([*lines, stranger]))


def shuffle(service: Service, luck: Random) -> None:
    rewrite(service, "ndjson", lambda lines: luck.sample(lines, len(lines)))


def no_json(service: Service, _: Random) -> None:
    rewrite(service, "ndjson", lambda lines: [b"{]\n", *lines[1:]])


def lose_source(service: Service, _: Random) -> None:
    del service.feed.objects.kept[snapshot_key_of(service, "ndjson")]


def lose_json(service: Service, _: Random) -> None:
    del service.feed.objects.kept[snapshot_key_of(service, "json")]


def flip(service: Service, luck: Random) -> None:
    key = snapshot_key_of(service, luck.choice(["ndjson", "json"]))
    body = bytearray(service.feed.objects.kept[key])
    body[luck.randrange(12, len(body))] ^= 4
    service.feed.objects.kept[key] = bytes(body)


def lose_segment(service: Service, luck: Random) -> None:
    del service.feed.objects.kept[luck.choice(service.feed.index.changes).key]


def garble_segment(service: Service, luck: Random) -> None:
    service.feed.objects.kept[luck.choice(service.feed.index.changes).key] = b"garbage"


def other_segment(service: Service, luck: Random) -> None:
    body = encoding.pack(encoding.segment([record("00")]))
    service.feed.objects.kept[luck.choice(service.feed.index.changes).key] = body


def everything(service: Service, luck: Random) -> None:
    for file in service.feed.index.files:
        del service.feed.objects.kept[file.key]
    del luck


@pytest.mark.parametrize(
    "damage",
    [
        *(drop, alter, add, shuffle, no_json, lose_source, lose_json, flip),
        *(lose_segment, garble_segment, other_segment, everything),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_damage_to_a_file_is_found_and_repaired_in_one_run(
    service: Service, damage: Damage, seed: int
) -> None:
    offers = service.open(300)
    edited = [offer.edit(service.offer(0, openings=9).need, NOW) for offer in offers[:4]]
    service.keep(*edited)
    service.feed.publish(*map(record_of, edited[:2]))
    service.feed.publish(*map(record_of, edited[2:]))
    damage(service, Random(seed))

    assert service.reconcile().damaged > 0

    assert service.agrees()
    assert differences(service.reconcile(LATER + minutes(60))) == NOTHING
    service.feed.publish(record_of(offers[5]))
    service.feed.publisher.snapshot(LATER)
    assert service.agrees()


def test_a_difference_the_index_agrees_with_is_found_too(service: Service) -> None:
    """As a fault of ours would leave it."""
    service.open(300)
    drop(service, Random(1))
    alter(service, Random(2))
    index = json.loads(service.feed.objects.kept[INDEX_KEY])
    key = snapshot_key_of(service, "ndjson")
    body = service.feed.objects.kept[key]
    lines = gzip.decompress(body).splitlines()
    file = describe(key, body, cursor=1, records=len(lines), at=NOW)
    index["snapshot"]["files"]["ndjson"] = json.loads(file.model_dump_json())
    index["snapshot"]["records"] = len(lines)
    service.feed.objects.kept[INDEX_KEY] = json.dumps(index).encode()

    health = service.reconcile()
    service.feed.publisher.snapshot(LATER)

    assert health.missing == 300 - len(lines) > 0
    assert health.altered > 0
    assert service.agrees()


def test_who_had_not_read_a_damaged_segment_is_late(service: Service) -> None:
    service.open(10)
    service.feed.publish(record_of(service.offer(0)))
    del service.feed.objects.kept[service.feed.index.changes[0].key]

    service.reconcile()

    assert service.feed.index.oldest_change_cursor == 2
    assert service.agrees()


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("damage", [lose_source, lose_json, garble_segment, drop])
def test_a_repair_that_dies_anywhere_is_finished_by_the_next(
    damage: Damage, *, after: bool
) -> None:
    for number in itertools.count(1):
        service = Service()
        offers = service.open(60)
        service.keep(*(offer.close("filled", None, NOW) for offer in offers[:3]))
        service.feed.publish(record_of(service.offer(200)))
        service.keep(service.offer(200))
        damage(service, Random(number))
        dying = DyingObjects.at(number, service.feed.objects, after=after)
        try:
            Reconciler(Publisher(dying), service.store, LATER).run(lambda: True)
        except Crash:
            service.reconcile()
            service.feed.publisher.snapshot(LATER)
            assert service.agrees()
        else:
            assert number > 15
            return


@given(st.integers(0, 10**6))
@settings(max_examples=10, deadline=None)
def test_any_drift_of_events_is_repaired(seed: int) -> None:
    luck, service = Random(seed), Service()
    offers = service.open(100)
    for offer in luck.sample(offers, 20):
        became = luck.choice(
            [
                offer.close("filled", None, NOW + minutes(1)),
                offer.edit(service.offer(0, openings=luck.randrange(1, 9)).need, NOW + minutes(2)),
                offer.called("+33199000002", NOW + minutes(3)),
                offer.expire(NOW + minutes(4)),
            ]
        )
        service.keep(became)
        if luck.random() < 0.5:
            service.feed.publish(change_of(became))
    service.keep(service.offer(1000))

    service.reconcile()

    service.feed.publisher.snapshot(LATER)
    assert service.agrees()
    assert differences(service.reconcile(LATER + minutes(60))) == NOTHING


def test_parts_are_as_many_as_the_shards_of_the_index() -> None:
    assert PARTS == schema.DUE_SHARDS
