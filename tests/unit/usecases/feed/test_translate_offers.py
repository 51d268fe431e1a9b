"""Whole files in partners' formats: every live offer, under a name that never changes."""

import gzip
import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from depot.domain.feed.record import OfferRecord, Tombstone, record_of
from depot.feed.dialects.files import FILES
from depot.usecases.feed.publish_feed import Change, Publisher
from depot.usecases.feed.translate_offers import Translator, cursor_of
from tests.builders import NOW, a_recruiter, an_offer
from tests.fakes import MemoryObjects
from tests.pages import SITE


LBA, XML = (row.key for row in FILES)


@pytest.fixture
def objects() -> MemoryObjects:
    return MemoryObjects()


def say(objects: MemoryObjects, *changes: Change) -> int:
    """Publish, then translate; give how many files were written."""
    publisher = Publisher(objects)
    publisher.publish(changes, NOW)
    return translate(objects, publisher)


def translate(objects: MemoryObjects, publisher: Publisher) -> int:
    index = publisher.snapshot(NOW)
    return Translator(objects, lambda offer: f"{SITE}/offres/{offer}", SITE).translate(index)


def live(offer_id: str, **over: Any) -> OfferRecord:
    return record_of(an_offer(offer_id, **over))


def jobs(objects: MemoryObjects) -> list[str]:
    found = json.loads(gzip.decompress(objects.kept[LBA]))["jobs"]
    return [job["identifier"]["partner_job_id"] for job in found]


def references(objects: MemoryObjects) -> list[str | None]:
    document = ET.fromstring(gzip.decompress(objects.kept[XML]))  # noqa: S314 - our own
    return [job.findtext("referencenumber") for job in document.iter("job")]


def test_every_live_offer_is_in_each_file(objects: MemoryObjects) -> None:
    assert say(objects, live("o1"), live("o2")) == len(FILES)

    assert jobs(objects) == references(objects) == ["o1", "o2"]


def test_an_offer_that_left_is_in_no_file(objects: MemoryObjects) -> None:
    say(objects, live("o1"), live("o2"))
    say(objects, Tombstone(id="o1", reason="filled", at=NOW))

    assert jobs(objects) == references(objects) == ["o2"]


def test_no_offer_at_all_is_still_a_whole_file(objects: MemoryObjects) -> None:
    say(objects, Tombstone(id="o1", reason="filled", at=NOW))

    assert jobs(objects) == references(objects) == []


def test_the_job_xml_says_whose_it_is_and_when_what_it_holds_last_changed(
    objects: MemoryObjects,
) -> None:
    say(objects, live("o1"))
    document = ET.fromstring(gzip.decompress(objects.kept[XML]))  # noqa: S314 - our own

    assert document.findtext("publisherurl") == f"{SITE}/"
    assert document.findtext("lastBuildDate") == "Mon, 23 Nov 2026 10:00:00 GMT"


def test_what_is_said_already_is_not_written_again(objects: MemoryObjects) -> None:
    say(objects, live("o1"))

    assert translate(objects, Publisher(objects)) == 0


def test_who_is_late_leaves_what_is_newer(objects: MemoryObjects) -> None:
    publisher = Publisher(objects)
    publisher.publish([live("o1")], NOW)
    late = publisher.snapshot(NOW)
    say(objects, live("o2"))

    assert Translator(objects, lambda offer: offer, SITE).translate(late) == 0
    assert jobs(objects) == ["o1", "o2"]


def test_a_dialect_that_leaves_an_offer_out_keeps_the_others_apart(objects: MemoryObjects) -> None:
    unknown = live("o1", recruiter=a_recruiter(company=None))
    say(objects, unknown, live("o2"), live("o3"))

    assert jobs(objects) == references(objects) == ["o2", "o3"]


def test_equal_offers_give_equal_bytes_and_a_damaged_file_is_written_anew(
    objects: MemoryObjects,
) -> None:
    say(objects, live("o1"))
    before = dict(objects.kept)
    objects.kept[XML] = b"damaged"

    assert cursor_of(b"damaged") == -1
    assert translate(objects, Publisher(objects)) == 1
    assert objects.kept == before
