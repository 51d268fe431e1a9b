"""What changes in the store is in the feed: segments, index, snapshot."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.feed.record import OfferRecord, Tombstone, record_of
from depot.feed.index import segment_key, snapshot_key
from depot.usecases.feed.publish_feed import Change, FeedBroken, ShrunkSnapshot, change
from tests.builders import NOW, an_offer
from tests.fakes import MemoryStore
from tests.partner import Feed, Live, fold, record, records, tombstone
from tests.world import days, minutes


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


def test_a_snapshot_that_would_lose_too_much_at_once_is_not_published(feed: Feed) -> None:
    feed.publish(*records(100))
    feed.publisher.snapshot(NOW)
    before = feed.snapshot()
    feed.publish(*(tombstone(f"o{rank}", "removed") for rank in range(31)))

    with pytest.raises(ShrunkSnapshot, match="31 of 100 records"):
        feed.publisher.snapshot(NOW)

    assert feed.snapshot() == before
    feed.check()


def test_the_change_itself_is_published_even_when_its_snapshot_is_not(feed: Feed) -> None:
    feed.publish(*records(100))
    feed.publisher.snapshot(NOW)

    feed.publish(*(tombstone(f"o{rank}", "removed") for rank in range(31)))
    feed.publisher.follow(NOW)

    cursor, live = feed.snapshot()
    assert (cursor, len(live)) == (1, 100)
    assert len(feed.follow(live, cursor)) == 69


def test_a_snapshot_the_guard_refused_is_published_once_somebody_looked(feed: Feed) -> None:
    feed.publish(*records(100))
    feed.publisher.snapshot(NOW)
    feed.publish(*(tombstone(f"o{rank}", "removed") for rank in range(100)))

    feed.publisher.snapshot(NOW, accept_shrink=True)

    assert feed.snapshot() == (2, {})


def test_a_feed_that_becomes_empty_is_published_and_rings(
    feed: Feed, caplog: pytest.LogCaptureFixture
) -> None:
    feed.publish(*records(100))
    feed.publisher.snapshot(NOW)
    feed.publish(*(tombstone(f"o{rank}", "expired") for rank in range(100)))

    feed.publisher.snapshot(NOW)

    assert feed.snapshot()[1] == {}
    assert [line.message for line in caplog.records if line.levelname == "ERROR"] == [
        "feed became empty"
    ]


def test_a_night_when_most_offers_end_is_published(feed: Feed) -> None:
    feed.publish(*records(120))
    feed.publisher.snapshot(NOW)
    feed.publish(*(tombstone(f"o{rank}", "expired") for rank in range(100)))

    feed.publisher.snapshot(NOW)

    assert len(feed.snapshot()[1]) == 20


def test_a_change_is_out_even_when_the_snapshot_cannot_be_made(feed: Feed) -> None:
    feed.publish(record("o1"))
    feed.publisher.follow(NOW)
    del feed.objects.kept[snapshot_key(1, "ndjson")]

    feed.publish(record("o2"))
    feed.publisher.follow(NOW)

    assert feed.index.cursor == 2
    with pytest.raises(FeedBroken):
        feed.publisher.snapshot(NOW)


@pytest.mark.parametrize(("before", "gone"), [(100, 30), (99, 99), (10, 10)])
def test_an_ordinary_loss_or_one_in_a_small_feed_is_published(
    feed: Feed, before: int, gone: int
) -> None:
    feed.publish(*records(before))
    feed.publisher.snapshot(NOW)
    feed.publish(*(tombstone(f"o{rank}") for rank in range(gone)))

    feed.publisher.snapshot(NOW)

    assert len(feed.snapshot()[1]) == before - gone


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
