"""The depositor says what the firm is called and where it is."""

from typing import Any

import pytest

from depot.domain.errors import Refused, StaleVersion
from depot.domain.firm.company import Point
from depot.domain.firm.places import Located
from depot.domain.life.offer import Offer
from depot.usecases.deposit.receipt import Receipt
from tests.builders import NOW, PERIGUEUX, SIRET, a_company, a_deposit
from tests.world import World, days, minutes, token_of


TYPED = {"street": "12 rue du Four", "postcode": "24000", "city": "perigueux"}
LABEL = "12 rue du Four 24000 Périgueux"
EXACT = Located(
    point=Point(latitude=45.1851, longitude=0.7212), precision="address", source="geocoder"
)
WORDS = {"name": "Chez Jeanne", "address": TYPED}
HIDDEN = a_company(diffusible=False, name="", legal_name="", location=None)


@pytest.fixture
def world(world: World) -> World:
    world.geocoder.known = {LABEL: EXACT}
    return world


def only(world: World) -> Offer:
    (offer,) = world.offers
    return offer


def deposit(world: World, **over: Any) -> Receipt:
    return world.deposit(a_deposit(**over))


def test_a_deposit_may_correct_what_the_directory_says(world: World) -> None:
    receipt = deposit(world, correction=WORDS)

    assert receipt.company_name == "Chez Jeanne"
    place = only(world).workplace
    assert (place.name, place.legal_name) == ("Chez Jeanne", "MARTIN SARL")
    assert place.address is not None
    assert (place.address.label, place.precision) == (LABEL, "address")
    assert (place.location, place.elsewhere) == (EXACT.point, None)


def test_the_correction_is_kept_beside_what_the_directory_says(world: World) -> None:
    receipt = deposit(world, correction={"name": "Chez Jeanne"})

    recruiter = world.recruiter(receipt)
    assert recruiter.company == a_company()
    assert recruiter.correction is not None
    assert (recruiter.correction.name, recruiter.correction.corrected_at) == ("Chez Jeanne", NOW)
    assert recruiter.address == a_company().address


def test_a_correction_outlives_what_the_directory_says_later(world: World) -> None:
    receipt = deposit(world, correction=WORDS)
    world.companies.known = {SIRET: a_company(name="AUTRE NOM")}

    world.sweep(NOW + days(7))

    assert only(world).workplace.name == "Chez Jeanne"
    assert world.recruiter(receipt).firm_name == "Chez Jeanne"


def test_a_firm_still_to_verify_is_shown_by_the_words_of_its_depositor(world: World) -> None:
    world.companies.down = True

    receipt = deposit(world, correction=WORDS)

    assert (receipt.verification, only(world).workplace.name) == ("to_verify", "Chez Jeanne")


def test_a_correction_on_the_page_follows_in_every_live_offer(world: World) -> None:
    receipt = deposit(world)
    token = token_of(receipt)

    view = world.correct(token, now=NOW + minutes(5), **WORDS).recruiter

    assert (view.company_name, view.version) == ("Chez Jeanne", 2)
    assert view.address.label == LABEL
    assert view.correction.name == "Chez Jeanne"
    corrected = only(world)
    assert (corrected.workplace.name, corrected.version) == ("Chez Jeanne", 2)


def test_an_offer_elsewhere_stays_there_and_takes_the_name(world: World) -> None:
    need = {"metier": "11573", "workplace": {"postcode": "24000", "city": "Périgueux"}}
    token = token_of(deposit(world, offers=[need]))

    world.correct(token, **WORDS)

    place = only(world).workplace
    assert place.name == "Chez Jeanne"
    assert place.elsewhere is not None
    assert place.elsewhere.label == f"24000 {PERIGUEUX.name}"


def test_saying_nothing_leaves_the_firm_to_the_directory_again(world: World) -> None:
    token = token_of(deposit(world, correction=WORDS))

    view = world.correct(token).recruiter

    assert (view.company_name, view.correction) == ("AU BON PAIN", None)
    assert only(world).workplace.name == "AU BON PAIN"


def test_an_address_that_stays_is_not_asked_about_again(world: World) -> None:
    token = token_of(deposit(world, correction=WORDS))
    world.geocoder.known = {}

    world.correct(token, **WORDS | {"name": "Chez Jeanne et Paul"})

    assert only(world).workplace.precision == "address"


def test_two_pages_never_lose_a_correction(world: World) -> None:
    token = token_of(deposit(world))
    world.correct(token, name="Chez Jeanne")

    with pytest.raises(StaleVersion) as stale:
        world.correct(token, name="Chez Paul")

    assert stale.value.current.recruiter.company_name == "Chez Jeanne"  # type: ignore[attr-defined]


def test_a_correction_made_meanwhile_is_shown_and_nothing_is_lost(world: World) -> None:
    token = token_of(deposit(world))
    world.store.rivals = [lambda: world.correct(token, name="Chez Paul")]

    with pytest.raises(StaleVersion):
        world.correct(token, name="Chez Jeanne")

    assert only(world).workplace.name == "Chez Paul"


def test_a_firm_that_hides_is_accepted_under_the_words_of_its_depositor(world: World) -> None:
    world.companies.known = {SIRET: HIDDEN}

    receipt = deposit(world, correction=WORDS)

    assert (receipt.verification, receipt.company_name) == ("verified", "Chez Jeanne")
    place = only(world).workplace
    assert (place.name, place.legal_name) == ("Chez Jeanne", None)
    assert world.sweep(NOW + days(7)).verified == 0
    assert only(world).state == "live"


@pytest.mark.parametrize("said", [{}, {"name": "Chez Jeanne"}, {"address": TYPED}])
def test_a_firm_that_hides_needs_both_a_name_and_an_address(
    world: World, said: dict[str, Any]
) -> None:
    world.companies.known = {SIRET: HIDDEN}

    with pytest.raises(Refused, match="siret: hidden_company"):
        deposit(world, correction=said)

    token = token_of(deposit(world, correction=WORDS))
    with pytest.raises(Refused, match="hidden_firm"):
        world.correct(token, **said)


def test_a_firm_that_begins_to_hide_is_withdrawn_unless_its_depositor_named_it(
    world: World,
) -> None:
    deposit(world)
    world.companies.known = {SIRET: HIDDEN}

    assert world.sweep(NOW + days(7)).verified == 1
    assert only(world).reason == "firm_refused"


def test_a_wrong_address_is_told_with_the_errors_of_the_needs(world: World) -> None:
    wrong = {"address": {"postcode": "24000", "city": "Lyon"}}

    with pytest.raises(Refused) as refused:
        deposit(world, correction=wrong, offers=[{"metier": "1"}])

    assert [(error.field, error.code) for error in refused.value.errors] == [
        ("correction.address.city", "city_elsewhere"),
        ("offers.0.metier", "metier_unknown"),
    ]
