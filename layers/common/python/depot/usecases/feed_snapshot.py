"""A snapshot, from the one before and what was told since.

The first file is written from the lines of the one before, the others from the first. Blocks that
did not change are copied, compressed as they are; without a layout of the snapshot before, or when
the number of shards moves, everything is written again.

Names are used once and the index decides: two runs at once, at one cursor or at two, each write a
whole snapshot or none.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from depot.domain.errors import Conflict
from depot.feed.blocks import HEADER, Block, block, joined, trailer
from depot.feed.encoding import ENCODERS, Encoder, apply, renewed, shape
from depot.feed.index import (
    Encoding,
    File,
    Measure,
    Snapshot,
    layout_key,
    measured,
    snapshot_key,
)
from depot.feed.layout import FileLayout, Layout, Shards, grouped, shards_for
from depot.ports.objects import Objects, Piece
from depot.usecases.feed_reading import (
    Before,
    FeedBroken,
    Reader,
    lines_of,
    regrouped,
)


FILE_AGE: Final = 86_400  # seconds a cache may keep a file: its name is used once
_LAYOUT: Final = "application/octet-stream"

Fresh = Iterator[tuple[int, Sequence[bytes]]]  # shards to write, in order, with their lines


@dataclass
class Making:
    """One file on its way: blocks written anew among blocks copied from the file before."""

    row: Encoder
    cursor: int
    shards: int
    fresh: Fresh
    old: Reader | None
    first: int  # the shard no separator leads
    head: int = 0
    blocks: list[Block] = field(default_factory=list)
    groups: Sequence[Block] = ()
    _touched: set[int] = field(default_factory=set)

    def pieces(self) -> Iterator[Piece]:
        """All of it."""
        head, heading = block(self.row.header(self.cursor))
        self.head = len(HEADER) + len(head)
        yield HEADER + head
        for shard, lines in self.fresh:
            yield from self._copied(shard)
            yield self._written(shard, lines)
        yield from self._copied(self.shards)
        foot, ending = block(self.row.footer)
        known = self.old.file.groups if self.old else ()
        self.groups = grouped(self.blocks, known, self._touched)
        yield foot + trailer(joined([heading, *self.groups, ending]))

    def layout(self, sha256: str) -> FileLayout:
        """Where its blocks are, once it is whole."""
        return FileLayout(sha256, self.head, self.blocks, self.groups)

    def _written(self, shard: int, lines: Sequence[bytes]) -> bytes:
        lead = self.row.separator if lines and shard != self.first else b""
        body, about = block(lead + self.row.member(lines))
        self.blocks.append(about)
        self._touched.add(shard)
        return body

    def _copied(self, upto: int) -> Iterator[Piece]:
        at = len(self.blocks)
        if self.old is not None and at < upto:
            self.blocks.extend(self.old.file.blocks[at:upto])
            yield from self.old.blocks(at, upto)


@dataclass(frozen=True)
class Made:
    """A file as stored, and its blocks, unless another run compressed it otherwise."""

    file: File
    layout: FileLayout | None


@dataclass
class SnapshotWriter:
    """Writes the snapshot as of ``cursor``."""

    objects: Objects
    before: Before
    changes: Mapping[str, bytes | None]
    cursor: int
    now: datetime

    def __post_init__(self) -> None:
        """See how many shards there will be, and which of them something was told of."""
        arrivals = sum(line is not None for line in self.changes.values())
        self._count = shards_for(self.before.records + arrivals)
        self._shards = Shards.of(self._count)
        self._told: dict[int, dict[str, bytes | None]] = defaultdict(dict)
        for offer_id, line in self.changes.items():
            self._told[self._shards.of_id(offer_id)][offer_id] = line
        layout = self.before.layout
        self._layout = layout if layout and layout.shards == self._count else None
        self._records = list(self._layout.records) if self._layout else [0] * self._count

    def write(self) -> Snapshot:
        """Write every file, then the layout; give what the index must say."""
        first, *others = ENCODERS
        source = self._write(first, self._changed(), self._before(first.name))
        made = {first.name: source, **{row.name: self._derive(row, source) for row in others}}
        layouts = {name: each.layout for name, each in made.items() if each.layout}
        if self._count > 1 and len(layouts) == len(made):
            self._keep(Layout(shape(), self._records, layouts))
        files = {name: each.file for name, each in made.items()}
        return Snapshot(cursor=self.cursor, records=sum(self._records), files=files)

    def _changed(self) -> Fresh:
        """Shards of the source something was told of, or all of them, with their lines now."""
        for shard, lines in self._before_lines():
            after = apply(lines, self._told.get(shard, {}))
            self._records[shard] = len(after)
            yield shard, list(after.values())

    def _before_lines(self) -> Fresh:
        if self._layout is None:
            known = self.before.layout is not None  # else by another program, perhaps
            every = self.before.lines() if known else map(renewed, self.before.lines())
            yield from regrouped(every, self._shards)
            return
        old = self._before(ENCODERS[0].name)
        wanted = sorted(self._told)
        for shard, lines in old.shards(wanted) if old else ():
            if len(lines) != self._layout.records[shard]:
                message = f"{len(lines)} records in shard {shard} of {self._layout.records[shard]}"
                raise FeedBroken(message)
            yield shard, lines

    def _derive(self, row: Encoder, source: Made) -> Made:
        """Write another file from the lines of the source."""
        old, first = self._before(row.name), _first(self._records)
        if source.layout is None:
            lines = lines_of(source.file.key, self.objects.read(source.file.key))
            return self._write(row, regrouped(lines, self._shards), None, first)
        stale = set(range(self._count))
        if old and self._layout:
            stale &= {*self._told, first, _first(self._layout.records)}
        reader = Reader(self.objects, source.file.key, source.layout)
        return self._write(row, reader.shards(sorted(stale)), old, first)

    def _write(self, row: Encoder, fresh: Fresh, old: Reader | None, first: int = 0) -> Made:
        making = Making(row, self.cursor, self._count, fresh, old, first)
        measure, key = Measure(), snapshot_key(self.cursor, row.name)
        try:
            pieces = measure.of(making.pieces())
            self.objects.upload(key, pieces, content_type=row.content_type, max_age=FILE_AGE)
        except Conflict:  # the same records, by another run, whose gzip may give other bytes
            stored = measured(self.objects.read(key))
            if stored.sha256 != measure.sha256:
                return Made(self._describe(stored, key), None)
        return Made(self._describe(measure, key), making.layout(measure.sha256))

    def _describe(self, measure: Measure, key: str) -> File:
        return measure.file(key, cursor=self.cursor, records=sum(self._records), at=self.now)

    def _before(self, name: Encoding) -> Reader | None:
        return self.before.reader(name) if self._layout else None

    def _keep(self, layout: Layout) -> None:
        key, body = layout_key(self.cursor), layout.pack()
        try:
            self.objects.create(key, body, content_type=_LAYOUT, max_age=FILE_AGE)
        except Conflict:  # by another run, or one that crashed: whose digests match is used
            stored = self.objects.get(key)
            if stored and stored.body != body:
                with suppress(Conflict):
                    self.objects.replace(
                        key, body, etag=stored.etag, content_type=_LAYOUT, max_age=FILE_AGE
                    )


def _first(records: Sequence[int]) -> int:
    """The first shard that holds a record, if any does: no separator leads it."""
    return next((shard for shard, count in enumerate(records) if count), len(records))
