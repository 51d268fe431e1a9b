"""Keep the feed in step with the offers.

A change costs one immutable segment and one small index, whatever the number of live offers. The
segment is created first (it must not exist), then the index names it by compare-and-swap. Two
publishers at once cannot lose anything: whoever finds the next segment already there indexes it
before writing its own.

A snapshot is the previous snapshot with the segments since replayed on it. Offers that end leave
it; if many others vanish at once it is not published, and says so loudly.
"""

import gzip
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from depot.domain.errors import Conflict, DepotError, Outside
from depot.domain.record import OfferRecord, Tombstone, change_of
from depot.feed import encoding
from depot.feed.index import (
    FILES_PREFIX,
    INDEX_KEY,
    Encoding,
    File,
    Index,
    Snapshot,
    describe,
    segment_key,
    snapshot_key,
)
from depot.ports import Objects, Store


logger = logging.getLogger(__name__)

Change = OfferRecord | Tombstone

# Up to this many live offers a snapshot is cheap: it follows each change at once instead of waiting
# for the schedule.
_SMALL: Final = 2000
# This share of the records may vanish at once; small feeds may lose anything.
_MAX_SHRINK: Final = 0.3
_SHRINK_MATTERS_FROM: Final = 100

_LISTED_FOR: Final = timedelta(days=7)  # a later reader starts again from the snapshot
_KEPT_FOR: Final = timedelta(days=1)  # for readers of an older index
_FILE_AGE: Final = 86_400  # seconds a cache may keep a file: its name is used once
_INDEX_AGE: Final = 2  # seconds a cache may keep the index
_NDJSON: Final = "application/x-ndjson"
_JSON: Final = "application/json"


class FeedBroken(DepotError):
    """The feed's files do not hold together: somebody must look."""


class ShrunkSnapshot(FeedBroken):
    """Too many records would vanish at once; the previous snapshot stays."""


def change(offer_id: str, recruiter_id: str, *, store: Store, now: datetime) -> Change:
    """What partners must learn of an offer, read from the store.

    An event may be late, the store is not.
    """
    offer = store.offer(recruiter_id, offer_id)
    return change_of(offer) if offer else Tombstone(id=offer_id, reason="removed", at=now)


