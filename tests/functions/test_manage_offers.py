"""A depositor sees and changes his offers by his link."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from depot.domain.life.offer import Offer
from depot.ports.store import Replace
from tests.deployment import Deployment, client
from tests.functions.managed import edit, extend, show, stored
from tests.posted import Deposited


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    return deployed.deposit()


def test_the_link_shows_the_firm_and_its_offers_newest_first(deployed: Deployment) -> None:
    mine = deployed.deposit(offers=[])
    for n in (1, 2, 3):
        need = {"metier": "11573", "openings": n, "duplicates": "accept"}
        body = {"submission_id": f"00000000-0000-4000-8000-00000000000{n}", **need}
        path = f"/api/recruiters/{mine.recruiter_id}/offers"
        deployed.http("add_offer", "POST", path, token=mine.token, body=body)

    answer = show(deployed, mine.token)

    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.body["recruiter"]["company_name"] == "LE FOURNIL FICTIF"
    assert answer.body["recruiter"]["contact"]["phone"] == "+33199001234"
    assert [offer["openings"] for offer in answer.body["offers"]] == [3, 2, 1]


def test_looking_changes_nothing(deployed: Deployment, mine: Deposited) -> None:
    before = deployed.items()

    for _ in range(3):
        show(deployed, mine.token)

    assert deployed.items() == before


def test_an_offer_is_edited_and_keeps_its_dates(deployed: Deployment, mine: Deposited) -> None:
    answer = edit(deployed, mine, openings=4, description="De nuit", level="3")

    assert answer.status == 200
    assert (answer.body["openings"], answer.body["description"]) == (4, "De nuit")
    assert answer.body["version"] == 2
    assert answer.body["ends_on"] == mine.offer["ends_on"]
    assert show(deployed, mine.token).body["offers"] == [answer.body]


def test_what_an_edit_does_not_say_is_emptied(deployed: Deployment, mine: Deposited) -> None:
    edit(deployed, mine, description="De nuit", level="3")

    answer = edit(deployed, mine, version=2)

    assert (answer.body["description"], answer.body["level"]) == (None, None)


def test_asking_for_centres_in_an_edit_asks_them_once(
    deployed: Deployment, mine: Deposited
) -> None:
    key = (mine.recruiter_id, mine.offer["id"])
    assert deployed.store.rounds(*key) == []

    edit(deployed, mine, ask_cfa=True)
    asked = deployed.store.rounds(*key)
    again = edit(deployed, mine, version=2, ask_cfa=True, openings=2)

    assert len(asked) == 1
    assert again.status == 200
    assert deployed.store.rounds(*key) == asked


def test_an_extension_gives_four_weeks_from_today(deployed: Deployment, mine: Deposited) -> None:
    before = stored(deployed, mine)
    old = before.model_copy(update={"ends_on": before.ends_on - timedelta(days=20), "version": 2})
    deployed.store.commit(Replace(old))

    answer = extend(deployed, mine, version=2)

    assert answer.status == 200
    assert answer.body["days_left"] == 28
    assert answer.body["ends_on"] == before.ends_on.isoformat()


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/manage"), ("GET", "/api/manage/offers/x"), ("DELETE", "/api/manage/offers/x")],
)
def test_a_route_that_does_not_exist_is_said_so(
    deployed: Deployment, mine: Deposited, method: str, path: str
) -> None:
    answer = deployed.http("manage_offers", method, path, token=mine.token)

    assert (answer.status, answer.body["code"]) == (404, "not_found")


def test_a_bug_is_told_without_its_details(deployed: Deployment, mine: Deposited) -> None:
    client("dynamodb").delete_table(TableName="depot-offers")

    answer = show(deployed, mine.token)

    assert (answer.status, answer.body["code"]) == (500, "internal")
    assert "offers" not in json.dumps(answer.body)


def test_a_dossier_that_cannot_be_read_is_a_bug_and_not_the_person_s_fault(
    deployed: Deployment, mine: Deposited
) -> None:
    [item] = [item for item in deployed.items() if item["sk"]["S"].startswith("OFFER#")]
    deployed.overwrite({**item, "data": {"S": '{"id": 1}'}})

    assert show(deployed, mine.token).status == 500


def test_an_offer_shows_when_it_was_published(mine: Deposited) -> None:
    published = datetime.fromisoformat(mine.offer["published_at"])

    assert timedelta(0) <= datetime.now(UTC) - published < timedelta(minutes=1)


def test_the_firm_is_corrected_and_partners_read_it(deployed: Deployment, mine: Deposited) -> None:
    body = {"version": 1, "name": "Chez Jeanne"}

    answer = deployed.http("manage_offers", "PUT", "/api/manage/firm", token=mine.token, body=body)

    assert (answer.status, answer.body["recruiter"]["company_name"]) == (200, "Chez Jeanne")
    stored = deployed.store.offer(mine.recruiter_id, mine.offer["id"])
    assert isinstance(stored, Offer)
    assert stored.workplace.name == "Chez Jeanne"
    stale = deployed.http("manage_offers", "PUT", "/api/manage/firm", token=mine.token, body=body)
    assert (stale.status, stale.body["code"]) == (409, "stale_version")
    assert stale.body["current"]["recruiter"]["company_name"] == "Chez Jeanne"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("contact", {"name": "Paul", "email": "jeanne@example.org", "phone": "01 99 00 00 01"}),
        ("firm", {"name": "Chez Jeanne"}),
    ],
)
def test_after_a_change_of_the_firm_the_answer_holds_what_the_next_act_needs(
    deployed: Deployment, mine: Deposited, path: str, said: dict[str, Any]
) -> None:
    """The change moves the live offers too: the page must not act on their former versions."""
    path = f"/api/manage/{path}"
    body = {"version": 1, **said}

    page = deployed.http("manage_offers", "PUT", path, token=mine.token, body=body).body
    stale = deployed.http("manage_offers", "PUT", path, token=mine.token, body=body).body["current"]

    assert page == show(deployed, mine.token).body
    [offer] = page["offers"]
    assert stale["offers"][0]["version"] == offer["version"] == 2
    assert edit(deployed, mine, version=offer["version"], openings=2).status == 200


def test_a_firm_is_corrected_by_its_own_link_only(deployed: Deployment) -> None:
    body = {"version": 1, "name": "Chez Jeanne"}

    for token in (None, "k1.r1.1.forged"):
        answer = deployed.http("manage_offers", "PUT", "/api/manage/firm", token=token, body=body)
        assert answer.status == 401


def test_a_letter_of_a_newer_version_hides_nothing_else(
    deployed: Deployment, mine: Deposited
) -> None:
    [letter] = [item for item in deployed.items() if item["sk"]["S"].startswith("LETTER#")]
    data = json.loads(letter["data"]["S"]) | {"kind": "of_tomorrow"}
    deployed.overwrite({**letter, "data": {"S": json.dumps(data)}})

    answer = show(deployed, mine.token)

    assert answer.status == 200
    assert [offer["id"] for offer in answer.body["offers"]] == [mine.offer["id"]]
