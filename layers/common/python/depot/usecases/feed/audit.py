"""Everything the feed says, read without trusting any of it."""

import gzip
import json
import zlib
from dataclasses import dataclass, field
from datetime import datetime

from depot.domain.errors import ObjectMissing
from depot.feed import encoding
from depot.feed.index import SOURCE, FeedIndex, File, Measure, measured
from depot.feed.parts import PARTS, digest, part_of
from depot.ports.objects import Objects
from depot.usecases.feed.reading import FeedBroken, lines_of


_WRONG = (FeedBroken, ObjectMissing, ValueError, KeyError, TypeError, OSError, EOFError, zlib.error)


@dataclass
class Audit:
    """What the feed says as of its index: the digest of each record, part by part.

    ``recent``: offers whose record is newer than ``settled``. ``damaged``: files that are not as
    the index describes them; ``unreadable``: those that cannot be read at all.
    """

    objects: Objects
    index: FeedIndex
    settled: datetime
    parts: list[dict[str, str]] = field(default_factory=list)
    recent: set[str] = field(default_factory=set)
    damaged: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read every file the index names; memory grows with the number of offers, 200 B each."""
        self.parts = [{} for _ in range(PARTS)]
        snapshot = self.index.snapshot
        for name, file in snapshot.files.items() if snapshot else ():
            self._snapshot(file, source=name == SOURCE)
        for file in self.index.changes:
            self._segment(file, pending=file in self.index.pending)

    def _snapshot(self, file: File, *, source: bool) -> None:
        measure, last = Measure(), ""
        try:
            for line in lines_of(file.key, measure.of(self.objects.read(file.key))):
                if source:
                    last = self._next(line, last)
        except _WRONG:
            self._lose(file)
            if source:
                self.parts = [{} for _ in range(PARTS)]
        else:
            self._compare(file, measure)

    def _next(self, line: bytes, last: str) -> str:
        offer_id = self._note(line)
        if offer_id <= last:
            raise FeedBroken(offer_id)
        return offer_id

    def _segment(self, file: File, *, pending: bool) -> None:
        try:
            body = b"".join(self.objects.read(file.key))
            told = encoding.told([gzip.decompress(body)])
        except _WRONG:
            self._lose(file)
            return
        self._compare(file, measured([body]))
        for offer_id, line in told.items() if pending else ():
            if line is None:
                self.parts[part_of(offer_id)].pop(offer_id, None)
            else:
                self._note(line)

    def _note(self, line: bytes) -> str:
        record = json.loads(line)
        offer_id: str = record["id"]
        self.parts[part_of(offer_id)][offer_id] = digest(line)
        if datetime.fromisoformat(record["updated_at"]) > self.settled:
            self.recent.add(offer_id)
        return offer_id

    def _compare(self, file: File, measure: Measure) -> None:
        if (measure.bytes, measure.sha256) != (file.bytes, file.sha256):
            self.damaged.add(file.key)

    def _lose(self, file: File) -> None:
        self.damaged.add(file.key)
        self.unreadable.add(file.key)
