"""Several publishers at once, some of which crash: nothing is lost."""

import gzip
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depot.feed.index import INDEX_KEY, segment_key
from depot.ports import Objects
from depot.usecases.publish_feed import Publisher
from tests.builders import NOW
from tests.fakes import MemoryObjects
from tests.interleaving import play
from tests.partner import CrashAtTheIndex, Feed, record, tombstone
from tests.world import Crash, days


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
