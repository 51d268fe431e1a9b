"""Object stores that cost next to nothing, so that only our own work is measured."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path

from depot.domain.errors import Conflict, ObjectMissing
from depot.ports.objects import Piece, StoredObject


_PIECE = 2**18


@dataclass
class PiecesInMemory:
    """The Objects port in memory. What is uploaded is kept in the pieces it came in."""

    kept: dict[str, tuple[Sequence[Piece], str]] = field(default_factory=dict)
    _tags: Iterator[int] = field(default_factory=count)

    def get(self, key: str) -> StoredObject | None:
        """One object."""
        pieces, tag = self.kept.get(key, (None, ""))
        return None if pieces is None else StoredObject(b"".join(pieces), tag)

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
        """Part of an object, in pieces: nothing is copied."""
        if key not in self.kept:
            raise ObjectMissing(key)
        at = 0
        for piece in self.kept[key][0]:
            view = memoryview(piece)[max(0, start - at) : None if end is None else max(0, end - at)]
            yield from (view[cut : cut + _PIECE] for cut in range(0, len(view), _PIECE))
            at += len(piece)

    def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
        """Write an object that must not exist."""
        return self.upload(key, [body], content_type=content_type, max_age=max_age)

    def upload(self, key: str, pieces: Iterable[Piece], *, content_type: str, max_age: int) -> str:
        """The same, in pieces."""
        del content_type, max_age
        given = list(pieces)
        if key in self.kept:
            raise Conflict
        return self._write(key, given)

    def replace(self, key: str, body: bytes, *, etag: str, content_type: str, max_age: int) -> str:
        """Write over a known content."""
        del content_type, max_age
        if self.kept[key][1] != etag:
            raise Conflict
        return self._write(key, [body])

    def list(self, prefix: str) -> Iterable[tuple[str, datetime]]:
        """Nothing: nothing is tidied here."""
        del prefix
        return ()

    def delete(self, key: str) -> None:
        """Delete an object, if it is there."""
        self.kept.pop(key, None)

    def size(self, key: str) -> int:
        """Bytes of an object."""
        return sum(map(len, self.kept[key][0]))

    def _write(self, key: str, pieces: Sequence[Piece]) -> str:
        tag = str(next(self._tags))
        self.kept[key] = (pieces, tag)
        return tag


@dataclass
class Files(PiecesInMemory):
    """Large objects in a folder: what is measured then is the memory of the program."""

    folder: Path = Path()

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
        """Part of a file, in pieces."""
        path = self._path(key)
        with path.open("rb") as file:
            file.seek(start)
            left = (path.stat().st_size if end is None else end) - start
            while left > 0 and (piece := file.read(min(_PIECE, left))):
                left -= len(piece)
                yield piece

    def upload(self, key: str, pieces: Iterable[Piece], *, content_type: str, max_age: int) -> str:
        """Write a file, piece by piece."""
        del content_type, max_age
        with self._path(key).open("xb") as file:
            file.writelines(pieces)
        return self._write(key, [])

    def _path(self, key: str) -> Path:
        return self.folder / key.replace("/", "_")
