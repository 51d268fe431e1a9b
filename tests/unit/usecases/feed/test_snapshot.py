"""A snapshot is written block by block, and reads as if it were written whole."""

import json
import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depot.domain.feed.record import OfferRecord
from depot.feed import encoding
from depot.feed.index import layout_key
from depot.feed.layout import Layout
from depot.usecases.feed.publish_feed import Change
from tests.builders import NOW
from tests.partner import Feed, spread, tombstone, whole_file
from tests.unit.usecases.feed.snapshots import fill, texts, whole


@pytest.fixture(scope="module", autouse=True)
def small_shards() -> Iterator[None]:
    """Many shards without many records."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("depot.feed.layout._USUAL", 36)
        yield


@pytest.fixture
def feed() -> Feed:
    return Feed()


def layout(feed: Feed) -> Layout:
    found = feed.index.snapshot
    assert found is not None
    return Layout.unpack(feed.objects.kept[layout_key(found.cursor)])


def told(found: list[OfferRecord], luck: random.Random, births: int) -> list[Change]:
    """Some edits, ends and arrivals."""
    edits = [
        record.model_copy(update={"openings": luck.randrange(1, 9)})
        for record in luck.sample(found, min(3, len(found)))
    ]
    ends = [tombstone(record.id, "expired") for record in luck.sample(found, len(found) // 9)]
    return [*edits, *ends, *spread(births, start=luck.randrange(10**6))]


@given(st.integers(0, 300), st.lists(st.sampled_from([0, 1, 40, 300]), max_size=5), st.randoms())
@settings(max_examples=30, deadline=None)
def test_a_snapshot_is_what_it_would_be_written_whole_whatever_the_shards(
    number: int, births: list[int], luck: random.Random
) -> None:
    feed, live = Feed(), {record.id: record for record in spread(number)}
    if live:
        feed.publish(*live.values())
    feed.publisher.snapshot(NOW)
    for arrivals in births:
        changes = told(list(live.values()), luck, arrivals)
        if changes:
            feed.publish(*changes)
        feed.publisher.snapshot(NOW)
        for change in changes:
            if isinstance(change, OfferRecord):
                live[change.id] = change
            else:
                live.pop(change.id, None)

        found = texts(feed)
        assert found["ndjson"] == whole(list(live.values()))
        lines = found["ndjson"].splitlines()
        for row in encoding.ENCODERS:
            assert found[row.name] == whole_file(row, feed.index.cursor, lines)
        feed.check()


def test_one_change_writes_one_block_of_each_file_anew(feed: Feed) -> None:
    found = fill(feed)
    before = layout(feed)

    feed.publish(found[7].model_copy(update={"openings": 9}))
    feed.publisher.snapshot(NOW)

    after = layout(feed)
    assert before.shards == after.shards == 12
    moved = {
        name: [
            rank
            for rank, pair in enumerate(zip(file.blocks, after.files[name].blocks, strict=True))
            if len(set(pair)) > 1
        ]
        for name, file in before.files.items()
    }
    assert list(moved) == [row.name for row in encoding.ENCODERS]
    assert len(moved["ndjson"]) == 1
    assert all(ranks == moved["ndjson"] for ranks in moved.values())


def test_a_feed_that_grows_is_cut_again(feed: Feed) -> None:
    fill(feed, 90)
    assert layout(feed).shards == 3

    feed.publish(*spread(900, start=90))
    feed.publisher.snapshot(NOW)

    assert layout(feed).shards == 28
    assert texts(feed)["ndjson"] == whole(spread(990))


def test_a_feed_that_shrinks_is_cut_again(feed: Feed) -> None:
    found = fill(feed, 800)
    feed.publish(*(tombstone(record.id, "expired") for record in found[20:]))
    feed.publisher.snapshot(NOW)
    feed.publish(tombstone(found[0].id))

    feed.publisher.snapshot(NOW)

    snapshot = feed.index.snapshot
    assert snapshot is not None
    assert layout_key(snapshot.cursor) not in feed.objects.kept
    assert texts(feed)["ndjson"] == whole(found[1:20])


def test_the_first_and_the_last_records_may_leave_and_the_json_stays_json(feed: Feed) -> None:
    found = sorted(fill(feed), key=lambda record: record.id)
    for gone in (found[:70], found[-70:], found[70:-70]):
        feed.publish(*(tombstone(record.id, "expired") for record in gone))
        feed.publisher.snapshot(NOW)

        offers = json.loads(texts(feed)["json"])["offers"]
        assert [offer["id"] for offer in offers] == sorted(feed.follow({}, 0))


def test_many_changes_are_replayed_a_bounded_number_at_a_time(
    feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("depot.usecases.feed.publish_feed._AT_ONCE", 100)
    for start in range(0, 300, 60):
        feed.publish(*spread(60, start=start))

    feed.publisher.snapshot(NOW)

    written = [key for key in feed.objects.kept if key.endswith(".json.gz")]
    assert [int(key[-20:-8]) for key in written] == [1, 2, 3, 4, 5]
    assert feed.snapshot()[0] == 5
    assert len(feed.snapshot()[1]) == 300


@pytest.mark.parametrize("damage", ["gone", "garbage", "other files", "other shape"])
def test_without_its_layout_a_snapshot_is_written_whole(feed: Feed, damage: str) -> None:
    found = fill(feed)
    twin = Feed()
    fill(twin, 900)
    key = layout_key(1)
    match damage:
        case "gone":
            del feed.objects.kept[key]
        case "garbage":
            feed.objects.kept[key] = b"garbage"
        case "other files":
            feed.objects.kept[key] = twin.objects.kept[key]
        case "other shape":
            old = layout(feed)
            feed.objects.kept[key] = Layout("older", old.records, old.files).pack()

    feed.publish(tombstone(found[0].id))
    feed.publisher.snapshot(NOW)

    assert texts(feed)["ndjson"] == whole(found[1:])
    feed.check()
    assert layout(feed).shards == 12


def test_records_of_another_program_are_renewed_with_the_next_snapshot(
    feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        other.setattr(OfferRecord, "model_dump_json", _with_a_field_we_lack)
        other.setattr("depot.usecases.feed.snapshot.shape", lambda: "other")
        found = fill(feed)
    assert texts(feed)["ndjson"].count(b'"lacking":1') == 400

    feed.publish(tombstone(found[0].id))
    feed.publisher.snapshot(NOW)

    assert texts(feed)["ndjson"] == whole(found[1:])


_DUMP = OfferRecord.model_dump_json


def _with_a_field_we_lack(record: OfferRecord) -> str:
    return _DUMP(record)[:-1] + ',"lacking":1}'
