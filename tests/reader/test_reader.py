"""The reference reader: snapshot, then changes; late, restarted, hostile, it mirrors the feed."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.feed.record import OfferRecord
from depot.feed.index import INDEX_KEY, MAX_SEGMENTS
from depot.usecases.feed.publish_feed import Change
from depot_reader.errors import MirrorError
from depot_reader.follow import Steps
from tests.architecture.runtime import ROOT
from tests.builders import NOW
from tests.fakes import MemoryObjects
from tests.partner import Feed, documents, record, records, tombstone
from tests.reader.indexes import _index
from tests.reader.served import LATER, Served, mirrored, read, status, withdrawn
from tests.strategies import segments
from tests.world import Crash, days, minutes


EXAMPLES = ROOT / "docs/feed/examples"


@pytest.fixture
def feed() -> Feed:
    return Feed()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "offers.db"


def test_a_new_reader_takes_the_snapshot_then_the_changes_after_it(
    feed: Feed, database: Path
) -> None:
    feed.publish(record("o1"), record("o2"))
    feed.publisher.snapshot(NOW)
    feed.publish(tombstone("o1"), record("o3"))
    served = Served(feed.objects)

    assert read(database, served) == Steps(restarted=True, segments=1)

    assert [path.partition("/")[0] for path, _ in served.asked] == [
        *("index.json", "snapshots", "changes")
    ]
    assert set(mirrored(database)) == {"o2", "o3"}
    assert status(database) == ("https://depot.example", 2, 2, 1, LATER)


def test_the_examples_of_the_documentation_are_mirrored(database: Path) -> None:
    kept = {
        str(file.relative_to(EXAMPLES)): file.read_bytes()
        for file in EXAMPLES.rglob("*")
        if file.is_file()
    }

    read(database, Served(MemoryObjects(kept)))

    assert (status(database).cursor, len(mirrored(database))) == (4, 2)


def test_columns_are_drawn_from_the_record(feed: Feed, database: Path) -> None:
    feed.publish(record("o1"))
    read(database, Served(feed.objects))

    with sqlite3.connect(database) as db:
        found = db.execute("SELECT title, rome, siret, postcode, ends_on FROM offers").fetchone()
    db.close()

    told = mirrored(database)["o1"]
    place = told["workplace"]
    wanted = (told["title"], told["metier"]["rome"], place["siret"], place["postcode"])
    assert found == (*wanted, told["ends_on"])


def test_an_index_that_did_not_change_costs_one_answer_without_a_body(
    feed: Feed, database: Path
) -> None:
    feed.publish(record())
    read(database, Served(feed.objects))
    again = Served(feed.objects)

    assert read(database, again, now="2026-11-23T13:00:00+00:00") == Steps()

    assert again.asked == [("index.json", 304)]
    assert status(database).seen_at == "2026-11-23T13:00:00+00:00"
    feed.publish(record("o2"))
    assert read(database, Served(feed.objects)) == Steps(segments=1)


def test_a_withdrawn_offer_leaves_nothing_but_why_and_when(feed: Feed, database: Path) -> None:
    feed.publish(record("o1"))
    read(database, Served(feed.objects))
    feed.publish(tombstone("o1", "expired"))
    read(database, Served(feed.objects))

    assert mirrored(database) == {}
    assert withdrawn(database) == {"o1": ("expired", "2026-11-23T10:00:00Z")}

    feed.publish(record("o1"))
    read(database, Served(feed.objects))
    assert (set(mirrored(database)), withdrawn(database)) == ({"o1"}, {})


def test_a_late_reader_becomes_the_snapshot_and_does_not_know_why_offers_left(
    feed: Feed, database: Path
) -> None:
    feed.publish(record("gone"), record("stays"))
    read(database, Served(feed.objects))
    feed.publish(tombstone("gone"))
    for _ in range(MAX_SEGMENTS + 1):
        feed.publish(record("here"))
    feed.publisher.snapshot(NOW)
    feed.publish(record("here"))
    assert feed.index.oldest_change_cursor > 2

    assert read(database, Served(feed.objects)) == Steps(restarted=True, segments=1)

    assert set(mirrored(database)) == {"stays", "here"}
    assert withdrawn(database) == {"gone": (None, "2026-11-23T10:00:00Z")}


def test_a_reader_of_a_feed_that_was_started_again_starts_again_too(database: Path) -> None:
    for number, now in ((5, NOW), (2, NOW + days(1))):
        feed = Feed()
        for rank in range(number):
            feed.publish(record(f"{number}-{rank}"), now=now)
        read(database, Served(feed.objects))

    assert set(mirrored(database)) == {"2-0", "2-1"}
    assert withdrawn(database).keys() == {f"5-{rank}" for rank in range(5)}


def test_an_index_older_than_the_last_one_brings_back_no_offer_that_left(
    feed: Feed, database: Path
) -> None:
    """Two caches are not of one age, and one whose origin fails gives what it has."""
    feed.publish(record("o1"), record("o2"))
    feed.publisher.snapshot(NOW)
    old = Served(MemoryObjects(dict(feed.objects.kept)))
    feed.publish(tombstone("o1"), now=NOW + minutes(0.5))
    read(database, Served(feed.objects))
    before = (mirrored(database), withdrawn(database), status(database))

    assert read(database, old, now="2026-11-23T13:00:00+00:00") == Steps()

    assert [path for path, _ in old.asked] == ["index.json"]
    assert (mirrored(database), withdrawn(database), status(database)) == before
    feed.publish(record("o3"), now=NOW + minutes(1))
    assert read(database, Served(feed.objects)) == Steps(segments=1)
    assert set(mirrored(database)) == {"o2", "o3"}


def test_nor_does_one_when_the_reader_died_among_the_changes(feed: Feed, database: Path) -> None:
    feed.publish(record("o1"))
    read(database, Served(feed.objects))
    feed.publish(record("o2"), now=NOW + minutes(1))
    old = Served(MemoryObjects(dict(feed.objects.kept)))
    for rank in (2, 3):
        feed.publish(tombstone("o1") if rank == 2 else record("o3"), now=NOW + minutes(rank))
    with pytest.raises(Crash):
        read(database, Served(feed.objects, _dies_at_the_fourth))
    assert status(database).cursor == 3

    assert read(database, old) == Steps()

    assert set(mirrored(database)) == {"o2"}


def test_nor_does_one_when_the_clocks_of_publishers_differ(feed: Feed, database: Path) -> None:
    feed.publish(record("o1"))
    old = Served(MemoryObjects(dict(feed.objects.kept)))
    read(database, Served(feed.objects))
    feed.publish(tombstone("o1"), now=NOW - minutes(1))
    assert read(database, Served(feed.objects)) == Steps(segments=1)

    assert read(database, old) == Steps()

    assert mirrored(database) == {}


def test_a_smaller_snapshot_is_believed(feed: Feed, database: Path) -> None:
    """A reader that is a month late holds nothing that is live: the publisher has the guard."""
    feed.publish(*records(200))
    read(database, Served(feed.objects))
    small = Feed()
    small.publish(record("new"))
    small.publisher.snapshot(NOW)
    small.objects.kept[INDEX_KEY] = _index(small, cursor=900, changes=[], oldest=901)

    read(database, Served(small.objects))

    assert (set(mirrored(database)), len(withdrawn(database))) == ({"new"}, 200)


def test_two_readers_of_one_mirror_never_put_an_old_segment_over_a_new_one(
    feed: Feed, database: Path
) -> None:
    feed.publish(record("o1", openings=1))
    read(database, Served(feed.objects))
    feed.publish(record("o1", openings=2))
    feed.publish(record("o1", openings=3))

    def meanwhile(number: int) -> None:
        if number == 2:
            read(database, Served(feed.objects))

    with pytest.raises(MirrorError, match="another reader"):
        read(database, Served(feed.objects, meanwhile))

    assert (mirrored(database)["o1"]["openings"], status(database).cursor) == (3, 3)


@given(
    told=st.lists(segments.filter(bool), min_size=1, max_size=4), snapshot_after=st.integers(0, 4)
)
def test_hostile_text_is_mirrored_as_published(
    tmp_path_factory: pytest.TempPathFactory, told: list[list[Change]], snapshot_after: int
) -> None:
    database = tmp_path_factory.mktemp("mirror") / "offers.db"
    feed = Feed()
    for rank, changes in enumerate(told):
        feed.publish(*changes)
        if rank == snapshot_after:
            feed.publisher.snapshot(NOW)

    read(database, Served(feed.objects))

    assert mirrored(database) == documents(change for changes in told for change in changes)


steps = st.lists(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.integers(0, 3)).map(
            lambda told: record(told[0], told[1]) if told[1] else tombstone(told[0], "expired")
        ),
        min_size=1,
        max_size=3,
    )
    | st.sampled_from(["snapshot", "tidy", "read", "killed"]),
    max_size=16,
)


@given(steps)
def test_whatever_happens_a_mirror_is_what_partner_and_plain_dictionary_say(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any]
) -> None:
    database = tmp_path_factory.mktemp("mirror") / "offers.db"
    feed, told, now = Feed(), list[Change](), NOW
    feed.publisher.snapshot(NOW)

    for step in [*steps, "read"]:
        match step:
            case "snapshot":
                feed.publisher.snapshot(now)
            case "tidy":
                now += days(9)
                feed.objects.clock = now
                feed.publisher.tidy(now)
            case "read" | "killed":
                served = Served(feed.objects, _dies_at_the_second if step == "killed" else _lives)
                try:
                    read(database, served)
                except Crash:
                    continue
                cursor, live = feed.snapshot()
                partner = feed.follow(live, cursor)
                assert mirrored(database) == documents(iter(told)) == _plain(partner)
            case changes:
                feed.publish(*changes, now=now)
                told += changes


def _lives(_: int) -> None:
    """Let every request pass."""


def _dies_at_the_second(number: int) -> None:
    if number == 2:
        raise Crash


def _dies_at_the_fourth(number: int) -> None:
    if number == 4:
        raise Crash


def _plain(live: dict[str, OfferRecord]) -> dict[str, Any]:
    return {offer_id: found.model_dump(mode="json") for offer_id, found in live.items()}
