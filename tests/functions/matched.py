"""Needs that ask for centres."""

from typing import Any

from depot.storage import schema
from tests.deployment import Deployment
from tests.events import stream


Record = dict[str, Any]


ASKING = [{"metier": "11573", "ask_cfa": True}]


def match(deployed: Deployment, *records: Record) -> list[str]:
    """Hand records over; give the sequence numbers that must come again."""
    answer = deployed.call("match_cfa", stream(records))
    assert answer.keys() == {"batchItemFailures"}
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def records(deployed: Deployment) -> list[Record]:
    return deployed.records(schema.OFFERS_TABLE)


def rounds(deployed: Deployment) -> list[Record]:
    """The records the mapping's filter lets through: new rounds."""
    return [
        record
        for record in records(deployed)
        if record["eventName"] == "INSERT"
        and record["dynamodb"]["NewImage"][schema.ENTITY]["S"] == schema.ROUND
    ]


def asked(deployed: Deployment) -> list[str]:
    """Addresses that were asked, in the order the mails left."""
    sent = [mail.destinations["ToAddresses"][0] for mail in deployed.mails()]
    return [address for address in sent if address.startswith("cfa-")]
