"""Find the trainings near a place that carry some codes, without looking at the others."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import sin
from typing import Final, NamedTuple

from depot.domain.cfa.columns import CODE_LENGTH, SEPARATOR, STRIPE, Columns, gather, stripe
from depot.domain.cfa.sphere import EARTH_RADIUS_KM, Vector, cosine
from depot.domain.cfa.training import UNSAID, Training


Hit = tuple[float, int, int]
"""Minus the dot product with the place (so that the nearest sorts first), row, SIREN."""

CROWDED: Final = 600
"""Postings some codes have, wherever they are, from which a nearer look is worth it."""

_ROUNDING: Final = 1e-12  # 6 µm on Earth: a band must not lose its edge


class Reach(NamedTuple):
    """How far to look, as a hit is measured and as the parts of its vector may differ."""

    farthest: float
    chord: float

    @classmethod
    def of(cls, kilometres: float) -> "Reach":
        """Look so far."""
        chord = 2 * sin(kilometres / EARTH_RADIUS_KM / 2)
        return cls(-cosine(kilometres), chord + _ROUNDING)


class TrainingIndex:
    """A catalogue, ready to be searched. Reads its columns, copies none of them."""

    def __init__(self, columns: Columns, *, crowded: int = CROWDED) -> None:
        """Search these columns; ``crowded`` changes how long that takes, never what is found."""
        self._crowded = crowded
        codes, formers = _split(columns.code), _split(columns.former)
        self.columns = columns
        self._spans = dict(zip(codes, pairwise([0, *columns.end]), strict=True))
        under = defaultdict(list)
        for code, former in zip(codes, formers, strict=True):
            under[former].append(code)
        self._under: Mapping[str, Sequence[str]] = under

    @classmethod
    def of(
        cls,
        trainings: Iterable[Training],
        former: Mapping[str, str],
        *,
        crowded: int = CROWDED,
    ) -> "TrainingIndex":
        """Index trainings; ``former`` gives the code above a ROME 4.0 code."""
        return cls(gather(trainings, former), crowded=crowded)

    def __len__(self) -> int:
        """How many trainings."""
        return len(self.columns.site)

    def __contains__(self, code: str) -> bool:
        """Whether trainings carry this code."""
        return code in self._spans

    def crowded(self, codes: Iterable[str]) -> bool:
        """Whether these codes have so many postings that a nearer look is worth it."""
        spans = self._spans
        return sum(spans[code][1] - spans[code][0] for code in codes) > self._crowded

    def under(self, former: str) -> Sequence[str]:
        """The codes trainings carry that are under a former code."""
        return self._under.get(former, ())

    def near(
        self, codes: Iterable[str], here: Vector, reach: Reach, level: str | None
    ) -> list[Hit]:
        """Trainings within reach that carry one of the codes, the nearest first.

        ``level``: those of this level, or whose level is not said; None: of any.
        """
        (x, y, z), (farthest, chord), column = here, reach, self.columns
        xs, ys, zs, keys = column.x, column.y, column.z, column.key
        rows, sirens, levels = column.row, column.siren, column.level
        wanted = None if level is None else (0, int(level))
        low, high = y - chord, y + chord
        stripes = range(stripe(z - chord), stripe(z + chord) + 1, STRIPE)
        hits: list[Hit] = []
        for code in codes:
            stop, end = self._spans.get(code, (0, 0))
            for key in stripes:
                start = bisect_left(keys, key + low, stop, end)
                stop = bisect_right(keys, key + high, start, end)
                if start == stop:
                    continue
                hits += [
                    (dot, rows[at], sirens[at])
                    for at, px, py, pz in zip(
                        range(start, stop),
                        xs[start:stop],
                        ys[start:stop],
                        zs[start:stop],
                        strict=True,
                    )
                    if (dot := -(px * x + py * y + pz * z)) <= farthest
                    and (wanted is None or levels[at] in wanted)
                ]
        hits.sort()
        return hits

    def training(self, row: int) -> Training:
        """One training in full, but for its codes."""
        column = self.columns
        site, grade = column.site[row], column.grade[row]
        name, city, email = self._words(column.line[site]).split(SEPARATOR)
        return Training(
            siret=f"{column.siret[site]:014d}",
            title=self._words(column.title[row]),
            level=str(grade) if grade else UNSAID,
            romes=(),
            name=name,
            city=city,
            email=email,
            latitude=column.latitude[site],
            longitude=column.longitude[site],
        )

    def _words(self, number: int) -> str:
        start, end = self.columns.cut[number : number + 2]
        return bytes(self.columns.text[start:end]).decode()


def _split(codes: Sequence[int]) -> list[str]:
    text = bytes(codes).decode()
    return [text[at : at + CODE_LENGTH] for at in range(0, len(text), CODE_LENGTH)]
