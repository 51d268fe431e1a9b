"""One suite for the Catalogue port: as stored, in memory, and the fake."""

from collections.abc import Callable, Sequence

import pytest

from depot.domain.cfa.columns import gather
from depot.domain.cfa.formation import Imported
from depot.domain.cfa.index import Reach
from depot.domain.cfa.sphere import vector
from depot.domain.cfa.training import Training
from depot.domain.errors import CatalogueMissing
from depot.ports.trainings import Catalogue
from depot.storage.catalogue import ObjectCatalogue
from tests.builders import NOW, a_training
from tests.fakes import FakeCatalogue, MemoryCatalogue, MemoryObjects


FORMER = {"D1102": "D1102", "D1116": "D1102"}
KNOWN = [
    a_training(siren="000000018", romes=("D1102",), longitude=0.77),
    a_training(siren="000000026", romes=("D1116",), longitude=0.72),
    a_training(siren="000000034", romes=("D1102", "D1116"), longitude=7.0),
]
HERE = vector(45.18, 0.71)
Make = Callable[[Sequence[Training] | None], Catalogue]


def _fake(known: Sequence[Training] | None) -> Catalogue:
    return FakeCatalogue(list(known or ()), FORMER, missing=known is None)


def _published(
    catalogue: MemoryCatalogue | ObjectCatalogue, known: Sequence[Training] | None
) -> Catalogue:
    if known is not None:
        count = {"trainings": len(known), "left_out": {}}
        imported = Imported.model_validate({"source": "test", "imported_at": NOW, **count})
        catalogue.publish(gather(known, FORMER), imported)
    return catalogue


@pytest.fixture(params=["fake", "memory", "objects"])
def make(request: pytest.FixtureRequest) -> Make:
    if request.param == "fake":
        return _fake
    memory = request.param == "memory"
    return lambda known: _published(
        MemoryCatalogue() if memory else ObjectCatalogue(MemoryObjects()), known
    )


def test_before_the_first_import_there_is_nothing_to_search(make: Make) -> None:
    with pytest.raises(CatalogueMissing):
        make(None).index()


def test_an_empty_catalogue_can_be_searched(make: Make) -> None:
    index = make([]).index()

    assert len(index) == 0
    assert "D1102" not in index


def test_codes_and_those_under_a_former_one_are_known(make: Make) -> None:
    index = make(KNOWN).index()

    assert len(index) == 3
    assert "D1116" in index
    assert "K1304" not in index
    assert sorted(index.under("D1102")) == ["D1102", "D1116"]
    assert not index.crowded(["D1102", "D1116"])


def test_the_nearest_come_first_and_none_beyond_the_reach(make: Make) -> None:
    index = make(KNOWN).index()

    hits = index.near(["D1102", "D1116"], HERE, Reach.of(100), None)

    assert [siren for _, _, siren in hits] == [26, 18]
    assert index.said(hits[0][1])[0] == KNOWN[1].siret
    assert len(index.near(["D1102", "D1116"], HERE, Reach.of(1000), None)) == 4
