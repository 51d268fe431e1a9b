"""Files, read and written on conditions."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, Protocol


Piece = bytes | memoryview  # of an object too large to hold


class StoredObject(NamedTuple):
    """An object's bytes and the tag that identifies this very content."""

    body: bytes
    etag: str


class Objects(Protocol):
    """An object store with compare-and-swap (S3)."""

    def get(self, key: str) -> StoredObject | None:
        """One object."""

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
        """An object's bytes from ``start`` up to ``end``, in pieces: never all of it in memory.

        Fewer when it ends before. Raises ObjectMissing.
        """

    def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
        """Write an object that must not exist; give its tag. Raises Conflict."""

    def upload(self, key: str, pieces: Iterable[Piece], *, content_type: str, max_age: int) -> str:
        """``create``, from pieces: never all of them in memory.

        Nothing is written when making the pieces raises.
        """

    def list(self, prefix: str) -> Iterable[tuple[str, datetime]]:
        """Every key that begins with ``prefix``, and when it was last written."""

    def delete(self, key: str) -> None:
        """Delete an object, if it is there."""

    def replace(self, key: str, body: bytes, *, etag: str, content_type: str, max_age: int) -> str:
        """Write over the content tagged ``etag``; give the new tag. Raises Conflict."""


def put(
    objects: Objects, key: str, body: bytes, *, over: str | None, content_type: str, max_age: int
) -> str:
    """Write over the content tagged ``over``, None for nothing; give the new tag.

    Raises Conflict when something else is there.
    """
    if over is None:
        return objects.create(key, body, content_type=content_type, max_age=max_age)
    return objects.replace(key, body, etag=over, content_type=content_type, max_age=max_age)
