"""SIRO in an object store: one edition in force, in shards small enough to read one a question.

    opco/siro/manifest.json                     the edition in force: its prefix, shards, OPCOs
    opco/siro/<month>-<instant>/000.csv.gz      siret|idcc|rank of the OPCO in the manifest, sorted

An import writes its shards under a prefix of its own, then swaps the manifest: readers see the
edition before or this one, never a part. A reader may still use the edition before, a run may still
be writing: what the manifest does not name is deleted once it has stood for a day.
"""

import gzip
import time
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Final

from depot.domain.errors import ObjectsUnavailable, SourceUnavailable
from depot.domain.firm.company import Company
from depot.domain.opco.finding import SourceAnswer
from depot.domain.opco.siro import Edition, SiroRow
from depot.ports.objects import Objects, put


PREFIX: Final = "opco/siro/"
MANIFEST_KEY: Final = f"{PREFIX}manifest.json"

_SIREN: Final = 9
_MOST_SHARDS: Final = 512
_ROWS_A_SHARD: Final = 8192
_KEPT_FOR: Final = timedelta(days=1)
_REMEMBERED: Final = 300  # seconds a process trusts the manifest it read
_NEVER_CACHED: Final = 0
_CSV, _JSON = "text/csv", "application/json"

_UNREADABLE: Final = (
    *(ObjectsUnavailable, OSError, EOFError, zlib.error),  # no object, or no gzip
    *(ValueError, IndexError),  # a manifest or a line of another shape
)

# Reasons, as logs show them.
_NO_EDITION: Final = "no edition was imported yet"
_SHARD_MISSING: Final = "a shard is missing"


class Manifest(Edition):
    """What readers must know of the edition in force."""

    prefix: str
    shards: int
    opcos: tuple[str, ...]

    def shard_key(self, rank: int) -> str:
        """Key of one shard."""
        return f"{self.prefix}{rank:03d}.csv.gz"


@dataclass
class SiroStore:
    """The OpcoSource and SiroRegister ports."""

    name: ClassVar = "siro_file"
    remote: ClassVar = False

    objects: Objects
    clock: Callable[[], float] = time.monotonic
    rows_a_shard: int = _ROWS_A_SHARD
    _manifest: Manifest | None = field(default=None, init=False)
    _read_again_at: float = field(default=0.0, init=False)

    def ask(self, siret: str, company: Company | None) -> Sequence[SourceAnswer]:
        """What the edition in force says of an establishment: one answer a line."""
        del company
        with _translated():
            manifest = self._remembered()
            rows = list(self._rows(manifest, siret.encode()))
        if not rows:
            return (SourceAnswer(asked=siret),)
        alone = len({opco for _, opco in rows}) == 1
        return tuple(
            SourceAnswer(
                asked=siret,
                opcos=(opco,),
                confidence="certain" if alone else "shared",
                idcc=idcc or None,
            )
            for idcc, opco in rows
        )

    def current(self) -> Edition | None:
        """The edition in force."""
        manifest, _ = self._in_force()
        return manifest

    def replace(self, month: str, rows: Iterable[SiroRow], now: datetime) -> Edition:
        """Put an edition in force; nothing is written before its last row was read.

        Raises Conflict when another run did meanwhile.
        """
        parts = _Parts()
        for row in rows:
            parts.add(row)
        _, etag = self._in_force()
        manifest = parts.manifest(month, self.rows_a_shard, now)
        for rank in range(manifest.shards):
            body = gzip.compress(parts.shard(rank, manifest.shards), compresslevel=6, mtime=0)
            key = manifest.shard_key(rank)
            self.objects.create(key, body, content_type=_CSV, max_age=_NEVER_CACHED)
        body, age = manifest.model_dump_json().encode(), _NEVER_CACHED
        put(self.objects, MANIFEST_KEY, body, over=etag, content_type=_JSON, max_age=age)
        return manifest

    def tidy(self, now: datetime) -> int:
        """Delete the shards no reader nor run can need any more; give how many."""
        manifest, _ = self._in_force()
        long_ago = now - _KEPT_FOR
        if manifest is None or manifest.imported_at > long_ago:
            return 0
        old = [
            key
            for key, written in self.objects.list(PREFIX)
            if not key.startswith((MANIFEST_KEY, manifest.prefix)) and written <= long_ago
        ]
        for key in old:
            self.objects.delete(key)
        return len(old)

    def _in_force(self) -> tuple[Manifest | None, str | None]:
        stored = self.objects.get(MANIFEST_KEY)
        if stored is None:
            return None, None
        return Manifest.model_validate_json(stored.body), stored.etag

    def _remembered(self) -> Manifest:
        if self._manifest is None or self.clock() >= self._read_again_at:
            self._manifest, _ = self._in_force()
            self._read_again_at = self.clock() + _REMEMBERED
        if self._manifest is None:
            raise SourceUnavailable(_NO_EDITION)
        return self._manifest

    def _rows(self, manifest: Manifest, siret: bytes) -> Iterator[tuple[str, str]]:
        stored = self.objects.get(manifest.shard_key(_part(siret) % manifest.shards))
        if stored is None:
            raise SourceUnavailable(_SHARD_MISSING)
        lines = gzip.decompress(stored.body).split(b"\n")
        sought = siret + b"|"
        rank = bisect_left(lines, sought)
        while rank < len(lines) and lines[rank].startswith(sought):
            _, idcc, opco = lines[rank].decode().split("|")
            yield idcc, manifest.opcos[int(opco)]
            rank += 1


@contextmanager
def _translated() -> Iterator[None]:
    """A store that cannot be read, or read wrong, does not say: that is an outage."""
    try:
        yield
    except _UNREADABLE as error:
        raise SourceUnavailable(type(error).__name__) from None


class _Parts:
    """Rows on their way to shards: as bytes, for there are millions."""

    def __init__(self) -> None:
        self._parts = [bytearray() for _ in range(_MOST_SHARDS)]
        self._ranks: dict[str, int] = {}
        self._rows = 0

    def add(self, row: SiroRow) -> None:
        """Keep one more row."""
        siret, idcc, opco = row
        rank = self._ranks.setdefault(opco, len(self._ranks))
        self._parts[_part(siret)] += b"%b|%b|%d\n" % (siret, idcc, rank)
        self._rows += 1

    def manifest(self, month: str, rows_a_shard: int, now: datetime) -> Manifest:
        """Describe the edition they make: as few shards as it takes, a power of two."""
        return Manifest(
            month=month,
            rows=self._rows,
            imported_at=now,
            prefix=f"{PREFIX}{month}-{now:%Y%m%dT%H%M%S.%f}/",
            shards=min(_MOST_SHARDS, 1 << (self._rows // rows_a_shard).bit_length()),
            opcos=tuple(self._ranks),
        )

    def shard(self, rank: int, shards: int) -> bytes:
        """One shard, sorted."""
        lines = b"".join(self._parts[rank::shards]).splitlines()
        return b"\n".join(sorted(lines))


def _part(siret: bytes) -> int:
    # By SIREN: the establishments of a firm are together.
    return int(siret[:_SIREN]) % _MOST_SHARDS
