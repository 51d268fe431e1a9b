"""A synthetic catalogue as large as the real one: nobody in it exists, and nobody can be reached.

15,000 sites of 9,000 firms give 60,000 trainings under the 532 former ROME codes. Sites stand
around the towns of the sample catalogue, some towns having many and most a few; some codes are
everywhere and most are rare. The same seed gives the same catalogue. It is never kept as data.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from depot.domain.cfa.training import Training
from depot.domain.identifiers import luhn
from depot.reference.metiers import former_codes
from local.standin.formations import catalogue


FIRMS: Final = 9_000
SITES: Final = 15_000
TRAININGS: Final = 60_000

_TITLES: Final = 4_000
_LEVELS: Final = "33334444555567"
_CODES: Final = (1, 1, 2, 2, 3, 4, 5)  # how many a training carries
_WITHIN_KM: Final = 0.04  # degrees around the middle of a town


class _Site(NamedTuple):
    siret: str
    city: str
    latitude: float
    longitude: float


def trainings(seed: int = 20261125, count: int = TRAININGS) -> list[Training]:
    """Make the catalogue, or its first trainings."""
    chance = random.Random(seed)  # noqa: S311 - nothing to keep secret
    codes = sorted(set(former_codes().values()))
    chance.shuffle(codes)
    often = list(accumulate(1 / (rank + 6) ** 0.95 for rank in range(len(codes))))
    sites = list(_sites(chance))
    return [
        _training(number, sites[number % SITES], chance, (codes, often)) for number in range(count)
    ]


def _sites(chance: random.Random) -> Iterator[_Site]:
    towns = sorted({(row["city"], row["lat"], row["lon"]) for row in catalogue()})
    chance.shuffle(towns)
    often = list(accumulate(1 / (rank + 1) ** 0.6 for rank in range(len(towns))))
    for number in range(SITES):
        [(city, latitude, longitude)] = chance.choices(towns, cum_weights=often)
        yield _Site(
            _siret(number % FIRMS, 1 + number // FIRMS),
            city,
            round(latitude + chance.gauss(0, _WITHIN_KM), 6),
            round(longitude + chance.gauss(0, _WITHIN_KM), 6),
        )


def _siret(firm: int, site: int) -> str:
    """A number nobody has: INSEE attributes none that begins with 0000."""
    siren = _keyed(f"0000{firm:04d}")
    return _keyed(f"{siren}{site:04d}")


def _keyed(digits: str) -> str:
    return next(f"{digits}{key}" for key in range(10) if luhn(f"{digits}{key}"))


def _training(
    number: int, site: _Site, chance: random.Random, codes: tuple[Sequence[str], Sequence[float]]
) -> Training:
    known, often = codes
    return Training(
        siret=site.siret,
        title=f"Diplôme synthétique n° {chance.randrange(_TITLES)} de la formation en alternance",
        level=chance.choice(_LEVELS),
        romes=tuple(sorted({*chance.choices(known, cum_weights=often, k=chance.choice(_CODES))})),
        name=f"Centre de formation synthétique n° {int(site.siret[:8])} de {site.city}",
        city=site.city,
        email=f"cfa-{number % SITES}@example.org",
        latitude=site.latitude,
        longitude=site.longitude,
    )
