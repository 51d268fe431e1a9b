"""One suite for the versions of the catalogue: in memory, and in an object store."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from depot.domain.cfa.columns import gather
from depot.domain.cfa.formation import Imported
from depot.domain.errors import CatalogueBroken, CatalogueMissing, Conflict
from depot.storage.bucket import S3Objects
from depot.storage.catalogue import MANIFEST_KEY, PREFIX, ObjectCatalogue
from tests.builders import NOW, a_training
from tests.fakes import MemoryCatalogue, MemoryObjects
from tests.interleaving import Interrupted, SharedObjects


Both = MemoryCatalogue | ObjectCatalogue


@pytest.fixture(params=["memory", "objects", "moto"])
def catalogue(request: pytest.FixtureRequest) -> Both:
    if request.param == "memory":
        return MemoryCatalogue()
    if request.param == "objects":
        return ObjectCatalogue(MemoryObjects())
    s3 = request.getfixturevalue("moto")("s3")
    s3.create_bucket(
        Bucket="data", CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name}
    )
    return ObjectCatalogue(S3Objects(s3, "data"))


def publish(catalogue: Both, count: int, at: datetime = NOW) -> Imported:
    known = [a_training(siren=f"{n:09d}") for n in range(1, count + 1)]
    imported = Imported(source="test", imported_at=at, trainings=count, left_out={"invalid": count})
    catalogue.publish(gather(known, {}), imported)
    return imported


def test_before_the_first_import_there_is_none(catalogue: Both) -> None:
    assert catalogue.imported() is None
    with pytest.raises(CatalogueMissing):
        catalogue.index()


def test_what_was_published_is_read_with_what_it_holds(catalogue: Both) -> None:
    imported = publish(catalogue, 3)

    assert len(catalogue.index()) == 3
    assert catalogue.imported() == imported


def test_the_last_one_published_is_the_present_one(catalogue: Both) -> None:
    publish(catalogue, 3)
    latest = publish(catalogue, 2, NOW + timedelta(days=1))

    assert catalogue.imported() == latest
    assert len(catalogue.index()) == 2


def test_publishing_the_same_again_changes_nothing(catalogue: Both) -> None:
    publish(catalogue, 3)
    publish(catalogue, 3)

    assert len(catalogue.index()) == 3


@pytest.mark.parametrize("days", [(0,), (0, 1), (0, 1, 2), (0, 1, 2, 9), (0, 5, 9, 10)])
def test_memory_forgets_as_many_versions_as_the_object_store(days: Sequence[int]) -> None:
    objects = MemoryObjects()
    catalogues = (MemoryCatalogue(), ObjectCatalogue(objects))
    for day in days:
        objects.clock = NOW + timedelta(days=day)
        for catalogue in catalogues:
            publish(catalogue, day + 1, objects.clock)

    for later in (days[-1], 12, 60):
        first, second = (each.tidy(NOW + timedelta(days=later)) for each in catalogues)
        assert first == second
    assert [len(each.index()) for each in catalogues] == [days[-1] + 1] * 2


def test_versions_of_more_than_a_week_go_but_for_the_last_two() -> None:
    objects = MemoryObjects()
    catalogue = ObjectCatalogue(objects)
    for day in (0, 1, 2, 9):
        objects.clock = NOW + timedelta(days=day)
        publish(catalogue, day + 1, objects.clock)

    assert catalogue.tidy(NOW + timedelta(days=9)) == 2
    assert catalogue.tidy(NOW + timedelta(days=60)) == 0

    days = [key.removeprefix(PREFIX)[:8] for key in objects.kept if key != MANIFEST_KEY]
    assert days == ["20261125", "20261202"]
    assert len(catalogue.index()) == 10


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_process_notices_a_new_version_after_ten_minutes() -> None:
    objects, clock = MemoryObjects(), Clock()
    reader, writer = ObjectCatalogue(objects, clock), ObjectCatalogue(objects)
    publish(writer, 1)
    first = reader.index()
    publish(writer, 2, NOW + timedelta(days=1))

    clock.now = 599
    assert reader.index() is first
    clock.now = 600
    assert len(reader.index()) == 2


def test_a_version_that_did_not_change_is_not_read_again() -> None:
    clock = Clock()
    catalogue = ObjectCatalogue(MemoryObjects(), clock)
    publish(catalogue, 1)
    first = catalogue.index()

    clock.now = 86_400

    assert catalogue.index() is first


def a_broken_one(spoil: Callable[[MemoryObjects, str], Any]) -> ObjectCatalogue:
    objects = MemoryObjects()
    catalogue = ObjectCatalogue(objects)
    publish(catalogue, 3)
    (version,) = objects.kept.keys() - {MANIFEST_KEY}
    spoil(objects, version)
    return catalogue


@pytest.mark.parametrize(
    "spoil",
    [
        lambda objects, version: objects.kept.pop(version),
        lambda objects, version: objects.kept.update({version: objects.kept[version][:-1]}),
        lambda objects, version: objects.kept.update({version: b""}),
        lambda objects, _: objects.kept.update({MANIFEST_KEY: b"{}"}),
        lambda objects, _: objects.kept.update({MANIFEST_KEY: b""}),
    ],
)
def test_a_catalogue_that_cannot_be_read_is_said_and_the_next_import_mends_it(
    spoil: Callable[[MemoryObjects, str], Any],
) -> None:
    catalogue = a_broken_one(spoil)

    with pytest.raises(CatalogueBroken):
        catalogue.index()
    publish(catalogue, 2, NOW + timedelta(days=1))
    assert len(catalogue.index()) == 2


def acting(objects: MemoryObjects, *acts: Callable[[], object]) -> ObjectCatalogue:
    """A catalogue: these happen just before its first operations, one each."""
    numbered = {number: [act] for number, act in enumerate(acts, start=1)}
    return ObjectCatalogue(SharedObjects(objects, Interrupted(acts=numbered)))


@pytest.mark.parametrize("operation", [2, 3])
def test_of_two_imports_at_once_one_wins_and_the_other_hears_of_it(operation: int) -> None:
    """A manifest is read, a version written, the manifest swapped: another import in between."""
    objects = MemoryObjects()
    publish(ObjectCatalogue(objects), 1)
    waits = [list] * (operation - 1)
    first = acting(
        objects, *waits, lambda: publish(ObjectCatalogue(objects), 2, NOW + timedelta(hours=1))
    )

    with pytest.raises(Conflict):
        publish(first, 3, NOW + timedelta(hours=2))
    assert len(ObjectCatalogue(objects).index()) == 2


def test_a_reader_never_sees_half_a_catalogue() -> None:
    """The manifest is written last: whatever is read between two writes is whole."""
    objects, seen = MemoryObjects(), list[int]()
    publish(ObjectCatalogue(objects), 1)
    look = [lambda: seen.append(len(ObjectCatalogue(objects).index()))] * 9

    publish(acting(objects, *look), 2, datetime(2026, 12, 1, tzinfo=UTC))

    assert seen == [1] * 3
    assert len(ObjectCatalogue(objects).index()) == 2
