"""The catalogue of trainings: one gzip'd JSON Lines object, read once by a function's process.

One training a line: siren, siret, name, city, email, title, level, romes, lat, lon, qualiopi.
"""

import gzip
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from depot.domain.errors import CatalogueMissing
from depot.domain.matching import Training
from depot.ports import Objects


CATALOGUE_KEY: Final = "catalogue/cfa.jsonl.gz"


@dataclass(frozen=True)
class ObjectCatalogue:
    """The catalogue in an object store. Raises CatalogueMissing while none was imported."""

    objects: Objects

    def trainings(self, romes: Collection[str]) -> Iterator[Training]:
        """Every training that carries one of these ROME codes, each once."""
        wanted = set(romes)
        return (training for training in self._all if wanted.intersection(training.romes))

    @cached_property
    def _all(self) -> list[Training]:
        stored = self.objects.get(CATALOGUE_KEY)
        if stored is None:
            raise CatalogueMissing
        return [_training(json.loads(line)) for line in gzip.decompress(stored.body).splitlines()]


def _training(row: Mapping[str, Any]) -> Training:
    return Training(
        siren=row["siren"],
        siret=row["siret"],
        name=row["name"],
        city=row["city"],
        email=row["email"],
        title=row["title"],
        level=row["level"],
        romes=tuple(row["romes"]),
        latitude=row["lat"],
        longitude=row["lon"],
        qualiopi=row["qualiopi"],
    )
