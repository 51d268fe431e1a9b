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
from depot.usecases.partners.deliver_file import DeliverySummary, FileDelivery
from tests.builders import NOW, a_recruiter, an_offer
from tests.fakes import MemoryDropBox, MemoryObjects


DAY = timedelta(days=1)


@pytest.fixture
def deposit() -> MemoryDropBox:
    return MemoryDropBox()


@pytest.fixture
def delivery(deposit: MemoryDropBox) -> FileDelivery:
    publisher = Publisher(MemoryObjects())
    publisher.publish([record_of(an_offer("o1")), record_of(an_offer("o2"))], NOW)
    publisher.snapshot(NOW)
    return FileDelivery(
        publisher, deposit, lambda offer: f"https://depot.example/{offer}", regions()
    )


def movements(body: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(body)) as zipped:
        lines = csv.DictReader(io.StringIO(zipped.read("offres.csv").decode()), delimiter="|")
        return {line["Par_ref_offre"]: line["Type_mouvement"] for line in lines}


def test_every_live_offer_is_in_the_file_of_the_day(
    delivery: FileDelivery, deposit: MemoryDropBox
) -> None:
    assert delivery.run(NOW) == DeliverySummary(live=2)

    ((name, body),) = deposit.left
    assert name == "offres-2026-11-23.zip"
    assert movements(body) == {"E2-o1": "C", "E2-o2": "C"}


def test_a_day_is_left_once(delivery: FileDelivery, deposit: MemoryDropBox) -> None:
    delivery.run(NOW)

    assert delivery.run(NOW + timedelta(hours=2)) == DeliverySummary()
    assert len(deposit.left) == 1


def test_an_offer_that_left_is_told_once(delivery: FileDelivery, deposit: MemoryDropBox) -> None:
    delivery.run(NOW)
    delivery.publisher.publish([Tombstone(id="o1", reason="filled", at=NOW)], NOW)
    delivery.publisher.snapshot(NOW)

    assert delivery.run(NOW + DAY) == DeliverySummary(live=1, gone=1)
    assert delivery.run(NOW + 2 * DAY) == DeliverySummary(live=1)
    assert [movements(body) for _, body in deposit.left[1:]] == [
        {"E2-o2": "C", "E2-o1": "S"},
        {"E2-o2": "C"},
    ]


def test_a_file_that_was_not_taken_is_left_again(
    delivery: FileDelivery, deposit: MemoryDropBox
) -> None:
    deposit.down = True
    with pytest.raises(SourceUnavailable):
        delivery.run(NOW)
    deposit.down = False

    assert delivery.run(NOW) == DeliverySummary(live=2)


def test_an_offer_without_a_commune_is_in_no_file(
    delivery: FileDelivery, deposit: MemoryDropBox
) -> None:
    unknown = record_of(an_offer("o3", recruiter=a_recruiter(company=None)))
    delivery.publisher.publish([unknown], NOW)
    delivery.publisher.snapshot(NOW)

    assert delivery.run(NOW) == DeliverySummary(live=2)
    assert "E2-o3" not in movements(deposit.left[0][1])
