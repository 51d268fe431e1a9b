"""Feeds cut in small blocks, and their snapshots whole."""

from collections.abc import Sequence

from depot.domain.feed.record import OfferRecord
from depot.feed import encoding
from tests.builders import NOW
from tests.partner import Feed, spread


def fill(feed: Feed, number: int = 400) -> list[OfferRecord]:
    found = spread(number)
    feed.publish(*found)
    feed.publisher.snapshot(NOW)
    return found


def whole(found: Sequence[OfferRecord]) -> bytes:
    """The snapshot as text, written the plain way."""
    return b"".join(sorted(encoding.line_of(record) + b"\n" for record in found))


def texts(feed: Feed) -> dict[str, bytes]:
    found = feed.index.snapshot
    assert found is not None
    return {name: feed.read(file) for name, file in found.files.items()}
