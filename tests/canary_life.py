"""The life of a canary (``tests.canary``) in a deployment: all that may be written about her."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from depot.storage import schema
from tests import canary
from tests.deployment import PARTNER, PARTNER_KEY, Deployment
from tests.events import stream
from tests.posted import BAKERY, Answer, Deposited, a_centre


def manage(deployed: Deployment, method: str, path: str, token: str, **body: Any) -> Answer:
    given = body or None
    return deployed.http("manage_offers", method, f"/api/manage{path}", token=token, body=given)


def whole_life(deployed: Deployment, **over: Any) -> Deposited:
    """Deposited, told to the OPCO, centres asked, edited, reminded, moved; one offer more.

    Who was told answers: a centre, partners, and the firm if somebody deposited for it.
    """
    deployed.catalogue(a_centre())
    deposit = canary.deposit(BAKERY, **over)
    answer = deployed.http("create_recruiter", "POST", "/api/recruiters", body=deposit)
    mine = Deposited(answer.body)
    more = canary.need(submission_id="00000000-0000-4000-8000-000000000009", duplicates="accept")
    path = f"/api/recruiters/{mine.recruiter_id}/offers"
    assert deployed.http("add_offer", "POST", path, token=mine.token, body=more).status == 201
    streams(deployed)
    report = {"siret": BAKERY, "metier": "11573"}
    deployed.http("create_recruiter", "POST", "/api/duplicates", body=report)
    told(deployed, mine)
    if "depositor" in over:
        corrected(deployed, mine)
    mailbox = mine.receipt["email"]
    for asked in (mailbox, canary.NEW_EMAIL):
        deployed.http("manage_offers", "POST", "/api/links", body={"email": asked})
    deployed.call("expire_offers", {"now": (datetime.now(UTC) + timedelta(days=22)).isoformat()})
    contact = {"name": canary.NAME, "email": f"bis.{mailbox}", "phone": "05 53 00 98 77"}
    version = manage(deployed, "GET", "", mine.token).body["recruiter"]["version"]
    moved = manage(deployed, "PUT", "/contact", mine.token, version=version, **contact)
    assert moved.status == 200, moved.body
    streams(deployed)
    deployed.call("expire_offers", {"task": "count"})
    if "depositor" in over:
        employer(deployed, "POST", "/objection")
    return mine


def employer(deployed: Deployment, method: str, path: str, **body: Any) -> Answer:
    """What the firm asks, by the link of the mail it received last."""
    token = last_token(deployed, canary.NEW_EMAIL, "employeur.html")
    given = body if method == "POST" else None
    at = f"/api/employer{path}"
    answer = deployed.http("manage_offers", method, at, token=token, body=given)
    assert answer.status == 200, answer.body
    return answer


def told(deployed: Deployment, mine: Deposited) -> None:
    """A centre answers at length; a partner shows an offer, then refuses it; another is told."""
    token = last_token(deployed, "cfa-1@example.org", "cfa.html")
    said = deployed.http("manage_offers", "POST", "/api/cfa/answer", token=token, body=canary.REPLY)
    assert said.status == 200, said.body
    about = {"offer_id": mine.offer["id"], "at": "2026-11-24T09:30:00Z"}
    receipts = [
        {**about, "state": "shown", "url": canary.SHOWN},
        {**about, "state": "refused", "reason": canary.REFUSED},
    ]
    path = f"/api/partners/{PARTNER}/receipts"
    body = {"receipts": receipts}
    kept = deployed.http("manage_offers", "POST", path, token=PARTNER_KEY, body=body)
    assert kept.status == 200, kept.body
    tell(deployed)


def corrected(deployed: Deployment, mine: Deposited) -> None:
    """The firm says whom else to call, at another address: a new link goes there."""
    token = last_token(deployed, canary.EMAIL, "employeur.html")
    shown = deployed.http("manage_offers", "GET", "/api/employer", token=token).body["offers"]
    version = next(offer["version"] for offer in shown if offer["id"] == mine.offer["id"])
    body = {
        "version": version,
        "contact": {"name": canary.NAME, "email": canary.NEW_EMAIL, "phone": canary.PHONE},
        "description": canary.need()["description"],
    }
    path = f"/api/employer/offers/{mine.offer['id']}/correction"
    done = deployed.http("manage_offers", "POST", path, token=token, body=body)
    assert done.status == 200, done.body


def last_token(deployed: Deployment, mailbox: str, page: str) -> str:
    links = re.compile(rf"/{re.escape(page)}[^#\"]*#([\w.-]+)")
    return str(links.findall(deployed.mails(mailbox)[-1].body)[0])


def tell(deployed: Deployment) -> None:
    """Files in partners' formats are made, and who reads no feed is told, as the schedules do."""
    deployed.call("publish_feed", {"source": "schedule"})
    deployed.call("publish_feed", {"task": "tell"})


def streams(deployed: Deployment) -> None:
    for function, table in [
        ("notify_opco", schema.RECRUITERS_TABLE),
        ("match_cfa", schema.OFFERS_TABLE),
        ("publish_feed", schema.OFFERS_TABLE),
    ]:
        deployed.call(function, stream(deployed.records(table)))
