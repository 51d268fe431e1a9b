"""One suite for the Objects port: what is too large to hold, and how it is labelled."""

import gzip
from collections.abc import Iterable, Iterator

import pytest

from depot.domain.errors import Conflict, ObjectMissing
from depot.ports.objects import Objects, Piece
from depot.storage.bucket import S3Objects
from tests.contract.kept_objects import KEY, create


LARGE = 5 * 2**20  # from here on, in parts


def upload(objects: Objects, pieces: Iterable[Piece]) -> str:
    return objects.upload(KEY, pieces, content_type="application/json", max_age=2)


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
