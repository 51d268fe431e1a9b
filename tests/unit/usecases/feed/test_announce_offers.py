"""Sitemap, Atom feed and robots.txt lead to the pages of live offers."""

import re
from collections.abc import Iterator
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from depot.domain.errors import ObjectsUnavailable
from depot.feed import sitemap
from depot.feed.public import ATOM_KEY, ROBOTS_KEY, SITEMAP_KEY, SITEMAP_PARTS, page_path
from depot.usecases.feed.announce_offers import Announcer
from tests.builders import NOW
from tests.fakes import MemoryObjects
from tests.pages import SITE
from tests.partner import Feed, record, spread, tombstone
from tests.world import days, minutes


ATOM = "{http://www.w3.org/2005/Atom}"
PLACES = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def feed() -> Feed:
    return Feed()


def announcer(feed: Feed) -> Announcer:
    return Announcer(feed.objects, SITE, "Dépôt d’offres")


def announce(feed: Feed) -> bool:
    return announcer(feed).announce(feed.publisher.snapshot(NOW))


def parsed(body: bytes) -> ET.Element:
    return ET.fromstring(body)  # noqa: S314 - our own


def locations(body: bytes) -> list[str]:
    return [loc.text or "" for loc in parsed(body).iter(f"{PLACES}loc")]


def sitemapped(feed: Feed) -> list[str]:
    """Every page of an offer a crawler finds, from ``sitemap.xml``."""
    parts = [loc.removeprefix(f"{SITE}/") for loc in locations(feed.objects.kept[SITEMAP_KEY])]
    found = [loc for part in parts for loc in locations(feed.objects.kept[part])]
    assert found.count(f"{SITE}/") == len(parts)
    return [loc.removeprefix(SITE) for loc in found if loc != f"{SITE}/"]


def test_the_sitemap_names_the_pages_of_live_offers_and_no_other(feed: Feed) -> None:
    offers = spread(60)
    feed.publish(*offers)
    feed.publish(tombstone(offers[0].id))

    assert announce(feed)

    assert sorted(sitemapped(feed)) == sorted(page_path(each.id) for each in offers[1:])


def test_it_says_when_each_changed(feed: Feed) -> None:
    feed.publish(record("o1").model_copy(update={"updated_at": NOW + minutes(3)}))
    announce(feed)

    (part,) = [key for key in feed.objects.kept if key.startswith(SITEMAP_PARTS)]
    _, url = parsed(feed.objects.kept[part])
    assert [each.text for each in url] == [f"{SITE}/offres/o1", "2026-11-23T10:03:00Z"]


def test_an_empty_service_has_a_sitemap_with_its_home_page(feed: Feed) -> None:
    assert announce(feed)

    assert sitemapped(feed) == []


def test_more_than_a_part_holds_are_several(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 25)
    offers = spread(60)
    feed.publish(*offers)

    announce(feed)

    keys = [loc.rpartition("/")[2] for loc in locations(feed.objects.kept[SITEMAP_KEY])]
    assert keys == [f"sitemap-000000000001-{number}.xml" for number in (1, 2, 3)]
    assert [len(locations(feed.objects.kept[key])) for key in keys] == [26, 26, 11]
    assert sorted(sitemapped(feed)) == sorted(page_path(each.id) for each in offers)


def test_a_part_stays_under_what_the_protocol_bears() -> None:
    entries = (sitemap.Entry("f" * 32, "2026-11-23T10:03:00.123456Z") for _ in range(sitemap.MOST))

    size = sum(map(len, sitemap.part("https://une-adresse-plutot-longue.example", entries)))

    assert sitemap.MOST < 50_000
    assert size < 10_000_000, "CloudFront compresses no more"


def test_nothing_new_is_said_once(feed: Feed) -> None:
    feed.publish(record())
    announce(feed)
    kept = dict(feed.objects.kept)

    assert not announce(feed)
    assert feed.objects.kept == kept


def test_who_is_late_leaves_what_is_newer(feed: Feed) -> None:
    feed.publish(record("o1"))
    late = feed.publisher.snapshot(NOW)
    feed.publish(record("o2"))
    announce(feed)
    kept = dict(feed.objects.kept)

    assert not announcer(feed).announce(late)
    assert feed.objects.kept == kept


def test_who_is_overtaken_on_the_way_leaves_what_is_newer(feed: Feed) -> None:
    feed.publish(record("o1"))
    late = feed.publisher.snapshot(NOW)

    class Overtaken(MemoryObjects):
        def upload(self, key: str, *parts: object, **about: object) -> str:
            feed.publish(record("o2"))
            announce(feed)
            return super().upload(key, *parts, **about)

    objects = Overtaken(feed.objects.kept, feed.objects.written)
    assert not Announcer(objects, SITE, "Dépôt").announce(late)

    assert sorted(sitemapped(feed)) == ["/offres/o1", "/offres/o2"]
    assert b"offres/o2" in feed.objects.kept[ATOM_KEY]


