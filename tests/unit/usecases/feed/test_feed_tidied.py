"""What the feed no longer names goes, and what a reader may still need stays."""

import pytest

from depot.feed import encoding
from depot.feed.encoding import ENCODERS
from depot.feed.index import INDEX_KEY, MAX_SEGMENTS, segment_key
from depot.usecases.feed.publish_feed import FeedBroken
from tests.builders import NOW
from tests.partner import Feed, record, tombstone
from tests.world import days, minutes


@pytest.fixture
def feed() -> Feed:
    return Feed()


def test_what_the_index_no_longer_names_is_gone_a_day_later(feed: Feed) -> None:
    feed.objects.clock = NOW
    feed.publish(record("o1"))
    feed.publisher.follow(NOW)
    feed.publish(tombstone("o1"))
    feed.publisher.follow(NOW)
    assert feed.publisher.tidy(NOW + days(1)) == 0  # a reader may still hold the older index

    assert feed.publisher.tidy(NOW + days(1) + minutes(1)) == len(ENCODERS)  # snapshot 1

    feed.check()
    assert feed.snapshot() == (2, {})


def test_a_withdrawn_offer_leaves_no_trace_after_eight_days(feed: Feed) -> None:
    feed.objects.clock = NOW
    feed.publish(record("o1"))
    feed.publish(tombstone("o1"))
    feed.publisher.snapshot(NOW)

    feed.publisher.tidy(NOW + days(8))

    assert feed.index.changes == ()
    assert set(feed.objects.kept) == {
        INDEX_KEY,
        *(file.path.removeprefix("/") for file in feed.index.files),
    }
    feed.check()
    assert feed.publish(record("o2")) == 3


def test_a_segment_not_yet_named_is_left_to_whoever_names_it(feed: Feed) -> None:
    feed.publish(record("o1"))
    feed.publisher.snapshot(NOW)
    feed.objects.clock = NOW
    orphan = encoding.pack(encoding.segment([record("o2")]))
    feed.objects.create(segment_key(2), orphan, content_type="", max_age=0)

    assert feed.publisher.tidy(NOW + days(3)) == 0
    assert feed.publish(record("o3")) == 3
    feed.publisher.snapshot(NOW)

    assert set(feed.snapshot()[1]) == {"o1", "o2", "o3"}


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

    with pytest.raises(FeedBroken, match="000000000001"):
        feed.publisher.snapshot(NOW)
