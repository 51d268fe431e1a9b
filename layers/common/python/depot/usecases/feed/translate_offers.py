"""Whole files in partners' own formats, under names that never change; no cursor to follow.

They follow the snapshot by the schedule alone: each is made whole, from one reading of it, which no
change should wait for. Each says its cursor near its beginning; whoever is late finds a newer one
there and leaves it.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from depot.domain.errors import ObjectMissing
from depot.domain.feed.record import OfferRecord
from depot.feed.dialects.files import FILES, Dialect
from depot.feed.index import FeedIndex
from depot.ports.objects import Objects
from depot.usecases.feed.newest import replace_if_newer
from depot.usecases.feed.reading import lines_of


_CURSOR: Final = re.compile(rb"cursor\W+(\d+)")
_BEGINNING: Final = 200
_HEAD: Final = 4096  # bytes of a packed file that are more than its beginning
_GZIP: Final = 31  # zlib's window with the header and trailer of gzip


@dataclass(frozen=True)
class Translator:
    """Writes them for a ``site``, its origin; ``page`` gives the address of an offer's page."""

    objects: Objects
    page: Callable[[str], str]
    site: str

    def translate(self, index: FeedIndex) -> int:
        """Say in every dialect what the snapshot holds, unless it is said; give how many files."""
        snapshot = index.snapshot
        if snapshot is None or all(self._said(row) >= snapshot.cursor for row in FILES):
            return 0
        at = snapshot.source.last_modified
        writers = [_Writer(row, row.header(snapshot.cursor, at, self.site)) for row in FILES]
        source = snapshot.source.key
        for record in self._records(lines_of(source, self.objects.read(source))):
            url = self.page(record.id)
            for writer in writers:
                writer.add(record, url)
        return sum(
            replace_if_newer(
                self.objects,
                writer.row.key,
                writer.body(),
                writer.row.content_type,
                cursor_of=cursor_of,
            )
            for writer in writers
        )

    def _said(self, row: Dialect) -> int:
        with suppress(ObjectMissing):
            return cursor_of(b"".join(self.objects.read(row.key, 0, _HEAD)))
        return -1

    def _records(self, lines: Iterable[bytes]) -> Iterator[OfferRecord]:
        return map(OfferRecord.model_validate_json, lines)


class _Writer:
    """One file on its way, compressed as it grows."""

    def __init__(self, row: Dialect, header: bytes) -> None:
        """Begin it."""
        self.row = row
        self._packer = zlib.compressobj(6, wbits=_GZIP)
        self._pieces = [self._packer.compress(header)]
        self._first = True

    def add(self, record: OfferRecord, url: str) -> None:
        """One offer more, unless the dialect leaves it out."""
        made = self.row.render(record, url)
        if made is not None:
            lead = b"" if self._first else self.row.separator
            self._pieces.append(self._packer.compress(lead + made))
            self._first = False

    def body(self) -> bytes:
        """All of it."""
        end = self._packer.compress(self.row.footer) + self._packer.flush()
        return b"".join((*self._pieces, end))


def cursor_of(body: bytes) -> int:
    """The cursor a file says, or -1."""
    try:
        beginning = zlib.decompressobj(_GZIP).decompress(body, _BEGINNING)
    except zlib.error:
        return -1
    found = _CURSOR.search(beginning)
    return int(found[1]) if found else -1
