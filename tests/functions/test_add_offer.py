"""POST /api/recruiters/{recruiter_id}/offers, by manage link."""

from typing import Any
from uuid import uuid4

import pytest

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.life.offer import Offer
from depot.ports.store import Replace
from depot.storage import schema
from tests.deployment import Deployment
from tests.posted import Answer, Deposited, french


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    return deployed.deposit()


def add(deployed: Deployment, mine: Deposited, **request: Any) -> Answer:
    path = f"/api/recruiters/{mine.recruiter_id}/offers"
    given = {"token": mine.token, "body": a_need(), **request}
    return deployed.http("add_offer", "POST", path, **given)


def a_need(**over: Any) -> dict[str, Any]:
    accepted = {"duplicates": "accept"}  # or a second need for a baker would be asked about
    return {"submission_id": str(uuid4()), "metier": "11573", **accepted, **over}


def refused(deployed: Deployment, mine: Deposited, status: int, **request: Any) -> Answer:
    """A refusal, which changes nothing and mails nobody."""
    before, mails = deployed.items(), len(deployed.mails())
    answer = add(deployed, mine, **request)
    assert answer.status == status, answer.body
    assert answer.headers["content-type"] == "application/problem+json"
    assert french(answer.body["title"])
    assert french(answer.body["detail"])
    assert deployed.items() == before
    assert len(deployed.mails()) == mails
    return answer


def test_one_more_need_is_published_and_confirmed(deployed: Deployment, mine: Deposited) -> None:
    answer = add(deployed, mine, body=a_need(level="4", openings=3))

    assert answer.status == 201
    assert answer.headers["cache-control"] == "no-store"
    assert (answer.body["state"], answer.body["level"], answer.body["openings"]) == ("live", "4", 3)
    _, mail = deployed.mails("jeanne@example.org")
    assert mine.receipt["manage_url"] in mail.body
    recruiter = deployed.store.recruiter(mine.recruiter_id)
    assert recruiter is not None
    assert recruiter.offer_count == 2


def test_a_need_added_asks_for_all_that_a_first_one_does(
    deployed: Deployment, mine: Deposited
) -> None:
    added = add(deployed, mine, body=a_need(ask_cfa=True)).body

    assert deployed.store.notice(mine.recruiter_id, added["id"]) is not None
    assert len(deployed.store.rounds(mine.recruiter_id, added["id"])) == 1


def test_the_same_submission_twice_adds_once(deployed: Deployment, mine: Deposited) -> None:
    body = a_need()

    first, second = (add(deployed, mine, body=body) for _ in range(2))

    assert (first.status, second.status) == (201, 201)
    assert second.body["id"] == first.body["id"]
    offers = [item for item in deployed.items() if item[schema.ENTITY]["S"] == schema.OFFER]
    assert len(offers) == 2
    assert len(deployed.mails()) == 2


def test_the_submission_of_the_deposit_is_another_need_when_added(deployed: Deployment) -> None:
    submission = str(uuid4())
    mine = deployed.deposit(submission_id=submission)

    answer = add(deployed, mine, body=a_need(submission_id=submission))

    assert answer.status == 201
    assert answer.body["id"] != mine.offer["id"]


@pytest.mark.parametrize(
    ("over", "fields"),
    [
        ({"metier": "99999999"}, {"metier": "metier_unknown"}),
        ({"metier": None}, {"metier": "string_type"}),
        ({"start_on": "2020-01-01"}, {"start_on": "start_past"}),
        ({"openings": 11}, {"openings": "less_than_equal"}),
        ({"submission_id": "non"}, {"submission_id": "uuid_parsing"}),
        ({"version": 1}, {"version": "extra_forbidden"}),
        ({"description": "\u0958" * 1000}, {"description": "string_too_long"}),
    ],
)
def test_a_bad_need_is_refused_by_its_field(
    deployed: Deployment, mine: Deposited, over: dict[str, Any], fields: dict[str, str]
) -> None:
    answer = refused(deployed, mine, 422, body=a_need(**over))

    assert answer.body["code"] == "invalid"
    assert answer.fields == fields
    assert all(french(e["message"]) and french(e["remedy"]) for e in answer.body["errors"])


@pytest.mark.parametrize(
    "body", [None, "", "[", "[]", b"\xff", '"\\ud800"', "[" * 60_000, '{"openings": 1e99999}']
)
def test_garbage_is_refused_and_is_no_bug(
    deployed: Deployment, mine: Deposited, body: object
) -> None:
    refused(deployed, mine, 422, body=body)


def test_a_body_larger_than_any_form_is_refused_as_such(
    deployed: Deployment, mine: Deposited
) -> None:
    answer = refused(deployed, mine, 413, body=a_need(description="x" * 100_000))

    assert answer.body["code"] == "too_large"


@pytest.mark.parametrize("token", [None, "", "k2", "a.b.c.d", "é" * 20, "x" * 7000, "k1.r.1."])
def test_a_token_nobody_made_opens_nothing(
    deployed: Deployment, mine: Deposited, token: str | None
) -> None:
    assert refused(deployed, mine, 401, token=token).body["code"] == "link_invalid"


def test_a_token_opens_its_own_dossier_and_no_other(deployed: Deployment, mine: Deposited) -> None:
    other = deployed.deposit()

    assert refused(deployed, mine, 404, token=other.token).body["code"] == "not_found"


def test_a_revoked_link_adds_nothing(deployed: Deployment, mine: Deposited) -> None:
    recruiter = deployed.store.recruiter(mine.recruiter_id)
    assert isinstance(recruiter, Recruiter)
    deployed.store.commit(Replace(recruiter._next(link_version=2)))

    assert refused(deployed, mine, 401).body["code"] == "link_invalid"


def test_a_firm_that_could_not_be_verified_may_still_add(deployed: Deployment) -> None:
    mine = deployed.deposit(siret="00009903600014")

    answer = add(deployed, mine)

    offer = deployed.store.offer(mine.recruiter_id, answer.body["id"])
    assert isinstance(offer, Offer)
    assert offer.workplace.name is None


def test_a_route_that_does_not_exist_is_said_so(deployed: Deployment) -> None:
    answer = deployed.http("add_offer", "GET", "/api/recruiters/r1/offers")

    assert (answer.status, answer.body["code"]) == (404, "not_found")
