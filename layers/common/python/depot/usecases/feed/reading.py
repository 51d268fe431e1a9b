"""What is written in a feed, read back in pieces: memory does not grow with the files."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from depot.domain.errors import DepotError
from depot.feed.blocks import plain
from depot.feed.encoding import ENCODERS, id_of, shape
from depot.feed.index import Encoding, Snapshot, layout_key
from depot.feed.layout import FileLayout, Layout, Shards
from depot.ports.objects import Objects, Piece


class FeedBroken(DepotError):
    """The feed's files do not hold together: somebody must look."""


@dataclass
class BlockReader:
    """A file read once, from front to back, block by block; opened where reading starts."""

    objects: Objects
    key: str
    file: FileLayout
    _pieces: Iterator[Piece] | None = None
    _rest: memoryview = field(default_factory=lambda: memoryview(b""))
    _at: int = 0

    def __post_init__(self) -> None:
        """Sum the sizes once."""
        sizes = (each.size for each in self.file.blocks)
        self._ends = list(accumulate(sizes, initial=self.file.head))
        self._beyond = len(self.file.blocks)

    def shards(self, wanted: Sequence[int]) -> Iterator[tuple[int, list[bytes]]]:
        """Lines of some shards, in order. Raises ObjectMissing, or FeedBroken."""
        self._beyond = wanted[-1] + 1 if wanted else 0
        for shard in wanted:
            try:
                text = plain(b"".join(self.blocks(shard, shard + 1)), self.file.blocks[shard])
            except zlib.error as error:
                message = f"{self.key} is not what it was"
                raise FeedBroken(message) from error
            yield shard, text.splitlines()

    def blocks(self, first: int, beyond: int) -> Iterator[memoryview]:
        """The blocks of these shards, in pieces. Raises ObjectMissing, or FeedBroken."""
        start, end = self._ends[first], self._ends[beyond]
        if start == end:
            return
        if self._pieces is None:
            self._at, last = start, self._ends[self._beyond]
            self._pieces = iter(self.objects.read(self.key, start, last))
        for _ in self._upto(start):
            pass
        yield from self._upto(end)

    def _upto(self, offset: int) -> Iterator[memoryview]:
        while self._at < offset:
            self._rest = self._rest or memoryview(next(self._pieces or iter(()), b""))
            if not self._rest:
                message = f"{self.key} stops short"
                raise FeedBroken(message)
            piece = self._rest[: offset - self._at]
            self._rest = self._rest[len(piece) :]
            self._at += len(piece)
            yield piece


@dataclass(frozen=True)
class Before:
    """The snapshot to start from; its layout, if there is one and records still have its shape.

    One that is not ``trusted`` may hold another number of records than it says.
    """

    objects: Objects
    snapshot: Snapshot | None
    layout: Layout | None = None
    trusted: bool = True

    @classmethod
    def load(cls, objects: Objects, snapshot: Snapshot | None) -> "Before":
        """Find the layout. None when it is missing, damaged or describes other files."""
        stored = objects.get(layout_key(snapshot.cursor)) if snapshot else None
        if snapshot is None or stored is None:
            return cls(objects, snapshot)
        try:
            layout = Layout.unpack(stored.body)
        except (ValueError, KeyError, OSError, EOFError, zlib.error):
            return cls(objects, snapshot)
        found = cls(objects, snapshot, layout)
        known = layout.shape == shape() and all(found.reader(row.name) for row in ENCODERS)
        return found if known else cls(objects, snapshot)

    @property
    def records(self) -> int:
        """How many it holds."""
        return self.snapshot.records if self.snapshot else 0

    def reader(self, name: Encoding) -> BlockReader | None:
        """One of its files, when its blocks are known."""
        file = self.layout.files.get(name) if self.layout else None
        described = self.snapshot.files.get(name) if self.snapshot else None
        if file is None or described is None or file.sha256 != described.sha256:
            return None
        return BlockReader(self.objects, described.key, file)

    def lines(self) -> Iterator[bytes]:
        """Every record, in order, one at a time."""
        if self.snapshot is None:
            return
        count = 0
        key = self.snapshot.source.key
        for line in lines_of(key, self.objects.read(key)):
            yield line
            count += 1
        if self.trusted and count != self.records:
            message = f"{count} records in a snapshot of {self.records}"
            raise FeedBroken(message)


def lines_of(key: str, pieces: Iterable[Piece]) -> Iterator[bytes]:
    """Lines of a whole gzip'd file, called ``key``. Raises FeedBroken when it is no such file."""
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    rest = b""
    try:
        for piece in pieces:
            *lines, rest = (rest + unzip.decompress(piece)).split(b"\n")
            yield from lines
    except zlib.error as error:
        message = f"{key} is not what it was"
        raise FeedBroken(message) from error
    if rest or not unzip.eof:
        message = f"{key} stops short"
        raise FeedBroken(message)


def regrouped(lines: Iterable[bytes], shards: Shards) -> Iterator[tuple[int, list[bytes]]]:
    """Lines that are in order, by shard, every shard in turn."""
    shard, held, last = 0, list[bytes](), ""
    for line in lines:
        offer_id = id_of(line)
        if offer_id < last:
            message = f"{offer_id} is out of order"
            raise FeedBroken(message)
        last = offer_id
        while shard < len(shards.bounds) and offer_id >= shards.bounds[shard]:
            yield shard, held
            shard, held = shard + 1, []
        held.append(line)
    for each in range(shard, len(shards.bounds) + 1):
        yield each, held
        held = []
