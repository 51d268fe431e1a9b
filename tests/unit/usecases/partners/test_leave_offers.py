"""A partner that wants one file a day gets every live offer, and once those that left."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest

from depot.domain.errors import SourceUnavailable
from depot.domain.feed.record import Tombstone, record_of
from depot.reference.places import regions
from depot.usecases.feed.publish_feed import Publisher
from depot.usecases.partners.leave_offers import FileLeaver, Summary
from tests.builders import NOW, a_recruiter, an_offer
from tests.fakes import MemoryDeposit, MemoryObjects


DAY = timedelta(days=1)


@pytest.fixture
def deposit() -> MemoryDeposit:
    return MemoryDeposit()


@pytest.fixture
def leaver(deposit: MemoryDeposit) -> FileLeaver:
    publisher = Publisher(MemoryObjects())
    publisher.publish([record_of(an_offer("o1")), record_of(an_offer("o2"))], NOW)
    publisher.snapshot(NOW)
    return FileLeaver(publisher, deposit, lambda offer: f"https://depot.example/{offer}", regions())


def movements(body: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(body)) as zipped:
        lines = csv.DictReader(io.StringIO(zipped.read("offres.csv").decode()), delimiter="|")
        return {line["Par_ref_offre"]: line["Type_mouvement"] for line in lines}


def test_every_live_offer_is_in_the_file_of_the_day(
    leaver: FileLeaver, deposit: MemoryDeposit
) -> None:
    assert leaver.run(NOW) == Summary(live=2)

    ((name, body),) = deposit.left
    assert name == "offres-2026-11-23.zip"
    assert movements(body) == {"E2-o1": "C", "E2-o2": "C"}


def test_a_day_is_left_once(leaver: FileLeaver, deposit: MemoryDeposit) -> None:
    leaver.run(NOW)

    assert leaver.run(NOW + timedelta(hours=2)) == Summary()
    assert len(deposit.left) == 1


def test_an_offer_that_left_is_told_once(leaver: FileLeaver, deposit: MemoryDeposit) -> None:
    leaver.run(NOW)
    leaver.publisher.publish([Tombstone(id="o1", reason="filled", at=NOW)], NOW)
    leaver.publisher.snapshot(NOW)

    assert leaver.run(NOW + DAY) == Summary(live=1, gone=1)
    assert leaver.run(NOW + 2 * DAY) == Summary(live=1)
    assert [movements(body) for _, body in deposit.left[1:]] == [
        {"E2-o2": "C", "E2-o1": "S"},
        {"E2-o2": "C"},
    ]


def test_a_file_that_was_not_taken_is_left_again(
    leaver: FileLeaver, deposit: MemoryDeposit
) -> None:
    deposit.down = True
    with pytest.raises(SourceUnavailable):
        leaver.run(NOW)
    deposit.down = False

    assert leaver.run(NOW) == Summary(live=2)


def test_an_offer_without_a_commune_is_in_no_file(
    leaver: FileLeaver, deposit: MemoryDeposit
) -> None:
    unknown = record_of(an_offer("o3", recruiter=a_recruiter(company=None)))
    leaver.publisher.publish([unknown], NOW)
    leaver.publisher.snapshot(NOW)

    assert leaver.run(NOW) == Summary(live=2)
    assert "E2-o3" not in movements(deposit.left[0][1])
