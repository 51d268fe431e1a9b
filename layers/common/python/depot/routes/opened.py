"""Who asks, where a link was opened: its token comes as the bearer token."""

from datetime import datetime
from typing import TypedDict

from aws_lambda_powertools.event_handler.api_gateway import BaseRouter

from depot.edge import api
from depot.ports.links import Links
from depot.ports.store import Store
from depot.wiring.services import services


class Asked(TypedDict):
    """What use cases behind a link take, by these very names."""

    token: str
    store: Store
    links: Links
    now: datetime


def asked(app: BaseRouter) -> Asked:
    """Give the use case what opens its link. Raises LinkInvalid when no token came."""
    token, s = api.token(app), services()
    return Asked(token=token, store=s.store, links=s.links, now=s.now())
