"""Public pages, and where they are kept."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Protocol

from depot.domain.feed.record import OfferRecord
from depot.ports.objects import Objects


class Pages(Protocol):
    """Pages of offers, whole, as HTML in UTF-8. Equal records give equal bytes."""

    def offer(self, record: OfferRecord) -> bytes:
        """The page of a live offer."""

    def gone(self) -> bytes:
        """What stands there once it ended: the same for all, it says nothing of the offer."""


class Tag(NamedTuple):
    """An object as a listing has it: its content by its tag."""

    key: str
    etag: str
    written: datetime


class PageObjects(Objects, Protocol):
    """An object store of things that may be gone."""

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
        """Write over the content tagged ``over``, None for nothing; give the tag. Raises Conflict.

        ``gone``: it only says that something is no longer there; it goes away by itself in time.
        """

    def tags(self, prefix: str, after: str = "") -> Iterable[Tag]:
        """Objects whose key begins with ``prefix`` and comes after another, in their order."""

    def tag_of(self, body: bytes) -> str:
        """The tag of an object with this content, unless it was written in parts."""
