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
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from math import inf
from typing import Final, Literal, NamedTuple

from depot.domain.cfa.index import Hit, Reach, TrainingIndex
from depot.domain.cfa.sphere import distance_km, vector
from depot.domain.cfa.turns import ENDS, MAX_DISTANCE_KM, Lots, Turn
from depot.domain.firm.company import Point
from depot.domain.life.metiers import Metier
from depot.domain.life.offer import Need


Kinship = Literal["exact", "parent", "sibling"]

MAX_CENTRES: Final = 10

# Looking far costs more, and seldom is there a need to. Each look ends where a band does.
_LOOKS: Final = tuple(Reach.of(away) for away in (20.0, 50.0, MAX_DISTANCE_KM))


@dataclass(slots=True)  # not frozen, which makes one five times as slowly
class Match:
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
    level: str
    distance_km: float
    kinship: Kinship
    rotated: bool


class Field(NamedTuple):
    """The centres a need may be told to, before it is known whose turn it is.

    ``parts``: by kinship, the nearest firms in whole bands, one hit each; then how many have room.
    """

    searched: TrainingIndex
    parts: list[tuple[Kinship, Sequence[Hit], int]]

    @property
    def sirens(self) -> frozenset[str]:
        """Their SIRENs; when any other was last asked is irrelevant."""
        return frozenset([str(siren).zfill(9) for _, hits, _ in self.parts for _, _, siren in hits])

    def chosen(self, turn: Lots) -> list[tuple[Kinship, Turn]]:
        """Whom to ask, best first: the training, how near it is and why it is chosen."""
        return [
            (kinship, each)
            for kinship, hits, room in self.parts
            for each in islice(turn.order(hits), room)
        ]

    def in_turn(self, turn: Lots) -> tuple[Match, ...]:
        """The same, with all that is said of them."""
        said, matches = self.searched.said, []
        for kinship, (dot, row, rotated) in self.chosen(turn):
            siret, name, city, email, title, level = said(row)
            away = distance_km(-dot)
            matches.append(
                Match(siret[:9], siret, name, city, email, title, level, away, kinship, rotated)
            )
        return tuple(matches)


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
    field = contenders(index, need, here, unsubscribed=unsubscribed, most=most)
    return field.in_turn(Lots(offer_id, last_asked or {}))


def contenders(
    index: TrainingIndex,
    need: Need,
    here: Point,
    *,
    unsubscribed: Collection[str] = (),
    most: int = MAX_CENTRES,
) -> Field:
    """Those ``rank`` chooses among."""
    field = Field(index, [])
    taken: set[int] = set()
    room, place = most, vector(here.latitude, here.longitude)
    for kinship, codes in _kin(index, need.metiers):
        firms: list[Hit] = []
        for look in _LOOKS if index.crowded(codes) else _LOOKS[-1:]:
            hits = index.near(codes, place, look, need.level)
            if unsubscribed:
                hits = _reachable(index, hits, unsubscribed)
            firms = _one_a_firm(hits, taken)
            if len(firms) >= room:
                field.parts.append((kinship, _whole_bands(firms, room), room))
                return field
        field.parts.append((kinship, firms, room))
        room -= len(firms)
        taken |= {siren for _, _, siren in firms}
    return field


def _one_a_firm(nearest: list[Hit], taken: Collection[int]) -> list[Hit]:
    """The nearest training of each firm, but for those taken."""
    firms = {hit[2]: hit for hit in reversed(nearest)}
    if len(firms) == len(nearest) and not taken:
        return nearest
    return sorted(hit for siren, hit in firms.items() if siren not in taken)


def _whole_bands(nearest: list[Hit], room: int) -> list[Hit]:
    """Those of the bands that are needed, to the end of the last."""
    if len(nearest) <= room:
        return nearest
    end = ENDS[bisect_left(ENDS, nearest[room - 1][0])]
    return nearest[: bisect_right(nearest, (end, inf))]


def _kin(
    index: TrainingIndex, metiers: Sequence[Metier]
) -> Iterator[tuple[Kinship, Collection[str]]]:
    """Codes that trainings carry, by kinship to métiers."""
    exact = {metier.rome for metier in metiers}
    if found := [code for code in exact if code in index]:
        yield "exact", found
    formers = {metier.parent for metier in metiers}
    if found := [code for code in formers - exact if code in index]:
        yield "parent", found
    if siblings := {code for former in formers for code in index.under(former)} - formers - exact:
        yield "sibling", siblings


def _reachable(
    index: TrainingIndex, hits: Sequence[Hit], unsubscribed: Collection[str]
) -> list[Hit]:
    return [
        hit
        for hit in hits
        if f"{hit[2]:09d}" not in unsubscribed and index.said(hit[1])[3] not in unsubscribed
    ]
