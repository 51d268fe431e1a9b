"""The choice of training centres, from the link of a mail to the mails that leave."""

from typing import Any

import pytest

from depot.storage import schema
from tests.deployment import Deployment, client
from tests.events import stream
from tests.posted import Answer, Deposited, a_centre, french


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    deployed.catalogue(*(a_centre(number) for number in range(1, 16)))
    return deployed.deposit()


def path(mine: Deposited) -> str:
    return f"/api/manage/offers/{mine.offer['id']}/cfas"


def show(deployed: Deployment, mine: Deposited, token: str | None = "") -> Answer:
    token = mine.token if token == "" else token
    return deployed.http("manage_offers", "GET", path(mine), token=token)


def ask(deployed: Deployment, mine: Deposited, *numbers: int, **body: Any) -> Answer:
    given = {"version": 1, "sirens": [f"{number:09d}" for number in numbers], **body}
    return deployed.http("manage_offers", "POST", path(mine), token=mine.token, body=given)


def told(answer: Answer) -> bool:
    """Whether a refusal can be read by whom it refuses."""
    fields = [text for each in answer.body["errors"] for text in (each["message"], each["remedy"])]
    return all(map(french, [answer.body["title"], answer.body["detail"], *fields]))


def run(deployed: Deployment) -> list[str]:
    """Hand every new round over, as the stream does; give whom all mails so far went to."""
    born = [
        record
        for record in deployed.records(schema.OFFERS_TABLE)
        if record["eventName"] == "INSERT"
        and record["dynamodb"]["NewImage"][schema.ENTITY]["S"] == schema.ROUND
    ]
    assert deployed.call("match_cfa", stream(born)) == {"batchItemFailures": []}
    sent = [mail.destinations["ToAddresses"][0] for mail in deployed.mails()]
    return sorted(address for address in sent if address.startswith("cfa-"))


def test_the_list_says_who_is_near_and_why(deployed: Deployment, mine: Deposited) -> None:
    answer = show(deployed, mine)

    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    said = answer.body
    assert (said["standing"], said["left"], said["more"]) == ("open", 10, False)
    assert (said["asked"], said["version"], said["metier"]) == ([], 1, "Boulanger / Boulangère")
    centre = next(each for each in said["centres"] if each["siren"] == "000000003")
    assert round(centre.pop("distance_km")) == 3
    assert centre == {
        "siren": "000000003",
        "name": "CFA fictif 3",
        "city": "Périgueux",
        "title": "CAP Boulanger",
        "level": "3",
        "kinship": "exact",
    }
    assert "example.org" not in str(said), "an address is for the mail we write, once"


def test_two_are_chosen_two_mails_leave_then_others_and_never_the_same(
    deployed: Deployment, mine: Deposited
) -> None:
    assert ask(deployed, mine, 12, 3).body["left"] == 8
    assert run(deployed) == ["cfa-12@example.org", "cfa-3@example.org"]

    again = ask(deployed, mine, 3, 5)

    assert [(each["name"], each["state"]) for each in again.body["asked"]] == [
        ("CFA fictif 3", "sent"),
        ("CFA fictif 12", "sent"),
        ("CFA fictif 5", "pending"),
    ]
    assert run(deployed) == ["cfa-12@example.org", "cfa-3@example.org", "cfa-5@example.org"]
    assert show(deployed, mine).body["left"] == 7


def test_the_same_request_twice_asks_nobody_twice(deployed: Deployment, mine: Deposited) -> None:
    first, second = ask(deployed, mine, 1, 2), ask(deployed, mine, 1, 2)

    assert (first.status, first.body) == (second.status, second.body)
    assert len(run(deployed)) == 2
    assert len(deployed.store.rounds(mine.recruiter_id, mine.offer["id"])) == 1


@pytest.mark.parametrize(
    ("numbers", "code"), [((1, 99), "cfa_unfit"), (tuple(range(1, 12)), "cfas_too_many")]
)
def test_a_choice_that_cannot_be_is_refused_in_words_and_asks_nobody(
    deployed: Deployment, mine: Deposited, numbers: tuple[int, ...], code: str
) -> None:
    answer = ask(deployed, mine, *numbers)

    assert (answer.status, answer.fields) == (422, {"sirens": code})
    assert told(answer)
    assert run(deployed) == []


def test_an_ended_offer_is_asked_about_no_more(deployed: Deployment, mine: Deposited) -> None:
    closing = path(mine).replace("cfas", "closure")
    body = {"version": 1, "outcome": "filled"}
    deployed.http("manage_offers", "POST", closing, token=mine.token, body=body)

    answer = ask(deployed, mine, 1, version=2)

    assert (answer.status, answer.body["code"]) == (409, "not_live")
    assert told(answer)
    assert show(deployed, mine).body["standing"] == "over"
    assert run(deployed) == []


def test_a_choice_for_another_version_is_shown_the_present_one(
    deployed: Deployment, mine: Deposited
) -> None:
    edit = {"version": 1, "metier": "11573", "openings": 2}
    place = path(mine).removesuffix("/cfas")
    deployed.http("manage_offers", "PUT", place, token=mine.token, body=edit)

    answer = ask(deployed, mine, 1)

    assert (answer.status, answer.body["code"]) == (409, "stale_version")
    assert answer.body["current"]["version"] == 2
    assert ask(deployed, mine, 1, version=2).status == 200


@pytest.mark.parametrize("outage", ["never imported", "damaged", "out of reach"])
def test_without_a_catalogue_the_choice_says_so_and_the_manage_page_works(
    deployed: Deployment, outage: str
) -> None:
    bucket = deployed.environment["DATA_BUCKET"]
    if outage == "damaged":
        deployed.catalogue(a_centre())
        (key,) = [
            found["Key"]
            for found in client("s3").list_objects_v2(Bucket=bucket)["Contents"]
            if found["Key"].endswith(".cfa")
        ]
        client("s3").put_object(Bucket=bucket, Key=key, Body=b"DEPOTCFA" + b"\0" * 400)
    if outage == "out of reach":
        deployed.environment["DATA_BUCKET"] = "gone"
    mine = deployed.deposit()

    assert show(deployed, mine).body["standing"] == "no_catalogue"
    refused = ask(deployed, mine, 1)
    assert (refused.status, refused.fields) == (422, {"sirens": "cfas_no_catalogue"})
    manage = deployed.http("manage_offers", "GET", "/api/manage", token=mine.token)
    assert (manage.status, manage.body["offers"][0]["cfas_left"]) == (200, 10)


@pytest.mark.parametrize("token", [None, "nonsense", "k2.r.1.x"])
def test_only_the_link_of_a_mail_opens_the_choice(
    deployed: Deployment, mine: Deposited, token: str | None
) -> None:
    assert show(deployed, mine, token).status == 401


def test_the_link_of_another_firm_opens_nothing_here(deployed: Deployment, mine: Deposited) -> None:
    other = deployed.deposit()

    assert show(deployed, mine, other.token).status == 404


@pytest.mark.parametrize(
    "body",
    [{}, {"version": 0}, {"sirens": "000000001"}, {"sirens": [1]}, {"sirens": [None]}, {"all": 1}],
)
def test_what_is_no_choice_is_refused(
    deployed: Deployment, mine: Deposited, body: dict[str, Any]
) -> None:
    given = {"version": 1, "sirens": [], **body} if body else {}
    answer = deployed.http("manage_offers", "POST", path(mine), token=mine.token, body=given)

    assert answer.status == 422
    assert told(answer)
