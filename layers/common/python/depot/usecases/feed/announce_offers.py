"""Lead people and search engines to the pages: sitemap, Atom feed, robots.txt.

They ride the snapshot: one reading of it, whatever the number of changes since the last. A sitemap
is written part by part under names used once, then ``sitemap.xml`` names them; whoever is late
finds a newer one there and leaves it.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappush, heappushpop
from itertools import islice
from typing import Final

from depot.domain.errors import Conflict, ObjectMissing, Outside
from depot.domain.feed.record import OfferRecord
from depot.feed import atom, sitemap
from depot.feed.index import FeedIndex, Snapshot
from depot.feed.public import (
    ATOM,
    ATOM_KEY,
    ROBOTS_KEY,
    SITEMAP_KEY,
    SITEMAP_PARTS,
    TEXT,
    XML,
    sitemap_part_key,
)
from depot.ports.objects import Objects
from depot.usecases.feed.newest import replace_if_newer
from depot.usecases.feed.reading import FeedBroken, lines_of


logger = logging.getLogger(__name__)

_AGE: Final = 300  # seconds a cache may keep what leads to pages
_KEPT_FOR: Final = timedelta(days=1)  # for readers of an older index


@dataclass
class _Newest:
    """The lines of the offers published last, among those that go by."""

    heap: list[tuple[str, bytes]] = field(default_factory=list)

    def of(self, lines: Iterator[bytes]) -> Iterator[sitemap.Entry]:
        for line in lines:
            record = json.loads(line)
            push = heappush if len(self.heap) < atom.NEWEST else heappushpop
            push(self.heap, (record["published_at"], line))
            yield sitemap.Entry(record["id"], record["updated_at"])

    @property
    def records(self) -> Iterator[OfferRecord]:
        return (OfferRecord.model_validate_json(line) for _, line in sorted(self.heap)[::-1])


@dataclass(frozen=True)
class Announcer:
    """Writes them for a service at ``site``, its origin."""

    objects: Objects
    site: str
    service: str

    def follow(self, index: FeedIndex, now: datetime) -> None:
        """After a snapshot that followed a change; what fails is left to the schedule."""
        try:
            self.announce(index, now)
        except (FeedBroken, ObjectMissing, Outside):
            logger.exception("sitemap left to the schedule")

    def announce(self, index: FeedIndex, now: datetime) -> bool:
        """Say what the snapshot holds, unless that is said already."""
        snapshot = index.snapshot
        if snapshot is None or self._said() >= snapshot.cursor:
            return False
        newest = _Newest()
        keys = list(self._parts(snapshot, newest))
        cursor, write = snapshot.cursor, partial(replace_if_newer, self.objects)
        robots = sitemap.robots(self.site)
        write(ROBOTS_KEY, robots, TEXT, cursor_of=lambda body: body == robots)
        body = atom.atom(self.service, self.site, newest.records, cursor, now)
        write(ATOM_KEY, body, ATOM, cursor_of=atom.cursor_of)
        body = sitemap.index(self.site, keys)
        return write(SITEMAP_KEY, body, XML, cursor_of=sitemap.cursor_of)

    def tidy(self, now: datetime) -> int:
        """Take away parts no sitemap has named for a day; give how many went."""
        stored = self.objects.get(SITEMAP_KEY)
        named = stored.body if stored else b""
        gone = [
            key
            for key, written in self.objects.list(SITEMAP_PARTS)
            if f"/{key}<".encode() not in named and written < now - _KEPT_FOR
        ]
        for key in gone:
            self.objects.delete(key)
        return len(gone)

    def _said(self) -> int:
        stored = self.objects.get(SITEMAP_KEY)
        return sitemap.cursor_of(stored.body) if stored else -1

    def _parts(self, snapshot: Snapshot, newest: _Newest) -> Iterator[str]:
        source = snapshot.source.key
        entries = newest.of(lines_of(source, self.objects.read(source)))
        for number in range(1, max(1, -(-snapshot.records // sitemap.MOST)) + 1):
            key = sitemap_part_key(snapshot.cursor, number)
            pieces = sitemap.part(self.site, islice(entries, sitemap.MOST))
            with suppress(Conflict):  # the same, by another run
                self.objects.upload(key, pieces, content_type=XML, max_age=_AGE)
            yield key
