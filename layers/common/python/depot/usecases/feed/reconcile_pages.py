"""Compare public pages, single records and what leads to them with the feed, and repair them.

Feed, pages and records are all in the order of ids: they are read side by side, a few at a time,
whatever their number. Each page is made again, for its tag: a page that was lost, altered, or that
a new release words otherwise differs. What differs is settled with the table, which decides.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from depot.domain.errors import ObjectMissing
from depot.domain.feed.record import OfferRecord
from depot.feed import encoding
from depot.feed.index import FeedIndex
from depot.feed.parts import IN_FLIGHT, LOOK_BACK, days, part_of
from depot.feed.public import PAGES, RECORDS, offer_of, page_key, record_key
from depot.ports.pages import Tag
from depot.ports.store import Listed
from depot.usecases.feed.announce_offers import Announcer
from depot.usecases.feed.publish_feed import Publisher
from depot.usecases.feed.publish_pages import PagePublisher
from depot.usecases.feed.reading import FeedBroken, lines_of


logger = logging.getLogger(__name__)

_BATCH: Final = 2000  # offers settled together

Found = bytes | Tag | None  # what the feed says, None once it ended; what stands there
Side = tuple[str, str, Found]  # offer, what this is
Sides = Mapping[str, Found]


class PagesFound(NamedTuple):
    """How many offers' pages or records were wrong; after which id the next run goes on."""

    wrong: int = 0
    after: str = ""


@dataclass(frozen=True)
class PageComparison:
    """Compares and repairs as of ``now``."""

    publisher: Publisher
    pages: PagePublisher
    announcer: Announcer
    now: datetime

    def run(self, enough_time: Callable[[], bool], after: str = "") -> PagesFound:
        """Compare what there is time for, from after an id on, and repair it.

        At the end of them all, what leads to the pages.
        """
        wrong, last, odd = 0, after, dict[str, Sides]()
        try:
            for offer_id, sides in self._offers(after):
                if not enough_time():
                    return PagesFound(wrong + self._repair(odd), last)
                if self._differs(sides):
                    odd[offer_id] = sides
                if len(odd) == _BATCH:
                    wrong += self._repair(odd)
                    odd.clear()
                last = offer_id
        except (FeedBroken, ObjectMissing):  # said, and mended, by the comparison of the feed
            logger.exception("pages not compared beyond", extra={"offer": last})
        return PagesFound(wrong + self._repair(odd) + self._lead())

    def _lead(self) -> int:
        try:
            wrong = self.announcer.repair(self.publisher.index(self.now))
        except (FeedBroken, ObjectMissing):
            return 0
        if wrong:
            logger.error("sitemap, feed of news or robots.txt repaired", extra={"wrong": wrong})
        return wrong

    def _offers(self, after: str) -> Iterator[tuple[str, Sides]]:
        index, objects = self.publisher.index(self.now), self.pages.objects
        changed = encoding.told(map(self.publisher.read, index.pending))
        sides: Iterator[Side] = merge(
            ((encoding.id_of(line), "feed", line) for line in self._lines(index)),
            ((offer_id, "since", changed[offer_id]) for offer_id in sorted(changed)),
            _sides("page", objects.tags(PAGES, page_key(after))),
            _sides("record", objects.tags(RECORDS, record_key(after))),
            key=itemgetter(0),
        )
        for offer_id, group in groupby(sides, itemgetter(0)):
            if offer_id > after:
                yield offer_id, {kind: what for _, kind, what in group}

    def _lines(self, index: FeedIndex) -> Iterator[bytes]:
        if index.snapshot is None:
            return iter(())
        key = index.snapshot.source.key
        return lines_of(key, self.publisher.objects.read(key))

    def _differs(self, sides: Sides) -> bool:
        line, tag_of = sides.get("since", sides.get("feed")), self.pages.objects.tag_of
        page, record = (_tag(sides.get(kind)) for kind in ("page", "record"))
        if not isinstance(line, bytes):
            return record is not None or page not in {None, self._gone}
        shown = self.pages.pages.offer(OfferRecord.model_validate_json(line))
        return page != tag_of(shown) or record != tag_of(line + b"\n")

    @cached_property
    def _gone(self) -> str:
        return self.pages.objects.tag_of(self.pages.pages.gone())

    def _repair(self, odd: Mapping[str, Sides]) -> int:
        """Settle them, but for what may be on its way."""
        if not odd:
            return 0
        settled = self.now - IN_FLIGHT
        listed = self._listed(odd, LOOK_BACK)
        # Read again: an offer that changes meanwhile moves to today, which was read already.
        listed |= self._listed(odd.keys() - listed.keys(), timedelta(days=1))
        owners = {
            offer_id: listed[offer_id].recruiter_id if offer_id in listed else None
            for offer_id, sides in odd.items()
            if (listed[offer_id].changed_at if offer_id in listed else _written(sides)) <= settled
        }
        wrong = self.pages.settle(owners, self.now)
        if wrong:
            logger.error("pages repaired", extra={"wrong": wrong, "first": min(owners)})
        return wrong

    def _listed(self, offers: Collection[str], look_back: timedelta) -> dict[str, Listed]:
        parts, when = sorted(set(map(part_of, offers))), days(self.now, look_back)
        store = self.pages.store
        found = (each for part in parts for each in store.listed(part, when))
        return {each.offer_id: each for each in found if each.offer_id in offers}


def _sides(kind: str, tags: Iterable[Tag]) -> Iterator[Side]:
    return ((offer_of(tag.key), kind, tag) for tag in tags)


def _tag(side: Found) -> str | None:
    return side.etag if isinstance(side, Tag) else None


def _written(sides: Sides) -> datetime:
    """When what stands there was last written; never, when nothing does."""
    times = (side.written for side in sides.values() if isinstance(side, Tag))
    return max(times, default=datetime.max.replace(tzinfo=UTC))
