"""A snapshot, from the one before and what was told since.

Lines come from the first file of the one before. Blocks that did not change are copied, compressed
as they are; without a layout of the snapshot before, or when the number of shards moves, everything
is written again. Lines are read and understood once for all encodings: what is written anew waits
beside, on disk beyond a few hundred kilobytes, until its file is uploaded. One file goes out after
the other, and memory does not grow with them.

Names are used once and the index decides: two runs at once, at one cursor or at two, each write a
whole snapshot or none.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Final

from depot.domain.errors import Conflict
from depot.feed.blocks import HEADER, Block, block, joined, trailer
from depot.feed.encoder import Encoder, Records
from depot.feed.encoding import ENCODERS, apply, renewed, shape
from depot.feed.index import (
    SOURCE,
    Encoding,
    File,
    Measure,
    Snapshot,
    layout_key,
    measured,
    snapshot_key,
)
from depot.feed.layout import FileLayout, Layout, Shards, shards_for
from depot.ports.objects import Objects, Piece
from depot.usecases.feed.reading import Before, BlockReader, FeedBroken, regrouped


FILE_AGE: Final = 86_400  # seconds a cache may keep a file: its name is used once
_LAYOUT: Final = "application/octet-stream"
_IN_MEMORY: Final = 2**18  # bytes of a file that wait in memory

Fresh = Iterator[tuple[int, Sequence[bytes]]]  # shards to write, in order, with their lines


@dataclass
class OngoingFile:
    """One file on its way: blocks written anew among blocks copied from the file before."""

    row: Encoder
    shards: int
    old: BlockReader | None
    aside: SpooledTemporaryFile[bytes]
    fresh: dict[int, Block] = field(default_factory=dict)  # in order, as they are aside
    head: int = 0
    blocks: list[Block] = field(default_factory=list)

    def write(self, shard: int, records: Records, *, led: bool) -> None:
        """Write a shard anew; ``led`` by a separator when there are records before it."""
        member = self.row.member(records) if records.lines else b""
        body, about = block(self.row.separator + member if led and member else member)
        self.aside.write(body)
        self.fresh[shard] = about

    def pieces(self, cursor: int) -> Iterator[Piece]:
        """All of it, once every shard that changed was written."""
        head, heading = block(self.row.header(cursor))
        self.head = len(HEADER) + len(head)
        yield HEADER + head
        self.aside.seek(0)
        for shard, about in self.fresh.items():
            yield from self._copied(shard)
            self.blocks.append(about)
            yield self.aside.read(about.size)
        yield from self._copied(self.shards)
        foot, ending = block(self.row.footer)
        yield foot + trailer(joined([heading, *self.blocks, ending]))

    def layout(self, sha256: str) -> FileLayout:
        """Where its blocks are, once it is whole."""
        return FileLayout(sha256, self.head, self.blocks)

    def _copied(self, upto: int) -> Iterator[Piece]:
        at = len(self.blocks)
        if self.old is not None and at < upto:
            self.blocks.extend(self.old.file.blocks[at:upto])
            yield from self.old.blocks(at, upto)


@dataclass(frozen=True)
class WrittenFile:
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
        layout = self.before.layout
        now = layout.shards if layout else 0
        self._count = shards_for(self.before.records + arrivals, now)
        self._shards = Shards.of(self._count)
        self._told: dict[int, dict[str, bytes | None]] = defaultdict(dict)
        for offer_id, line in self.changes.items():
            self._told[self._shards.of_id(offer_id)][offer_id] = line
        self._layout = layout if layout and layout.shards == self._count else None
        self._records = list(self._layout.records) if self._layout else [0] * self._count

    def write(self) -> Snapshot:
        """Write every file, then the layout; give what the index must say."""
        with ExitStack() as stack:
            files = [self._making(row, stack) for row in ENCODERS]
            self._write_changed(files)
            made = {file.row.name: self._upload(file) for file in files}
        layouts = {name: each.layout for name, each in made.items() if each.layout}
        if self._count > 1 and len(layouts) == len(made):
            self._keep(Layout(shape(), self._records, layouts))
        described = {name: each.file for name, each in made.items()}
        return Snapshot(cursor=self.cursor, records=sum(self._records), files=described)

    def _making(self, row: Encoder, stack: ExitStack) -> OngoingFile:
        spooled = SpooledTemporaryFile(_IN_MEMORY, buffering=0)  # noqa: SIM115 - the stack does
        aside = stack.enter_context(spooled)
        return OngoingFile(row, self._count, self._before(row.name), aside)

    def _write_changed(self, files: Sequence[OngoingFile]) -> None:
        first = 0  # no record is before this shard
        for shard, lines in self._changed():
            while first < shard and not self._records[first]:
                first += 1
            records = Records(lines)
            for file in files:
                file.write(shard, records, led=first < shard)

    def _changed(self) -> Fresh:
        """Shards something was told of, or all of them, with their lines now."""
        for shard, lines in self._before_lines():
            told = self._told.get(shard)
            after = list(apply(lines, told).values()) if told else lines
            self._records[shard] = len(after)
            yield shard, after

    def _before_lines(self) -> Fresh:
        if self._layout is None:
            known = self.before.layout is not None  # else by another program, perhaps
            every = self.before.lines() if known else map(renewed, self.before.lines())
            yield from regrouped(every, self._shards)
            return
        old = self._before(SOURCE)
        wanted = sorted({*self._told, *self._leading()})
        for shard, lines in old.shards(wanted) if old else ():
            if len(lines) != self._layout.records[shard]:
                message = f"{len(lines)} records in shard {shard} of {self._layout.records[shard]}"
                raise FeedBroken(message)
            yield shard, lines

    def _leading(self) -> Iterator[int]:
        """Shards up to the first that will hold a record, if it may be another than it was.

        No separator leads it: it is written anew as well.
        """
        for shard, records in enumerate(self._records if self._told else ()):
            if records and shard < min(self._told):
                return
            yield shard
            if records > sum(line is None for line in self._told.get(shard, {}).values()):
                return

    def _upload(self, making: OngoingFile) -> WrittenFile:
        measure, key = Measure(), snapshot_key(self.cursor, making.row.name)
        try:
            pieces = measure.of(making.pieces(self.cursor))
            kind = making.row.content_type
            self.objects.upload(key, pieces, content_type=kind, max_age=FILE_AGE)
        except Conflict:  # the same records, by another run, whose gzip may give other bytes
            stored = measured(self.objects.read(key))
            if stored.sha256 != measure.sha256:
                return WrittenFile(self._describe(stored, key), None)
        return WrittenFile(self._describe(measure, key), making.layout(measure.sha256))

    def _describe(self, measure: Measure, key: str) -> File:
        return measure.file(key, cursor=self.cursor, records=sum(self._records), at=self.now)

    def _before(self, name: Encoding) -> BlockReader | None:
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
