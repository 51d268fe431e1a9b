"""A depositor corrects the contact of the firm it deposited for, through the functions."""

import re
from typing import Any

import pytest

from tests.deployment import Deployment
from tests.posted import A_DEPOSITOR, Answer, Deposited


LINK = re.compile(r"/employeur\.html#([\w.-]+)")
JEANNE = {"name": "Jeanne Martin", "email": "jeanne@example.org", "phone": "01 99 00 12 34"}


def change(deployed: Deployment, mine: Deposited, **over: Any) -> Answer:
    body = {"version": 1, **JEANNE, **over}
    path = "/api/manage/employer"
    return deployed.http("manage_offers", "PUT", path, token=mine.token, body=body)


def opened(deployed: Deployment, mailbox: str) -> int:
    token = LINK.findall(deployed.mails(mailbox)[-1].body)[0]
    return deployed.http("manage_offers", "GET", "/api/employer", token=token).status


def test_another_address_gets_a_link_the_former_one_dies_and_partners_read_the_number(
    deployed: Deployment,
) -> None:
    mine = deployed.deposit(depositor=A_DEPOSITOR)

    done = change(deployed, mine, email="paul@example.org", phone="01 99 00 00 01")

    assert done.status == 200, done.body
    employer = done.body["recruiter"]["behalf"]["employer"]
    assert employer["email"] == "paul@example.org"
    assert opened(deployed, "paul@example.org") == 200
    assert opened(deployed, "jeanne@example.org") == 401
    offer = deployed.store.offer(mine.recruiter_id, mine.offer["id"])
    assert offer is not None
    assert offer.phone == "+33199000001"


@pytest.mark.parametrize(
    ("over", "field", "code"),
    [
        ({"email": "claire@example.com"}, "email", "own_email"),
        ({"phone": "12"}, "phone", "phone"),
        ({"name": ""}, "name", "name"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_in_its_field(
    deployed: Deployment, over: Any, field: str, code: str
) -> None:
    mine = deployed.deposit(depositor=A_DEPOSITOR)

    refused = change(deployed, mine, **over)

    assert refused.status == 422
    assert [(e["field"], e["code"]) for e in refused.body["errors"]] == [(field, code)]


def test_a_firm_that_deposited_itself_has_no_other_contact(deployed: Deployment) -> None:
    assert change(deployed, deployed.deposit()).status == 404


def test_an_offer_that_was_confirmed_then_changed_is_asked_about_anew(
    deployed: Deployment,
) -> None:
    mine = deployed.deposit(depositor=A_DEPOSITOR)
    token = LINK.findall(deployed.mails("jeanne@example.org")[-1].body)[0]
    path = f"/api/employer/offers/{mine.offer['id']}/confirmation"
    assert (
        deployed.http("manage_offers", "POST", path, token=token, body={"version": 1}).status == 200
    )

    edit = {"version": 1, "metier": mine.offer["metier"]["code"], "openings": 3}
    path = f"/api/manage/offers/{mine.offer['id']}"
    edited = deployed.http("manage_offers", "PUT", path, token=mine.token, body=edit)

    assert edited.status == 200, edited.body
    said = edited.body["employer"]
    assert (said["answer"], said["before"], said["unreached"]) == (None, "confirmed", False)
    mail = deployed.mails("jeanne@example.org")[-1]
    assert "a modifié l’offre" in mail.subject
    assert token in mail.body
    shown = deployed.http("manage_offers", "GET", "/api/employer", token=token).body["offers"][0]
    assert (shown["answer"], shown["changed"]) == (None, ["openings"])
