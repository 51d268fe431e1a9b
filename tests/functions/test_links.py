"""Links through the functions: asked for, opened, proven, renewed."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest

from depot.storage import schema
from tests.deployment import Deployment, client
from tests.events import stream
from tests.posted import BAKERY, Answer, Deposited


KNOWN, UNKNOWN = "jeanne@example.org", "jeanno@example.org"
OTHER = "30247464800664"


def ask(deployed: Deployment, **asked: Any) -> Answer:
    return deployed.http("manage_offers", "POST", "/api/links", body=asked)


def bring(deployed: Deployment) -> None:
    """What the stream of recruiters brings to manage_offers: new requests alone."""
    born = [
        record
        for record in deployed.records(schema.RECRUITERS_TABLE)
        if record["eventName"] == "INSERT"
        if record["dynamodb"]["NewImage"][schema.ENTITY] == {"S": schema.LINK}
    ]
    assert deployed.call("manage_offers", stream(born)) == {"batchItemFailures": []}


def token_in(mail: Any, page: str) -> str:
    rest = mail.body.partition(f"/{page}#")[2]
    return str(rest.partition('"')[0])


@contextmanager
def watched() -> Iterator[list[tuple[str, Any]]]:
    """Every call made to AWS, with what it sends."""
    calls: list[tuple[str, Any]] = []

    def note(model: Any, params: Any, **_: Any) -> None:
        calls.append((model.name, params["body"]))

    events = boto3._get_default_session().events
    events.register("before-call.*.*", note)
    try:
        yield calls
    finally:
        events.unregister("before-call.*.*", note)


def test_whoever_is_asked_about_the_same_is_answered_and_the_same_is_done(
    deployed: Deployment,
) -> None:
    """Status, headers, body; the calls to AWS, one by one, and their size to the byte."""
    deployed.deposit()
    ask(deployed, email="personne@example.org")  # a warm function for both

    done = {}
    for email in (KNOWN, UNKNOWN):
        deployed.restart()  # a client made now is a client watched
        with watched() as calls:
            answer = ask(deployed, email=email)
        done[email] = (
            answer.status,
            answer.headers,
            answer.body,
            [(name, len(body)) for name, body in calls],
        )

    assert done[KNOWN] == done[UNKNOWN]
    status, _, body, calls = done[KNOWN]
    assert (status, body) == (202, {"accepted": True})
    assert [name for name, _ in calls] == ["TransactWriteItems"]


def test_an_address_asked_about_again_is_answered_the_same(deployed: Deployment) -> None:
    deployed.deposit()

    assert ask(deployed, email=KNOWN).body == ask(deployed, email=KNOWN).body


def test_the_mail_goes_to_the_known_address_alone_once_nobody_waits(deployed: Deployment) -> None:
    mine = deployed.deposit()
    before = len(deployed.mails())
    ask(deployed, siret=BAKERY)
    ask(deployed, email=UNKNOWN)
    assert len(deployed.mails()) == before

    bring(deployed)
    bring(deployed)

    (mail,) = deployed.mails()[before:]
    assert mail.destinations["ToAddresses"] == [KNOWN]
    assert token_in(mail, "gerer.html") == mine.token


@pytest.mark.parametrize(
    ("asked", "field"),
    [({}, "email"), ({"email": "jeanne"}, "email"), ({"siret": "123"}, "siret")],
)
def test_what_is_neither_an_address_nor_a_siret_is_refused_in_its_field(
    deployed: Deployment, asked: Any, field: str
) -> None:
    answer = ask(deployed, **asked)

    assert answer.status == 422
    assert field in answer.fields


def test_several_firms_of_an_address_are_behind_one_link(deployed: Deployment) -> None:
    deployed.deposit()
    deployed.deposit(siret=OTHER)
    ask(deployed, email=KNOWN)
    bring(deployed)
    token = token_in(deployed.mails(KNOWN)[-1], "mes-entreprises.html")

    shown = deployed.http("manage_offers", "GET", "/api/firms", token=token)
    far = deployed.http("manage_offers", "GET", "/api/firms", token=token, query={"after": "no"})
    wrong = {"query": {"after": "x" * 101}}
    odd = deployed.http("manage_offers", "GET", "/api/firms", token=token, **wrong)

    assert (shown.body["count"], shown.body["next"]) == (2, None)
    assert far.body == shown.body
    assert (odd.status, list(odd.fields)) == (422, ["after"])
    assert {firm["siret"] for firm in shown.body["firms"]} == {BAKERY, OTHER}
    for firm in shown.body["firms"]:
        opened = firm["manage_url"].partition("#")[2]
        assert deployed.http("manage_offers", "GET", "/api/manage", token=opened).status == 200
        assert deployed.http("manage_offers", "GET", "/api/firms", token=opened).status == 401


def change(deployed: Deployment, mine: Deposited, **over: Any) -> Answer:
    contact = {"name": "Jeanne Martin", "email": KNOWN, "phone": "01 99 00 12 34"}
    body = {"version": 1, **contact, **over}
    return deployed.http("manage_offers", "PUT", "/api/manage/contact", token=mine.token, body=body)


def test_a_new_address_counts_once_its_link_was_used(deployed: Deployment) -> None:
    mine = deployed.deposit()
    assert (
        change(deployed, mine, email="jean@example.org").body["recruiter"]["contact"]["email"]
        == KNOWN
    )
    token = token_in(deployed.mails("jean@example.org")[0], "confirmer.html")
    path = "/api/confirmation"

    shown = deployed.http("manage_offers", "GET", path, token=token)
    done = deployed.http("manage_offers", "POST", path, token=token, body={})
    again = deployed.http("manage_offers", "POST", path, token=token, body={})

    assert (shown.body["state"], done.body["state"], again.body["state"]) == (
        "waiting",
        "confirmed",
        "confirmed",
    )
    assert again.body["manage_url"] is None
    assert deployed.http("manage_offers", "GET", "/api/manage", token=mine.token).status == 401
    opened = done.body["manage_url"].partition("#")[2]
    page = deployed.http("manage_offers", "GET", "/api/manage", token=opened).body
    assert page["recruiter"]["contact"]["email"] == "jean@example.org"


def test_a_number_that_changes_is_the_one_partners_read(deployed: Deployment) -> None:
    mine = deployed.deposit()
    assert change(deployed, mine, phone="01 99 00 00 01").status == 200

    offer = deployed.store.offer(mine.recruiter_id, mine.offer["id"])
    assert offer is not None
    assert offer.phone == "+33199000001"


def test_a_change_made_on_an_older_page_is_a_conflict_that_shows_what_is_true(
    deployed: Deployment,
) -> None:
    mine = deployed.deposit()
    change(deployed, mine, name="Paul Petit")

    late = change(deployed, mine, name="Anna Petit")

    assert (late.status, late.body["code"]) == (409, "stale_version")
    assert late.body["current"]["recruiter"]["contact"]["name"] == "Paul Petit"


def test_a_link_that_leaked_is_replaced(deployed: Deployment) -> None:
    mine = deployed.deposit()
    path = "/api/manage/link"

    done = deployed.http("manage_offers", "POST", path, token=mine.token, body={"version": 1})

    assert (done.status, done.body) == (200, {"email": KNOWN})
    assert deployed.http("manage_offers", "GET", "/api/manage", token=mine.token).status == 401
    fresh = token_in(deployed.mails(KNOWN)[-1], "gerer.html")
    assert deployed.http("manage_offers", "GET", "/api/manage", token=fresh).status == 200


def test_a_mail_carries_a_link_of_the_newest_key_once_the_keys_have_changed(
    deployed: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployed.deposit()
    keys = {"current": "k9", "k9": "9" * 64}
    client("secretsmanager").put_secret_value(SecretId="depot-links", SecretString=json.dumps(keys))
    later = time.monotonic() + 3600
    monkeypatch.setattr(time, "monotonic", lambda: later)

    made = deployed.deposit()

    assert made.token.startswith("k9.")
    assert token_in(deployed.mails()[-1], "gerer.html") == made.token
