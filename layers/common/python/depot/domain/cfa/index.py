"""Find the trainings near a place that carry some codes, without looking at the others."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, pairwise
from math import sin
from typing import Final, NamedTuple

from depot.domain.cfa.columns import CODE_LENGTH, PART, STRIPE, Columns, gather, stripe
from depot.domain.cfa.sphere import EARTH_RADIUS_KM, Vector, cosine
from depot.domain.cfa.training import LEVELS, Training


Hit = tuple[float, int, int]
"""Minus the dot product with the place (so that the nearest sorts first), row, SIREN."""

Said = tuple[str, str, str, str, str, str]
"""What a training says of itself: SIRET, name, city and e-mail of its centre; title; level."""

CROWDED: Final = 600
"""Postings some codes have, wherever they are, from which a nearer look is worth it."""

# By level wanted: whether each level fits, as a table to translate by.
_FIT: Final = {
    level: bytes(number in {0, wanted} for number in range(256))
    for wanted, level in enumerate(LEVELS)
}
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
    """A catalogue, ready to be searched: numbers and words are read where they are."""

    def __init__(self, columns: Columns, *, crowded: int = CROWDED) -> None:
        """Search these columns; ``crowded`` changes how long that takes, never what is found."""
        self._crowded = crowded
        codes, formers = _split(columns.code), _split(columns.former)
        self._text, self._begins = bytes(columns.text), columns.word
        self.columns = columns
        self._postings = (
            columns.key,
            columns.x,
            columns.y,
            columns.z,
            columns.row,
            columns.siren,
            bytes(columns.level),
        )
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
        return len(self.columns.title)

    def __contains__(self, code: str) -> bool:
        """Whether trainings carry this code."""
        return code in self._spans

    def crowded(self, codes: Iterable[str]) -> bool:
        """Whether these codes have so many postings that a nearer look is worth it."""
        postings = 0
        for code in codes:
            start, end = self._spans[code]
            postings += end - start
        return postings > self._crowded

    def under(self, former: str) -> Sequence[str]:
        """The codes trainings carry that are under a former code."""
        return self._under.get(former, ())

    def near(
        self, codes: Iterable[str], here: Vector, reach: Reach, level: str | None
    ) -> list[Hit]:
        """Trainings within reach that carry one of the codes, the nearest first.

        ``level``: those of this level, or whose level is not said; None: of any.
        """
        (x, y, z), (farthest, chord) = here, reach
        keys, xs, ys, zs, rows, sirens, levels = self._postings
        low, high = y - chord, y + chord
        stripes = range(stripe(z - chord), stripe(z + chord) + 1, STRIPE)
        fit = _FIT[level] if level else None
        hits: list[Hit] = []
        for code in codes:
            stop, end = self._spans.get(code, (0, 0))
            for key in stripes:
                start = bisect_left(keys, key + low, stop, end)
                stop = bisect_right(keys, key + high, start, end)
                if start == stop:
                    continue
                some: Iterable[int] = range(start, stop)
                if fit:
                    some = compress(some, levels[start:stop].translate(fit))
                hits += [
                    (dot, rows[at], sirens[at])
                    for at in some
                    if (dot := -(xs[at] * x + ys[at] * y + zs[at] * z)) <= farthest
                ]
        hits.sort()
        return hits

    def said(self, row: int) -> Said:
        """What one training says of itself."""
        column = self.columns
        siret, name, city, email = self._word(column.centre[row]).split(PART)
        title = self._word(column.title[row])
        return siret, name, city, email, title, LEVELS[column.grade[row]]

    def _word(self, number: int) -> str:
        # Not read with the rest: a process is asked about tens of the twenty thousand.
        begins = self._begins
        return self._text[begins[number] : begins[number + 1]].decode()


def _split(codes: Sequence[int]) -> list[str]:
    text = bytes(codes).decode()
    return [text[at : at + CODE_LENGTH] for at in range(0, len(text), CODE_LENGTH)]
