"""The index of the feed: the one file whose name a partner must know.

It never names a file that is not there: files are written first, under names used once, and the
index last, by compare-and-swap. Segments older than the snapshot stay listed for a while, for
readers that are late; the index says which is the oldest.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from pydantic import Field, computed_field

from depot.domain.model import Value


INDEX_KEY: Final = "feed/v1/index.json"
FILES_PREFIX: Final = "feed/v1/"
SEGMENTS: Final = f"{FILES_PREFIX}changes/"
SNAPSHOTS: Final = f"{FILES_PREFIX}snapshots/"
SCHEMA_VERSION: Final = "1.0"
# Any name: a program from before an encoding still reads the index that names its file.
Encoding = str
SOURCE: Final[Encoding] = "ndjson"
Bytes = bytes | memoryview
# How many change segments stay listed: a reader that is later than the oldest starts again from the
# snapshot.
MAX_SEGMENTS: Final = 200
RETENTION: Final = timedelta(days=7)  # and how long, at most


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

    @property
    def key(self) -> str:
        """Its name in the object store."""
        return self.path.removeprefix("/")


class Snapshot(Value):
    """Every live offer as of ``cursor``; follow with the changes after it."""

    cursor: int
    records: int
    files: dict[Encoding, File]

    @property
    def source(self) -> File:
        """The file we read ourselves, a record a line: all that is derived is made of it."""
        return self.files[SOURCE]


class FeedIndex(Value):
    """``cursor`` counts change segments; ``changes`` are in order, the last one has that cursor.

    A reader whose cursor is below ``oldest_change_cursor - 1`` starts again from the snapshot. A
    segment is listed for ``retention_days`` at most.
    """

    schema_version: str = Field(SCHEMA_VERSION, pattern=r"^1\.")
    cursor: int = 0
    generated_at: datetime
    snapshot: Snapshot | None = None
    retention_days: int = RETENTION.days
    changes: tuple[File, ...] = ()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def oldest_change_cursor(self) -> int:
        """Cursor of the first segment listed; the next one's when none is."""
        return self.changes[0].cursor if self.changes else self.cursor + 1

    @property
    def pending(self) -> tuple[File, ...]:
        """Segments the snapshot does not hold yet."""
        done = self.snapshot.cursor if self.snapshot else 0
        return tuple(file for file in self.changes if file.cursor > done)

    @property
    def records(self) -> int:
        """How many the snapshot holds."""
        return self.snapshot.records if self.snapshot else 0

    @property
    def files(self) -> tuple[File, ...]:
        """Every file it names."""
        return (*self.changes, *(self.snapshot.files.values() if self.snapshot else ()))

    @property
    def keys(self) -> frozenset[str]:
        """Objects it needs: the files, and the layout of the snapshot."""
        layout = [layout_key(self.snapshot.cursor)] if self.snapshot else []
        return frozenset([INDEX_KEY, *layout, *(file.key for file in self.files)])

    def may_name(self, key: str) -> bool:
        """Whether the index may name this file later.

        Its cursor is beyond all those it names of that kind.

        Its writer may be at work, or dead: then another takes the file up.
        """
        if key.startswith(SEGMENTS):
            return key > segment_key(self.cursor)
        done = self.snapshot.cursor if self.snapshot else -1
        return key.startswith(SNAPSHOTS) and key >= f"{SNAPSHOTS}{done + 1:012d}"

    def with_segment(self, file: File, at: datetime) -> "FeedIndex":
        """One more segment, unless it is there; the oldest leave the list beyond a bound."""
        if self.cursor >= file.cursor:
            return self
        changes = (*self.changes, file)
        kept = max(MAX_SEGMENTS, len(self.pending) + 1)
        return self._next(at, cursor=file.cursor, changes=changes[-kept:])

    def with_snapshot(self, snapshot: Snapshot, at: datetime) -> "FeedIndex":
        """A newer snapshot, unless there is one."""
        if self.snapshot and self.snapshot.cursor >= snapshot.cursor:
            return self
        return self._next(at, snapshot=snapshot)

    def without_older(self, than: datetime, at: datetime) -> "FeedIndex":
        """Without the segments the snapshot holds and written before ``than``."""
        old = [file.cursor for file in self.changes if file.last_modified < than]
        return self.without_first(max(old, default=0), at)

    def without_first(self, upto: int, at: datetime) -> "FeedIndex":
        """Without the segments the snapshot holds, up to a cursor: what is listed has no gap."""
        done = min(upto, self.snapshot.cursor if self.snapshot else 0)
        kept = tuple(file for file in self.changes if file.cursor > done)
        if kept == self.changes:
            return self
        return self._next(at, changes=kept)

    def _next(self, at: datetime, **changes: object) -> "FeedIndex":
        """Of this program's version, whichever wrote the one before."""
        said = {"schema_version": SCHEMA_VERSION, "generated_at": at}
        return self.model_copy(update={**said, **changes})


def segment_key(cursor: int) -> str:
    """Name of the segment that brings a reader to ``cursor``."""
    return f"{SEGMENTS}{cursor:012d}.ndjson.gz"


def snapshot_key(cursor: int, encoding: Encoding) -> str:
    """Name of the snapshot as of ``cursor``."""
    return f"{SNAPSHOTS}{cursor:012d}.{encoding}.gz"


def layout_key(cursor: int) -> str:
    """Name of the layout of that snapshot: ours alone."""
    return f"{SNAPSHOTS}{cursor:012d}.layout"


class Measure:
    """Size and digest of bytes that go by."""

    def __init__(self) -> None:
        """Start from nothing."""
        self.bytes = 0
        self._sha256 = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """Digest of what went by."""
        return self._sha256.hexdigest()

    def of(self, pieces: Iterable[Bytes]) -> Iterator[Bytes]:
        """Let pieces go by."""
        for piece in pieces:
            self.bytes += len(piece)
            self._sha256.update(piece)
            yield piece

    def file(self, key: str, *, cursor: int, records: int, at: datetime) -> File:
        """Index entry of the file these were."""
        return File(
            path=f"/{key}",
            cursor=cursor,
            bytes=self.bytes,
            sha256=self.sha256,
            records=records,
            last_modified=at,
        )


def measured(pieces: Iterable[Bytes]) -> Measure:
    """What they measure, all gone by."""
    measure = Measure()
    for _ in measure.of(pieces):
        pass
    return measure


def describe(key: str, body: bytes, *, cursor: int, records: int, at: datetime) -> File:
    """Index entry of a file as stored."""
    return measured([body]).file(key, cursor=cursor, records=records, at=at)
