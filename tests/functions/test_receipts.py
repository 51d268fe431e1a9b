"""A partner says what it did with an offer, and the depositor reads it."""

from typing import Any

import pytest

from depot.storage import schema
from tests.deployment import PARTNER, PARTNER_KEY, Deployment, client
from tests.events import stream
from tests.posted import Answer, Deposited


URL = "https://partner.example/offres/1"
AT = "2026-11-24T09:30:00Z"


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    return deployed.deposit()


def post(
    deployed: Deployment, *receipts: Any, slug: str = PARTNER, key: str | None = PARTNER_KEY
) -> Answer:
    path = f"/api/partners/{slug}/receipts"
    body = {"receipts": list(receipts)}
    return deployed.http("manage_offers", "POST", path, token=key, body=body)


def said(mine: Deposited, state: str = "shown", **over: Any) -> dict[str, Any]:
    return {"offer_id": mine.offer["id"], "state": state, "at": AT, **over}


def kept(deployed: Deployment) -> list[dict[str, Any]]:
    return [item for item in deployed.items() if item[schema.ENTITY] == {"S": schema.RECEIPT}]


def test_a_receipt_is_kept_beside_the_offer_and_twice_is_once(
    deployed: Deployment, mine: Deposited
) -> None:
    answer = post(deployed, said(mine, url=URL), said(mine, "fetched"))

    assert (answer.status, answer.body) == (200, {"kept": 2, "unknown": []})
    (item,) = kept(deployed)
    assert item[schema.PARTITION_KEY] == {"S": mine.recruiter_id}
    assert item[schema.SORT_KEY] == {"S": f"RECEIPT#{mine.offer['id']}#{PARTNER}"}
    assert post(deployed, said(mine, url=URL)).body["kept"] == 1
    assert kept(deployed) == [item]


def test_the_depositor_reads_what_became_of_the_offer(
    deployed: Deployment, mine: Deposited
) -> None:
    post(deployed, said(mine, url=URL), said(mine, "fetched", at="2026-11-24T09:00:00Z"))

    page = deployed.http("manage_offers", "GET", "/api/manage", token=mine.token).body

    where = page["offers"][0]["where"]
    assert where == {
        "published_at": mine.offer["published_at"],
        "withdrawn_at": None,
        "partners": [
            {
                "name": "La bonne alternance",
                "steps": [
                    {"state": "fetched", "at": "2026-11-24T09:00:00Z", "url": None, "reason": None},
                    {"state": "shown", "at": AT, "url": URL, "reason": None},
                ],
                "outdated": False,
            }
        ],
    }


def test_an_unknown_offer_is_said(deployed: Deployment, mine: Deposited) -> None:
    answer = post(deployed, {**said(mine), "offer_id": "0" * 32}, said(mine))

    assert (answer.status, answer.body) == (200, {"kept": 1, "unknown": ["0" * 32]})


@pytest.mark.parametrize(
    ("slug", "key"),
    [
        (PARTNER, None),
        (PARTNER, "another"),
        (PARTNER, ""),
        ("parcoursup", PARTNER_KEY),
        ("nobody", PARTNER_KEY),
    ],
)
def test_who_is_not_that_partner_is_refused_before_anything_is_read(
    deployed: Deployment, mine: Deposited, slug: str, key: str | None
) -> None:
    for receipts in ([said(mine)], ["not a receipt"]):
        answer = post(deployed, *receipts, slug=slug, key=key)

        assert (answer.status, answer.body["code"]) == (401, "partner_unknown")
        assert answer.headers["content-type"] == "application/problem+json"
    assert kept(deployed) == []


def test_a_key_that_changes_works_before_and_after(deployed: Deployment, mine: Deposited) -> None:
    assert post(deployed, said(mine), key="their former key").status == 200


@pytest.mark.parametrize(
    ("over", "field", "code"),
    [
        ({"url": "javascript:alert(1)"}, "receipts.0.url", "url"),
        ({"url": "https://user:pw@x.example/"}, "receipts.0.url", "url"),
        ({"url": "https://depot.example@x.example/"}, "receipts.0.url", "url"),
        ({"url": f"https://e.example/{'x' * 500}"}, "receipts.0.url", "string_too_long"),
        ({"at": "2999-01-01T00:00:00Z"}, "receipts.0.at", "at_future"),
        ({"at": "2026-11-25T09:30:00"}, "receipts.0.at", "timezone_aware"),
        ({"state": "sold"}, "receipts.0.state", "literal_error"),
        ({"state": "refused"}, "receipts.0.reason", "reason_missing"),
        ({"mail": "jeanne@example.org"}, "receipts.0.mail", "extra_forbidden"),
    ],
)
def test_what_cannot_be_a_receipt_is_refused_whole(
    deployed: Deployment, mine: Deposited, over: dict[str, Any], field: str, code: str
) -> None:
    answer = post(deployed, said(mine, "fetched"), {**said(mine), **over})

    field = field.replace("0", "1")
    assert (answer.status, answer.fields) == (422, {field: code})
    assert kept(deployed) == []


def test_too_many_and_too_large_are_refused(deployed: Deployment, mine: Deposited) -> None:
    many = post(deployed, *[said(mine)] * 101)
    large = post(deployed, *[said(mine, url=f"{URL}{'x' * 400}")] * 130)

    assert (many.status, many.fields) == (422, {"receipts": "receipts_too_many"})
    assert (large.status, large.body["code"]) == (413, "too_large")


def test_a_receipt_wakes_no_function_for_nothing(deployed: Deployment, mine: Deposited) -> None:
    """Filters leave it out (tests/infra); handed over all the same, it changes nothing."""
    before = len(deployed.records(schema.OFFERS_TABLE))
    post(deployed, said(mine, url=URL))
    (record,) = deployed.records(schema.OFFERS_TABLE)[before:]

    for name in ("publish_feed", "match_cfa"):
        assert deployed.call(name, stream([record])) == {"batchItemFailures": []}
    assert deployed.files() == []
    assert deployed.mails() == [mail for mail in deployed.mails() if "CFA" not in mail.subject]


def test_partners_nobody_can_check_are_told_so_and_nothing_is_kept(
    deployed: Deployment, mine: Deposited
) -> None:
    client("secretsmanager").delete_secret(SecretId="depot-partners")
    deployed.restart()

    assert post(deployed, said(mine)).status == 500
    assert kept(deployed) == []
