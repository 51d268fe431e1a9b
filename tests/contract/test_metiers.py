"""One suite for the Metiers port: the appellations in the package, and the fake."""

import pytest

from depot.domain.life.metiers import Metier
from depot.ports.trainings import Metiers
from depot.reference import rows
from depot.reference.metiers import ShippedMetiers
from tests.builders import BAKER
from tests.fakes import FakeMetiers


@pytest.fixture(scope="module")
def known() -> dict[str, Metier]:
    """Every appellation there is, so that the fake is asked the same questions."""
    shipped = ShippedMetiers()
    found = (shipped.get(row[0]) for row in rows("appellations.csv"))
    return {metier.code: metier for metier in found if metier}


@pytest.fixture(params=["shipped", "fake"])
def metiers(request: pytest.FixtureRequest, known: dict[str, Metier]) -> Metiers:
    if request.param == "shipped":
        return ShippedMetiers()
    refused = frozenset(rome for rome, _ in rows("not_apprenticeable.csv"))
    return FakeMetiers(known, refused)


def test_a_metier_is_found_by_its_code(metiers: Metiers) -> None:
    assert metiers.get(BAKER.code) == BAKER


@pytest.mark.parametrize("code", ["", "0", "D1102", " 11573"])
def test_a_code_of_no_appellation_finds_nothing(metiers: Metiers, code: str) -> None:
    assert metiers.get(code) is None


@pytest.mark.parametrize(
    "text", ["Boulanger / Boulangère", "Boulanger", "Boulangère", "BOULANGÈRE", "boulangere"]
)
def test_a_metier_is_called_by_its_label_or_one_gender_of_it(metiers: Metiers, text: str) -> None:
    assert list(metiers.named(text)) == [BAKER]


@pytest.mark.parametrize("text", ["", "boulang", "Boulanger du village", "D1102"])
def test_half_a_name_is_no_name(metiers: Metiers, text: str) -> None:
    assert list(metiers.named(text)) == []


def test_a_few_metiers_hold_every_word_the_shortest_first(metiers: Metiers) -> None:
    found = [metier.label for metier in metiers.near("boulangère")]

    assert found[0] == "Boulanger / Boulangère"
    assert found == sorted(found, key=len)
    assert len(found) == 5
    assert [metier.label for metier in metiers.near("boulangere vendeuse")] == [
        metier.label for metier in metiers.near("VENDEUSE Boulangère")
    ]


@pytest.mark.parametrize("text", ["xyzzy", "boulangère xyzzy", "boulang"])
def test_a_word_no_label_holds_is_near_nothing(metiers: Metiers, text: str) -> None:
    assert list(metiers.near(text)) == []


@pytest.mark.parametrize(("code", "apprenticeable"), [("11573", True), ("17846", False)])
def test_some_metiers_are_not_prepared_by_apprenticeship(
    metiers: Metiers, code: str, *, apprenticeable: bool
) -> None:
    metier = metiers.get(code)

    assert metier is not None
    assert metiers.apprenticeable(metier) is apprenticeable
