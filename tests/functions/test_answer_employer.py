"""What the link in an employer's mail opens, from the deposit on its behalf to the feed."""

import re
from typing import Any

import pytest

from depot.storage import schema
from tests.deployment import EP_MAILBOX, Deployment
from tests.events import stream
from tests.posted import A_DEPOSITOR, Answer, Deposited, french


LINK = re.compile(r"/employeur\.html#([\w.-]+)")
FIRM_EMAIL, CFA_EMAIL = "jeanne@example.org", "claire@example.com"


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    """A deposit of a training centre for a bakery."""
    return deployed.deposit(depositor=A_DEPOSITOR)


def token(deployed: Deployment, mailbox: str = FIRM_EMAIL) -> str:
    return str(LINK.findall(deployed.mails(mailbox)[-1].body)[0])


def show(deployed: Deployment, link: str | None) -> Answer:
    return deployed.http("manage_offers", "GET", "/api/employer", token=link)


def say(deployed: Deployment, link: str, mine: Deposited, gesture: str, **body: Any) -> Answer:
    path = f"/api/employer/offers/{mine.offer['id']}/{gesture}"
    given = {"version": 1, **body}
    return deployed.http("manage_offers", "POST", path, token=link, body=given)


def card(deployed: Deployment, mine: Deposited) -> Any:
    shown = deployed.http("manage_offers", "GET", "/api/manage", token=mine.token)
    return shown.body["offers"][0]


def published(deployed: Deployment) -> str:
    """The change segments of the feed after the stream was read."""
    deployed.call("publish_feed", stream(deployed.records(schema.OFFERS_TABLE)))
    return "".join(deployed.file(name).decode() for name in deployed.files() if "changes" in name)


def test_the_employer_is_told_at_once_and_the_depositor_keeps_the_link(
    deployed: Deployment, mine: Deposited
) -> None:
    assert mine.receipt["email"] == CFA_EMAIL
    assert "/gerer.html#" in deployed.mails(CFA_EMAIL)[-1].body
    told = deployed.mails(FIRM_EMAIL)
    assert len(told) == 1
    assert "CFA de la route (fictif)" in told[0].subject
    assert "gerer.html" not in told[0].body


def test_the_link_shows_who_deposited(deployed: Deployment, mine: Deposited) -> None:
    shown = show(deployed, token(deployed))

    assert shown.status == 200
    assert shown.headers["cache-control"] == "no-store"
    assert shown.body["depositor"]["organisation"] == "CFA de la route (fictif)"
    assert shown.body["depositor"]["contact"]["email"] == CFA_EMAIL
    assert shown.body["contact"]["phone"] == "+33199001234"
    assert [offer["id"] for offer in shown.body["offers"]] == [mine.offer["id"]]
    assert "manage_url" not in str(shown.body)


def test_removing_takes_the_offer_out_of_the_feed_and_tells_the_depositor(
    deployed: Deployment, mine: Deposited
) -> None:
    assert '"depositor":{"role":"cfa","organisation":"CFA de la route (fictif)"}' in published(
        deployed
    )

    removed = say(deployed, token(deployed), mine, "removal")

    assert removed.status == 200
    assert removed.body["offers"][0]["answer"] == "removed"
    assert '"tombstone"' in published(deployed)
    assert "retiré" in deployed.mails(CFA_EMAIL)[-1].subject
    shown = card(deployed, mine)
    assert (shown["state"], shown["employer"]["answer"]) == ("withdrawn", "removed")


def test_a_correction_reaches_the_feed_the_opco_and_the_card(
    deployed: Deployment, mine: Deposited
) -> None:
    contact = {"name": "Paul Martin", "email": FIRM_EMAIL, "phone": "01 99 00 99 99"}

    corrected = say(deployed, token(deployed), mine, "correction", contact=contact)

    assert corrected.status == 200, corrected.body
    assert card(deployed, mine)["employer"]["answer"] == "corrected"
    assert "+33199009999" in published(deployed)
    deployed.call("notify_opco", stream(deployed.records(schema.RECRUITERS_TABLE)))
    assert "01\u00a099\u00a000\u00a099\u00a099" in deployed.mails(EP_MAILBOX)[-1].body


@pytest.mark.parametrize("link", [None, "", "x", "k2.r1.1.x"])
def test_no_other_link_opens_it(deployed: Deployment, mine: Deposited, link: str | None) -> None:
    assert show(deployed, link).status == 401
    assert show(deployed, mine.token).status == 401
    own = token(deployed)
    assert deployed.http("manage_offers", "GET", "/api/manage", token=own).status == 401


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"email": "paul@example.com"}, "contact.email", "own_domain"),
        ({"email": CFA_EMAIL}, "contact.email", "own_email"),
        ({"phone": "05 53 00 00 01"}, "contact.phone", "own_phone"),
        ({"phone": "12"}, "contact.phone", "phone"),
        ({"name": ""}, "contact.name", "name"),
    ],
)
def test_a_correction_that_cannot_be_says_what_to_do(
    deployed: Deployment, mine: Deposited, body: dict[str, str], field: str, code: str
) -> None:
    contact = {"name": "Paul Martin", "email": FIRM_EMAIL, "phone": "01 99 00 99 99", **body}

    refused = say(deployed, token(deployed), mine, "correction", contact=contact)

    assert (refused.status, refused.fields) == (422, {field: code})
    assert french(refused.body["errors"][0]["message"])
    assert card(deployed, mine)["employer"]["answer"] is None


@pytest.mark.parametrize("body", [{}, {"version": 0}, {"version": "x"}, {"version": 1, "a": 1}])
def test_a_gesture_without_the_version_read_is_refused(
    deployed: Deployment, mine: Deposited, body: dict[str, Any]
) -> None:
    path = f"/api/employer/offers/{mine.offer['id']}/removal"
    link = token(deployed)

    answer = deployed.http("manage_offers", "POST", path, token=link, body=body)

    assert answer.status == 422


def test_the_contact_of_a_deposit_that_is_the_depositors_own_is_refused(
    deployed: Deployment,
) -> None:
    contact = {"name": "Jeanne", "email": "accueil@example.com", "phone": "05 53 00 00 01"}
    body = {
        "submission_id": "00000000-0000-4000-8000-000000000007",
        "siret": "00009001900019",
        "depositor": A_DEPOSITOR,
        "contact": contact,
        "offers": [{"metier": "11573"}],
    }

    refused = deployed.http("create_recruiter", "POST", "/api/recruiters", body=body)

    assert refused.fields == {"contact.email": "own_domain", "contact.phone": "own_phone"}
    assert deployed.items() == []
