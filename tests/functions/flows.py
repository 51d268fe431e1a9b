"""Everything a function is asked, each with the trace it leaves in the logs."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from depot.domain.employer.behalf import EmployerClaim
from depot.keys.links import LinkKeys, SignedLinks
from depot.storage import schema
from depot.usecases.cfa.import_catalogue import CatalogueRefused
from tests.deployment import PUBLIC_URL, Deployment, client
from tests.events import stream
from tests.outages import catalogue_of, mail_outage
from tests.posted import A_DEPOSITOR, BAKERY, Deposited, a_centre, a_deposit


CONTACT = {"name": "Zoé Canari", "email": "canari@example.org", "phone": "01 99 00 98 76"}


NEED = {"metier": "11573", "ask_cfa": True, "description": "Demandez Canari, 01 99 00 98 76"}


TRACES = ("canari", "99009876", "9900 9876", "99 00 98 76")


HTTP = {"create_recruiter", "add_offer", "manage_offers"}


Flow = Callable[[Deployment, Deposited], None]


def create(deployed: Deployment, mine: Deposited) -> None:
    def post(**over: Any) -> int:
        body = a_deposit(contact=CONTACT, offers=[NEED], **over)
        return deployed.http("create_recruiter", "POST", "/api/recruiters", body=body).status

    assert post() == 201
    assert post(duplicates="ask") == 409
    assert post(siret="00009903600014") == 201
    assert post(siret="canari") == 422
    assert post(canari="canari@example.org") == 422
    deployed.http("create_recruiter", "POST", "/api/recruiters", body='{"canari@example.org')
    deployed.http("create_recruiter", "GET", "/api/companies/canari@example.org")
    report = {"siret": BAKERY, "metier": "11573"}
    with mail_outage(deployed):
        assert post() == 201
        deployed.http("create_recruiter", "POST", "/api/duplicates", body=report)
    client("sesv2").delete_email_identity(EmailIdentity="depot.example")
    assert post() == 201
    break_what_is_stored(deployed, mine)
    assert post(submission_id="00000000-0000-4000-8000-000000000001") == 500
    assert post(duplicates="ask") in {201, 409}
    deployed.http("create_recruiter", "POST", "/api/duplicates", body=report)


def add(deployed: Deployment, mine: Deposited) -> None:
    path = f"/api/recruiters/{mine.recruiter_id}/offers"

    def post(token: str, **over: Any) -> int:
        body = {"submission_id": "00000000-0000-4000-8000-000000000009", **NEED, **over}
        return deployed.http("add_offer", "POST", path, token=token, body=body).status

    assert post(mine.token, metier="canari") == 422
    assert post(f"{mine.token}-canari") == 401
    assert post(mine.token) == 409
    with mail_outage(deployed):
        assert post(mine.token, duplicates="accept") == 201
    break_what_is_stored(deployed, mine)
    assert post(mine.token) == 500


def manage(deployed: Deployment, mine: Deposited) -> None:
    path = f"/api/manage/offers/{mine.offer['id']}"

    def ask(method: str, at: str, **body: Any) -> int:
        given = body or None
        return deployed.http("manage_offers", method, at, token=mine.token, body=given).status

    assert ask("GET", "/api/manage") == 200
    assert ask("PUT", path, version=1, **NEED) == 200
    assert ask("PUT", path, version=1, **NEED) == 409
    assert ask("PUT", path, version=2, **{**NEED, "description": ["canari"]}) == 422
    assert ask("GET", f"{path}/cfas") == 200
    assert ask("POST", f"{path}/cfas", version=2, sirens=["canari@example.org"]) == 422
    assert ask("POST", f"{path}/closure", version=2, outcome="filled") == 200
    assert ask("POST", f"{path}/closure", version=3, outcome="filled", channel="canari") == 422
    assert ask("POST", f"{path}/reactivation", version=3, duplicates="accept") == 200
    assert ask("GET", "/api/canari@example.org") == 404
    answer_notice(deployed)
    answer_employer(deployed)
    links_and_data(deployed)
    break_what_is_stored(deployed, mine)
    assert ask("GET", "/api/manage") == 500


def links_and_data(deployed: Deployment) -> None:
    """Ask for a link, move, prove, renew, erase while the mail is down; and all that is refused."""
    other = deployed.deposit(contact=CONTACT, offers=[NEED])
    account = "/api/manage"
    moved = {**CONTACT, "email": "zoe.canari@example.com"}

    def ask(method: str, at: str, token: str = other.token, **body: Any) -> Any:
        given = body or None
        return deployed.http("manage_offers", method, at, token=token, body=given)

    assert ask("POST", "/api/links", email="canari@example.org").status == 202
    assert ask("POST", "/api/links", email="canari@", siret="canari").status == 422
    with mail_outage(deployed):
        deployed.call("manage_offers", stream(requests_of(deployed)))
        assert ask("PUT", f"{account}/contact", version=1, **moved).status == 200
    assert ask("PUT", f"{account}/contact", version=1, **moved).status == 409
    assert ask("PUT", f"{account}/contact", version=2, **{**moved, "phone": "canari"}).status == 422
    assert ask("GET", f"{account}/export").status == 200
    keys = SignedLinks(PUBLIC_URL, LinkKeys("k2", {"k2": "2" * 64}))
    proof = keys.confirm_url(other.recruiter_id, 1).partition("#")[2]
    assert ask("GET", "/api/confirmation", f"{proof}canari").status == 401
    fresh = ask("POST", "/api/confirmation", proof, x="canari@example.org")
    assert fresh.status == 422
    with mail_outage(deployed):
        fresh = deployed.http("manage_offers", "POST", "/api/confirmation", token=proof, body={})
    token = str(fresh.body["manage_url"]).partition("#")[2]
    path, word = f"{account}/erasure", "EFFACER"
    assert ask("POST", path, token, version=3, confirmation="canari").status == 422
    with mail_outage(deployed):
        assert ask("POST", path, token, version=3, confirmation=word).status == 200


def requests_of(deployed: Deployment) -> list[Any]:
    """What the stream brings of the links asked for."""
    return [
        record
        for record in deployed.records(schema.RECRUITERS_TABLE)
        if record["dynamodb"]["Keys"]["sk"]["S"].startswith(f"{schema.LINK}#")
    ]


def answer_notice(deployed: Deployment) -> None:
    """Pass a need on while the mail is down, then everything that is refused."""
    other = deployed.deposit(contact=CONTACT, offers=[NEED])
    deployed.call("notify_opco", stream(deployed.records(schema.RECRUITERS_TABLE)))
    notice = deployed.store.notice(other.recruiter_id, other.offer["id"])
    assert notice is not None
    keys = LinkKeys("k2", {"k2": "2" * 64})
    token = SignedLinks(PUBLIC_URL, keys).opco_url(notice.opens).partition("#")[2]

    def ask(method: str, at: str, **body: Any) -> int:
        given = body or None
        return deployed.http("manage_offers", method, at, token=token, body=given).status

    assert ask("GET", "/api/notice") == 200
    path = "/api/notice/answer"
    assert ask("POST", path, version=2, answer="not_ours", to="canari@example.org") == 422
    assert ask("POST", path, version=2, answer="canari") == 422
    with mail_outage(deployed):
        assert ask("POST", path, version=2, answer="not_ours") == 200
    assert ask("POST", path, version=2, answer="taking") == 409
    break_what_is_stored(deployed, other)
    assert ask("GET", "/api/notice") == 500
    assert ask("POST", path, version=3, answer="taking") == 500


def answer_employer(deployed: Deployment) -> None:
    """Correct what was deposited on behalf while the mail is down, then what is refused."""
    depositor = {**A_DEPOSITOR, "contact": {**CONTACT, "email": "canari@example.com"}}
    called = {**CONTACT, "phone": "01 99 00 12 34"}
    other = deployed.deposit(contact=called, depositor=depositor, offers=[NEED])
    keys = LinkKeys("k2", {"k2": "2" * 64})
    url = SignedLinks(PUBLIC_URL, keys).employer_url(EmployerClaim(other.recruiter_id, 1))

    def ask(at: str, **body: Any) -> int:
        path, token = f"/api/employer/offers/{other.offer['id']}/{at}", url.partition("#")[2]
        return deployed.http("manage_offers", "POST", path, token=token, body=body).status

    own = {**called, "email": "canari@example.com"}
    assert ask("correction", version=1, contact=own) == 422
    with mail_outage(deployed):
        assert ask("correction", version=1, contact={**called, "name": "Canari"}) == 200
        assert ask("removal", version=2) == 200
    assert ask("confirmation", version=3) == 409


def streamed(name: str, table: str) -> Flow:
    def flow(deployed: Deployment, mine: Deposited) -> None:
        records = deployed.records(table)
        with mail_outage(deployed):
            deployed.call(name, stream(records))
        other = deployed.deposit(contact=CONTACT, offers=[NEED])
        records = deployed.records(table)
        break_what_is_stored(deployed, mine)
        break_what_is_stored(deployed, other)
        for record in records:
            if record["dynamodb"]["NewImage"][schema.ENTITY]["S"] == schema.LETTER:
                record["dynamodb"]["Keys"]["sk"] = {"S": "SURPRISE"}
        deployed.call(name, stream(records))

    return flow


def schedule(deployed: Deployment, mine: Deposited) -> None:
    deployed.call("publish_feed", {"source": "schedule"})
    deployed.call("publish_feed", stream(deployed.records(schema.OFFERS_TABLE)))
    break_what_is_stored(deployed, mine)
    deployed.call("publish_feed", stream(deployed.records(schema.OFFERS_TABLE)))


def sweep(deployed: Deployment, mine: Deposited) -> None:
    now = datetime.now(UTC)
    with mail_outage(deployed):
        deployed.call("expire_offers", {"now": (now + timedelta(days=22)).isoformat()})
    deployed.call("expire_offers", {"now": (now + timedelta(days=23)).isoformat()})
    deployed.deposit(contact=CONTACT, offers=[NEED])
    break_what_is_stored(deployed, mine)
    deployed.call("expire_offers", {"now": (now + timedelta(days=30)).isoformat()})


def match(deployed: Deployment, mine: Deposited) -> None:
    streamed("match_cfa", schema.OFFERS_TABLE)(deployed, mine)
    rows = [a_centre(n, email=f"canari{n}@example.org") for n in range(150)]
    with catalogue_of(deployed, *rows):
        deployed.call("match_cfa", {"source": "schedule"})
    with catalogue_of(deployed, *rows[:1]), pytest.raises(CatalogueRefused):
        deployed.call("match_cfa", {"source": "schedule"})


FLOWS: dict[str, Flow] = {
    "create_recruiter": create,
    "add_offer": add,
    "manage_offers": manage,
    "notify_opco": streamed("notify_opco", schema.RECRUITERS_TABLE),
    "match_cfa": match,
    "publish_feed": schedule,
    "expire_offers": sweep,
}


def break_what_is_stored(deployed: Deployment, mine: Deposited) -> None:
    """Make every entity of a recruiter unreadable just where it holds personal data."""
    for item in deployed.items():
        if item[schema.PARTITION_KEY]["S"] == mine.recruiter_id:
            data = json.loads(item[schema.DATA]["S"])
            wrong = {**{key: ["Zoé Canari", "+33199009876"] for key in data}, "more": data}
            deployed.overwrite({**item, schema.DATA: {"S": json.dumps(wrong)}})


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    deployed.catalogue(a_centre(email="canari.cfa@example.org"))
    deposit = {"submission_id": "00000000-0000-4000-8000-000000000001"}
    return deployed.deposit(contact=CONTACT, offers=[NEED], **deposit)
