"""Which training centres to ask for a need: pure, exact, deterministic, explained.

A centre can be asked when it did not unsubscribe and gives, within 100 km, a training at a
compatible level whose code is

- exact: the ROME 4.0 code of one of the need's métiers;
- parent: the former code above it, which catalogues still carry;
- sibling: another code under the same former one, which ROME 4.0 split.

Exact goes before parent, parent before sibling, then the nearest by bands of ten kilometres. Inside
a band all are as near: who was asked last yields to the others, and chance, drawn from the offer's
id, decides among those that were never asked. A firm (SIREN) is asked once, for its best training.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from math import inf
from typing import Final, Literal
from zlib import crc32

from depot.domain.cfa.index import Hit, Reach, TrainingIndex
from depot.domain.cfa.sphere import distance_km, vector
from depot.domain.cfa.training import Training
from depot.domain.firm.company import Point
from depot.domain.life.offer import Need
from depot.domain.model import Value


Kinship = Literal["exact", "parent", "sibling"]

MAX_DISTANCE_KM: Final = 100.0
MAX_CENTRES: Final = 10
BAND_KM: Final = 10.0

# Where bands end, as hits are measured.
_ENDS: Final = tuple(
    Reach.of(BAND_KM * n).farthest for n in range(1, int(MAX_DISTANCE_KM / BAND_KM) + 1)
)
# Looking far costs more, and seldom is there a need to. Each look ends where a band does.
_LOOKS: Final = tuple(Reach.of(kilometres) for kilometres in (20.0, 50.0, MAX_DISTANCE_KM))
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_MIX: Final = 0x9E3779B1  # 2**32 over the golden ratio: spreads numbers that are close
_MASK: Final = 0xFFFFFFFF


class Match(Value):
    """A centre to ask, and why.

    ``kinship`` says how its training's code relates to the need's, ``level`` what the training
    leads to (European, or UNSAID), ``rotated`` that a nearer centre of the same band yielded to it.
    """

    siren: str
    siret: str
    name: str
    city: str
    email: str
    title: str
    distance_km: float
    kinship: Kinship
    level: str
    rotated: bool


Choice = tuple[int, Kinship, bool]
"""A training by its row in the index, its kinship, and whether a nearer one yielded to it."""


def rank(
    index: TrainingIndex,
    need: Need,
    here: Point,
    *,
    offer_id: str = "",
    last_asked: Mapping[str, datetime] | None = None,
    unsubscribed: Collection[str] = (),
    most: int = MAX_CENTRES,
) -> tuple[Match, ...]:
    """The centres to ask for a need at a place, best first, at most ``most``.

    A smaller ``most`` gives the first of a larger one.

    ``last_asked``: when a SIREN was last asked, for any need. ``unsubscribed``: SIRENs and
    addresses that want no more mail.
    """
    turn = Lots(offer_id, last_asked or {})
    chosen = choose(index, need, here, turn=turn, unsubscribed=unsubscribed, most=most)
    return tuple(_match(index.training(choice[0]), here, choice) for choice in chosen)


def choose(
    index: TrainingIndex,
    need: Need,
    here: Point,
    *,
    turn: "Lots",
    unsubscribed: Collection[str] = (),
    most: int = MAX_CENTRES,
) -> list[Choice]:
    """The choice ``rank`` makes, before anything but numbers is read."""
    return [
        (row, kinship, rotated)
        for kinship, hits, room in _fields(index, need, here, unsubscribed, most)
        for row, rotated in islice(turn.order(hits), room)
    ]


def contenders(
    index: TrainingIndex,
    need: Need,
    here: Point,
    *,
    unsubscribed: Collection[str] = (),
    most: int = MAX_CENTRES,
) -> frozenset[str]:
    """The SIRENs ``rank`` chooses among; when any other was last asked is irrelevant."""
    fields = _fields(index, need, here, unsubscribed, most)
    return frozenset(f"{hit[2]:09d}" for _, hits, _ in fields for hit in hits)


def _fields(
    index: TrainingIndex, need: Need, here: Point, unsubscribed: Collection[str], most: int
) -> Iterator[tuple[Kinship, list[Hit], int]]:
    """By kinship, the nearest firms in whole bands, one hit each; then how many have room."""
    taken: set[int] = set()
    room = most
    place = vector(here.latitude, here.longitude)
    metiers = [(metier.rome, metier.parent) for metier in need.metiers]
    for kinship, codes in _kin(index, metiers):
        firms: dict[int, Hit] = {}
        for look in _LOOKS if index.crowded(codes) else _LOOKS[-1:]:
            hits = index.near(codes, place, look, need.level)
            if unsubscribed:
                hits = _reachable(index, hits, unsubscribed)
            # Backwards: of a firm's trainings the nearest is kept.
            firms = {hit[2]: hit for hit in reversed(hits) if hit[2] not in taken}
            if len(firms) >= room:
                break
        yield kinship, _whole_bands(sorted(firms.values()), room), room
        room -= len(firms)
        if room <= 0:
            break
        taken |= firms.keys()


def _whole_bands(nearest: list[Hit], room: int) -> list[Hit]:
    """Those of the bands that are needed, to the end of the last."""
    if len(nearest) <= room:
        return nearest
    end = _ENDS[bisect_left(_ENDS, nearest[room - 1][0])]
    return nearest[: bisect_right(nearest, (end, inf))]


def _kin(
    index: TrainingIndex, metiers: Sequence[tuple[str, str]]
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


def _reachable(
    index: TrainingIndex, hits: Sequence[Hit], unsubscribed: Collection[str]
) -> list[Hit]:
    return [
        hit
        for hit in hits
        if f"{hit[2]:09d}" not in unsubscribed and index.training(hit[1]).email not in unsubscribed
    ]


class Lots:
    """Whose turn it is among centres that are as near."""

    def __init__(self, offer_id: str, last_asked: Mapping[str, datetime]) -> None:
        """Draw lots for this offer; centres already asked come after, longest ago first."""
        self._seed = crc32(offer_id.encode())
        self._last_asked = last_asked

    def order(self, hits: Iterable[Hit]) -> Iterator[tuple[int, bool]]:
        """Rows of hits, one a firm, in turn; and whether each goes before a nearer one."""
        asked, seed = self._last_asked, self._seed
        order = sorted(
            (
                bisect_left(_ENDS, dot),
                asked.get(f"{siren:09d}", _NEVER) if asked else _NEVER,
                (siren ^ seed) * _MIX & _MASK,
                dot,
                row,
            )
            for dot, row, siren in hits
        )
        rotated: list[bool] = []
        band, nearest = -1, 0.0
        for its_band, _, _, dot, _ in reversed(order):
            if its_band != band:
                band, nearest = its_band, 0.0
            rotated.append(dot > nearest)
            nearest = min(nearest, dot)
        return zip((row for *_, row in order), reversed(rotated), strict=True)


def _match(training: Training, here: Point, choice: Choice) -> Match:
    _, kinship, rotated = choice
    return Match(
        siren=training.siren,
        siret=training.siret,
        name=training.name,
        city=training.city,
        email=training.email,
        title=training.title,
        distance_km=round(distance_km(here, training.latitude, training.longitude), 1),
        kinship=kinship,
        level=training.level,
        rotated=rotated,
    )
