"""The feed stays in step, whoever publishes at once and whoever crashes."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depot.domain.record import OfferRecord, Tombstone, record_of
from depot.feed.index import INDEX_KEY, MAX_SEGMENTS, File, Index, segment_key
from depot.ports import Objects
from depot.usecases.publish_feed import Change, Publisher, ShrunkSnapshot, change
from tests.builders import NOW, an_offer
from tests.fakes import MemoryObjects, MemoryStore
from tests.interleaving import play
from tests.world import Crash, days, minutes


Live = dict[str, OfferRecord]


def record(offer_id: str = "o1", openings: int = 1) -> OfferRecord:
    return record_of(an_offer(offer_id, openings=openings))


def records(number: int) -> list[Change]:
    first = record()
    return [first.model_copy(update={"id": f"o{rank}"}) for rank in range(number)]


def tombstone(offer_id: str = "o1") -> Tombstone:
    return Tombstone(id=offer_id, reason="filled", at=NOW)


class CrashAtTheIndex(MemoryObjects):
    """A writer that dies between its segment and the index."""

    def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
        if key == INDEX_KEY:
            raise Crash
        return super().create(key, body, content_type=content_type, max_age=max_age)


class Feed:
    """A feed and what a partner reads of it."""

    def __init__(self) -> None:
        self.objects = MemoryObjects()
        self.publisher = Publisher(self.objects)

    def publish(self, *changes: Change, now: datetime = NOW) -> int:
        return self.publisher.publish(changes, now)

    @property
    def index(self) -> Index:
        return Index.model_validate_json(self.objects.kept[INDEX_KEY])

    def read(self, file: File) -> bytes:
        return gzip.decompress(self.objects.kept[file.path.removeprefix("/")])

    def changes_after(self, cursor: int) -> Iterator[Change]:
        for file in self.index.changes:
            if file.cursor > cursor:
                for line in self.read(file).splitlines():
                    told = json.loads(line)
                    if told.pop("op") == "upsert":
                        yield OfferRecord.model_validate(told["offer"])
                    else:
                        yield Tombstone.model_validate(told)

    def snapshot(self) -> tuple[int, Live]:
        found = self.index.snapshot
        assert found is not None
        lines = self.read(found.files["ndjson"]).splitlines()
        records = [OfferRecord.model_validate_json(line) for line in lines]
        return found.cursor, {record.id: record for record in records}

    def follow(self, live: Live, cursor: int) -> Live:
        return fold(live, self.changes_after(cursor))

    def check(self) -> None:
        """Whatever is going on, what the index says is true."""
        if INDEX_KEY not in self.objects.kept:
            return
        index = self.index
        files = [*index.changes, *(index.snapshot.files.values() if index.snapshot else ())]
        for file in files:
            body = self.objects.kept[file.path.removeprefix("/")]
            assert (file.bytes, file.sha256) == (len(body), hashlib.sha256(body).hexdigest())
        cursors = [file.cursor for file in index.changes]
        assert cursors == list(range(index.cursor - len(cursors) + 1, index.cursor + 1))
        if index.snapshot:
            assert index.snapshot.cursor <= index.cursor


def fold(live: Live, changes: Iterator[Change]) -> Live:
    """Apply changes the plain way: a dictionary."""
    live = dict(live)
    for told in changes:
        if isinstance(told, Tombstone):
            live.pop(told.id, None)
        else:
            live[told.id] = told
    return live


@pytest.fixture
def feed() -> Feed:
    return Feed()


def test_a_live_offer_in_the_store_is_an_upsert() -> None:
    store = MemoryStore.holding(an_offer())

    assert change("o1", "r1", store=store, now=NOW) == record_of(an_offer())


def test_a_closed_offer_in_the_store_is_a_tombstone_at_its_closure() -> None:
    store = MemoryStore.holding(an_offer().close("cancelled", None, NOW + days(1)))

    told = change("o1", "r1", store=store, now=NOW + days(2))

    assert told == Tombstone(id="o1", reason="cancelled", at=NOW + days(1))


def test_an_offer_no_longer_in_the_store_is_a_tombstone_now() -> None:
    told = change("o1", "r1", store=MemoryStore(), now=NOW)

    assert told == Tombstone(id="o1", reason="removed", at=NOW)


def test_a_change_is_one_segment_that_the_index_names(feed: Feed) -> None:
    assert feed.publish(record("o1"), tombstone("o2"), now=NOW + minutes(1)) == 1

    (file,) = feed.index.changes
    assert file.path == f"/{segment_key(1)}" == "/feed/v1/changes/000000000001.ndjson.gz"
    assert (file.records, file.last_modified) == (2, NOW + minutes(1))
    assert (feed.index.cursor, feed.index.generated_at) == (1, NOW + minutes(1))
    assert list(feed.changes_after(0)) == [record("o1"), tombstone("o2")]
    feed.check()


def test_each_change_moves_the_cursor_by_one(feed: Feed) -> None:
    assert [feed.publish(record(f"o{rank}")) for rank in range(3)] == [1, 2, 3]
    assert list(feed.changes_after(1)) == [record("o1"), record("o2")]


def test_a_change_costs_the_same_whatever_the_number_of_offers(feed: Feed) -> None:
    feed.publish(*records(2000))
    feed.publisher.snapshot(NOW)
    before = set(feed.objects.kept)

    feed.publish(record("new"))
    feed.publisher.follow(NOW)

    assert set(feed.objects.kept) - before == {segment_key(2)}
    assert feed.index.pending == feed.index.changes[-1:]


def test_the_snapshot_of_a_small_feed_follows_each_change(feed: Feed) -> None:
    feed.publish(record("o1"))
    feed.publisher.follow(NOW)
    feed.publish(tombstone("o1"), record("o2"))
    feed.publisher.follow(NOW)

    assert feed.snapshot() == (2, {"o2": record("o2")})


def test_the_snapshot_of_a_large_feed_catches_up_on_schedule(feed: Feed) -> None:
    feed.publish(*records(2000))
    feed.publisher.snapshot(NOW)
    feed.publish(record("new"))
    feed.publisher.follow(NOW)
    assert feed.snapshot()[0] == 1

    index = feed.publisher.snapshot(NOW)

    assert index.snapshot is not None
    assert (index.snapshot.cursor, index.snapshot.records) == (2, 2001)


def test_an_empty_feed_still_has_an_index_and_an_empty_snapshot(feed: Feed) -> None:
    feed.publisher.snapshot(NOW)

    assert feed.snapshot() == (0, {})
    assert feed.index.cursor == 0
    feed.check()


def test_a_snapshot_that_is_up_to_date_writes_nothing(feed: Feed) -> None:
    feed.publish(record())
    feed.publisher.snapshot(NOW)
    kept = dict(feed.objects.kept)

    index = feed.publisher.snapshot(NOW + minutes(5))

    assert feed.objects.kept == kept
    assert index == feed.index


def test_both_encodings_of_a_snapshot_say_the_same(feed: Feed) -> None:
    feed.publish(record("o2"), record("o1", openings=3))
    feed.publisher.snapshot(NOW)

    found = feed.index.snapshot
    assert found is not None
    document = json.loads(feed.read(found.files["json"]))
    lines = [json.loads(line) for line in feed.read(found.files["ndjson"]).splitlines()]
    assert document == {"cursor": 1, "offers": lines}
    assert [line["id"] for line in lines] == ["o1", "o2"]
    assert {file.records for file in found.files.values()} == {found.records} == {2}


def test_equal_changes_give_equal_bytes() -> None:
    feeds = [Feed(), Feed()]
    for feed in feeds:
        feed.publish(record("o1"), record("o2"))
        feed.publish(tombstone("o1"))
        feed.publisher.snapshot(NOW)

    assert feeds[0].objects.kept == feeds[1].objects.kept


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


def test_a_snapshot_that_would_lose_too_much_at_once_is_not_published(feed: Feed) -> None:
    feed.publish(*records(100))
    feed.publisher.snapshot(NOW)
    before = feed.snapshot()
    feed.publish(*(tombstone(f"o{rank}") for rank in range(31)))

    with pytest.raises(ShrunkSnapshot, match="from 100 records to 69"):
        feed.publisher.snapshot(NOW)

    assert feed.snapshot() == before
    feed.check()


def test_the_change_itself_is_published_even_when_its_snapshot_is_not(feed: Feed) -> None:
    feed.publish(*records(100))
    feed.publisher.snapshot(NOW)

    feed.publish(*(tombstone(f"o{rank}") for rank in range(31)))
    feed.publisher.follow(NOW)

    cursor, live = feed.snapshot()
    assert (cursor, len(live)) == (1, 100)
    assert len(feed.follow(live, cursor)) == 69


@pytest.mark.parametrize(("before", "gone"), [(100, 30), (99, 99), (10, 10)])
def test_an_ordinary_loss_or_one_in_a_small_feed_is_published(
    feed: Feed, before: int, gone: int
) -> None:
    feed.publish(*records(before))
    feed.publisher.snapshot(NOW)
    feed.publish(*(tombstone(f"o{rank}") for rank in range(gone)))

    feed.publisher.snapshot(NOW)

    assert len(feed.snapshot()[1]) == before - gone


def test_old_segments_leave_the_index_once_the_snapshot_holds_them(feed: Feed) -> None:
    for rank in range(MAX_SEGMENTS + 5):
        feed.publish(record(f"o{rank % 3}"))
        if rank == 100:
            feed.publisher.snapshot(NOW)

    cursors = [file.cursor for file in feed.index.changes]
    assert cursors == list(range(6, MAX_SEGMENTS + 6))


def test_a_segment_the_snapshot_does_not_hold_never_leaves_the_index(feed: Feed) -> None:
    for rank in range(MAX_SEGMENTS + 5):
        feed.publish(record(f"o{rank}"))

    assert len(feed.index.changes) == MAX_SEGMENTS + 5
    feed.publisher.snapshot(NOW)
    assert len(feed.snapshot()[1]) == MAX_SEGMENTS + 5


def test_a_file_the_index_names_and_that_is_gone_is_said_loudly(feed: Feed) -> None:
    feed.publish(record())
    del feed.objects.kept[segment_key(1)]

    with pytest.raises(LookupError, match="000000000001"):
        feed.publisher.snapshot(NOW)


batches = st.lists(
    st.builds(record, st.sampled_from(["a", "b", "c", "d"]), st.integers(1, 10))
    | st.builds(tombstone, st.sampled_from(["a", "b", "c", "d", "never"])),
    min_size=1,
    max_size=5,
)


@given(st.lists(batches | st.just("snapshot"), max_size=12), st.integers(0, 12))
def test_any_sequence_of_changes_gives_the_snapshot_a_dictionary_would(
    story: list[list[Change] | str], start: int
) -> None:
    feed, model = Feed(), dict[str, OfferRecord]()
    seen: dict[int, Live] = {0: {}}
    feed.publisher.snapshot(NOW)
    for step in story:
        if isinstance(step, str):
            feed.publisher.snapshot(NOW)
        else:
            cursor = feed.publish(*step)
            model = seen[cursor] = fold(model, iter(step))
        feed.check()

    assert feed.follow(seen.get(start, {}), start if start in seen else 0) == model
    feed.publisher.snapshot(NOW)
    assert feed.snapshot() == (feed.index.cursor, model)
