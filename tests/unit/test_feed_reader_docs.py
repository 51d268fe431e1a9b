"""The reader the documentation shows always has every live offer."""

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.feed.record import Tombstone, record_of
from depot.feed.index import INDEX_KEY, MAX_SEGMENTS, segment_key
from depot.usecases.feed.publish_feed import Change, Publisher
from tests.builders import NOW, an_offer
from tests.fakes import MemoryObjects
from tests.partner import documents
from tests.unit.documented import FOLLOW, Copy
from tests.world import days


def getter(objects: MemoryObjects) -> Callable[[str], bytes]:
    return lambda path: objects.kept[path.removeprefix("/")]


story = st.lists(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.integers(0, 3)).map(
            lambda told: (
                Tombstone(id=told[0], reason="expired", at=NOW)
                if told[1] == 0
                else record_of(an_offer(told[0], openings=told[1]))
            )
        ),
        min_size=1,
        max_size=3,
    )
    | st.sampled_from(["snapshot", "read"]),
    max_size=16,
)


@given(story)
def test_the_documented_reader_always_has_every_live_offer(steps: list[Any]) -> None:
    objects = MemoryObjects()
    publisher = Publisher(objects)
    publisher.snapshot(NOW)
    told: list[Change] = []
    copy: Copy | None = None

    for step in [*steps, "read"]:
        if step == "snapshot":
            publisher.snapshot(NOW)
        elif step == "read":
            copy = FOLLOW(copy, getter(objects))
            assert copy["offers"] == documents(iter(told))
        else:
            publisher.publish(step, NOW)
            told += step


def test_a_reader_that_is_too_late_starts_again_from_the_snapshot() -> None:
    objects = MemoryObjects()
    publisher = Publisher(objects)
    publisher.publish([record_of(an_offer("gone"))], NOW)
    early = FOLLOW(None, getter(objects))
    publisher.publish([Tombstone(id="gone", reason="filled", at=NOW)], NOW)
    publisher.snapshot(NOW)
    for _ in range(MAX_SEGMENTS + 1):
        publisher.publish([record_of(an_offer("here"))], NOW)

    late = FOLLOW(early, getter(objects))

    assert set(late["offers"]) == {"here"}
    assert late["cursor"] == MAX_SEGMENTS + 3


def test_how_late_a_reader_may_be_is_in_the_index() -> None:
    objects = MemoryObjects()
    publisher = Publisher(objects)
    for _ in range(MAX_SEGMENTS + 5):
        publisher.publish([record_of(an_offer("here"))], NOW)
        publisher.snapshot(NOW)
    index = json.loads(objects.kept[INDEX_KEY])
    oldest = index["oldest_change_cursor"]
    assert (oldest, index["cursor"], index["retention_days"]) == (6, MAX_SEGMENTS + 5, 7)

    fetched: list[str] = []

    def get(path: str) -> bytes:
        fetched.append(path)
        return objects.kept[path.removeprefix("/")]

    FOLLOW({"cursor": oldest - 1, "generated_at": NOW, "offers": {}}, get)
    assert not [path for path in fetched if "snapshots" in path]
    FOLLOW({"cursor": oldest - 2, "generated_at": NOW, "offers": {}}, get)
    assert [path for path in fetched if "snapshots" in path]


def test_a_reader_of_a_feed_that_was_started_again_starts_again_too() -> None:
    objects = MemoryObjects()
    Publisher(objects).publish([record_of(an_offer("new"))], NOW)
    before: Copy = {"cursor": 900, "generated_at": NOW - days(1), "offers": {"old": {}}}

    assert set(FOLLOW(before, getter(objects))["offers"]) == {"new"}


def test_an_index_older_than_the_last_one_brings_back_no_offer_that_left() -> None:
    objects = MemoryObjects()
    publisher = Publisher(objects)
    publisher.publish([record_of(an_offer("gone")), record_of(an_offer("here"))], NOW)
    old = MemoryObjects(dict(objects.kept))
    publisher.publish([Tombstone(id="gone", reason="filled", at=NOW)], NOW + days(1))
    copy = FOLLOW(None, getter(objects))

    assert FOLLOW(copy, getter(old)) == copy
    assert set(copy["offers"]) == {"here"}


def test_a_reader_refuses_a_damaged_file() -> None:
    objects = MemoryObjects()
    Publisher(objects).publish([record_of(an_offer())], NOW)
    objects.kept[segment_key(1)] = gzip.compress(b"{}")

    with pytest.raises(ValueError, match="000000000001"):
        FOLLOW(None, getter(objects))
