"""Whose turn it is among centres that are as near: by bands, then who waited, then by lots."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final
from zlib import crc32

from depot.domain.cfa.index import Hit, Reach


MAX_DISTANCE_KM: Final = 100.0
BAND_KM: Final = 10.0

ENDS: Final = tuple(
    Reach.of(BAND_KM * n).farthest for n in range(1, int(MAX_DISTANCE_KM / BAND_KM) + 1)
)
"""Where bands end, as hits are measured."""

Turn = tuple[float, int, bool]
"""A hit, as it is measured; its row; and whether it goes before a nearer one of its band."""

_MIX: Final = 0x9E3779B1  # 2**32 over the golden ratio: spreads numbers that are close
_MASK: Final = 0xFFFFFFFF


class Lots:
    """The order of an offer."""

    def __init__(self, offer_id: str, last_asked: Mapping[str, datetime]) -> None:
        """Draw lots for this offer; centres already asked come after, longest ago first."""
        self._seed = crc32(offer_id.encode())
        self._last_asked = {int(siren): at.timestamp() for siren, at in last_asked.items()}

    def order(self, hits: Iterable[Hit]) -> Iterator[Turn]:
        """Hits, one a firm, in turn."""
        seed, waited, ends = self._seed, self._last_asked.get, ENDS
        order = sorted(
            [
                (
                    bisect_left(ends, dot),
                    waited(siren, 0.0),
                    (siren ^ seed) * _MIX & _MASK,
                    dot,
                    row,
                )
                for dot, row, siren in hits
            ],
            reverse=True,
        )
        turns: list[Turn] = []
        band, nearest = -1, 0.0
        for its_band, _, _, dot, row in order:
            if its_band != band:
                band, nearest = its_band, dot
                turns.append((dot, row, False))
            elif dot > nearest:
                turns.append((dot, row, True))
            else:
                nearest = dot
                turns.append((dot, row, False))
        return reversed(turns)
