"""The feed of a deployment: how it is published and read."""

import json
from typing import Any

from depot.storage import schema
from tests.deployment import Deployment
from tests.events import stream
from tests.posted import Deposited


Record = dict[str, Any]


def publish(deployed: Deployment, *records: Record) -> list[str]:
    """Hand records over; give the sequence numbers that must come again."""
    answer = deployed.call("publish_feed", stream(records))
    assert answer.keys() == {"batchItemFailures"}
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def schedule(deployed: Deployment) -> Any:
    return deployed.call("publish_feed", {"source": "schedule"})


def records(deployed: Deployment, after: int = 0) -> list[Record]:
    return deployed.records(schema.OFFERS_TABLE)[after:]


def lines(body: bytes) -> list[Any]:
    return [json.loads(line) for line in body.splitlines()]


def segments(deployed: Deployment) -> list[list[Any]]:
    """Changes partners have read, segment by segment."""
    return [lines(deployed.file(file.path[1:])) for file in deployed.index().changes]


def snapshot(deployed: Deployment) -> dict[str, Any]:
    """Live offers by id, as the snapshot gives them; both encodings agree."""
    kept = deployed.index().snapshot
    assert kept is not None
    offers = lines(deployed.file(kept.files["ndjson"].path[1:]))
    document = json.loads(deployed.file(kept.files["json"].path[1:]))
    assert document == {"cursor": kept.cursor, "offers": offers}
    assert kept.records == len(offers)
    return {offer["id"]: offer for offer in offers}


def manage(
    deployed: Deployment, mine: Deposited, method: str, action: str = "", **body: Any
) -> None:
    path = f"/api/manage/offers/{mine.offer['id']}{action}"
    answer = deployed.http("manage_offers", method, path, token=mine.token, body=body)
    assert answer.status == 200, answer.body


def close(deployed: Deployment, mine: Deposited, version: int = 1) -> None:
    manage(deployed, mine, "POST", "/closure", version=version, outcome="filled")


def reconcile(deployed: Deployment, **event: object) -> Any:
    return deployed.call("publish_feed", {"source": "schedule", "task": "reconcile", **event})
