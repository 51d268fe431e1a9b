"""Files of the feed that are lost, altered or half-written are found and written anew."""

import gzip
import itertools
import json
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depot.domain.feed.record import change_of, record_of
from depot.feed import encoding
from depot.feed.index import INDEX_KEY, describe
from depot.feed.parts import PARTS
from depot.storage import schema
from depot.usecases.feed.publish_feed import Publisher
from depot.usecases.feed.reconcile_feed import Reconciler
from tests.builders import NOW
from tests.interleaving import DyingObjects
from tests.partner import record
from tests.unit.usecases.feed.reconciled import LATER, NOTHING, Service, differences
from tests.world import Crash, minutes


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
