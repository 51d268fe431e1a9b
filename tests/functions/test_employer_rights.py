"""What an employer may do by its link besides answering: object, take its data, erase them."""

from typing import Any

import pytest

from tests.deployment import Deployment
from tests.functions.test_answer_employer import (
    CFA_EMAIL,
    FIRM_EMAIL,
    card,
    published,
    say,
    show,
    token,
)
from tests.posted import A_DEPOSITOR, BAKERY, Answer, Deposited, a_deposit, french


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    """A deposit of a training centre for a bakery."""
    return deployed.deposit(depositor=A_DEPOSITOR)


def ask(deployed: Deployment, link: str | None, method: str, path: str, **body: Any) -> Answer:
    given = body if method == "POST" else None
    at = f"/api/employer{path}"
    return deployed.http("manage_offers", method, at, token=link, body=given)


def deposit_again(deployed: Deployment, **over: Any) -> Answer:
    body = a_deposit(depositor=A_DEPOSITOR, **over)
    return deployed.http("create_recruiter", "POST", "/api/recruiters", body=body)


def test_what_it_removed_is_refused_in_french_beside_the_siret(
    deployed: Deployment, mine: Deposited
) -> None:
    assert say(deployed, token(deployed), mine, "removal").status == 200

    refused = deposit_again(deployed)

    assert (refused.status, refused.fields) == (422, {"siret": "need_removed"})
    (error,) = refused.body["errors"]
    assert french(error["message"])
    assert "Appelez-la" in error["remedy"]
    added = deployed.http(
        "add_offer",
        "POST",
        f"/api/recruiters/{mine.recruiter_id}/offers",
        token=mine.token,
        body={"submission_id": "00000000-0000-4000-8000-000000000009", "metier": "11573"},
    )
    assert added.fields == {"siret": "need_removed"}


def test_an_offer_that_ended_is_removed_too_and_is_not_put_online_again(
    deployed: Deployment, mine: Deposited
) -> None:
    offer = f"/api/manage/offers/{mine.offer['id']}"
    body = {"version": 1, "outcome": "cancelled"}
    deployed.http("manage_offers", "POST", f"{offer}/closure", token=mine.token, body=body)

    removed = say(deployed, token(deployed), mine, "removal", version=2)

    assert removed.status == 200, removed.body
    shown = card(deployed, mine)
    assert (shown["state"], shown["employer"]["answer"]) == ("cancelled", "removed")
    body = {"version": shown["version"]}
    again = deployed.http(
        "manage_offers", "POST", f"{offer}/reactivation", token=mine.token, body=body
    )
    assert again.fields == {"siret": "need_removed"}


@pytest.mark.usefixtures("mine")
def test_nothing_more_of_this_depositor_and_everything_of_the_firm_itself(
    deployed: Deployment,
) -> None:
    link = token(deployed)

    said = ask(deployed, link, "POST", "/objection")

    assert (said.status, said.body["objects"]) == (200, True)
    assert ask(deployed, link, "POST", "/objection").status == 200
    assert "ne veut plus" in deployed.mails(CFA_EMAIL)[-1].subject
    assert deposit_again(deployed, offers=[]).fields == {"siret": "firm_objects"}
    own = deployed.http("create_recruiter", "POST", "/api/recruiters", body=a_deposit())
    assert own.status == 201


def test_its_data_are_given_without_its_depositors_mails(
    deployed: Deployment, mine: Deposited
) -> None:
    file = ask(deployed, token(deployed), "GET", "/data")

    assert file.status == 200
    assert file.headers["cache-control"] == "no-store"
    assert mine.recruiter_id in str(file.body)
    assert "confirmation du dépôt" not in str(file.body)


def test_it_erases_all_and_both_are_told(deployed: Deployment, mine: Deposited) -> None:
    link = token(deployed)
    published(deployed)
    version = show(deployed, link).body["version"]

    erased = ask(deployed, link, "POST", "/erasure", version=version, confirmation="EFFACER")

    assert (erased.status, erased.body) == (200, {"email": FIRM_EMAIL})
    assert '"tombstone"' in published(deployed)
    assert show(deployed, link).status == 401
    assert deployed.http("manage_offers", "GET", "/api/manage", token=mine.token).status == 401
    assert "effacées" in deployed.mails(FIRM_EMAIL)[-1].subject
    last = deployed.mails(CFA_EMAIL)[-1].body
    assert "a demandé l’effacement" in last
    assert BAKERY not in last
    assert deposit_again(deployed).fields == {"siret": "firm_objects"}


def test_without_the_word_nothing_is_erased(deployed: Deployment, mine: Deposited) -> None:
    link = token(deployed)

    refused = ask(deployed, link, "POST", "/erasure", version=1, confirmation="oui")

    assert refused.fields == {"confirmation": "confirmation"}
    assert show(deployed, link).status == 200
    assert card(deployed, mine)["state"] == "live"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/data"), ("POST", "/objection"), ("POST", "/erasure")]
)
def test_no_other_link_gives_these_rights(
    deployed: Deployment, mine: Deposited, method: str, path: str
) -> None:
    body = {"version": 1, "confirmation": "EFFACER"} if path == "/erasure" else {}
    for link in (None, mine.token):
        assert ask(deployed, link, method, path, **body).status == 401
