"""The same need deposited twice: asked, accepted, found again; and nothing told to a stranger."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.deployment import Deployment, client
from tests.posted import BAKERY, Answer, Deposited, a_deposit, french


STRANGER = {"name": "Paul Noir", "email": "paul@example.org", "phone": "01 99 00 12 99"}
# Of the first depositor: in his dossier and his mails, in nothing a stranger reads.
CANARY = {"name": "Zoé Canari", "email": "canari@example.org", "phone": "01 99 00 98 76"}
NEED = {"metier": "11573", "openings": 2, "description": "Demandez Canari, 01 99 00 98 76"}


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    return deployed.deposit(contact=CANARY, offers=[NEED])


def a_second(**over: Any) -> dict[str, Any]:
    """A deposit of the same need by somebody else, as the form first sends it."""
    form = a_deposit(contact=STRANGER, **over)
    return {key: value for key, value in form.items() if key != "duplicates" or key in over}


def deposit(deployed: Deployment, form: dict[str, Any]) -> Answer:
    return deployed.http("create_recruiter", "POST", "/api/recruiters", body=form)


def report(deployed: Deployment, **over: Any) -> Answer:
    body = {"siret": BAKERY, "metier": "11573", **over}
    return deployed.http("create_recruiter", "POST", "/api/duplicates", body=body)


def add(deployed: Deployment, mine: Deposited, **over: Any) -> Answer:
    body = {"submission_id": str(uuid4()), "metier": "11573", **over}
    path = f"/api/recruiters/{mine.recruiter_id}/offers"
    return deployed.http("add_offer", "POST", path, token=mine.token, body=body)


def test_a_second_deposit_is_asked_about_and_writes_nothing(
    deployed: Deployment, mine: Deposited
) -> None:
    before = deployed.items()

    answer = deposit(deployed, a_second())

    assert (answer.status, answer.body["code"]) == (409, "duplicate")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.fields == {"offers.0.metier": "already_live"}
    for sentence in (answer.body["title"], answer.body["detail"]):
        assert french(sentence)
    assert answer.body["current"]["offers"] == [
        {
            "metier": {"code": "11573", "label": "Boulanger / Boulangère", "rome": "D1102"},
            "openings": 2,
            "published_at": mine.offer["published_at"],
            "ends_on": mine.offer["ends_on"],
            "days_left": 28,
        }
    ]
    assert deployed.items() == before
    assert len(deployed.mails()) == 1


def test_the_same_submission_once_accepted_is_deposited(
    deployed: Deployment, mine: Deposited
) -> None:
    form = a_second()
    assert deposit(deployed, form).status == 409

    answer = deposit(deployed, {**form, "duplicates": "accept"})

    assert answer.status == 201
    assert answer.body["recruiter_id"] != mine.recruiter_id
    assert len(deployed.mails("paul@example.org")) == 1


def test_a_submission_sent_again_after_a_lost_answer_is_no_duplicate_of_itself(
    deployed: Deployment,
) -> None:
    form = a_second()

    first, second = deposit(deployed, form), deposit(deployed, form)

    assert (first.status, second.status) == (201, 201)
    assert second.body == first.body


@pytest.mark.parametrize("over", [{"offers": [{"metier": "13861"}]}, {"siret": "00009002700012"}])
def test_another_need_or_another_firm_is_not_asked_about(
    deployed: Deployment, mine: Deposited, over: dict[str, Any]
) -> None:
    del mine

    assert deposit(deployed, a_second(**over)).status == 201


def test_a_need_closed_is_no_longer_asked_about(deployed: Deployment, mine: Deposited) -> None:
    closure = {"version": 1, "outcome": "filled"}
    path = f"/api/manage/offers/{mine.offer['id']}/closure"
    assert (
        deployed.http("manage_offers", "POST", path, token=mine.token, body=closure).status == 200
    )

    assert deposit(deployed, a_second()).status == 201


def test_a_need_added_shows_the_offer_of_the_same_link_whole(
    deployed: Deployment, mine: Deposited
) -> None:
    answer = add(deployed, mine)

    assert (answer.status, answer.fields) == (409, {"metier": "already_live"})
    (twin,) = answer.body["current"]["offers"]
    assert (twin["offer"]["id"], twin["offer"]["version"]) == (mine.offer["id"], 1)
    assert add(deployed, mine, duplicates="accept").status == 201


def test_a_need_added_does_not_show_the_offer_of_another_link(
    deployed: Deployment, mine: Deposited
) -> None:
    del mine
    other = deployed.deposit(contact=STRANGER, offers=[])

    answer = add(deployed, other)

    assert answer.status == 409
    (twin,) = answer.body["current"]["offers"]
    assert "offer" not in twin


def test_a_choice_that_does_not_exist_is_refused(deployed: Deployment) -> None:
    answer = deposit(deployed, a_second(duplicates="peut-être"))

    assert answer.fields == {"duplicates": "literal_error"}


def test_a_report_mails_the_first_depositor_the_actions_of_his_offer(
    deployed: Deployment, mine: Deposited
) -> None:
    answer = report(deployed)

    assert (answer.status, answer.body) == (202, {"accepted": True})
    _, mail = deployed.mails("canari@example.org")
    for action in ("modifier", "prolonger", "poste"):
        assert f"action={action}&amp;offre={mine.offer['id']}#{mine.token}" in mail.body
    assert len(deployed.mails()) == 2


def test_a_report_is_answered_the_same_whatever_is_live(
    deployed: Deployment, mine: Deposited
) -> None:
    del mine
    answers = [
        report(deployed),
        report(deployed),
        report(deployed, siret="00009002700012"),
        report(deployed, siret="00009991100018"),
    ]

    assert {(answer.status, json.dumps(answer.body)) for answer in answers} == {
        (202, '{"accepted": true}')
    }
    assert len(deployed.mails("canari@example.org")) == 2  # his receipt and one report


@pytest.mark.parametrize(
    ("over", "fields"),
    [
        ({"siret": "1"}, {"siret": "siret_length"}),
        ({"metier": "?"}, {"metier": "metier_unknown"}),
        ({"metier": None}, {"metier": "string_type"}),
        ({"email": "a@example.org"}, {"email": "extra_forbidden"}),
    ],
)
def test_a_report_that_makes_no_sense_is_refused(
    deployed: Deployment, over: dict[str, Any], fields: dict[str, str]
) -> None:
    answer = report(deployed, **over)

    assert (answer.status, answer.fields) == (422, fields)
    assert deployed.mails() == []


def test_a_stranger_reads_nothing_of_who_deposited_first(
    deployed: Deployment, mine: Deposited, output: Callable[[], str]
) -> None:
    other = deployed.deposit(contact=STRANGER, offers=[])

    answers = [deposit(deployed, a_second()), add(deployed, other), report(deployed)]

    read = json.dumps([answer.body for answer in answers], ensure_ascii=False) + output()
    for trace in ("anari", "9876", "98 76", mine.recruiter_id, mine.offer["id"], mine.token):
        assert trace not in read


def no_index(deployed: Deployment) -> None:
    client("dynamodb").update_table(
        TableName=deployed.environment["OFFERS_TABLE"],
        GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "live"}}],
    )


def test_an_index_that_cannot_say_stops_no_deposit(
    deployed: Deployment, mine: Deposited, output: Callable[[], str]
) -> None:
    del mine
    no_index(deployed)

    assert deposit(deployed, a_second()).status == 201
    assert "twins not looked for" in output()


def test_a_report_nobody_can_look_into_says_to_try_again(
    deployed: Deployment, mine: Deposited
) -> None:
    del mine
    no_index(deployed)

    answer = report(deployed)

    assert (answer.status, answer.body["code"]) == (500, "internal")
    assert len(deployed.mails()) == 1
