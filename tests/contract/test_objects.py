"""One suite for the Objects port: compare-and-swap, in memory and on S3."""

import gzip
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from depot.domain.errors import Conflict, ObjectMissing, ObjectsUnavailable
from depot.ports.objects import Objects, Piece
from depot.ports.pages import PageObjects
from depot.storage.bucket import S3Objects
from tests.fakes import MemoryObjects


KEY = "feed/v1/index.json"
LARGE = 5 * 2**20  # from here on, in parts


def a_bucket(s3: Any) -> str:
    name = f"feed-{uuid4().hex}"
    s3.create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name}
    )
    return name


@pytest.fixture(params=["memory", "moto", pytest.param("ministack", marks=pytest.mark.emulator)])
def objects(request: pytest.FixtureRequest) -> Objects:
    if request.param == "memory":
        return MemoryObjects()
    s3 = request.getfixturevalue(request.param)("s3")
    return S3Objects(s3, a_bucket(s3))


@pytest.fixture
def bucket(cloud: Callable[[str], Any]) -> S3Objects:
    s3 = cloud("s3")
    return S3Objects(s3, a_bucket(s3))


def create(objects: Objects, body: bytes, key: str = KEY) -> str:
    return objects.create(key, body, content_type="application/json", max_age=2)


def replace(objects: Objects, body: bytes, etag: str) -> str:
    return objects.replace(KEY, body, etag=etag, content_type="application/json", max_age=2)


def upload(objects: Objects, pieces: Iterable[Piece]) -> str:
    return objects.upload(KEY, pieces, content_type="application/json", max_age=2)


def test_what_was_created_is_read_back_with_its_tag(objects: Objects) -> None:
    tag = create(objects, b"one")

    assert objects.get(KEY) == (b"one", tag)


def test_an_empty_object_is_an_object(objects: Objects) -> None:
    create(objects, b"")

    stored = objects.get(KEY)
    assert stored is not None
    assert stored.body == b""


def test_a_missing_object_is_none(objects: Objects) -> None:
    create(objects, b"one", "feed/v1/index.json.bak")

    assert objects.get(KEY) is None


def test_a_prefix_lists_its_keys_and_when_they_were_written(objects: Objects) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)  # S3 keeps whole seconds
    for key in ("feed/v1/a", "feed/v1/b", "feed/v2/c"):
        create(objects, b"one", key)

    listed = dict(objects.list("feed/v1/"))

    assert sorted(listed) == ["feed/v1/a", "feed/v1/b"]
    assert all(before <= written <= datetime.now(UTC) for written in listed.values())


def test_a_deleted_object_is_gone_and_deleting_again_is_no_error(objects: Objects) -> None:
    create(objects, b"one")

    objects.delete(KEY)
    objects.delete(KEY)

    assert objects.get(KEY) is None


def test_creating_what_exists_conflicts_even_with_the_same_content(objects: Objects) -> None:
    tag = create(objects, b"one")

    for body in (b"one", b"two"):
        with pytest.raises(Conflict):
            create(objects, body)

    assert objects.get(KEY) == (b"one", tag)


def test_replacing_gives_another_tag_which_alone_replaces_again(objects: Objects) -> None:
    first = create(objects, b"one")

    second = replace(objects, b"two", first)

    assert second != first
    with pytest.raises(Conflict):
        replace(objects, b"three", first)
    assert objects.get(KEY) == (b"two", second)
    assert objects.get(KEY) == (b"two", second), "reading does not change the tag"
    assert replace(objects, b"three", second) not in {first, second}


def test_replacing_what_does_not_exist_conflicts_and_creates_nothing(objects: Objects) -> None:
    tag = create(objects, b"one", "another")

    with pytest.raises(Conflict):
        replace(objects, b"two", tag)

    assert objects.get(KEY) is None


