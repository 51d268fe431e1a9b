"""Keep the feed in step with the offers.

A change costs one immutable segment and one small index, whatever the number of live offers. The
segment is created first (it must not exist), then the index names it by compare-and-swap. Two
publishers at once cannot lose anything: whoever finds the next segment already there indexes it
before writing its own.

A snapshot is the previous one with the segments since replayed on it, a bounded number at a time
(feed_snapshot). Offers that end leave it; if many others vanish at once it is not published, and
says so loudly.
"""

import gzip
import logging
import zlib
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import accumulate
from typing import Final

from depot.domain.errors import Conflict, ObjectMissing, Outside
from depot.domain.feed.record import OfferRecord, Tombstone, change_of
from depot.feed import encoding
from depot.feed.index import (
    INDEX_KEY,
    RETENTION,
    SEGMENTS,
    SNAPSHOTS,
    FeedIndex,
    File,
    Snapshot,
    describe,
    segment_key,
)
from depot.feed.json_files import JSON, NDJSON
from depot.ports.objects import Objects, put
from depot.ports.store import Store
from depot.usecases.feed.reading import Before, FeedBroken
from depot.usecases.feed.snapshot import FILE_AGE, SnapshotWriter


logger = logging.getLogger(__name__)

Change = OfferRecord | Tombstone

# Up to this many live offers a snapshot is cheap: it follows each change at once instead of waiting
# for the schedule.
_SMALL: Final = 2000
# This share of the records may vanish at once; small feeds may lose anything.
_MAX_SHRINK: Final = 0.3
_SHRINK_MATTERS_FROM: Final = 100

# Changes replayed at once: they are in memory. Later ones make the next snapshot, at once as well.
_AT_ONCE: Final = 5000

_KEPT_FOR: Final = timedelta(days=1)  # for readers of an older index
_REMEMBERED_FOR: Final = timedelta(minutes=5)
_INDEX_AGE: Final = 2  # seconds a cache may keep the index


class ShrunkSnapshot(FeedBroken):
    """Too many records would vanish at once; the previous snapshot stays."""


def change(offer_id: str, recruiter_id: str, *, store: Store, now: datetime) -> Change:
    """What partners must learn of an offer, read from the store.

    Events may be late; the store is not.
    """
    offer = store.offer(recruiter_id, offer_id)
    return change_of(offer) if offer else Tombstone(id=offer_id, reason="removed", at=now)


