"""The shipped communes, and the fake of the other tests held to the same."""

import pytest

from depot.ports.places import Communes
from depot.reference.communes import ShippedCommunes
from tests.fakes import FakeCommunes


@pytest.fixture(params=["shipped", "fake"])
def communes(request: pytest.FixtureRequest) -> Communes:
    shipped = ShippedCommunes()
    if request.param == "shipped":
        return shipped
    codes = ("24000", "24330", "75001", "75007")
    return FakeCommunes({code: shipped.of_postcode(code) for code in codes})


def test_a_postcode_has_its_communes_by_code(communes: Communes) -> None:
    codes = [commune.insee for commune in communes.of_postcode("24330")]

    assert codes == sorted(codes)
    assert len(codes) == 6


@pytest.mark.parametrize("postcode", ["", "24019", "99999"])
def test_a_postcode_of_no_commune_has_none(communes: Communes, postcode: str) -> None:
    assert list(communes.of_postcode(postcode)) == []


@pytest.mark.parametrize(
    ("insee", "name"), [("24322", "Périgueux"), ("75056", "Paris"), ("75107", "Paris")]
)
def test_a_code_is_of_a_commune_or_in_one(communes: Communes, insee: str, name: str) -> None:
    found = communes.get(insee)

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("insee", ["", "99999"])
def test_a_code_of_no_commune_finds_nothing(communes: Communes, insee: str) -> None:
    assert communes.get(insee) is None


def test_a_divided_city_is_placed_by_its_postcode(communes: Communes) -> None:
    (first,), (seventh,) = communes.of_postcode("75001"), communes.of_postcode("75007")

    assert first.insee == seventh.insee == "75056"
    assert first.point != seventh.point
    assert communes.get("75107") == first
