"""The trainings of a catalogue as flat columns of numbers, and one text for all the words.

This is the shape in which a catalogue is kept and searched: no object a training, so a process has
it as soon as it has the bytes. ``gather`` makes it of trainings, in whatever order they come.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from math import floor
from typing import Any, Final

from depot.domain.cfa.sphere import vector
from depot.domain.cfa.training import Training


CODE_LENGTH: Final = 5  # of a ROME code
PART: Final = "\t"  # between the words said of a centre: in none of them, names are clean lines

STRIPE: Final = 8  # between the keys of two stripes: no y, however far one looks, goes so far
_STRIPES: Final = 60  # from the equator to a pole, by sine; at 46° one is 153 km high

Ints = Sequence[int]
Floats = Sequence[float]


@dataclass(frozen=True, slots=True)
class Columns:
    """Four tables by column. Numbers of a row or a word are positions in their table.

    codes      ``code``, ``former`` (five letters each, end to end), ``end`` of its postings
    postings   ``x``, ``y``, ``z`` (unit vector), ``siren``, ``level`` (0: unsaid), ``row``, by
               code, then by ``key``: its stripe of latitudes, then y
    rows       one a training, in the order of ties: ``centre`` and ``title``, words, and ``grade``,
               its level. The word of a centre has four parts: SIRET, name, city, e-mail
    words      ``word``: where each begins in ``text``, and where the last ends; ``text``: UTF-8
    """

    code: Ints
    former: Ints
    end: Ints
    key: Floats
    x: Floats
    y: Floats
    z: Floats
    siren: Ints
    level: Ints
    row: Ints
    centre: Ints
    title: Ints
    grade: Ints
    word: Ints
    text: Ints


def gather(trainings: Iterable[Training], former: Mapping[str, str]) -> Columns:
    """Lay out the trainings, each once; ``former`` is the code above a code.

    A code that is not in ``former`` has nothing above it.
    """
    rows = sorted(set(trainings))
    words = sorted({_centre(row) for row in rows} | {row.title for row in rows})
    at_word = {word: number for number, word in enumerate(words)}
    texts = [word.encode() for word in words]
    return Columns(
        **_codes_and_postings(rows, former),
        centre=array("I", (at_word[_centre(row)] for row in rows)),
        title=array("I", (at_word[row.title] for row in rows)),
        grade=array("B", (_grade(row) for row in rows)),
        word=array("I", accumulate(map(len, texts), initial=0)),
        text=array("B", b"".join(texts)),
    )


def stripe(z: float) -> int:
    """The key of the stripe of latitudes whose sine is z, before y is added."""
    return floor(z * _STRIPES) * STRIPE


def _codes_and_postings(rows: Sequence[Training], former: Mapping[str, str]) -> dict[str, Any]:
    carriers: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for code in row.romes:
            carriers[code].append(number)
    codes = sorted(carriers)
    vectors = [vector(row.latitude, row.longitude) for row in rows]
    keys = [stripe(z) + y for _, y, z in vectors]
    order = list(
        chain.from_iterable(
            sorted(carriers[code], key=lambda number: (keys[number], number)) for code in codes
        )
    )
    return {
        "code": array("B", "".join(codes).encode()),
        "former": array("B", "".join(former.get(code, code) for code in codes).encode()),
        "end": array("I", accumulate(len(carriers[code]) for code in codes)),
        "key": array("d", (keys[number] for number in order)),
        "x": array("d", (vectors[number][0] for number in order)),
        "y": array("d", (vectors[number][1] for number in order)),
        "z": array("d", (vectors[number][2] for number in order)),
        "siren": array("I", (int(rows[number].siren) for number in order)),
        "level": array("B", (_grade(rows[number]) for number in order)),
        "row": array("I", order),
    }


def _centre(row: Training) -> str:
    return PART.join((row.siret, row.name, row.city, row.email))


def _grade(row: Training) -> int:
    return int(row.level or 0)
