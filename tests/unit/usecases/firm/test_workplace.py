"""An apprentice who works elsewhere than at the firm: from the deposit to the feed."""

from typing import Any

import pytest

from depot.domain.errors import Refused
from depot.domain.feed.record import record_of
from depot.domain.firm.company import Point
from depot.domain.firm.places import Located
from depot.domain.life.offer import Offer
from tests.builders import (
    BAKER,
    NOW,
    PERIGUEUX,
    SIRET,
    a_company,
    a_deposit,
    a_training,
)
from tests.world import World, minutes, token_of


TYPED = {"street": " 12 rue du Four ", "postcode": "24 000", "city": "PERIGUEUX CEDEX"}
LABEL = "12 rue du Four 24000 Périgueux"
EXACT = Located(
    point=Point(latitude=45.1851, longitude=0.7212), precision="address", source="geocoder"
)
NEED: dict[str, Any] = {"metier": BAKER.code, "workplace": TYPED}


@pytest.fixture
def world(world: World) -> World:
    world.geocoder.known = {LABEL: EXACT}
    return world


def only(world: World) -> Offer:
    (offer,) = world.offers
    return offer


def deposit(world: World, **need: Any) -> str:
    return token_of(world.deposit(a_deposit(offers=[{**NEED, **need}])))


def test_the_offer_is_where_the_depositor_says_and_its_firm_stays_where_it_is(world: World) -> None:
    token = deposit(world)

    page = world.show(token)
    assert page.offers[0].workplace is not None
    assert page.offers[0].workplace.label == LABEL
    assert page.recruiter.address == a_company().address
    place = record_of(only(world)).workplace
    assert (place.siret, place.name) == (SIRET, "AU BON PAIN")
    assert (place.address, place.postcode, place.city) == (LABEL, "24000", "Périgueux")
    assert (place.insee_code, place.location_precision) == ("24322", "address")
    assert (place.latitude, place.longitude) == (45.1851, 0.7212)


def test_a_firm_that_is_the_place_is_shown_once(world: World) -> None:
    token = token_of(world.deposit())

    assert world.show(token).offers[0].workplace is None
    assert record_of(only(world)).workplace.location_precision == "establishment"
    assert world.geocoder.asked == []


def test_a_firm_without_coordinates_is_in_the_middle_of_its_commune(world: World) -> None:
    world.companies.known = {SIRET: a_company(location=None)}
    world.deposit()

    place = only(world).workplace
    assert (place.location, place.precision, place.declared) == (PERIGUEUX.point, "commune", False)


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"postcode": "24999"}, "postcode", "postcode_unknown"),
        ({"city": "Bergerac"}, "city", "city_elsewhere"),
    ],
)
def test_an_address_that_does_not_exist_is_refused_beside_its_field(
    world: World, typed: dict[str, str], field: str, code: str
) -> None:
    first = {"metier": "?", "workplace": TYPED | typed}
    with pytest.raises(Refused) as caught:
        world.deposit(a_deposit(offers=[{"metier": BAKER.code}, first]))

    errors = [(error.field, error.code) for error in caught.value.errors]
    assert errors == [
        ("offers.1.metier", "metier_unknown"),
        (f"offers.1.workplace.{field}", code),
    ]
    assert world.offers == []


def test_the_geocoder_is_left_alone_when_the_directory_has_just_failed(world: World) -> None:
    world.companies.down = True
    deposit(world)

    place = only(world).workplace
    assert world.geocoder.asked == []
    assert (place.location, place.precision) == (PERIGUEUX.point, "commune")


def test_a_firm_verified_later_gives_its_name_and_leaves_the_place(world: World) -> None:
    world.companies.down = True
    deposit(world)
    before = only(world).workplace
    world.companies.down = False

    world.sweep(NOW + minutes(15))

    after = only(world).workplace
    assert (after.name, after.naf) == ("AU BON PAIN", "10.71C")
    assert (after.address, after.location) == (before.address, before.location)
    assert (after.precision, after.declared) == ("commune", True)


def test_a_firm_verified_later_without_coordinates_is_in_its_commune(world: World) -> None:
    world.companies.down = True
    world.deposit()
    world.companies.down = False
    world.companies.known = {SIRET: a_company(location=None)}

    world.sweep(NOW + minutes(15))

    assert only(world).workplace.location == PERIGUEUX.point


def test_a_need_added_by_link_may_be_elsewhere_too(world: World) -> None:
    receipt = world.deposit(a_deposit(offers=[]))

    added = world.add(receipt.recruiter_id, token_of(receipt), workplace=TYPED)

    assert added.workplace is not None
    assert only(world).workplace.location == EXACT.point


def test_an_edit_moves_an_offer(world: World) -> None:
    token = token_of(world.deposit())
    (offer,) = world.show(token).offers

    moved = world.edit(offer, token, workplace=TYPED)

    assert moved.workplace is not None
    assert only(world).workplace.location == EXACT.point
    assert world.geocoder.asked == [LABEL]


def test_an_edit_of_something_else_leaves_the_place_and_asks_nobody(world: World) -> None:
    token = deposit(world)
    (offer,) = world.show(token).offers
    world.geocoder.down = True
    place = only(world).workplace

    assert offer.workplace is not None
    typed = offer.workplace.model_dump(include={"street", "postcode", "city"})
    edited = world.edit(offer, token, workplace=typed, openings=2)

    assert only(world).workplace == place
    assert edited.workplace == offer.workplace
    assert world.geocoder.asked == [LABEL]


def test_an_edit_without_the_address_returns_to_the_firm(world: World) -> None:
    token = deposit(world)
    (offer,) = world.show(token).offers

    edited = world.edit(offer, token)

    assert edited.workplace is None
    place = only(world).workplace
    assert (place.address, place.location) == (a_company().address, a_company().location)
    assert (place.precision, place.declared) == ("establishment", False)


def test_an_edit_to_a_place_that_does_not_exist_changes_nothing(world: World) -> None:
    token = deposit(world)
    (offer,) = world.show(token).offers

    with pytest.raises(Refused, match=r"workplace\.postcode: postcode_unknown"):
        world.edit(offer, token, workplace=TYPED | {"postcode": "24999"})

    assert only(world).version == 1


def test_centres_are_those_near_the_place_and_not_near_the_firm(world: World) -> None:
    there = Located(
        point=Point(latitude=48.11, longitude=-1.68), precision="address", source="geocoder"
    )
    world.geocoder.known = {LABEL: there}
    world.catalogue.known = [
        a_training(siren="000000001", latitude=48.2, longitude=-1.7),
        a_training(siren="000000002", latitude=45.2, longitude=0.7),
    ]
    deposit(world, ask_cfa=True)

    world.match(only(world).recruiter_id, only(world).id)

    (shown,) = world.show(world.token(world.store.recruiter(only(world).recruiter_id))).offers
    assert [cfa.distance_km for cfa in shown.cfas] == [10.1]
