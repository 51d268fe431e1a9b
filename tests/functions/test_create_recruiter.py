"""A deposit: what is stored, mailed and shown; sent twice, or while others are down."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from depot.storage import schema
from local.standin.companies import Directory
from tests.apis import answering
from tests.deployment import PUBLIC_URL, SENDER, Deployment, client
from tests.functions.deposits import TODAY, post
from tests.outages import transactions_meet
from tests.posted import BAKERY, a_deposit


def test_a_deposit_gives_the_link_and_mails_it(deployed: Deployment) -> None:
    answer = post(deployed, a_deposit())

    assert answer.status == 201
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    url = answer.body["manage_url"]
    assert url.startswith(f"{PUBLIC_URL}/gerer.html#k2.")
    [mail] = deployed.mails()
    assert mail.destinations["ToAddresses"] == ["jeanne@example.org"]
    assert SENDER in mail.source
    assert url in mail.body
    assert "Boulanger" in mail.subject


def test_a_deposit_shows_what_was_understood(deployed: Deployment) -> None:
    start = (TODAY + timedelta(days=60)).isoformat()
    need = {
        "metier": "11573",
        "other_metiers": ["17576"],
        "start_on": start,
        "level": "3",
        "openings": 2,
        "description": "Fournil à l’ancienne.",
        "ask_cfa": True,
    }

    body = post(deployed, a_deposit(offers=[need])).body

    [offer] = body["offers"]
    assert body["company_name"] == "LE FOURNIL FICTIF"
    assert body["verification"] == "verified"
    assert body["email"] == "jeanne@example.org"
    assert offer["metier"] == {"code": "11573", "label": "Boulanger / Boulangère", "rome": "D1102"}
    assert offer["other_metiers"] == [
        {"code": "17576", "label": "Pâtissier / Pâtissière", "rome": "D1104"}
    ]
    shown = {name: offer[name] for name in ("metier", "other_metiers")}
    assert {**need, **shown}.items() <= offer.items()
    assert (offer["state"], offer["version"], offer["days_left"]) == ("live", 1, 28)
    assert (offer["opco"]["state"], offer["opco"]["names"]) == ("pending", [])
    assert offer["cfas"] == []


def test_a_deposit_writes_the_intentions_of_all_that_must_follow(deployed: Deployment) -> None:
    post(deployed, a_deposit(offers=[{"metier": "11573", "ask_cfa": True}, {"metier": "11573"}]))

    tags = sorted(item[schema.ENTITY]["S"] for item in deployed.items())
    assert tags == ["LETTER", "NOTICE", "NOTICE", "OFFER", "OFFER", "RECRUITER", "ROUND"]


@pytest.mark.parametrize("number", [0, 1, 10])
def test_up_to_ten_needs_are_deposited_at_once(deployed: Deployment, number: int) -> None:
    answer = post(deployed, a_deposit(offers=[{"metier": "11573", "ask_cfa": True}] * number))

    assert answer.status == 201
    assert len(answer.body["offers"]) == number
    assert len({offer["id"] for offer in answer.body["offers"]}) == number
    assert len(deployed.items()) == 2 + 3 * number


def test_the_same_submission_twice_deposits_once(deployed: Deployment) -> None:
    form = a_deposit()

    first, second = post(deployed, form), post(deployed, form)

    assert second.status == 201
    assert second.body == first.body
    assert len(deployed.items()) == 4
    assert len(deployed.mails()) == 1


def test_two_submissions_of_the_same_firm_are_two_dossiers(deployed: Deployment) -> None:
    first, second = post(deployed, a_deposit()), post(deployed, a_deposit())

    assert first.body["recruiter_id"] != second.body["recruiter_id"]
    assert len(deployed.mails()) == 2


@pytest.mark.parametrize(
    "siret", ["00009901000019", "00009903600014", "00009904400018", "00009905100013"]
)
def test_a_directory_that_cannot_say_stops_nobody(deployed: Deployment, siret: str) -> None:
    answer = post(deployed, a_deposit(siret=siret))

    assert answer.status == 201
    assert answer.body["verification"] == "to_verify"
    assert answer.body["company_name"] is None
    assert len(deployed.mails()) == 1


def test_a_directory_that_is_gone_stops_nobody(deployed: Deployment) -> None:
    deployed.environment["COMPANIES_URL"] = "http://127.0.0.1:9"

    assert post(deployed, a_deposit()).body["verification"] == "to_verify"


def test_a_mail_that_cannot_leave_now_does_not_lose_the_deposit(deployed: Deployment) -> None:
    client("sesv2").delete_email_identity(EmailIdentity="depot.example")

    answer = post(deployed, a_deposit())

    assert answer.status == 201
    assert answer.body["manage_url"]


def drop_tables(deployed: Deployment) -> None:
    for table in deployed.tables.values():
        client("dynamodb").delete_table(TableName=table)


def forget_the_tables(deployed: Deployment) -> None:
    del deployed.environment["RECRUITERS_TABLE"]


def lose_the_secret(_deployed: Deployment) -> None:
    client("secretsmanager").delete_secret(SecretId="depot-links", ForceDeleteWithoutRecovery=True)


@pytest.mark.parametrize("fault", [drop_tables, forget_the_tables, lose_the_secret])
def test_a_bug_is_told_without_its_details(
    deployed: Deployment,
    output: Callable[[], str],
    fault: Callable[[Deployment], None],
) -> None:
    fault(deployed)

    answer = post(deployed, a_deposit())

    assert answer.status == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.body == {
        "type": "about:blank",
        "title": "Le service a rencontré une erreur.",
        "status": 500,
        "detail": "Réessayez dans quelques minutes : ce que vous avez saisi est conservé.",
        "code": "internal",
        "errors": [],
    }
    [line] = output().splitlines()
    assert json.loads(line)["level"] == "ERROR"


def test_a_deposit_sent_twice_at_the_same_moment_is_one_deposit(deployed: Deployment) -> None:
    form = a_deposit()
    post(deployed, a_deposit())  # warm: both will run in the same process
    before = deployed.items()

    with transactions_meet(2), ThreadPoolExecutor(2) as browsers:
        answers = list(browsers.map(lambda _: post(deployed, form), range(2)))

    assert [answer.status for answer in answers] == [201, 201]
    assert answers[0].body["manage_url"] == answers[1].body["manage_url"]
    assert len(deployed.items()) == 2 * len(before)
    assert len(deployed.mails()) == 2


def test_a_firm_that_hides_is_published_under_the_words_of_its_depositor_alone(
    deployed: Deployment,
) -> None:
    address = {"street": "3 rue du Port", "postcode": "63000", "city": "clermont ferrand"}
    said = {"name": "Dupont Plomberie", "address": address}

    receipt = deployed.deposit(siret="00009011800019", correction=said).receipt

    assert receipt["company_name"] == "Dupont Plomberie"
    [offer] = [item for item in deployed.items() if item["sk"]["S"].startswith("OFFER#")]
    shown = json.loads(offer["record"]["S"])["workplace"]
    assert shown["name"] == "Dupont Plomberie"
    assert shown["address"] == "3 rue du Port 63000 Clermont-Ferrand"
    assert (shown["legal_name"], shown["location_precision"]) == (None, "address")


def test_a_firm_that_hides_in_part_is_published_without_a_word_of_the_directory(
    deployed: Deployment,
) -> None:
    """Its legal unit is public, its establishment is not, and the API masks nothing."""
    address = {"street": "3 rue du Port", "postcode": "24000", "city": "périgueux"}
    said = {"name": "Dupont Plomberie", "address": address}
    known = json.dumps(Directory().search(BAKERY))
    mixed = known.replace(
        '"statut_diffusion_etablissement": "O"', '"statut_diffusion_etablissement": "P"'
    )

    with answering(mixed.encode()) as url:
        deployed.environment["COMPANIES_URL"] = url
        deployed.deposit(correction=said)

    [offer] = [item for item in deployed.items() if item["sk"]["S"].startswith("OFFER#")]
    shown = json.loads(offer["record"]["S"])["workplace"]
    assert (shown["name"], shown["address"]) == (
        "Dupont Plomberie",
        "3 rue du Port 24000 Périgueux",
    )
    assert (shown["legal_name"], shown["naf"], shown["naf_nomenclature"]) == (None, None, None)
    assert "FICTI" not in json.dumps(deployed.items())