def test_an_object_is_read_in_pieces_whole_or_in_part(objects: Objects) -> None:
    body = bytes(range(256)) * 5000
    create(objects, body)

    assert b"".join(objects.read(KEY)) == body
    assert b"".join(objects.read(KEY, 1000)) == body[1000:]
    assert b"".join(objects.read(KEY, 7, 1_000_001)) == body[7:1_000_001]
    assert max(map(len, objects.read(KEY))) < len(body)


def test_an_object_that_ends_before_gives_what_there_is(objects: Objects) -> None:
    create(objects, b"one")
    create(objects, b"", "empty")

    assert b"".join(objects.read(KEY, 1, 9)) == b"ne"
    assert b"".join(objects.read(KEY, 3, 9)) == b""
    assert b"".join(objects.read("empty")) == b""


def test_reading_what_does_not_exist_says_which(objects: Objects) -> None:
    with pytest.raises(ObjectMissing, match=KEY):
        list(objects.read(KEY, 0, 9))


@pytest.mark.parametrize("size", [0, 1, LARGE - 1, LARGE, 2 * LARGE + 7])
def test_what_is_uploaded_in_pieces_is_one_object(objects: Objects, size: int) -> None:
    body = (b"offre " * (size // 6 + 1))[:size]
    pieces = (memoryview(body[at : at + 700_001]) for at in range(0, size, 700_001))

    tag = upload(objects, pieces)

    assert objects.get(KEY) == (body, tag)


@pytest.mark.parametrize("size", [1, LARGE + 1])
def test_uploading_what_exists_conflicts_and_changes_nothing(objects: Objects, size: int) -> None:
    tag = create(objects, b"one")

    with pytest.raises(Conflict):
        upload(objects, [bytes(size)])

    assert objects.get(KEY) == (b"one", tag)


@pytest.mark.parametrize("size", [1, 2 * LARGE])
def test_nothing_is_written_when_the_pieces_cannot_be_made(objects: Objects, size: int) -> None:
    def pieces() -> Iterator[bytes]:
        yield bytes(size)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        upload(objects, pieces())

    assert objects.get(KEY) is None


def test_an_upload_that_failed_leaves_no_parts_behind(bucket: S3Objects) -> None:
    create(bucket, b"one")

    with pytest.raises(Conflict):
        upload(bucket, [bytes(LARGE)] * 2)

    assert "Uploads" not in bucket.client.list_multipart_uploads(Bucket=bucket.bucket)


def test_what_is_uploaded_says_what_it_is(bucket: S3Objects) -> None:
    for key, size in (("small.gz", 1), ("large.gz", LARGE)):
        bucket.upload(key, [bytes(size)], content_type="application/x-ndjson", max_age=60)

        head = bucket.client.head_object(Bucket=bucket.bucket, Key=key)
        assert head["ContentType"] == "application/x-ndjson"
        assert head["CacheControl"] == "public, max-age=60"
        assert head["ContentEncoding"] == "gzip"


def test_browsers_and_caches_learn_what_an_object_is(bucket: S3Objects) -> None:
    tag = bucket.create(KEY, b"{}", content_type="application/json", max_age=2)

    head = bucket.client.head_object(Bucket=bucket.bucket, Key=KEY)
    assert head["ContentType"] == "application/json"
    assert head["CacheControl"] == "public, max-age=2"
    assert "ContentEncoding" not in head

    bucket.replace(KEY, b"[]", etag=tag, content_type="application/x-ndjson", max_age=60)

    head = bucket.client.head_object(Bucket=bucket.bucket, Key=KEY)
    assert head["ContentType"] == "application/x-ndjson"
    assert head["CacheControl"] == "public, max-age=60"


def test_a_packed_object_says_so_and_is_stored_as_given(bucket: S3Objects) -> None:
    key, body = "feed/v1/changes/000000000001.ndjson.gz", gzip.compress(b"{}\n")

    bucket.create(key, body, content_type="application/x-ndjson", max_age=31_536_000)

    head = bucket.client.head_object(Bucket=bucket.bucket, Key=key)
    assert head["ContentEncoding"] == "gzip"
    assert head["ContentType"] == "application/x-ndjson"
    stored = bucket.get(key)
    assert stored is not None
    assert stored.body == body


def test_an_outage_is_not_taken_for_a_conflict_or_a_missing_object(bucket: S3Objects) -> None:
    gone = S3Objects(bucket.client, f"{bucket.bucket}-gone")

    with pytest.raises(ObjectsUnavailable):
        gone.get(KEY)
    with pytest.raises(ObjectsUnavailable):
        create(gone, b"one")
    with pytest.raises(ObjectsUnavailable):
        list(gone.list(KEY))


@pytest.mark.emulator
def test_sixteen_writers_at_once_lose_nothing(ministack: Callable[[str], Any]) -> None:
    s3 = ministack("s3")
    objects = S3Objects(s3, a_bucket(s3))
    create(objects, b"0")

    def increment(_writer: int) -> int:
        conflicts = 0
        while True:
            stored = objects.get(KEY)
            assert stored is not None
            try:
                replace(objects, b"%d" % (int(stored.body) + 1), stored.etag)
            except Conflict:
                conflicts += 1
                continue
            return conflicts

    with ThreadPoolExecutor(16) as writers:
        conflicts = sum(writers.map(increment, range(32)))

    stored = objects.get(KEY)
    assert stored is not None
    assert stored.body == b"32"
    assert conflicts > 0, "nobody raced: the test shows nothing"


def put(objects: PageObjects, body: bytes, over: str | None = None, *, gone: bool = False) -> str:
    return objects.put(KEY, body, over=over, content_type="text/html", max_age=5, gone=gone)


def test_what_is_put_over_nothing_must_not_exist(objects: PageObjects) -> None:
    tag = put(objects, b"one")

    with pytest.raises(Conflict):
        put(objects, b"two")
    assert objects.get(KEY) == (b"one", tag)


def test_what_is_put_over_a_content_must_find_it(objects: PageObjects) -> None:
    first = put(objects, b"one")
    second = put(objects, b"two", first)

    with pytest.raises(Conflict):
        put(objects, b"three", first)
    objects.delete(KEY)
    with pytest.raises(Conflict):
        put(objects, b"three", second)
    assert objects.get(KEY) is None


def test_the_tag_of_a_content_is_known_without_reading_it(objects: PageObjects) -> None:
    assert put(objects, b"one") == objects.tag_of(b"one") != objects.tag_of(b"two")
    assert put(objects, b"two", objects.tag_of(b"one"), gone=True) == objects.tag_of(b"two")


def test_tags_are_listed_in_the_order_of_keys_from_after_one(objects: PageObjects) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)
    for key in ("p/c", "p/a", "p/b", "q/a"):
        create(objects, key.encode(), key)

    found = list(objects.tags("p/", "p/a"))

    assert [(tag.key, tag.etag) for tag in found] == [
        (key, objects.tag_of(key.encode())) for key in ("p/b", "p/c")
    ]
    assert all(before <= tag.written <= datetime.now(UTC) for tag in found)
    assert [tag.key for tag in objects.tags("p/")] == ["p/a", "p/b", "p/c"]


def test_what_is_gone_has_a_header_and_a_tag_until_it_comes_back(bucket: S3Objects) -> None:
    def said() -> tuple[dict[str, str], list[dict[str, str]]]:
        about = {"Bucket": bucket.bucket, "Key": KEY}
        tags = bucket.client.get_object_tagging(**about)["TagSet"]
        return bucket.client.head_object(**about)["Metadata"], tags

    tag = put(bucket, b"page")
    assert said() == ({}, [])
    tag = put(bucket, b"gone", tag, gone=True)
    assert said() == ({"gone": "1"}, [{"Key": "gone", "Value": "1"}])
    put(bucket, b"page", tag)
    assert said()[0] == {}  # and no tag on S3; the emulator keeps those of what it replaces
