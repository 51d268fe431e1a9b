"""The public catalogues of formations that a deployment asks, the best first."""

from depot.clients.formations import AlternanceApi
from depot.clients.pages import Pages, keeping_session
from depot.clients.rco import RcoCatalogue
from depot.ports import Formations


def catalogues(*, alternance: str, key: str | None, rco: str, contact: str) -> list[Formations]:
    """Make a client of each whose address is given; ``contact`` says who asks."""
    pages = Pages(keeping_session(contact))
    found: list[Formations] = []
    if alternance:
        found.append(AlternanceApi(alternance, key=key, pages=pages))
    if rco:
        found.append(RcoCatalogue(rco, pages=pages))
    return found
