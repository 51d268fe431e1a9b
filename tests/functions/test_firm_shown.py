"""A firm is shown before the deposit, or why it cannot deposit."""

import pytest

from tests.deployment import Deployment
from tests.posted import BAKERY, Answer


def company(deployed: Deployment, siret: str) -> Answer:
    return deployed.http("create_recruiter", "GET", f"/api/companies/{siret}")


def test_a_firm_is_shown_before_the_deposit(deployed: Deployment) -> None:
    answer = company(deployed, BAKERY)

    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.body["name"] == "LE FOURNIL FICTIF"
    assert answer.body["siren"] == BAKERY[:9]
    assert answer.body["verification"] == "verified"
    assert answer.body["address"]["city"] == "PERIGUEUX"


def test_a_siret_is_read_as_people_write_it(deployed: Deployment) -> None:
    assert company(deployed, "000 090 019 00019").body["siret"] == BAKERY


@pytest.mark.parametrize(
    ("siret", "code"),
    [
        ("12345678901234", "siret_key"),
        ("487444697", "siret_is_siren"),
        ("abc", "siret_digits"),
        ("00009991100018", "unknown_company"),
        ("00009010000017", "closed_company"),
    ],
)
def test_a_siret_that_cannot_deposit_is_refused_before_the_deposit(
    deployed: Deployment, siret: str, code: str
) -> None:
    answer = company(deployed, siret)

    assert answer.status == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.fields == {"siret": code}


def test_a_firm_nobody_can_verify_now_is_shown_as_such(deployed: Deployment) -> None:
    answer = company(deployed, "00009903600014")

    assert answer.status == 200
    assert answer.body["verification"] == "to_verify"
    assert answer.body["name"] is None
