"""The index of the feed: the one file whose name a partner must know.

It never names a file that is not there: files are written first, under names used once, and the
index last, by compare-and-swap. Segments older than the snapshot stay listed for a while, for
readers that are late.
"""

import hashlib
from datetime import datetime
from typing import Final, Literal

from depot.domain.model import Value


INDEX_KEY: Final = "feed/v1/index.json"
FILES_PREFIX: Final = "feed/v1/"
_SEGMENTS: Final = f"{FILES_PREFIX}changes/"
_SNAPSHOTS: Final = f"{FILES_PREFIX}snapshots/"
SCHEMA_VERSION: Final = "1.0"
Encoding = Literal["ndjson", "json"]
# How many change segments stay listed: a reader that is later than the oldest starts again from the
# snapshot.
MAX_SEGMENTS: Final = 200


class File(Value):
    """One file: path from the site's origin.

    Size and digest as stored (gzip'd), records, last cursor within.
    """

    path: str
    cursor: int
    bytes: int
    sha256: str
    records: int
    last_modified: datetime


class Snapshot(Value):
    """Every live offer as of ``cursor``; follow with the changes after it."""

    cursor: int
    records: int
    files: dict[Encoding, File]


class Index(Value):
    """``cursor`` counts change segments; ``changes`` are in order, the last one has that cursor."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    cursor: int = 0
    generated_at: datetime
    snapshot: Snapshot | None = None
    changes: tuple[File, ...] = ()

    @property
    def pending(self) -> tuple[File, ...]:
        """Segments the snapshot does not hold yet."""
        done = self.snapshot.cursor if self.snapshot else 0
        return tuple(file for file in self.changes if file.cursor > done)

    @property
    def files(self) -> tuple[File, ...]:
        """Every file it names."""
        return (*self.changes, *(self.snapshot.files.values() if self.snapshot else ()))

    def may_name(self, key: str) -> bool:
        """Whether it may name a file later, being beyond all it names of that kind.

        Its writer may be at work, or dead: then another takes the file up.
        """
        if key.startswith(_SEGMENTS):
            return key > segment_key(self.cursor)
        done = self.snapshot.cursor if self.snapshot else -1
        return key.startswith(_SNAPSHOTS) and key >= f"{_SNAPSHOTS}{done + 1:012d}"

    def with_segment(self, file: File, at: datetime) -> "Index":
        """One more segment, unless it is there; the oldest leave the list beyond a bound."""
        if self.cursor >= file.cursor:
            return self
        changes = (*self.changes, file)
        kept = max(MAX_SEGMENTS, len(self.pending) + 1)
        return self.model_copy(
            update={"cursor": file.cursor, "generated_at": at, "changes": changes[-kept:]}
        )

    def with_snapshot(self, snapshot: Snapshot, at: datetime) -> "Index":
        """A newer snapshot, unless there is one."""
        if self.snapshot and self.snapshot.cursor >= snapshot.cursor:
            return self
        return self.model_copy(update={"snapshot": snapshot, "generated_at": at})

    def without_older(self, than: datetime, at: datetime) -> "Index":
        """Without the segments the snapshot holds and written before ``than``."""
        done = self.snapshot.cursor if self.snapshot else 0
        kept = tuple(f for f in self.changes if f.cursor > done or f.last_modified >= than)
        if kept == self.changes:
            return self
        return self.model_copy(update={"changes": kept, "generated_at": at})


def segment_key(cursor: int) -> str:
    """Name of the segment that brings a reader to ``cursor``."""
    return f"{_SEGMENTS}{cursor:012d}.ndjson.gz"


def snapshot_key(cursor: int, encoding: Encoding) -> str:
    """Name of the snapshot as of ``cursor``."""
    return f"{_SNAPSHOTS}{cursor:012d}.{encoding}.gz"


def describe(key: str, body: bytes, *, cursor: int, records: int, at: datetime) -> File:
    """Index entry of a file as stored."""
    return File(
        path=f"/{key}",
        cursor=cursor,
        bytes=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        records=records,
        last_modified=at,
    )
