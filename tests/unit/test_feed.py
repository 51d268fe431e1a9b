"""Encodings and index of the feed."""

import gzip
import json
from typing import Any

import pytest
from hypothesis import given

from depot.domain.feed.record import Tombstone, record_of
from depot.feed import encoding
from depot.feed.index import (
    FeedIndex,
    Snapshot,
    describe,
    segment_key,
    snapshot_key,
)
from depot.usecases.feed.publish_feed import Change
from tests.builders import NOW, an_offer
from tests.partner import documents
from tests.strategies import segments
from tests.world import days


@given(segments)
def test_equal_input_gives_equal_bytes_that_bear_no_date(changes: list[Change]) -> None:
    packed = encoding.pack(encoding.segment(changes))

    assert packed == encoding.pack(encoding.segment(list(changes)))
    assert packed[4:8] == bytes(4)
    assert gzip.decompress(packed) == encoding.segment(changes)


@given(segments)
def test_what_a_segment_told_gives_what_the_changes_say(changes: list[Change]) -> None:
    lines = encoding.apply([], encoding.told([encoding.segment(changes)]))

    assert {key: json.loads(line) for key, line in lines.items()} == documents(iter(changes))


@given(segments, segments)
def test_lines_after_changes_are_in_order_and_replaced_whole(
    before: list[Change], changes: list[Change]
) -> None:
    lines = encoding.apply([], encoding.told([encoding.segment(before)]))

    after = encoding.apply(lines.values(), encoding.told([encoding.segment(changes)]))

    assert {key: json.loads(line) for key, line in after.items()} == documents(
        iter([*before, *changes])
    )
    assert list(after) == sorted(after)


@pytest.mark.parametrize("offer_id", ["a" * 32, 'quo"te', "back\\slash", "é", ""])
def test_the_offer_of_a_line_is_read_whatever_its_id(offer_id: str) -> None:
    line = encoding.line_of(record_of(an_offer(offer_id)))

    assert encoding.id_of(line) == offer_id
    assert encoding.id_of(json.dumps({"title": "", "id": offer_id}).encode()) == offer_id


def test_a_line_of_an_older_program_gets_the_fields_it_had_not() -> None:
    line = encoding.line_of(record_of(an_offer()))
    old = json.dumps({**json.loads(line), "unknown": 1}).encode()

    assert encoding.renewed(old) == line


def test_a_line_feed_in_a_description_stays_in_its_line() -> None:
    record = record_of(an_offer(description="un\ndeux\u2028trois\x85"))

    assert encoding.segment([record]).count(b"\n") == 1
    assert len(encoding.segment([record]).splitlines()) == 1


def test_files_are_named_by_their_cursor_so_that_names_sort_in_order() -> None:
    assert segment_key(7) == "feed/v1/changes/000000000007.ndjson.gz"
    assert snapshot_key(7, "json") == "feed/v1/snapshots/000000000007.json.gz"
    assert sorted([segment_key(10), segment_key(9)]) == [segment_key(9), segment_key(10)]


def test_the_index_counts_from_nothing() -> None:
    index = FeedIndex(generated_at=NOW)

    assert (index.cursor, index.snapshot, index.changes, index.pending) == (0, None, (), ())


def test_pending_segments_are_those_after_the_snapshot() -> None:
    index = FeedIndex(generated_at=NOW)
    for cursor in range(1, 5):
        file = describe(segment_key(cursor), b"", cursor=cursor, records=1, at=NOW)
        index = index.with_segment(file, NOW + days(cursor))

    held = index.with_snapshot(Snapshot(cursor=3, records=0, files={}), NOW + days(9))

    assert [file.cursor for file in index.pending] == [1, 2, 3, 4]
    assert [file.cursor for file in held.pending] == [4]
    assert (held.cursor, held.generated_at) == (4, NOW + days(9))


@pytest.mark.parametrize(
    ("key", "may"),
    [
        (segment_key(4), False),
        (segment_key(5), True),
        (snapshot_key(3, "json"), False),
        (snapshot_key(3, "ndjson"), False),
        (snapshot_key(4, "json"), True),
        (snapshot_key(10, "ndjson"), True),
        ("feed/v1/zzz.txt", False),
    ],
)
def test_only_a_file_beyond_what_the_index_names_may_be_named_later(key: str, *, may: bool) -> None:
    index = FeedIndex(cursor=4, generated_at=NOW, snapshot=Snapshot(cursor=3, records=0, files={}))

    assert index.may_name(key) is may


def test_old_segments_the_snapshot_holds_leave_the_index() -> None:
    index = FeedIndex(generated_at=NOW)
    for cursor in range(1, 5):
        file = describe(segment_key(cursor), b"", cursor=cursor, records=1, at=NOW + days(cursor))
        index = index.with_segment(file, NOW)
    held = index.with_snapshot(Snapshot(cursor=2, records=0, files={}), NOW)

    kept = held.without_older(NOW + days(2), NOW + days(9))

    assert [file.cursor for file in kept.changes] == [2, 3, 4]
    assert kept.generated_at == NOW + days(9)
    assert [f.cursor for f in held.without_older(NOW + days(9), NOW).changes] == [3, 4]
    assert held.without_older(NOW, NOW + days(9)) is held


def test_the_index_says_how_late_a_reader_may_be() -> None:
    index = FeedIndex(generated_at=NOW)
    assert (index.oldest_change_cursor, index.retention_days) == (1, 7)
    for cursor in range(1, 4):
        file = describe(segment_key(cursor), b"", cursor=cursor, records=1, at=NOW)
        index = index.with_segment(file, NOW)
    held = index.with_snapshot(Snapshot(cursor=2, records=0, files={}), NOW)

    assert held.oldest_change_cursor == 1
    assert held.without_first(1, NOW).oldest_change_cursor == 2
    assert held.without_first(9, NOW).oldest_change_cursor == 3
    assert json.loads(held.model_dump_json())["oldest_change_cursor"] == 1
    assert FeedIndex.model_validate_json(held.model_dump_json()) == held


def test_the_index_goes_forward_only() -> None:
    file = describe(segment_key(1), b"", cursor=1, records=1, at=NOW)
    index = FeedIndex(generated_at=NOW).with_segment(file, NOW)
    held = index.with_snapshot(Snapshot(cursor=1, records=0, files={}), NOW)

    assert index.with_segment(file, NOW + days(1)) is index
    assert held.with_snapshot(Snapshot(cursor=0, records=9, files={}), NOW + days(1)) is held


@pytest.mark.parametrize(
    ("reasons", "vanished"),
    [
        (["filled"], False),
        (["cancelled"], False),
        (["expired"], False),
        (["removed"], True),
        ([None], False),
        (["removed", None], False),
        ([None, "removed"], True),
        (["expired", "removed"], True),
        (["removed", "expired"], False),
    ],
)
def test_an_offer_vanished_when_its_last_change_removes_it(
    reasons: list[Any], *, vanished: bool
) -> None:
    changes = [
        Tombstone(id="o1", reason=reason, at=NOW) if reason else record_of(an_offer())
        for reason in reasons
    ]

    assert encoding.vanished([encoding.segment([change]) for change in changes]) == (
        {"o1"} if vanished else set()
    )