@dataclass(frozen=True)
class Publisher:
    """Writes the feed to an object store."""

    objects: Objects

    def publish(self, changes: Sequence[Change], now: datetime) -> int:
        """Publish changes as one segment; give its cursor."""
        body = encoding.pack(encoding.segment(changes))
        while True:
            index, etag = self._index(now)
            cursor = index.cursor + 1
            key = segment_key(cursor)
            try:
                self.objects.create(key, body, content_type=_NDJSON, max_age=_FILE_AGE)
            except Conflict:
                self._adopt(index, etag, now)
                continue
            file = describe(key, body, cursor=cursor, records=len(changes), at=now)
            self._update(partial(Index.with_segment, file=file, at=now), now)
            return cursor

    def snapshot(self, now: datetime, *, accept_shrink: bool = False) -> Index:
        """Bring the snapshot up to the index's cursor; give the index.

        Does nothing when it is up to date. Raises ShrunkSnapshot, unless ``accept_shrink``: an
        operator looked.
        """
        index, _ = self._index(now)
        if index.snapshot and not index.pending:
            return index
        before = self._before(index)
        segments = [self._read(file) for file in index.pending]
        lines = encoding.replay(before, segments)
        if not accept_shrink:
            _guard(len(before), len(before.keys() - lines.keys() - encoding.ended(segments)))
        snapshot = self._write_snapshot(index.cursor, lines, now)
        return self._update(partial(Index.with_snapshot, snapshot=snapshot, at=now), now)

    def follow(self, now: datetime) -> None:
        """After a change: bring a small snapshot up to date at once.

        A large one waits for the schedule. So does one that cannot be made: the change itself is
        out, it must not come again; the schedule raises the alarm.
        """
        index, _ = self._index(now)
        if index.snapshot and index.snapshot.records >= _SMALL:
            return
        try:
            self.snapshot(now)
        except (FeedBroken, Outside):
            logger.exception("snapshot left to the schedule")

    def tidy(self, now: datetime) -> int:
        """Take away what partners no longer need; give how many files went.

        A withdrawn offer leaves no trace after that: segments older than a week leave the index,
        and files it has not named for a day are deleted.
        """
        index = self._update(partial(Index.without_older, than=now - _LISTED_FOR, at=now), now)
        named = {file.path.removeprefix("/") for file in index.files} | {INDEX_KEY}
        gone = [
            key
            for key, written in self.objects.list(FILES_PREFIX)
            if key not in named and not index.may_name(key) and written < now - _KEPT_FOR
        ]
        for key in gone:
            self.objects.delete(key)
        return len(gone)

    def _index(self, now: datetime) -> tuple[Index, str | None]:
        stored = self.objects.get(INDEX_KEY)
        if stored is None:
            return Index(generated_at=now), None
        return Index.model_validate_json(stored.body), stored.etag

    def _swap(self, index: Index, etag: str | None) -> None:
        body = index.model_dump_json(indent=1).encode() + b"\n"
        if etag is None:
            self.objects.create(INDEX_KEY, body, content_type=_JSON, max_age=_INDEX_AGE)
        else:
            self.objects.replace(INDEX_KEY, body, etag=etag, content_type=_JSON, max_age=_INDEX_AGE)

    def _update(self, edit: Callable[[Index], Index], now: datetime) -> Index:
        """Swap the index for an edited one, however many others do so; give what it became."""
        while True:
            index, etag = self._index(now)
            edited = edit(index)
            if edited is index:
                return index
            try:
                self._swap(edited, etag)
            except Conflict:
                continue
            return edited

    def _adopt(self, index: Index, etag: str | None, now: datetime) -> None:
        """Index the segment another publisher created and has not named yet."""
        cursor = index.cursor + 1
        key = segment_key(cursor)
        stored = self.objects.get(key)
        if stored is None:  # indexed, and the index moved, since we read it
            return
        records = len(gzip.decompress(stored.body).splitlines())
        file = describe(key, stored.body, cursor=cursor, records=records, at=now)
        try:
            self._swap(index.with_segment(file, now), etag)
        except Conflict:
            return

    def _before(self, index: Index) -> dict[str, bytes]:
        if index.snapshot is None:
            return {}
        return encoding.parse_ndjson(self._read(index.snapshot.files["ndjson"]))

    def _read(self, file: File) -> bytes:
        return gzip.decompress(self._stored(file.path.removeprefix("/")))

    def _stored(self, key: str) -> bytes:
        stored = self.objects.get(key)
        if stored is None:
            message = f"{key} should be there and is not"
            raise FeedBroken(message)
        return stored.body

    def _write_snapshot(self, cursor: int, lines: encoding.Lines, now: datetime) -> Snapshot:
        bodies: dict[Encoding, tuple[bytes, str]] = {
            "ndjson": (encoding.ndjson(lines), _NDJSON),
            "json": (encoding.json_document(lines, cursor), _JSON),
        }
        files: dict[Encoding, File] = {}
        for name, (body, content_type) in bodies.items():
            key, packed = snapshot_key(cursor, name), encoding.pack(body)
            try:
                self.objects.create(key, packed, content_type=content_type, max_age=_FILE_AGE)
            except Conflict:  # the same lines, by another run whose gzip may give other bytes
                packed = self._stored(key)
            files[name] = describe(key, packed, cursor=cursor, records=len(lines), at=now)
        return Snapshot(cursor=cursor, records=len(lines), files=files)


def _guard(before: int, lost: int) -> None:
    """Refuse to lose many offers at once that nobody ended: they vanished from the table."""
    if before >= _SHRINK_MATTERS_FROM and lost > before * _MAX_SHRINK:
        logger.error("snapshot would shrink too much", extra={"before": before, "lost": lost})
        message = f"{lost} of {before} records would vanish from the snapshot"
        raise ShrunkSnapshot(message)