@dataclass
class Publisher:
    """Writes the feed to an object store.

    It remembers the index it wrote last: while nobody else writes, a change reads nothing.
    """

    objects: Objects
    _written: tuple[FeedIndex, str, datetime] | None = field(default=None, repr=False)

    def publish(self, changes: Sequence[Change], now: datetime) -> int:
        """Publish changes as one segment; give its cursor."""
        body = encoding.pack(encoding.segment(changes))
        while True:
            index, etag = self._remembered(now) or self._index(now)
            cursor = index.cursor + 1
            key = segment_key(cursor)
            try:
                self.objects.create(key, body, content_type=NDJSON, max_age=FILE_AGE)
            except Conflict:
                self._name(cursor, now)
                continue
            file = describe(key, body, cursor=cursor, records=len(changes), at=now)
            try:
                self._swap(index.with_segment(file, now), etag, now)
            except Conflict:
                self._name(cursor, now)
            return cursor

    def snapshot(self, now: datetime, *, accept_shrink: bool = False) -> FeedIndex:
        """Bring the snapshot up to the index's cursor; give the index.

        Does nothing when it is up to date. Raises ShrunkSnapshot, unless ``accept_shrink``: an
        operator looked.
        """
        index = self.index(now)
        if not accept_shrink and (before := index.records) >= _SHRINK_MATTERS_FROM:
            guard(before, len(encoding.vanished(map(self.read, index.pending))))
        held = index.records
        while index.pending or index.snapshot is None:
            index = self._catch_up(index, now)
        if not index.records and held >= _SHRINK_MATTERS_FROM:
            logger.error("feed became empty", extra={"before": held})
        return index

    def replace(self, damaged: Collection[str], unreadable: Collection[str], now: datetime) -> None:
        """Do without damaged files, when what they said was published again.

        A new snapshot is written whole, from all that can be read; then the damaged segments and
        those before them leave the index: who has not read them is late.
        """
        index = self.index(now)
        snapshot = index.snapshot
        needed = [*(snapshot.files.values() if snapshot else ()), *index.pending]
        if snapshot and any(file.key in damaged for file in needed):
            if not index.pending:
                self.publish((), now)  # names are used once: a new snapshot has a new cursor
                index = self.index(now)
            lost = snapshot.source.key in unreadable
            before = Before(self.objects, None if lost else snapshot, trusted=False)
            made, pending = self._advance(before, index.pending, now, unreadable)
            while pending:
                before = Before.load(self.objects, made)
                made, pending = self._advance(before, pending, now, unreadable)
            self._update(partial(FeedIndex.with_snapshot, snapshot=made, at=now), now)
        last = max((file.cursor for file in index.changes if file.key in damaged), default=0)
        self._update(partial(FeedIndex.without_first, upto=last, at=now), now)

    def _catch_up(self, index: FeedIndex, now: datetime) -> FeedIndex:
        """One snapshot further.

        With every segment it does not hold yet, or as many as can be replayed at once.
        """
        before = Before.load(self.objects, index.snapshot)
        snapshot, _ = self._advance(before, index.pending, now)
        return self._update(partial(FeedIndex.with_snapshot, snapshot=snapshot, at=now), now)

    def _advance(
        self,
        before: Before,
        pending: tuple[File, ...],
        now: datetime,
        without: Collection[str] = (),
    ) -> tuple[Snapshot, tuple[File, ...]]:
        """Write a snapshot that holds some segments more; give it, and the segments left."""
        taken = _at_once(pending)
        cursor = taken[-1].cursor if taken else 0  # nothing was ever published
        told = encoding.told(self.read(file) for file in taken if file.key not in without)
        try:
            snapshot = SnapshotWriter(self.objects, before, told, cursor, now).write()
        except ObjectMissing as error:
            message = f"{error} should be there and is not"
            raise FeedBroken(message) from error
        return snapshot, pending[len(taken) :]

    def follow(self, now: datetime) -> FeedIndex | None:
        """After a change: bring a small snapshot up to date at once; give the index then.

        A large one waits for the schedule. So does one that cannot be made: the change itself is
        out, it must not come again; the schedule raises the alarm.
        """
        index = self.index(now)
        if index.records >= _SMALL:
            return None
        try:
            return self.snapshot(now)
        except (FeedBroken, Outside):
            logger.exception("snapshot left to the schedule")
            return None

    def tidy(self, now: datetime) -> int:
        """Take away what partners no longer need; give how many files went.

        A withdrawn offer leaves no trace after that: segments older than a week leave the index,
        and files it has not named for a day are deleted.
        """
        index = self._update(partial(FeedIndex.without_older, than=now - RETENTION, at=now), now)
        gone = [
            key
            for prefix in (SEGMENTS, SNAPSHOTS)
            for key, written in self.objects.list(prefix)
            if key not in index.keys and not index.may_name(key) and written < now - _KEPT_FOR
        ]
        for key in gone:
            self.objects.delete(key)
        return len(gone)

    def index(self, now: datetime) -> FeedIndex:
        """What the index says; an empty one before there is any."""
        return self._index(now)[0]

    def _index(self, now: datetime) -> tuple[FeedIndex, str | None]:
        stored = self.objects.get(INDEX_KEY)
        if stored is None:
            return FeedIndex(generated_at=now), None
        return FeedIndex.model_validate_json(stored.body), stored.etag

    def _remembered(self, now: datetime) -> tuple[FeedIndex, str] | None:
        """The index as last written, unless so long ago that segments may have been tidied away."""
        if self._written is None or not timedelta() <= now - self._written[2] < _REMEMBERED_FOR:
            return None
        return self._written[:2]

    def _swap(self, index: FeedIndex, etag: str | None, now: datetime) -> None:
        body = index.model_dump_json(indent=1).encode() + b"\n"
        self._written = None
        tag = put(self.objects, INDEX_KEY, body, over=etag, content_type=JSON, max_age=_INDEX_AGE)
        self._written = (index, tag, now)

    def _update(self, edit: Callable[[FeedIndex], FeedIndex], now: datetime) -> FeedIndex:
        """Swap the index for an edited one, retrying while others do the same; give the result."""
        while True:
            index, etag = self._index(now)
            edited = edit(index)
            if edited is index:
                return index
            try:
                self._swap(edited, etag, now)
            except Conflict:
                continue
            return edited

    def _name(self, upto: int, now: datetime) -> None:
        """Index the segments that are there and not named yet, whoever created them."""
        self._written = None
        while True:
            index, etag = self._index(now)
            if index.cursor >= upto:
                return
            cursor = index.cursor + 1
            stored = self.objects.get(key := segment_key(cursor))
            if stored is None:
                message = f"{key} should be there and is not"
                raise FeedBroken(message)
            records = len(gzip.decompress(stored.body).splitlines())
            file = describe(key, stored.body, cursor=cursor, records=records, at=now)
            with suppress(Conflict):  # the index moved: look again
                self._swap(index.with_segment(file, now), etag, now)

    def read(self, file: File) -> bytes:
        """A segment, unpacked. Raises FeedBroken."""
        stored = self.objects.get(file.key)
        if stored is None:
            message = f"{file.key} should be there and is not"
            raise FeedBroken(message)
        try:
            return gzip.decompress(stored.body)
        except (OSError, EOFError, zlib.error) as error:
            message = f"{file.key} is not what it was"
            raise FeedBroken(message) from error


def guard(before: int, lost: int) -> None:
    """Refuse to lose many offers at once that nobody ended: they vanished from the table."""
    if before >= _SHRINK_MATTERS_FROM and lost > before * _MAX_SHRINK:
        logger.error("feed would shrink too much", extra={"before": before, "lost": lost})
        message = f"{lost} of {before} records would vanish from the feed"
        raise ShrunkSnapshot(message)


def _at_once(pending: tuple[File, ...]) -> tuple[File, ...]:
    """The first segments, one at least, of as many changes as are replayed at once."""
    totals = accumulate(file.records for file in pending)
    return pending[: max(1, sum(total <= _AT_ONCE for total in totals))]
