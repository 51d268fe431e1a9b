"""Needs told to an OPCO, and its answers."""

import re
from typing import Any

from depot.storage import schema
from tests.deployment import Deployment
from tests.events import stream
from tests.posted import Answer, Deposited


LINK = re.compile(r"/opco\.html\?action=(\w+)#([\w.-]+)")


def told(deployed: Deployment, **deposit: Any) -> Deposited:
    """A deposit whose OPCO was told by the stream."""
    mine = deployed.deposit(**deposit)
    records = deployed.records(schema.RECRUITERS_TABLE)
    assert deployed.call("notify_opco", stream(records)) == {"batchItemFailures": []}
    return mine


def token(deployed: Deployment, mailbox: str) -> str:
    """What the links of the last mail to a mailbox carry."""
    links = LINK.findall(deployed.mails(mailbox)[-1].body)
    assert [action for action, _ in links] == ["contact", "contacte", "transmettre"]
    (carried,) = {carried for _, carried in links}
    return str(carried)


def show(deployed: Deployment, link: str | None) -> Answer:
    return deployed.http("manage_offers", "GET", "/api/notice", token=link)


def answer(deployed: Deployment, link: str | None, version: int = 2, **body: Any) -> Answer:
    given = {"version": version, **body}
    return deployed.http("manage_offers", "POST", "/api/notice/answer", token=link, body=given)
