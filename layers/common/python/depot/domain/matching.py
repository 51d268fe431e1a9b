"""Which training centres to ask for a need: pure, exact, deterministic, explained.

A centre can be asked when it is Qualiopi-certified, has an address that did not unsubscribe, and
gives, within 100 km, a training at a compatible level whose code is

- exact: the ROME 4.0 code of one of the need's métiers;
- parent: the former code above it, which catalogues still carry;
- sibling: another code under the same former one, which ROME 4.0 split.

Exact goes before parent, parent before sibling, then the nearest by bands of ten kilometres. Inside
a band all are as near: who was asked last yields to the others, and chance, drawn from the offer's
id, decides among those that were never asked. A firm (SIREN) is asked once, for its best training.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from math import inf
from typing import Final, Literal, NamedTuple
from zlib import crc32

from depot.domain.company import Point
from depot.domain.index import Hit, Index, Reach
from depot.domain.model import Value
from depot.domain.offer import Need
from depot.domain.sphere import Vector, distance_km, vector
from depot.domain.training import Training


Kinship = Literal["exact", "parent", "sibling"]

MAX_DISTANCE_KM: Final = 100.0
MAX_CENTRES: Final = 10
BAND_KM: Final = 10.0

_BANDS: Final = tuple(Reach.of(BAND_KM * n) for n in range(1, int(MAX_DISTANCE_KM / BAND_KM) + 1))
# Looking farther costs more, and seldom is there a need to: how many bands at each look.
_LOOKS: Final = (2, 5, len(_BANDS))
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_MIX: Final = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 2**64 - 1)  # SplitMix64's


class Match(Value):
    """A centre to ask, and why.

    ``exact`` and ``kinship`` say how its training's code relates to the need's, ``level`` what the
    training leads to, ``rotated`` that a nearer centre of the same band yielded to it.
    """

    siren: str
    siret: str
    name: str
    city: str
    email: str
    title: str
    distance_km: float
    exact: bool
    kinship: Kinship | None = None  # None: asked before this was kept
    level: str = ""
    rotated: bool = False


class Choice(NamedTuple):
    """A training by its row in the index, and why it."""

    row: int
    kinship: Kinship
    rotated: bool


def rank(
    index: Index,
    need: Need,
    here: Point,
    *,
    offer_id: str = "",
    last_asked: Mapping[str, datetime] | None = None,
    unsubscribed: Collection[str] = (),
) -> tuple[Match, ...]:
    """The centres to ask for a need at a place, best first, at most ten.

    ``last_asked``: when a SIREN was last asked, for any need. ``unsubscribed``: SIRENs and
    addresses that want no more mail.
    """
    turn = Turn(offer_id, last_asked or {})
    chosen = choose(index, need, here, turn=turn, unsubscribed=unsubscribed)
    return tuple(_match(index.training(choice.row), here, choice) for choice in chosen)


def choose(
    index: Index, need: Need, here: Point, *, turn: "Turn", unsubscribed: Collection[str] = ()
) -> list[Choice]:
    """The choice ``rank`` makes, before anything but numbers is read."""
    chosen: list[Choice] = []
    taken: set[int] = set()
    place = vector(here.latitude, here.longitude)
    for kinship, codes in _kin(index, [(need.metier.rome, need.metier.parent)]):
        for band in _bands(index, codes, place, need.level):
            hits = _reachable(index, band, unsubscribed) if unsubscribed else band
            # Backwards: of a firm's trainings in a band, the nearest is kept.
            firms = {hit[2]: hit for hit in reversed(hits) if hit[2] not in taken}
            order = turn.order(list(firms.values()))
            chosen += [Choice(hit[1], kinship, rotated) for hit, rotated in order]
            if len(chosen) >= MAX_CENTRES:
                return chosen[:MAX_CENTRES]
            taken |= firms.keys()
    return chosen


def _kin(
    index: Index, metiers: Sequence[tuple[str, str]]
) -> Iterator[tuple[Kinship, Collection[str]]]:
    """Codes that trainings carry, by kinship to métiers given as (code, former code)."""
    exact = {code for code, _ in metiers}
    if found := [code for code in exact if code in index]:
        yield "exact", found
    parents = {former for _, former in metiers} - exact
    if found := [code for code in parents if code in index]:
        yield "parent", found
    siblings = {code for _, former in metiers for code in index.under(former)} - parents - exact
    if siblings:
        yield "sibling", siblings


def _bands(
    index: Index, codes: Collection[str], place: Vector, level: str | None
) -> Iterator[Sequence[Hit]]:
    """What each band holds, the nearest first; looks no farther than the bands that are taken."""
    done = start = 0
    for look in _LOOKS:
        hits = index.near(codes, place, _BANDS[look - 1], level)
        for band in _BANDS[done:look]:
            end = bisect_right(hits, (band.farthest, inf), start)
            if end > start:
                yield hits[start:end]
            start = end
        done = look


def _reachable(index: Index, hits: Sequence[Hit], unsubscribed: Collection[str]) -> list[Hit]:
    return [
        hit
        for hit in hits
        if f"{hit[2]:09d}" not in unsubscribed and index.training(hit[1]).email not in unsubscribed
    ]


class Turn:
    """Whose turn it is among centres that are as near."""

    def __init__(self, offer_id: str, last_asked: Mapping[str, datetime]) -> None:
        """Draw lots for this offer; who was asked comes after, the longest ago first."""
        self._seed = crc32(offer_id.encode())
        self._last_asked = last_asked

    def of(self, siren: int) -> tuple[datetime, int]:
        """What a firm's turn depends on: when it was asked, then its lot for this offer."""
        first, second, mask = _MIX
        mixed = (siren ^ self._seed) * first & mask
        lot = (mixed ^ mixed >> 32) * second & mask
        asked = self._last_asked
        return (asked.get(f"{siren:09d}", _NEVER) if asked else _NEVER), lot

    def order(self, hits: Sequence[Hit]) -> list[tuple[Hit, bool]]:
        """Hits, one a firm, in turn; and whether each goes before a nearer one."""
        if len(hits) == 1:
            return [(hits[0], False)]
        order = sorted(hits, key=lambda hit: self.of(hit[2]))
        nearest_left = list(accumulate((hit[0] for hit in reversed(order)), min))[::-1]
        return [(hit, hit[0] > left) for hit, left in zip(order, nearest_left, strict=True)]


def _match(training: Training, here: Point, choice: Choice) -> Match:
    return Match(
        siren=training.siren,
        siret=training.siret,
        name=training.name,
        city=training.city,
        email=training.email,
        title=training.title,
        distance_km=round(distance_km(here, training.latitude, training.longitude), 1),
        exact=choice.kinship == "exact",
        kinship=choice.kinship,
        level=training.level,
        rotated=choice.rotated,
    )
