"""What the link in the mails opens: see, edit, extend, close."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from itsdangerous import Signer

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.life.offer import Offer
from depot.ports.store import Replace
from tests.deployment import Answer, Deployment, Deposited, client, french
from tests.events import http


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    return deployed.deposit()


def show(deployed: Deployment, token: str | None) -> Answer:
    return deployed.http("manage_offers", "GET", "/api/manage", token=token)


def act(deployed: Deployment, mine: Deposited, action: str = "", **request: Any) -> Answer:
    """Edit (no action), or post something of the first offer: ``extension``, ``closure``…"""
    path = f"/api/manage/offers/{mine.offer['id']}"
    given = {"token": mine.token, **request}
    if action:
        return deployed.http("manage_offers", "POST", f"{path}/{action}", **given)
    return deployed.http("manage_offers", "PUT", path, **given)


def edit(deployed: Deployment, mine: Deposited, version: int = 1, **need: Any) -> Answer:
    return act(deployed, mine, body={"version": version, "metier": "11573", **need})


def extend(deployed: Deployment, mine: Deposited, version: int = 1) -> Answer:
    return act(deployed, mine, "extension", body={"version": version})


def close(deployed: Deployment, mine: Deposited, version: int = 1, **closure: Any) -> Answer:
    body = {"version": version, "outcome": "filled", **closure}
    return act(deployed, mine, "closure", body=body)


def reactivate(deployed: Deployment, mine: Deposited, version: int = 1, **over: Any) -> Answer:
    return act(deployed, mine, "reactivation", body={"version": version, **over})


def stored(deployed: Deployment, mine: Deposited) -> Offer:
    offer = deployed.store.offer(mine.recruiter_id, mine.offer["id"])
    assert offer is not None
    return offer


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
