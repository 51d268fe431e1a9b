"""GET /api/companies: which firm it is, whom it takes to say so, and what is kept of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depot.storage import schema
from depot.wiring.services import services
from tests.apis import failing, outage
from tests.deployment import Deployment, client
from tests.posted import BAKERY, Answer, french


SNCF = "55204944776279"  # recorded by both directories
HIDDEN = "00009011800019"


def company(deployed: Deployment, siret: str) -> Answer:
    return deployed.http("create_recruiter", "GET", f"/api/companies/{siret}")


def choices(deployed: Deployment, **query: str) -> Answer:
    return deployed.http("create_recruiter", "GET", "/api/companies", query=query)


def kept(deployed: Deployment) -> dict[str, Any]:
    """What was kept of each firm, by SIRET."""
    table = deployed.tables[schema.RECRUITERS_TABLE]
    items = client("dynamodb").scan(TableName=table)["Items"]
    return {
        item[schema.PARTITION_KEY]["S"].partition("#")[2]: json.loads(item[schema.DATA]["S"])
        for item in items
        if item[schema.ENTITY]["S"] == schema.FIRM
    }


def test_firms_are_offered_by_name_and_town(deployed: Deployment) -> None:
    answer = choices(deployed, q="Boulangeries fictives", place="Nantes")

    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.body == {
        "answered": True,
        "choices": [
            {
                "siret": "00009012600038",
                "name": "BOULANGERIES FICTIVES REUNIES",
                "address": "12 RUE DE L'APPRENTISSAGE 44000 NANTES",
                "active": True,
            }
        ],
        "more": False,
    }


def test_a_siren_offers_its_establishments(deployed: Deployment) -> None:
    answer = choices(deployed, q="000 090 126")

    assert len(answer.body["choices"]) == 3
    assert all(choice["siret"].startswith("000090126") for choice in answer.body["choices"])


def test_a_firm_nobody_can_look_for_now_is_no_error(deployed: Deployment) -> None:
    deployed.environment["COMPANIES_URL"] = "http://127.0.0.1:9"

    answer = choices(deployed, q="boulangerie")

    assert (answer.status, answer.body["answered"]) == (200, False)


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({}, {"q": "missing"}),
        ({"q": "ab"}, {"q": "search_short"}),
        ({"q": "b" * 101}, {"q": "string_too_long"}),
        ({"q": "boulangerie", "place": "x" * 61}, {"place": "string_too_long"}),
        ({"q": "boulangerie", "model": "x"}, {"model": "extra_forbidden"}),
    ],
)
def test_a_bad_search_is_refused_in_words(
    deployed: Deployment, query: dict[str, str], fields: dict[str, str]
) -> None:
    answer = choices(deployed, **query)

    assert answer.status == 422
    assert answer.fields == fields
    assert all(french(error["message"]) for error in answer.body["errors"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["q", "place"]) | st.text(), st.text()))
def test_whatever_is_searched_is_answered_or_refused(
    deployed: Deployment, query: dict[str, str]
) -> None:
    query = {
        name.encode("utf-8", "replace").decode(): text.encode("utf-8", "replace").decode()
        for name, text in query.items()
    }

    assert choices(deployed, **query).status in {200, 422}


@pytest.mark.parametrize(
    ("siret", "nature"),
    [("00009013400016", "teaching"), ("00009014200019", "public"), (BAKERY, "firm")],
)
def test_a_training_body_or_a_town_may_deposit_and_is_told_apart(
    deployed: Deployment, siret: str, nature: str
) -> None:
    assert company(deployed, siret).body["nature"] == nature
    assert deployed.deposit(siret=siret).receipt["verification"] == "verified"


def test_a_firm_shown_is_not_asked_about_again_by_its_deposit(
    deployed: Deployment, directory: str
) -> None:
    company(deployed, BAKERY)

    with failing(directory, "companies", "error"):
        mine = deployed.deposit()

    assert mine.receipt["company_name"] == "LE FOURNIL FICTIF"
    assert kept(deployed).keys() == {BAKERY}


def test_a_firm_unknown_today_may_be_known_tomorrow(deployed: Deployment) -> None:
    assert company(deployed, "00009991100018").status == 422

    assert kept(deployed) == {}


def test_a_firm_that_hides_is_kept_without_what_it_hides(deployed: Deployment) -> None:
    shown = company(deployed, HIDDEN).body
    assert company(deployed, HIDDEN).body == shown
    assert (shown["verification"], shown["name"], shown["address"]) == ("hidden", None, None)

    told = kept(deployed)[HIDDEN]["company"]
    assert (told["name"], told["address"]["postcode"], told["location"]) == ("", None, None)


@pytest.mark.parametrize("fault", ["error", "slow", "busy"])
def test_while_the_first_directory_is_down_the_second_vouches_for_the_firms_it_knows(
    deployed: Deployment, directory: str, fault: str
) -> None:
    with failing(directory, "companies", fault):
        known, unknown = company(deployed, SNCF), company(deployed, BAKERY)

    assert known.body["legal_name"] == "SOCIETE NATIONALE SNCF"
    assert known.body["naf_nomenclature"] == "NAFRev2"
    assert kept(deployed)[SNCF]["company"]["source"] == "api_entreprise"
    assert unknown.body["verification"] == "to_verify"


@pytest.mark.parametrize("held", [None, "not JSON", "[]", '{"token": "t"}', '{"token": 1}'])
def test_a_key_that_cannot_be_read_is_a_directory_that_cannot_say(
    deployed: Deployment, directory: str, output: Callable[[], str], held: str | None
) -> None:
    secrets, name = client("secretsmanager"), deployed.environment["API_ENTREPRISE_SECRET"]
    if held is None:
        secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    else:
        secrets.put_secret_value(SecretId=name, SecretString=held)

    with failing(directory, "companies", "error"):
        answer = company(deployed, SNCF)

    assert (answer.status, answer.body["verification"]) == (200, "to_verify")
    assert "second directory unavailable" in output()


def test_without_the_second_directory_the_first_alone_is_asked(
    deployed: Deployment, directory: str
) -> None:
    deployed.environment["API_ENTREPRISE_URL"] = ""
    with failing(directory, "companies", "error"):
        assert company(deployed, SNCF).body["verification"] == "to_verify"


def test_the_token_is_never_printed(
    deployed: Deployment, directory: str, output: Callable[[], str]
) -> None:
    with failing(directory, "companies", "error"), failing(directory, "api_entreprise", "html"):
        company(deployed, SNCF)

    lines = [json.loads(line) for line in output().splitlines()]
    assert [line["reason"] for line in lines] == ["status 500", "not JSON", "status 500"]
    assert "jeton" not in output()
    assert SNCF not in output()


def test_no_function_reacts_to_what_is_kept_of_a_firm(deployed: Deployment) -> None:
    deployed.deposit(siret=BAKERY)
    records = [
        record
        for record in deployed.records(schema.RECRUITERS_TABLE)
        if record["dynamodb"]["NewImage"][schema.ENTITY]["S"] == schema.FIRM
    ]
    assert len(records) == 1

    answer = deployed.call("notify_opco", {"Records": records})

    assert answer == {"batchItemFailures": []}
    assert deployed.call("expire_offers", {"source": "schedule"})["notices"] == 0


def test_two_silent_directories_cost_no_more_than_one(deployed: Deployment, directory: str) -> None:
    company(deployed, BAKERY)  # the process is warm, its environment set

    with failing(directory, "companies", "drip"), failing(directory, "api_entreprise", "drip"):
        assert outage(lambda: services().companies.find(SNCF)) == "too slow"
