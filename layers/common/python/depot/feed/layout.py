"""Where the records of a snapshot are: shards by offer id, and the block of each in every file.

An offer's id is a hash already (UUID version 5): its leading bits choose the shard, so that shards
in order are offers in order, however many there are. An id of another form is in a shard as well,
not evenly.
"""

import gzip
import json
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Self

from depot.feed.blocks import Block
from depot.feed.index import Encoding


# Records in a shard, on average, when it is cut. Fewer compress badly, more are written again for
# one change. They may become a third more or fewer before everything is cut again.
_USUAL: Final = 96


def shards_for(records: int, now: int = 0) -> int:
    """How many shards this many records need; unchanged (``now``) while that number still fits."""
    if 2 * _USUAL * now <= 3 * records <= 4 * _USUAL * now:
        return now or 1
    return 1 if 3 * records <= 4 * _USUAL else -(-records // _USUAL)


@dataclass(frozen=True)
class Shards:
    """Ranges of ids of one size, between these bounds."""

    bounds: Sequence[str]

    @classmethod
    def of(cls, count: int) -> Self:
        """Cut the ids into so many."""
        return cls([f"{rank * 16**8 // count:08x}" for rank in range(1, count)])

    def of_id(self, offer_id: str) -> int:
        """Shard of an offer."""
        return bisect_right(self.bounds, offer_id)


@dataclass(frozen=True)
class FileLayout:
    """Blocks of one file, shard by shard, after a head of so many bytes."""

    sha256: str
    head: int
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Layout:
    """Everything needed to write the next snapshot from this one without reading all of it."""

    shape: str
    records: Sequence[int]  # in each shard
    files: Mapping[Encoding, FileLayout]

    @property
    def shards(self) -> int:
        """How many."""
        return len(self.records)

    def pack(self) -> bytes:
        """As stored: a line of JSON, then numbers; gzip'd, whose checksum tells an altered one."""
        files = {name: [file.sha256, file.head] for name, file in self.files.items()}
        head: dict[str, Any] = {"shape": self.shape, "shards": self.shards, "files": files}
        numbers = array("I", self.records)
        for file in self.files.values():
            numbers.extend(chain.from_iterable(file.blocks))
        body = json.dumps(head).encode() + b"\n" + numbers.tobytes()
        return gzip.compress(body, compresslevel=1, mtime=0)

    @classmethod
    def unpack(cls, body: bytes) -> Self:
        """Undo ``pack``; raises ValueError, OSError, EOFError or zlib.error on anything else."""
        line, _, rest = gzip.decompress(body).partition(b"\n")
        head = json.loads(line)
        numbers = array("I", rest)
        shards, width = head["shards"], len(Block._fields)
        files: dict[Encoding, FileLayout] = {}
        for rank, (name, (sha256, start)) in enumerate(head["files"].items()):
            at = shards * (1 + rank * width)
            columns = (numbers[at + row : at + width * shards : width] for row in range(width))
            files[name] = FileLayout(sha256, start, list(map(Block, *columns)))
        return cls(head["shape"], numbers[:shards].tolist(), files)
