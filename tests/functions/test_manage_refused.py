"""A change that cannot be accepted is refused in words, and no other token opens the offers."""

import hashlib
import json
from typing import Any

import pytest
from itsdangerous import Signer

from depot.domain.dossier.recruiter import Recruiter
from depot.ports.store import Replace
from tests.deployment import Deployment
from tests.events import http
from tests.functions.managed import act, edit, extend, show, stored
from tests.posted import Answer, Deposited, french


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    return deployed.deposit()


def close(deployed: Deployment, mine: Deposited, version: int = 1, **closure: Any) -> Answer:
    body = {"version": version, "outcome": "filled", **closure}
    return act(deployed, mine, "closure", body=body)


def reactivate(deployed: Deployment, mine: Deposited, version: int = 1, **over: Any) -> Answer:
    return act(deployed, mine, "reactivation", body={"version": version, **over})


@pytest.mark.parametrize("change", [edit, extend, close, reactivate])
@pytest.mark.parametrize("version", [1, 3, 10**30])
def test_a_change_made_on_a_former_state_is_refused_and_shows_the_present_one(
    deployed: Deployment, mine: Deposited, change: Any, version: int
) -> None:
    edit(deployed, mine, openings=7)
    before = deployed.items()

    answer = change(deployed, mine, version=version)

    assert (answer.status, answer.body["code"]) == (409, "stale_version")
    assert answer.headers["content-type"] == "application/problem+json"
    current = answer.body["current"]
    assert (current["openings"], current["version"]) == (7, 2)
    assert current["id"] == mine.offer["id"]
    assert french(answer.body["detail"])
    assert deployed.items() == before


@pytest.mark.parametrize(
    ("action", "body", "fields"),
    [
        ("", {"metier": "11573"}, {"version": "missing"}),
        ("", {"version": 0, "metier": "11573"}, {"version": "greater_than_equal"}),
        ("", {"version": 1}, {"metier": "missing"}),
        ("", {"version": 1, "metier": "1", "openings": 0}, {"openings": "greater_than_equal"}),
        ("", {"version": 1, "metier": "99999999"}, {"metier": "metier_unknown"}),
        ("extension", {}, {"version": "missing"}),
        ("extension", {"version": "un"}, {"version": "int_parsing"}),
        ("closure", {"version": 1}, {"outcome": "missing"}),
        ("closure", {"version": 1, "outcome": "expired"}, {"outcome": "literal_error"}),
        ("reactivation", {"version": 1, "duplicates": "?"}, {"duplicates": "literal_error"}),
        (
            "closure",
            {"version": 1, "outcome": "filled", "channel": "cfa"},
            {"channel": "literal_error"},
        ),
        (
            "closure",
            {"version": 1, "outcome": "filled", "reason": "no_applications"},
            {"reason": "literal_error"},
        ),
        (
            "closure",
            {"version": 1, "outcome": "filled", "reason": "parce que"},
            {"reason": "literal_error"},
        ),
    ],
)
def test_a_bad_change_is_refused_by_its_field(
    deployed: Deployment,
    mine: Deposited,
    action: str,
    body: dict[str, Any],
    fields: dict[str, str],
) -> None:
    before = deployed.items()

    answer = act(deployed, mine, action, body=body)

    assert (answer.status, answer.body["code"]) == (422, "invalid")
    assert answer.fields == fields
    assert all(french(e["message"]) and french(e["remedy"]) for e in answer.body["errors"])
    assert deployed.items() == before


@pytest.mark.parametrize("action", ["", "extension", "closure", "reactivation"])
@pytest.mark.parametrize(
    "body", [None, "", "[]", "null", "{", b"\xff\x00", '{"version": ' + "9" * 9000 + "}"]
)
def test_garbage_is_refused_and_is_no_bug(
    deployed: Deployment, mine: Deposited, action: str, body: object
) -> None:
    before = deployed.items()

    answer = act(deployed, mine, action, body=body)

    assert answer.status == 422
    assert deployed.items() == before


def test_the_offer_of_somebody_else_is_not_found(deployed: Deployment, mine: Deposited) -> None:
    other = deployed.deposit()
    before = deployed.items()

    bodies = {
        "": {"metier": "11573"},
        "extension": {},
        "closure": {"outcome": "filled"},
        "reactivation": {},
    }
    for action, body in bodies.items():
        answer = act(deployed, mine, action, token=other.token, body={"version": 1, **body})
        assert (answer.status, answer.body["code"]) == (404, "not_found")

    assert deployed.items() == before


def signed(claim: str, *, salt: str = "depot.manage", key: str = "2" * 64) -> str:
    """A token signed as ours are, or nearly."""
    signer = Signer(key, salt=salt, sep=".", key_derivation="hmac", digest_method=hashlib.sha256)
    return signer.sign(claim).decode()


def test_a_token_signed_by_a_former_key_still_opens(deployed: Deployment, mine: Deposited) -> None:
    token = signed(f"k1.{mine.recruiter_id}.1", key="1" * 64)

    assert show(deployed, token).status == 200


def test_a_token_not_made_for_this_opens_nothing(deployed: Deployment, mine: Deposited) -> None:
    claim = f"k2.{mine.recruiter_id}.1"
    assert show(deployed, signed(claim)).status == 200
    altered = mine.token[:-1] + ("A" if mine.token[-1] != "A" else "B")
    tokens = {
        "none": None,
        "empty": "",
        "garbage": "abc",
        "altered": altered,
        "shortened": mine.token[:-5],
        "longer": mine.token + "A",
        "unsigned": claim,
        "of another purpose": signed(claim, salt="depot.apply"),
        "without salt": signed(claim, salt=""),
        "of another key": signed(claim, key="3" * 64),
        "of a key that is gone": signed(claim.replace("k2", "k9"), key="9" * 64),
        "of the word current": signed(claim.replace("k2", "current"), key="k2"),
        "of another version": signed(f"k2.{mine.recruiter_id}.2"),
        "of nobody": signed("k2.nobody.1"),
        "with a part less": signed(f"k2.{mine.recruiter_id}"),
        "with a part more": signed(f"{claim}.1"),
    }

    answers = {name: show(deployed, token) for name, token in tokens.items()}

    assert {name: answer.status for name, answer in answers.items()} == dict.fromkeys(tokens, 401)
    assert {answer.body["code"] for answer in answers.values()} == {"link_invalid"}
    assert len({json.dumps(answer.body) for answer in answers.values()}) == 1, "it helps to guess"


def test_a_revoked_link_opens_nothing(deployed: Deployment, mine: Deposited) -> None:
    recruiter = deployed.store.recruiter(mine.recruiter_id)
    assert isinstance(recruiter, Recruiter)
    deployed.store.commit(Replace(recruiter._next(link_version=2)))

    assert show(deployed, mine.token).status == 401
    assert edit(deployed, mine).status == 401
    assert close(deployed, mine).status == 401
    assert stored(deployed, mine).version == 1


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer "])
def test_the_scheme_of_the_header_may_be_written_in_any_case(
    deployed: Deployment, mine: Deposited, scheme: str
) -> None:
    event = http("GET", "/api/manage")
    event["headers"]["authorization"] = f"{scheme} {mine.token}"

    assert deployed.call("manage_offers", event)["statusCode"] == 200


def test_another_scheme_is_refused(deployed: Deployment, mine: Deposited) -> None:
    event = http("GET", "/api/manage")
    event["headers"]["authorization"] = f"Basic {mine.token}"

    assert deployed.call("manage_offers", event)["statusCode"] == 401
