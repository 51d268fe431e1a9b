"""A feed in memory, and what a partner reads of it."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import NAMESPACE_OID, uuid5

from depot.domain.feed.record import OfferRecord, Tombstone, record_of
from depot.feed.encoder import Encoder, Records
from depot.feed.encoding import ENCODERS
from depot.feed.index import INDEX_KEY, FeedIndex, File
from depot.usecases.feed.publish_feed import Change, Publisher
from scripts.feed_schema import DOCS
from tests.builders import NOW, an_offer
from tests.fakes import MemoryObjects
from tests.world import Crash


Reason = Literal["filled", "cancelled", "expired", "removed"]
Live = dict[str, OfferRecord]


def record(offer_id: str = "o1", openings: int = 1) -> OfferRecord:
    return record_of(an_offer(offer_id, openings=openings))


def records(number: int) -> list[Change]:
    first = record()
    return [first.model_copy(update={"id": f"o{rank}"}) for rank in range(number)]


def spread(number: int, start: int = 0) -> list[OfferRecord]:
    """Records whose ids are spread as those of offers are, so over several shards."""
    first = record()
    ids = (uuid5(NAMESPACE_OID, str(rank)).hex for rank in range(start, start + number))
    return [first.model_copy(update={"id": offer_id}) for offer_id in ids]


def tombstone(offer_id: str = "o1", reason: Reason = "filled") -> Tombstone:
    return Tombstone(id=offer_id, reason=reason, at=NOW)


class CrashAtTheIndex(MemoryObjects):
    """A writer that dies between its segment and the index."""

    def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
        if key == INDEX_KEY:
            raise Crash
        return super().create(key, body, content_type=content_type, max_age=max_age)


class Feed:
    """A feed and what a partner reads of it."""

    def __init__(self) -> None:
        self.objects = MemoryObjects()
        self.publisher = Publisher(self.objects)

    def publish(self, *changes: Change, now: datetime = NOW) -> int:
        return self.publisher.publish(changes, now)

    @property
    def index(self) -> FeedIndex:
        return FeedIndex.model_validate_json(self.objects.kept[INDEX_KEY])

    def read(self, file: File) -> bytes:
        return gzip.decompress(self.objects.kept[file.path.removeprefix("/")])

    def changes_after(self, cursor: int, upto: int | None = None) -> Iterator[Change]:
        for file in self.index.changes:
            if cursor < file.cursor <= (upto or file.cursor):
                for line in self.read(file).splitlines():
                    told = json.loads(line)
                    if told.pop("op") == "upsert":
                        yield OfferRecord.model_validate(told["offer"])
                    else:
                        yield Tombstone.model_validate(told)

    def snapshot(self) -> tuple[int, Live]:
        found = self.index.snapshot
        assert found is not None
        texts = {name: self.read(file) for name, file in found.files.items()}
        lines = texts["ndjson"].splitlines()
        assert texts == {row.name: whole_file(row, found.cursor, lines) for row in ENCODERS}
        records = [OfferRecord.model_validate_json(line) for line in lines]
        return found.cursor, {record.id: record for record in records}

    def follow(self, live: Live, cursor: int) -> Live:
        return fold(live, self.changes_after(cursor))

    def check(self) -> None:
        """Whatever is going on, what the index says is true."""
        if INDEX_KEY not in self.objects.kept:
            return
        index = self.index
        files = [*index.changes, *(index.snapshot.files.values() if index.snapshot else ())]
        for file in files:
            body = self.objects.kept[file.path.removeprefix("/")]
            assert (file.bytes, file.sha256) == (len(body), hashlib.sha256(body).hexdigest())
        cursors = [file.cursor for file in index.changes]
        assert cursors == list(range(index.cursor - len(cursors) + 1, index.cursor + 1))
        if index.snapshot:
            assert index.snapshot.cursor <= index.cursor


def documented() -> dict[str, Any]:
    """The code of the documentation, as a partner would paste it: what it defines, by name."""
    text = (DOCS / "README.md").read_text("utf-8")
    names: dict[str, Any] = {}
    for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(compile(code, "docs/feed/README.md", "exec"), names)  # noqa: S102 - our own
    return names


def whole_file(encoder: Encoder, cursor: int, lines: Sequence[bytes]) -> bytes:
    """A snapshot of these records, written in one go."""
    return encoder.header(cursor) + encoder.member(Records(lines)) + encoder.footer


def fold(live: Live, changes: Iterator[Change]) -> Live:
    """Apply changes the plain way: a dictionary."""
    live = dict(live)
    for told in changes:
        if isinstance(told, Tombstone):
            live.pop(told.id, None)
        else:
            live[told.id] = told
    return live


def documents(changes: Iterator[Change]) -> dict[str, Any]:
    """The same, as the JSON a partner keeps."""
    live: dict[str, Any] = {}
    for change in changes:
        if isinstance(change, Tombstone):
            live.pop(change.id, None)
        else:
            live[change.id] = change.model_dump(mode="json")
    return live
