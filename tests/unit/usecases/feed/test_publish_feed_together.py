"""Several publishers at once, some of which crash: nothing is lost."""

import gzip
import itertools
from collections.abc import Callable, Iterator
from functools import cached_property
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depot.domain.feed.record import OfferRecord
from depot.feed.index import INDEX_KEY, segment_key
from depot.ports.objects import Objects, StoredObject
from depot.usecases.feed.publish_feed import FeedBroken, Publisher
from tests.builders import NOW
from tests.fakes import MemoryObjects
from tests.interleaving import DyingObjects, play
from tests.partner import CrashAtTheIndex, Feed, Live, fold, record, spread, tombstone
from tests.world import Crash, days


@pytest.fixture(scope="module", autouse=True)
def small_shards() -> Iterator[None]:
    """Many shards without many records."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("depot.feed.layout._USUAL", 36)
        yield


@pytest.fixture
def feed() -> Feed:
    return Feed()


def test_a_segment_whose_writer_crashed_is_indexed_by_the_next_publisher(feed: Feed) -> None:
    with pytest.raises(Crash):
        Publisher(CrashAtTheIndex(feed.objects.kept)).publish([record("left")], NOW)
    assert set(feed.objects.kept) == {segment_key(1)}

    assert feed.publish(record("next")) == 2

    assert [file.records for file in feed.index.changes] == [1, 1]
    assert list(feed.changes_after(0)) == [record("left"), record("next")]
    feed.check()


def test_while_nobody_else_writes_a_change_reads_nothing(feed: Feed) -> None:
    feed.publish(record("o1"))
    reads = ReadsCounted(feed.objects.kept)
    publisher = Publisher(reads)
    publisher.publish([record("o2")], NOW)
    assert reads.keys == [INDEX_KEY]

    publisher.publish([record("o3")], NOW)
    assert reads.keys == [INDEX_KEY]
    publisher.publish([record("o4")], NOW + days(1))
    assert reads.keys == [INDEX_KEY] * 2, "what is too old is read again"


class ReadsCounted(MemoryObjects):
    """Keeps what was read."""

    @cached_property
    def keys(self) -> list[str]:
        return []

    def get(self, key: str) -> StoredObject | None:
        self.keys.append(key)
        return super().get(key)


def test_who_remembers_an_index_that_moved_publishes_after_the_others(feed: Feed) -> None:
    feed.publish(record("o1"))
    Publisher(feed.objects).publish([record("o2")], NOW)
    Publisher(feed.objects).snapshot(NOW)

    assert feed.publish(record("o3")) == 3
    assert list(feed.changes_after(0)) == [record("o1"), record("o2"), record("o3")]
    Publisher(feed.objects).snapshot(NOW)
    assert feed.publish(record("o4")) == 4, "only the snapshot moved"

    feed.check()
    assert set(feed.follow(feed.snapshot()[1], feed.snapshot()[0])) == {"o1", "o2", "o3", "o4"}


def test_a_feed_without_its_index_nor_its_first_segments_is_said_loudly(feed: Feed) -> None:
    feed.publish(record("o1"))
    feed.objects.kept.clear()

    with pytest.raises(FeedBroken, match="000000000001"):
        feed.publish(record("o2"))


@pytest.mark.parametrize("seed", range(6))
def test_32_publishers_at_once_lose_nothing(feed: Feed, seed: int) -> None:
    def publisher(rank: int) -> Callable[[Objects], object]:
        return lambda objects: Publisher(objects).publish([record(f"o{rank}")], NOW)

    crashed = play(
        feed.objects, [publisher(rank) for rank in range(32)], seed=seed, check=feed.check
    )

    assert crashed == []
    assert feed.index.cursor == 32
    assert set(feed.follow({}, 0)) == {f"o{rank}" for rank in range(32)}


@pytest.mark.parametrize("seed", range(12))
def test_publishers_that_crash_anywhere_and_are_woken_again_lose_nothing(
    feed: Feed, seed: int
) -> None:
    def publisher(rank: int) -> Callable[[Objects], object]:
        def run(objects: Objects) -> None:
            Publisher(objects).publish([record(f"o{rank}")], NOW)
            Publisher(objects).follow(NOW)

        return run

    waiting = list(range(12))
    for attempt in range(50):
        crashed = play(
            feed.objects,
            [publisher(rank) for rank in waiting],
            seed=seed * 100 + attempt,
            crashes=0.1,
            check=feed.check,
        )
        waiting = [waiting[rank] for rank in crashed]
    feed.publisher.snapshot(NOW)

    assert waiting == []
    everything = {f"o{rank}" for rank in range(12)}
    assert set(feed.follow({}, 0)) == everything
    assert set(feed.snapshot()[1]) == everything


@pytest.mark.parametrize("lot", range(10))
def test_a_reader_at_any_instant_of_a_thousand_stories_reads_a_consistent_feed(lot: int) -> None:
    """Publishers, snapshots that cut the feed anew, tidying, crashes; 100 stories a lot.

    After each operation, whatever the index names is there and is what it says, and the snapshot
    with the changes after it is what the changes alone make.
    """
    for seed in range(lot * 100, lot * 100 + 100):
        luck = Random(seed)
        feed, found = Feed(), spread(luck.choice([30, 60, 110]))
        feed.objects.clock = NOW
        feed.publish(*found)
        feed.publisher.snapshot(NOW)
        history = {1: {each.id: each for each in found}}

        seen: set[object] = set()

        def read(
            feed: Feed = feed, history: dict[int, Live] = history, seen: set[object] = seen
        ) -> None:
            state = (feed.objects.kept[INDEX_KEY], frozenset(feed.objects.kept))
            if state in seen:
                return
            seen.add(state)
            feed.check()
            cursor, live = feed.snapshot()
            for file in feed.index.changes:
                if file.cursor not in history:
                    told = feed.changes_after(file.cursor - 1, file.cursor)
                    history[file.cursor] = fold(history[file.cursor - 1], told)
            assert live == history[cursor]

        crashes = luck.choice([0, 0, 0.05])
        play(feed.objects, story(luck, found), seed=seed, crashes=crashes, check=read)
        feed.publisher.snapshot(NOW)
        read()
        assert feed.snapshot() == (feed.index.cursor, history[feed.index.cursor])


def story(luck: Random, found: list[OfferRecord]) -> list[Callable[[Objects], object]]:
    """What some processes do, in no order yet."""

    def publish(objects: Objects) -> None:
        gone = luck.choice(found)
        Publisher(objects).publish(
            [tombstone(gone.id, "expired"), *spread(luck.choice([1, 1, 60]), luck.randrange(300))],
            NOW,
        )

    def snapshot(objects: Objects) -> None:
        Publisher(objects).snapshot(NOW)

    def tidy(objects: Objects) -> None:
        Publisher(objects).tidy(NOW + days(luck.choice([0, 9])))

    return [*[publish] * 3, *[snapshot] * 2, tidy]


@given(seed=st.integers(0, 10**6))
@settings(max_examples=15)
def test_publishers_and_snapshots_in_any_order_agree_with_a_partner_who_follows(seed: int) -> None:
    feed = Feed()

    def publish(rank: int) -> Callable[[Objects], object]:
        told = tombstone(f"o{rank % 5}") if rank % 3 == 0 else record(f"o{rank % 5}", 1 + rank % 9)
        return lambda objects: Publisher(objects).publish([told], NOW)

    def snapshot(objects: Objects) -> None:
        Publisher(objects).snapshot(NOW)

    processes = [*(publish(rank) for rank in range(10)), *[snapshot] * 3]
    assert play(feed.objects, processes, seed=seed, check=feed.check) == []

    cursor, live = feed.snapshot()
    assert feed.follow(live, cursor) == feed.follow({}, 0)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("arrivals", [2, 300])
def test_a_publisher_that_dies_at_any_operation_is_finished_by_the_next(
    arrivals: int, *, after: bool
) -> None:
    """Segment, index, snapshot, cut into more shards or not, tidying: 100 % of the places."""
    found, later = spread(200), NOW + days(9)
    whole = {record.id: record for record in spread(200 + arrivals)[1:]}

    def run(objects: Objects) -> None:
        publisher = Publisher(objects)
        publisher.publish([tombstone(found[0].id), *spread(arrivals, start=200)], NOW)
        publisher.snapshot(NOW)
        publisher.tidy(later)

    for number in itertools.count(1):
        feed = Feed()
        feed.objects.clock = NOW
        feed.publish(*found)
        feed.publisher.snapshot(NOW)
        try:
            run(DyingObjects.at(number, feed.objects, after=after))
        except Crash:
            feed.check()
            run(feed.objects)
        else:
            assert number > 15
            break
        feed.check()
        assert feed.snapshot()[1] == feed.follow(*reversed(feed.snapshot())) == whole
        assert feed.objects.kept.keys() == feed.index.keys


def test_a_snapshot_file_left_by_a_crashed_run_is_described_as_it_is(feed: Feed) -> None:
    # Another runtime may compress the same lines to other bytes.
    feed.publish(record())
    twin = Feed()
    twin.publish(record())
    twin.publisher.snapshot(NOW)
    files = twin.index.snapshot.files.values() if twin.index.snapshot else ()
    for file in files:
        key = file.path.removeprefix("/")
        feed.objects.kept[key] = gzip.compress(twin.read(file), compresslevel=1, mtime=1)

    feed.publisher.snapshot(NOW)

    feed.check()
    assert feed.snapshot() == (1, {"o1": record()})


class TidyBeforeTheIndex(MemoryObjects):
    """A store where somebody tidies just before the index is swapped."""

    def replace(self, key: str, body: bytes, *, etag: str, content_type: str, max_age: int) -> str:
        Publisher(MemoryObjects(self.kept, self.written)).tidy(NOW + days(3))
        return super().replace(key, body, etag=etag, content_type=content_type, max_age=max_age)


def test_a_snapshot_left_by_an_old_crash_is_not_tidied_away_while_it_is_being_named() -> None:
    feed = Feed()
    feed.objects.clock = NOW
    feed.publish(record())
    index = feed.objects.kept[INDEX_KEY]
    feed.publisher.snapshot(NOW)
    feed.objects.kept[INDEX_KEY] = index  # the run that wrote the files died here

    Publisher(TidyBeforeTheIndex(feed.objects.kept, feed.objects.written)).snapshot(NOW + days(3))

    feed.check()
    assert feed.snapshot() == (1, {"o1": record()})
