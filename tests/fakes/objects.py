"""The Objects and PageObjects ports in memory, with S3's conditions."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from depot.domain.errors import Conflict, ObjectMissing
from depot.ports.objects import Piece, StoredObject
from depot.ports.pages import Tag


@dataclass
class MemoryObjects:
    """The Objects port. What is written is written at ``clock``, which a test may move."""

    kept: dict[str, bytes] = field(default_factory=dict)
    written: dict[str, datetime] = field(default_factory=dict)
    clock: datetime = field(default_factory=lambda: datetime.now(UTC))
    gone: set[str] = field(default_factory=set)

    def get(self, key: str) -> StoredObject | None:
        body = self.kept.get(key)
        return None if body is None else StoredObject(body, _etag(body))

    def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
        del content_type, max_age
        if key in self.kept:
            raise Conflict
        return self._write(key, body)

    def replace(self, key: str, body: bytes, *, etag: str, content_type: str, max_age: int) -> str:
        del content_type, max_age
        if key not in self.kept or _etag(self.kept[key]) != etag:
            raise Conflict
        return self._write(key, body)

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        if key not in self.kept:
            raise ObjectMissing(key)
        body = self.kept[key][start:end]
        yield from (body[at : at + 1000] for at in range(0, len(body), 1000))

    def upload(self, key: str, pieces: Iterable[Piece], *, content_type: str, max_age: int) -> str:
        body = b"".join(pieces)
        return self.create(key, body, content_type=content_type, max_age=max_age)

    def list(self, prefix: str) -> Iterable[tuple[str, datetime]]:
        return [(key, self.written[key]) for key in sorted(self.kept) if key.startswith(prefix)]

    def put(
        self,
        key: str,
        body: bytes,
        *,
        over: str | None,
        content_type: str,
        max_age: int,
        gone: bool,
    ) -> str:
        about: dict[str, Any] = {"content_type": content_type, "max_age": max_age}
        if over is None:
            tag = self.create(key, body, **about)
        else:
            tag = self.replace(key, body, etag=over, **about)
        (self.gone.add if gone else self.gone.discard)(key)
        return tag

    def tags(self, prefix: str, after: str = "") -> Iterable[Tag]:
        return [
            Tag(key, _etag(body), self.written[key])
            for key, body in sorted(self.kept.items())
            if key.startswith(prefix) and key > after
        ]

    def tag_of(self, body: bytes) -> str:
        return _etag(body)

    def delete(self, key: str) -> None:
        self.kept.pop(key, None)
        self.gone.discard(key)

    def _write(self, key: str, body: bytes) -> str:
        self.kept[key] = body
        self.written[key] = self.clock
        return _etag(body)


def _etag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
