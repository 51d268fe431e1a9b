"""The Metiers and Catalogue ports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from depot.domain.cfa.index import TrainingIndex
from depot.domain.cfa.training import Training
from depot.domain.errors import CatalogueMissing
from depot.domain.folding import folded
from depot.domain.life.metiers import Metier


def _names(metier: Metier) -> set[str]:
    return {folded(metier.label), *map(folded, metier.label.split(" / "))}


@dataclass
class FakeMetiers:
    """The Metiers port."""

    known: dict[str, Metier]
    refused: frozenset[str] = frozenset()

    def get(self, code: str) -> Metier | None:
        return self.known.get(code)

    def named(self, text: str) -> Sequence[Metier]:
        return [metier for metier in self.known.values() if folded(text) in _names(metier)]

    def near(self, text: str) -> Sequence[Metier]:
        words = set(folded(text).split())
        found = [each for each in self.known.values() if words <= set(folded(each.label).split())]
        return sorted(found, key=lambda metier: len(metier.label))[:5]

    def apprenticeable(self, metier: Metier) -> bool:
        return metier.rome not in self.refused


@dataclass
class FakeCatalogue:
    """The Catalogue port. ``former`` gives the code above a ROME 4.0 code; ``missing``: none is."""

    known: list[Training] = field(default_factory=list)
    former: Mapping[str, str] = field(default_factory=dict)
    missing: bool = False

    def index(self) -> TrainingIndex:
        if self.missing:
            raise CatalogueMissing
        return TrainingIndex.of(self.known, self.former)
