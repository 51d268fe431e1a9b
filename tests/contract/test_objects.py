"""One suite for the Objects port: written on a condition, read back, listed, deleted."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from depot.domain.errors import Conflict, ObjectsUnavailable
from depot.ports.objects import Objects
from depot.storage.bucket import S3Objects
from tests.contract.kept_objects import KEY, a_bucket, create


def replace(objects: Objects, body: bytes, etag: str) -> str:
    return objects.replace(KEY, body, etag=etag, content_type="application/json", max_age=2)


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
