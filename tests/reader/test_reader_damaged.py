"""The reference reader refuses what is damaged, gone, or no feed it knows."""

import gzip
import json
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from depot.feed.index import INDEX_KEY, segment_key
from depot_reader.errors import Damaged, MirrorError, Refused, Unreachable
from tests.builders import NOW
from tests.fakes import MemoryObjects
from tests.partner import Feed, record
from tests.reader.indexes import _index
from tests.reader.served import Served, mirrored, read, status
from tests.world import days


_ELSEWHERE = (
    b'{"schema_version":"1.0","cursor":1,"generated_at":"2026-11-23T10:00:00Z","snapshot":null,'
    b'"changes":[{"path":"@evil.example",'
    b'"cursor":1,"bytes":1,"sha256":"","records":1,"last_modified":""}]}'
)


@pytest.fixture
def feed() -> Feed:
    return Feed()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "offers.db"


def damage(feed: Feed, kind: str) -> None:
    key = feed.index.snapshot.files["ndjson"].key if feed.index.snapshot else ""
    body = feed.objects.kept[key]
    match kind:
        case "cut":
            feed.objects.kept[key] = body[:-1]
        case "longer":
            feed.objects.kept[key] = body + b"\n"
        case "altered":
            feed.objects.kept[key] = body[:-1] + bytes([body[-1] ^ 1])
        case _:
            _rewrite(feed, key, kind)


def _rewrite(feed: Feed, key: str, kind: str) -> None:
    """A file that is as the index says, and yet no snapshot."""
    line = gzip.decompress(feed.objects.kept[key])
    bodies = {
        "a line too few": gzip.compress(line.split(b"\n")[0] + b"\n"),
        "a line too many": gzip.compress(line * 2),
        "not gzip": line,
        "cut gzip": gzip.compress(line)[:-4],
        "not JSON": gzip.compress(b"{\n{\n"),
        "no offer": gzip.compress(b'"o1"\n{"title":"o2"}\n'),
        "no text": gzip.compress(b'{"id":"o1","title":"\\ud800"}\n' * 2),
        "no number": gzip.compress(b'{"id":"o1","title":NaN}\n' * 2),
    }
    feed.objects.kept[key] = bodies[kind]
    told = json.loads(feed.objects.kept[INDEX_KEY])
    described = describe_as(bodies[kind], told["snapshot"]["files"]["ndjson"])
    told["snapshot"]["files"]["ndjson"] = described
    feed.objects.kept[INDEX_KEY] = json.dumps(told).encode()


def describe_as(body: bytes, entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "bytes": len(body), "sha256": sha256(body).hexdigest()}


@pytest.mark.parametrize(
    "kind",
    [
        *("cut", "longer", "altered", "a line too few", "a line too many", "not gzip", "cut gzip"),
        *("not JSON", "no offer", "no text", "no number"),
    ],
)
def test_a_damaged_file_is_refused_and_nothing_of_it_is_kept(
    feed: Feed, database: Path, kind: str
) -> None:
    feed.publish(record("held"))
    read(database, Served(feed.objects))
    before = mirrored(database)
    other = Feed()
    other.publish(record("o1"), record("o2"))
    other.publisher.snapshot(NOW)
    other.objects.kept[INDEX_KEY] = _index(other, cursor=900, changes=[], oldest=901)
    damage(other, kind)

    with pytest.raises(Damaged, match="snapshots/000000000001"):
        read(database, Served(other.objects))

    assert (mirrored(database), status(database).cursor) == (before, 1)


def test_a_file_damaged_on_its_way_is_fetched_again(feed: Feed, database: Path) -> None:
    feed.publish(record())
    whole = feed.objects.kept[segment_key(1)]

    def meanwhile(number: int) -> None:
        feed.objects.kept[segment_key(1)] = whole if number == 3 else whole[:-1]

    served = Served(feed.objects, meanwhile)
    read(database, served)

    assert [path for path, _ in served.asked] == [
        "index.json",
        *["changes/000000000001.ndjson.gz"] * 2,
    ]
    assert set(mirrored(database)) == {"o1"}


@pytest.mark.parametrize(
    ("index", "why"),
    [
        (b"<html>", "no feed here"),
        (b"[]", "no feed here"),
        (b'{"schema_version":"2.0"}', r"version 2\.0, this reader reads 1\.x"),
        (b'{"schema_version":"10.0"}', r"version 10\.0"),
        (b'{"schema_version":"1.7","cursor":1}', "not an index"),
        (b'{"schema_version":"1.0","cursor":"x","snapshot":null,"changes":[]}', "not an index"),
        (
            (
                b'{"schema_version":"1.0","cursor":3,"generated_at":"2026-11-23T10:00:00Z",'
                b'"snapshot":null,"changes":[]}'
            ),
            "a gap",
        ),
        (b'{"schema_version":"1.0","cursor":0,"snapshot":null,"changes":[]}', "not an index"),
        (_ELSEWHERE, "not an index"),
    ],
)
def test_what_is_no_feed_of_this_version_is_refused(database: Path, index: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read(database, Served(MemoryObjects({INDEX_KEY: index})))


def test_a_later_minor_version_is_read_and_what_it_adds_ignored(feed: Feed, database: Path) -> None:
    feed.publish(record())
    told = json.loads(feed.objects.kept[INDEX_KEY])
    added = {**told, "schema_version": "1.9", "hub": "https://hub.example"}
    feed.objects.kept[INDEX_KEY] = json.dumps(added).encode()

    read(database, Served(feed.objects))

    assert set(mirrored(database)) == {"o1"}


def test_an_address_without_a_feed_is_refused(database: Path) -> None:
    with pytest.raises(Refused, match=r"index\.json does not exist"):
        read(database, Served(MemoryObjects()))


def test_a_file_that_is_gone_makes_the_index_be_read_again(feed: Feed, database: Path) -> None:
    feed.objects.clock = NOW
    feed.publish(record("o1"))
    feed.publisher.snapshot(NOW)
    feed.publish(record("o2"))

    def meanwhile(number: int) -> None:
        if number == 2:  # the index was read
            feed.publisher.snapshot(NOW)
            feed.objects.clock = NOW + days(9)
            feed.publisher.tidy(NOW + days(9))

    served = Served(feed.objects, meanwhile)
    read(database, served)

    assert [status for _, status in served.asked] == [200, 404, 200, 200]
    assert set(mirrored(database)) == {"o1", "o2"}


def test_a_file_that_is_never_there_is_said(feed: Feed, database: Path) -> None:
    feed.publish(record())
    del feed.objects.kept[segment_key(1)]

    with pytest.raises(Unreachable, match="000000000001"):
        read(database, Served(feed.objects))


def test_a_database_of_something_else_is_left_alone(feed: Feed, database: Path) -> None:
    with sqlite3.connect(database) as db:
        db.execute("CREATE TABLE mine (x)")
    db.close()

    with pytest.raises(MirrorError, match="not a mirror"):
        read(database, Served(feed.objects))

    database.write_bytes(b"no database at all" * 100)
    with pytest.raises(MirrorError, match="not a database"):
        read(database, Served(feed.objects))
