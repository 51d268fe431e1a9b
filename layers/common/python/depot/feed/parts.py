"""How table and feed are compared: both sides cut alike, each offer by a short digest.

Apart from the encodings, for the store that needs no more.
"""

from typing import Final
from zlib import crc32


PARTS: Final = 16


def part_of(offer_id: str) -> int:
    """The part an offer is in."""
    return crc32(offer_id.encode()) % PARTS


def digest(line: bytes) -> str:
    """Eight hexadecimal digits that tell two records apart, unless somebody means to deceive."""
    return f"{crc32(line):08x}"
