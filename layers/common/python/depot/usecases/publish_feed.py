"""Keep the feed in step with the offers.

A change costs one immutable segment and one small index, whatever the number of live offers. The
segment is created first (it must not exist), then the index names it by compare-and-swap. Two
publishers at once cannot lose anything: whoever finds the next segment already there indexes it
before writing its own.

A snapshot is the previous snapshot with the segments since replayed on it; a snapshot that lost too
much at once is not published, and says so loudly.
"""

import gzip
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from depot.domain.errors import Conflict
from depot.domain.record import OfferRecord, Tombstone, change_of
from depot.feed import encoding
from depot.feed.index import (
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
# A snapshot may lose this share of its records at once; small feeds may lose anything.
_MAX_SHRINK: Final = 0.3
_SHRINK_MATTERS_FROM: Final = 100

_YEAR: Final = 31_536_000
_INDEX_AGE: Final = 2  # seconds a cache may keep the index
_NDJSON: Final = "application/x-ndjson"
_JSON: Final = "application/json"


class ShrunkSnapshot(Exception):
    """The snapshot would lose too many records at once; the previous one stays."""


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
                self.objects.create(key, body, content_type=_NDJSON, max_age=_YEAR)
            except Conflict:
                self._adopt(index, etag, now)
                continue
            file = describe(key, body, cursor=cursor, records=len(changes), at=now)
            self._name(file, now)
            return cursor

    def snapshot(self, now: datetime) -> Index:
        """Bring the snapshot up to the index's cursor; give the index.

        Does nothing when it is up to date.
        """
        index, _ = self._index(now)
        if index.snapshot and not index.pending:
            return index
        lines = self._lines(index)
        _guard(index, len(lines))
        snapshot = self._write_snapshot(index.cursor, lines, now)
        return self._name_snapshot(snapshot, now)

    def follow(self, now: datetime) -> None:
        """After a change: bring a small snapshot up to date at once.

        A large one waits for the schedule.
        """
        index, _ = self._index(now)
        if index.snapshot and index.snapshot.records >= _SMALL:
            return
        with suppress(
            ShrunkSnapshot
        ):  # already said; the change itself is out, the schedule raises the alarm
            self.snapshot(now)

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

    def _name(self, file: File, now: datetime) -> None:
        """Have the index name a segment that exists; somebody else may do it first."""
        while True:
            index, etag = self._index(now)
            if index.cursor >= file.cursor:
                return
            try:
                self._swap(index.with_segment(file, now), etag)
            except Conflict:
                continue
            return

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

    def _lines(self, index: Index) -> dict[str, bytes]:
        before: dict[str, bytes] = {}
        if index.snapshot:
            before = encoding.parse_ndjson(self._read(index.snapshot.files["ndjson"]))
        return encoding.replay(before, (self._read(file) for file in index.pending))

    def _read(self, file: File) -> bytes:
        return gzip.decompress(self._stored(file.path.removeprefix("/")))

    def _stored(self, key: str) -> bytes:
        stored = self.objects.get(key)
        if stored is None:
            message = f"{key} should be there and is not"
            raise LookupError(message)
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
                self.objects.create(key, packed, content_type=content_type, max_age=_YEAR)
            except Conflict:  # the same lines, by another run whose gzip may give other bytes
                packed = self._stored(key)
            files[name] = describe(key, packed, cursor=cursor, records=len(lines), at=now)
        return Snapshot(cursor=cursor, records=len(lines), files=files)

    def _name_snapshot(self, snapshot: Snapshot, now: datetime) -> Index:
        while True:
            index, etag = self._index(now)
            if index.snapshot and index.snapshot.cursor >= snapshot.cursor:
                return index
            updated = index.with_snapshot(snapshot, now)
            try:
                self._swap(updated, etag)
            except Conflict:
                continue
            return updated


def _guard(index: Index, records: int) -> None:
    before = index.snapshot.records if index.snapshot else 0
    if before >= _SHRINK_MATTERS_FROM and records < before * (1 - _MAX_SHRINK):
        logger.error("snapshot would shrink too much", extra={"before": before, "after": records})
        message = f"the snapshot would go from {before} records to {records}"
        raise ShrunkSnapshot(message)
