"""A snapshot with a file lost or altered is not written on."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest

from depot.feed import encoding
from depot.feed.index import INDEX_KEY, layout_key
from depot.usecases.feed import reading as feed_reading
from depot.usecases.feed.publish_feed import Publisher
from depot.usecases.feed.reading import FeedBroken
from tests.builders import NOW
from tests.partner import Feed, tombstone
from tests.unit.usecases.feed.snapshots import fill, texts, whole
from tests.world import days


@pytest.fixture(scope="module", autouse=True)
def small_shards() -> Iterator[None]:
    """Many shards without many records."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("depot.feed.layout._USUAL", 36)
        yield


@pytest.fixture
def feed() -> Feed:
    return Feed()


@pytest.mark.parametrize("name", [row.name for row in encoding.ENCODERS])
def test_a_file_that_is_gone_or_short_stops_the_next_snapshot(feed: Feed, name: Any) -> None:
    found = fill(feed)
    snapshot = feed.index.snapshot
    assert snapshot is not None
    key = snapshot.files[name].key
    body = feed.objects.kept.pop(key)
    feed.publish(tombstone(found[0].id))

    with pytest.raises(FeedBroken, match=key):
        feed.publisher.snapshot(NOW)
    feed.objects.kept[key] = body[: len(body) // 2]
    with pytest.raises(FeedBroken, match=key):
        feed.publisher.snapshot(NOW)


def test_an_altered_block_is_not_written_on(feed: Feed) -> None:
    found = fill(feed)
    snapshot = feed.index.snapshot
    assert snapshot is not None
    key = snapshot.files["ndjson"].key
    body = bytearray(feed.objects.kept[key])
    body[-200] ^= 1
    feed.objects.kept[key] = bytes(body)

    feed.publish(*(tombstone(record.id, "expired") for record in found[:200]))

    with pytest.raises(FeedBroken, match=key):
        feed.publisher.snapshot(NOW)


def test_a_snapshot_of_another_number_of_records_is_not_trusted(feed: Feed) -> None:
    found = fill(feed)
    del feed.objects.kept[layout_key(1)]
    index = json.loads(feed.objects.kept[INDEX_KEY])
    index["snapshot"]["records"] = 399
    feed.objects.kept[INDEX_KEY] = json.dumps(index).encode()
    feed.publish(tombstone(found[0].id))

    with pytest.raises(FeedBroken, match="400 records in a snapshot of 399"):
        feed.publisher.snapshot(NOW)


def test_a_snapshot_out_of_order_is_not_trusted(feed: Feed) -> None:
    fill(feed)
    lines = texts(feed)["ndjson"].splitlines(keepends=True)
    feed.objects.kept["x.gz"] = gzip.compress(b"".join(reversed(lines)))

    shards = feed_reading.Shards.of(16)
    with pytest.raises(FeedBroken, match="out of order"):
        list(
            feed_reading.regrouped(feed_reading.lines_of("x.gz", feed.objects.read("x.gz")), shards)
        )


def test_the_layout_goes_with_its_snapshot(feed: Feed) -> None:
    feed.objects.clock = NOW
    found = fill(feed)
    feed.publish(tombstone(found[0].id))
    feed.publisher.snapshot(NOW)

    feed.publisher.tidy(NOW + days(2))

    assert layout_key(1) not in feed.objects.kept
    assert layout_key(2) in feed.objects.kept


def test_a_file_another_runtime_compressed_is_described_and_read_as_it_is(feed: Feed) -> None:
    found = fill(feed)
    twin = Feed()
    twin.objects.kept.update(feed.objects.kept)
    feed.publish(tombstone(found[0].id))
    twin.publish(tombstone(found[0].id))
    twin.publisher.snapshot(NOW)
    snapshot = twin.index.snapshot
    assert snapshot is not None
    source = snapshot.files["ndjson"]
    feed.objects.kept[source.key] = gzip.compress(twin.read(source), compresslevel=1, mtime=1)

    feed.publisher.snapshot(NOW)

    feed.check()
    assert texts(feed) == texts(twin)
    assert layout_key(2) not in feed.objects.kept
    feed.publish(tombstone(found[1].id))
    Publisher(feed.objects).snapshot(NOW)
    assert texts(feed)["ndjson"] == whole(found[2:])
    feed.check()
