"""How table and feed are compared: both sides cut alike, each offer by a short digest.

Apart from the encodings, for the store that needs no more.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from zlib import crc32

from depot.domain.life.lifetime import LIFE


PARTS: Final = 16
# What changed less long ago may be on its way.
IN_FLIGHT: Final = timedelta(minutes=15)
# A live offer last changed within its life; a week more, for a sweep that is late.
LOOK_BACK: Final = LIFE + timedelta(days=7)


def part_of(offer_id: str) -> int:
    """The part an offer is in."""
    return crc32(offer_id.encode()) % PARTS


def digest(line: bytes) -> str:
    """Eight hexadecimal digits that tell two records apart, unless somebody means to deceive."""
    return f"{crc32(line):08x}"


def days(now: datetime, look_back: timedelta) -> Sequence[str]:
    """UTC days to read, oldest first: an offer that changes meanwhile moves to one still to come.

    To tomorrow: midnight may pass.
    """
    today = now.astimezone(UTC).date()
    return [str(today + timedelta(days=rank)) for rank in range(-look_back.days, 2)]
