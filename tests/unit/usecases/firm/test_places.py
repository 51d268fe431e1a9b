"""Where an address is, whatever the geocoder answers."""

import pytest

from depot.domain.firm.company import Address, Company, Point
from depot.domain.firm.places import AddressForm, Commune, Located
from depot.domain.firm.workplace import Workplace
from depot.usecases.firm.places import Patience, Places, middle, situated
from tests.builders import PERIGUEUX, SIRET, a_company
from tests.fakes import FakeCommunes, FakeGeocoder
from tests.world import World


OVEN = "12 rue du Four 24000 Périgueux"
EXACT = Located(
    point=Point(latitude=45.1851, longitude=0.7212), precision="address", source="geocoder"
)
FIRM = Workplace(siret=SIRET, name="AU BON PAIN")
SEVENTH = Commune(insee="75056", name="Paris", point=Point(latitude=48.856, longitude=2.312))
FIRST = SEVENTH.model_copy(update={"point": Point(latitude=48.863, longitude=2.336)})


def form(street: str | None = "12 rue du Four") -> AddressForm:
    return AddressForm(street=street, postcode="24000", city="perigueux")


def placed(
    world: World, *, street: str | None = "12 rue du Four", seconds: float = 1.5
) -> Workplace:
    return world.places.workplace(form(street), firm=FIRM, patience=Patience(seconds))


def test_without_an_address_an_offer_is_at_its_firm(world: World) -> None:
    assert world.places.workplace(None, firm=FIRM, patience=Patience()) == FIRM
    assert FIRM.elsewhere is None


def test_an_address_that_is_found_is_where_the_offer_is(world: World) -> None:
    world.geocoder.known = {OVEN: EXACT}

    place = placed(world)

    assert (place.location, place.precision) == (EXACT.point, "address")
    assert (place.name, place.declared) == ("AU BON PAIN", True)
    assert place.elsewhere is not None
    assert place.elsewhere.label == OVEN


def test_an_address_that_is_not_found_is_in_its_commune(world: World) -> None:
    place = placed(world)

    assert (place.location, place.precision) == (PERIGUEUX.point, "commune")


def test_a_commune_alone_asks_nobody(world: World) -> None:
    place = placed(world, street=None)

    assert world.geocoder.asked == []
    assert (place.location, place.precision) == (PERIGUEUX.point, "commune")


def test_an_outage_puts_the_offer_in_its_commune_and_is_met_once_a_request(world: World) -> None:
    world.geocoder.known, world.geocoder.down = {OVEN: EXACT}, True
    patience = Patience()

    places = [world.places.workplace(form(), firm=FIRM, patience=patience) for _ in range(3)]

    assert [place.precision for place in places] == ["commune"] * 3
    assert world.geocoder.asked == [OVEN]


@pytest.mark.parametrize("seconds", [-1.0, 0.0, 0.05])
def test_nobody_is_asked_once_the_time_is_spent(world: World, seconds: float) -> None:
    world.geocoder.known = {OVEN: EXACT}

    assert placed(world, seconds=seconds).precision == "commune"
    assert world.geocoder.asked == []


def test_patience_only_shrinks_and_is_lost_at_once() -> None:
    patience = Patience(1.5)

    assert 0 < patience.left <= 1.5
    patience.lose()
    assert patience.left < 0


def test_an_address_that_did_not_change_is_not_asked_about_again(world: World) -> None:
    before = placed(world)
    world.geocoder.known = {OVEN: EXACT}

    same = world.places.workplace(form(), firm=FIRM, before=before, patience=Patience())
    other = world.places.workplace(
        form("12 Rue du Four"), firm=FIRM, before=before, patience=Patience()
    )

    assert same == before
    assert other.elsewhere is not None
    assert other.elsewhere.street == "12 Rue du Four"
    assert len(world.geocoder.asked) == 2


def test_a_commune_nobody_can_place_leaves_the_offer_without_a_place() -> None:
    noumea = Commune(insee="98818", name="Nouméa")
    places = Places(FakeCommunes({"98800": [noumea]}), FakeGeocoder)
    typed = AddressForm(street="1 rue de l’Alma", postcode="98800", city="Noumea")

    place = places.workplace(typed, firm=FIRM, patience=Patience())

    assert place.location is None
    assert place.elsewhere is not None
    assert place.elsewhere.insee == "98818"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ({"postcode": "24000", "insee": "24322"}, PERIGUEUX.point),
        ({"postcode": "24019", "insee": "24322"}, PERIGUEUX.point),  # a CEDEX
        ({"insee": "24322"}, PERIGUEUX.point),
        ({"postcode": "24000"}, PERIGUEUX.point),
        ({"postcode": "75007", "insee": "75107"}, SEVENTH.point),
        ({"insee": "75107"}, FIRST.point),
        ({"postcode": "24000", "insee": "99999"}, None),
        ({"postcode": "99999"}, None),
        ({}, None),
    ],
)
def test_the_middle_of_a_commune_is_known_by_its_code_or_its_postcode(
    address: dict[str, str], found: Point | None
) -> None:
    communes = FakeCommunes({"24000": [PERIGUEUX], "75001": [FIRST], "75007": [SEVENTH]})

    located = middle(Address(label="ici", **address), communes)

    assert (located and located.point) == found


def test_a_postcode_of_several_communes_says_nothing_alone() -> None:
    communes = FakeCommunes({"24000": [PERIGUEUX, SEVENTH]})

    assert middle(Address(label="ici", postcode="24000"), communes) is None


def test_a_firm_the_directory_puts_nowhere_is_in_its_commune(world: World) -> None:
    firm = situated(a_company(location=None), world.communes)

    assert firm is not None
    assert (firm.location, firm.precision) == (PERIGUEUX.point, "commune")


@pytest.mark.parametrize("firm", [None, a_company(), a_company(location=None)])
def test_a_firm_stays_as_it_is_when_there_is_nothing_to_add(firm: Company | None) -> None:
    assert situated(firm, FakeCommunes()) == firm