def test_parts_nobody_names_are_kept_for_a_day_then_deleted(feed: Feed) -> None:
    feed.objects.clock = NOW
    for rank in range(3):
        feed.publish(record(f"o{rank}"))
        announce(feed)
    parts = [key for key in feed.objects.kept if key.startswith(SITEMAP_PARTS)]

    assert announcer(feed).tidy(NOW + timedelta(hours=23)) == 0
    assert announcer(feed).tidy(NOW + days(2)) == 2

    assert [key for key in feed.objects.kept if key.startswith(SITEMAP_PARTS)] == [parts[-1]]
    assert len(sitemapped(feed)) == 3


def test_robots_may_read_pages_and_are_told_of_the_sitemap(feed: Feed) -> None:
    announce(feed)

    lines = feed.objects.kept[ROBOTS_KEY].decode().splitlines()
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert [line for line in lines if line.startswith("Disallow")] == ["Disallow: /api/"]


def entries(feed: Feed) -> list[ET.Element]:
    return list(parsed(feed.objects.kept[ATOM_KEY]).iter(f"{ATOM}entry"))


def test_a_news_reader_finds_the_offers_published_last(feed: Feed) -> None:
    offers = [
        each.model_copy(update={"published_at": NOW + minutes(rank)})
        for rank, each in enumerate(spread(70))
    ]
    feed.publish(*offers)
    announce(feed)

    found = [entry.findtext(f"{ATOM}id") for entry in entries(feed)]

    assert found == [f"{SITE}/offres/{each.id}" for each in reversed(offers[-50:])]


def test_an_entry_is_whole(feed: Feed) -> None:
    """RFC 4287, 4.1.2: what an entry must have; and of the feed, 4.1.1."""
    feed.publish(record())
    announce(feed)
    document = parsed(feed.objects.kept[ATOM_KEY])
    (entry,) = entries(feed)

    for part in (document, entry):
        for name in ("id", "title", "updated"):
            assert part.findtext(f"{ATOM}{name}"), name
    assert document.findtext(f"{ATOM}author/{ATOM}name") == "Dépôt d’offres"
    assert entry.findtext(f"{ATOM}title") == "Boulanger / Boulangère en alternance à PERIGUEUX"
    assert "AU BON PAIN" in (entry.findtext(f"{ATOM}summary") or "")
    assert "jeanne" not in feed.objects.kept[ATOM_KEY].decode()


def test_what_xml_cannot_say_is_left_out(feed: Feed) -> None:
    plain = record()
    place = plain.workplace.model_copy(update={"city": "P\x00é\ufffe <b>&]]>"})
    feed.publish(plain.model_copy(update={"workplace": place}))
    announce(feed)

    (entry,) = entries(feed)
    assert (entry.findtext(f"{ATOM}title") or "").endswith("à Pé <b>&]]>")


def test_what_fails_after_a_change_is_left_to_the_schedule(
    feed: Feed, caplog: pytest.LogCaptureFixture
) -> None:
    feed.publish(record())
    index = feed.publisher.snapshot(NOW)

    class Unavailable(MemoryObjects):
        def get(self, key: str) -> None:
            del key
            raise ObjectsUnavailable

    Announcer(Unavailable(), SITE, "Dépôt").follow(index)

    assert re.findall("sitemap left to the schedule", caplog.text)


@pytest.mark.parametrize("key", [SITEMAP_KEY, ATOM_KEY, ROBOTS_KEY, SITEMAP_PARTS])
@pytest.mark.parametrize("lost", [True, False])
def test_what_was_lost_or_altered_is_made_again(feed: Feed, key: str, *, lost: bool) -> None:
    feed.publish(*spread(60))
    announce(feed)
    before = dict(feed.objects.kept)
    (harmed,) = [name for name in before if name.startswith(key)]
    feed.objects.kept[harmed] = before[harmed].replace(b"depot.example", b"evil.example")
    if lost:
        del feed.objects.kept[harmed]
    index = feed.publisher.index(NOW)

    repaired = announcer(feed).repair(index) or announce(feed)

    assert repaired
    assert feed.objects.kept == before
    assert announcer(feed).repair(index) == 0


def test_what_is_right_is_left_alone_even_without_an_offer(feed: Feed) -> None:
    announce(feed)

    assert announcer(feed).repair(feed.publisher.index(NOW)) == 0


def test_what_is_not_announced_yet_is_left_to_who_announces_it(feed: Feed) -> None:
    feed.publish(*spread(3))
    announce(feed)
    feed.publish(record("o9"))
    newer = feed.publisher.snapshot(NOW)

    assert announcer(feed).repair(newer) == 0
    assert announcer(feed).announce(newer)


def test_who_mends_and_is_overtaken_on_the_way_leaves_what_is_newer(feed: Feed) -> None:
    feed.publish(record("o1"))
    announce(feed)
    index = feed.publisher.index(NOW)

    class Overtaken(MemoryObjects):
        def read(self, key: str) -> Iterator[bytes]:
            feed.publish(record("o2"))
            announce(feed)
            return super().read(key)

    objects = Overtaken(feed.objects.kept, feed.objects.written)
    assert Announcer(objects, SITE, "Dépôt d’offres").repair(index) == 0

    assert sorted(sitemapped(feed)) == ["/offres/o1", "/offres/o2"]
    assert b"offres/o2" in feed.objects.kept[ATOM_KEY]
