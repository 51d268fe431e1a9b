"""One suite for the PageObjects port: what may be gone, and tags read from a listing."""

from datetime import UTC, datetime, timedelta

import pytest

from depot.domain.errors import Conflict
from depot.ports.pages import PageObjects
from depot.storage.bucket import S3Objects
from tests.contract.kept_objects import KEY, create


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
