"""Lead people and search engines to the pages: sitemap, Atom feed, robots.txt.

They ride the snapshot: one reading of it, whatever the number of changes since the last. A sitemap
is written part by part under names used once, then ``sitemap.xml`` names them; whoever is late
finds a newer one there and leaves it.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator
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
from depot.ports.objects import Objects, put
from depot.usecases.feed.newest import replace_if_newer
from depot.usecases.feed.reading import FeedBroken, lines_of


logger = logging.getLogger(__name__)

_AGE: Final = 300  # seconds a cache may keep what leads to pages
_KEPT_FOR: Final = timedelta(days=1)  # for readers of an older index


def _same(_: bytes) -> int:
    """As of which cursor is what does not change with it."""
    return 0


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

    def follow(self, index: FeedIndex) -> None:
        """After a snapshot that followed a change; what fails is left to the schedule."""
        try:
            self.announce(index)
        except (FeedBroken, ObjectMissing, Outside):
            logger.exception("sitemap left to the schedule")

    def announce(self, index: FeedIndex) -> bool:
        """Say what the snapshot holds, unless that is said already."""
        snapshot = index.snapshot
        if snapshot is None or self._said() >= snapshot.cursor:
            return False
        newest, write = _Newest(), partial(replace_if_newer, self.objects)
        keys = list(self._upload(self._parts(snapshot, newest)))
        robots = sitemap.robots(self.site)
        write(ROBOTS_KEY, robots, TEXT, cursor_of=lambda body: body == robots)
        write(ATOM_KEY, self._atom(snapshot, newest), ATOM, cursor_of=atom.cursor_of)
        body = sitemap.index(self.site, keys)
        return write(SITEMAP_KEY, body, XML, cursor_of=sitemap.cursor_of)

    def repair(self, index: FeedIndex) -> int:
        """Make again what was announced of this snapshot; give how many files were wrong.

        What is not announced yet, or is newer, is left to whoever announces it.
        """
        snapshot = index.snapshot
        if snapshot is None or self._said() != snapshot.cursor:
            return 0
        newest, keys = _Newest(), []
        wrong = 0
        for key, pieces in self._parts(snapshot, newest):
            keys.append(key)
            wrong += self._mend(key, b"".join(pieces), XML)
        wrong += self._mend(ROBOTS_KEY, sitemap.robots(self.site), TEXT)
        wrong += self._mend(ATOM_KEY, self._atom(snapshot, newest), ATOM, atom.cursor_of)
        index_of_parts = sitemap.index(self.site, keys)
        return wrong + self._mend(SITEMAP_KEY, index_of_parts, XML, sitemap.cursor_of)

    def _mend(
        self, key: str, body: bytes, kind: str, cursor_of: Callable[[bytes], int] = _same
    ) -> bool:
        """Write over what differs, unless it is newer; whoever writes meanwhile knows better."""
        stored = self.objects.get(key)
        if stored and (stored.body == body or cursor_of(stored.body) > cursor_of(body)):
            return False
        over = stored.etag if stored else None
        with suppress(Conflict):
            put(self.objects, key, body, over=over, content_type=kind, max_age=_AGE)
        return True

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

    def _atom(self, snapshot: Snapshot, newest: _Newest) -> bytes:
        at = snapshot.source.last_modified
        return atom.atom(self.service, self.site, newest.records, snapshot.cursor, at)

    def _upload(self, parts: Iterable[tuple[str, Iterator[bytes]]]) -> Iterator[str]:
        for key, pieces in parts:
            with suppress(Conflict):  # the same, by another run
                self.objects.upload(key, pieces, content_type=XML, max_age=_AGE)
            yield key

    def _parts(self, snapshot: Snapshot, newest: _Newest) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Each part and its pieces, to be read before the next."""
        source = snapshot.source.key
        entries = newest.of(lines_of(source, self.objects.read(source)))
        for number in range(1, max(1, -(-snapshot.records // sitemap.MOST)) + 1):
            pieces = sitemap.part(self.site, islice(entries, sitemap.MOST))
            yield sitemap_part_key(snapshot.cursor, number), pieces
