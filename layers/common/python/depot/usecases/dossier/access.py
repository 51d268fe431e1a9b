"""Open a dossier with the link from the mail."""

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import LinkInvalid, NotFound
from depot.domain.life.offer import Offer
from depot.domain.life.states import By
from depot.ports.links import Links
from depot.ports.store import Dossier, Store


def open_dossier(token: str, *, store: Store, links: Links) -> Dossier:
    """Open the dossier of a manage token.

    Raises LinkInvalid: the token is not ours, its link was renewed, or the dossier is being erased.
    """
    claim = links.manage_claim(token)
    dossier = store.dossier(claim.recruiter_id)
    if dossier is None or dossier.recruiter.erasing_at:
        raise LinkInvalid
    if dossier.recruiter.link_version != claim.link_version:
        raise LinkInvalid
    return dossier


def offer_in(dossier: Dossier, offer_id: str) -> Offer:
    """Find one offer of a dossier. Raises NotFound."""
    for offer in dossier.offers:
        if offer.id == offer_id:
            return offer
    raise NotFound


def by_link(recruiter: Recruiter) -> By:
    """Who acts when the manage link just opened this dossier: its history says by which link."""
    return By(who="depositor", link=f"manage.{recruiter.link_version}")
