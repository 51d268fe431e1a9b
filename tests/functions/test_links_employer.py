"""Lost links of firms somebody deposited for, through the functions and the real indexes."""

import re
from typing import Any

from depot.storage import schema
from tests.deployment import Deployment
from tests.events import stream
from tests.posted import A_DEPOSITOR, BAKERY


LINK = re.compile(r"/employeur\.html#([\w.-]+)")
FIRM_EMAIL, CFA_EMAIL = "jeanne@example.org", "claire@example.com"
OTHER = "30247464800664"


def ask(deployed: Deployment, **asked: Any) -> None:
    """Ask, and bring what the stream of recruiters brings."""
    answer = deployed.http("manage_offers", "POST", "/api/links", body=asked)
    assert (answer.status, answer.body) == (202, {"accepted": True})
    born = [
        record
        for record in deployed.records(schema.RECRUITERS_TABLE)
        if record["eventName"] == "INSERT"
        if record["dynamodb"]["NewImage"][schema.ENTITY] == {"S": schema.LINK}
    ]
    assert deployed.call("manage_offers", stream(born)) == {"batchItemFailures": []}


def test_the_firm_asks_by_its_own_address_and_opens_what_was_deposited_for_it(
    deployed: Deployment,
) -> None:
    deployed.deposit(depositor=A_DEPOSITOR)
    before = len(deployed.mails())

    ask(deployed, email=FIRM_EMAIL)

    (mail,) = deployed.mails()[before:]
    assert mail.destinations["ToAddresses"] == [FIRM_EMAIL]
    (token,) = set(LINK.findall(mail.body))
    assert deployed.http("manage_offers", "GET", "/api/employer", token=token).status == 200


def test_by_siret_depositor_and_firm_are_each_written_to_and_open_their_own_page(
    deployed: Deployment,
) -> None:
    deployed.deposit(depositor=A_DEPOSITOR)
    before = len(deployed.mails())

    ask(deployed, siret=BAKERY)

    assert len(deployed.mails()) == before + 2
    assert "/gerer.html#" in deployed.mails(CFA_EMAIL)[-1].body
    assert "gerer.html" not in deployed.mails(FIRM_EMAIL)[-1].body
    assert LINK.search(deployed.mails(FIRM_EMAIL)[-1].body)


def test_one_mail_opens_each_deposit_made_for_the_address(deployed: Deployment) -> None:
    mine = {deployed.deposit(depositor=A_DEPOSITOR).offer["id"]}
    mine |= {deployed.deposit(depositor=A_DEPOSITOR, siret=OTHER).offer["id"]}
    before = len(deployed.mails())

    ask(deployed, email=FIRM_EMAIL)
    ask(deployed, siret=BAKERY)

    (mail,) = [each for each in deployed.mails(FIRM_EMAIL) if each in deployed.mails()[before:]]
    shown = [
        deployed.http("manage_offers", "GET", "/api/employer", token=token).body["offers"][0]["id"]
        for token in set(LINK.findall(mail.body))
    ]
    assert set(shown) == mine
