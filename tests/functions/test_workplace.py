"""A work place other than the firm's, through the functions of the API and the geocoder."""

from collections.abc import Callable
from typing import Any

import pytest

from depot.domain.firm.company import Point
from depot.storage import schema
from tests.apis import failing
from tests.deployment import Deployment
from tests.events import stream
from tests.posted import BAKERY, Deposited, a_centre, a_deposit


RENNES = Point(latitude=48.11198, longitude=-1.68186)
TYPED = {"street": "12 rue du Four", "postcode": "35000", "city": "RENNES CEDEX 7"}
LABEL = "12 rue du Four 35000 Rennes"
THERE: dict[str, Any] = {"metier": "11573", "workplace": TYPED}
SLOW = "00009901000019"


def place(deployed: Deployment, mine: Deposited) -> Any:
    offer = deployed.store.offer(mine.recruiter_id, mine.offer["id"])
    assert offer is not None
    return offer.workplace


def kilometres_from_rennes(point: Point) -> float:
    return 111 * max(abs(point.latitude - RENNES.latitude), abs(point.longitude - RENNES.longitude))


def edit(deployed: Deployment, mine: Deposited, version: int = 1, **need: Any) -> Any:
    path = f"/api/manage/offers/{mine.offer['id']}"
    body = {"version": version, "metier": "11573", **need}
    return deployed.http("manage_offers", "PUT", path, token=mine.token, body=body)


def test_a_deposit_elsewhere_is_put_on_the_map_by_the_geocoder(deployed: Deployment) -> None:
    mine = deployed.deposit(offers=[THERE])

    found = place(deployed, mine)
    assert mine.offer["workplace"]["label"] == LABEL
    assert (found.precision, found.declared, found.name) == ("address", True, "LE FOURNIL FICTIF")
    assert 0 < kilometres_from_rennes(found.location) < 2


@pytest.mark.parametrize("fault", ["error", "html", "busy", "truncated"])
def test_a_geocoder_that_fails_costs_the_precision_and_no_more(
    deployed: Deployment, directory: str, output: Callable[[], str], fault: str
) -> None:
    with failing(directory, "geocoding", fault):
        mine = deployed.deposit(offers=[THERE])

    found = place(deployed, mine)
    assert (found.precision, found.location) == ("commune", RENNES)
    assert "geocoder unavailable" in output()
    assert "Four" not in output()


def test_an_address_that_does_not_exist_is_refused_with_what_could_be_meant(
    deployed: Deployment,
) -> None:
    offers = [{**THERE, "workplace": {**TYPED, "city": "Périgueux"}}]
    answer = deployed.http(
        "create_recruiter", "POST", "/api/recruiters", body=a_deposit(offers=offers)
    )

    assert (answer.status, answer.fields) == (422, {"offers.0.workplace.city": "city_elsewhere"})
    assert answer.body["errors"][0]["remedy"].endswith("celui-ci : Rennes.")
    assert deployed.size() == 0


def test_a_place_is_changed_and_given_back_by_the_manage_link(deployed: Deployment) -> None:
    mine = deployed.deposit()

    moved = edit(deployed, mine, workplace=TYPED)
    at_first = place(deployed, mine)
    back = edit(deployed, mine, version=2)

    assert (moved.status, moved.body["workplace"]["label"]) == (200, LABEL)
    assert at_first.precision == "address"
    assert (back.status, back.body["workplace"]) == (200, None)
    assert place(deployed, mine).precision == "establishment"


def test_a_need_is_added_elsewhere(deployed: Deployment) -> None:
    mine = deployed.deposit(offers=[])
    body = {"submission_id": a_deposit()["submission_id"], **THERE}

    path = f"/api/recruiters/{mine.recruiter_id}/offers"
    answer = deployed.http("add_offer", "POST", path, token=mine.token, body=body)

    assert (answer.status, answer.body["workplace"]["label"]) == (201, LABEL)


def test_centres_near_the_place_are_asked(deployed: Deployment) -> None:
    near = a_centre(1, lat=RENNES.latitude, lon=RENNES.longitude)
    deployed.catalogue(near, a_centre(2))
    deployed.deposit(offers=[{**THERE, "ask_cfa": True}])
    born = [
        record
        for record in deployed.records(schema.OFFERS_TABLE)
        if record["dynamodb"]["NewImage"][schema.ENTITY]["S"] == schema.ROUND
    ]

    deployed.call("match_cfa", stream(born))

    (mail,) = deployed.mails("cfa-1@example.org")
    assert LABEL in mail.body
    assert deployed.mails("cfa-2@example.org") == []


def test_a_directory_that_fails_leaves_the_geocoder_alone(deployed: Deployment) -> None:
    mine = deployed.deposit(siret=SLOW, offers=[THERE])

    assert mine.receipt["verification"] == "to_verify"
    assert place(deployed, mine).precision == "commune"


def test_the_firm_of_the_recorded_answers_stays_where_the_directory_says(
    deployed: Deployment,
) -> None:
    found = place(deployed, deployed.deposit(siret=BAKERY))

    assert (found.precision, found.declared) == ("establishment", False)
