"""Gestures on one's offers, by their link."""

from typing import Any

from depot.domain.life.offer import Offer
from tests.deployment import Deployment
from tests.posted import Answer, Deposited


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


def stored(deployed: Deployment, mine: Deposited) -> Offer:
    offer = deployed.store.offer(mine.recruiter_id, mine.offer["id"])
    assert offer is not None
    return offer
