"""What an encoding of the snapshot is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic_core import from_json

from depot.feed.index import Encoding


@dataclass(frozen=True)
class Records:
    """Some records of a snapshot, in the order of ids: their finished lines."""

    lines: Sequence[bytes]

    @cached_property
    def text(self) -> bytes:
        """The lines as one JSON list."""
        return b"[" + b",".join(self.lines) + b"]"

    @cached_property
    def said(self) -> Sequence[Mapping[str, Any]]:
        """What the lines say, read once for all encodings."""
        found: Sequence[Mapping[str, Any]] = from_json(self.text, cache_strings="keys")
        return found


@dataclass(frozen=True)
class Encoder:
    """How a snapshot is written: a header, records with a separator between them, a footer.

    ``name`` ends the file's name and is its key in the index. ``header`` is told the cursor.
    ``member`` writes records, the ``separator`` between two of them included. ``version`` moves
    whenever ``member`` writes otherwise: every block is then written again.
    """

    name: Encoding
    content_type: str
    member: Callable[[Records], bytes]
    header: Callable[[int], bytes] = lambda _: b""
    separator: bytes = b""
    footer: bytes = b""
    version: int = 1
