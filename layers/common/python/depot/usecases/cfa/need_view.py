"""What a training centre sees of one need: the answers of the API to the link in its mail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from depot.domain.cfa.cfa_contact import CfaContact, CfaReply
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.life.offer import Offer
from depot.domain.model import Value
from depot.ports.links import Links
from depot.usecases.views import (
    ContactView,
    MetierView,
    NeedView,
    contact_view,
    metier_view,
    need_view,
)


CfaNeedStatus = Literal["current", "over", "refused"]


class PosterView(Value):
    """What leads from a wall to the offer: its public page, and that as a QR code (a data URI)."""

    url: str
    qr: str


class CfaNeedView(Value):
    """One need. ``status`` says whether its reader may answer; once over, nobody is to be called.

    ``address`` is where the apprentice works. ``replies`` counts the answers given: the next one
    says how many it had read.
    """

    replies: int
    status: CfaNeedStatus
    read: bool
    centre: str
    training: str
    distance_km: float
    reply: CfaReply | None = None
    replied_at: datetime | None = None
    metier: MetierView
    firm: str
    legal_name: str | None = None
    siret: str
    verified: bool
    address: str | None = None
    need: NeedView | None = None
    contact: ContactView | None = None
    poster: PosterView | None = None


@dataclass(frozen=True)
class OpenedByCfa:
    """What a link opens, as it was read."""

    contact: CfaContact
    recruiter: Recruiter
    offer: Offer

    def status(self, now: datetime) -> CfaNeedStatus:
        """Whether the firm still looks for somebody, and may."""
        if self.recruiter.refused:
            return "refused"
        return "current" if self.offer.is_current(now) else "over"


def cfa_need_view(
    opened: OpenedByCfa, *, links: Links, qr: Callable[[str], str], now: datetime
) -> CfaNeedView:
    """Show a need to a centre that was told of it."""
    contact, recruiter, offer = opened.contact, opened.recruiter, opened.offer
    view = CfaNeedView(
        replies=contact.replies,
        status=opened.status(now),
        read=contact.read_at is not None,
        centre=contact.centre.name,
        training=contact.centre.title,
        distance_km=contact.centre.distance_km,
        reply=contact.reply,
        replied_at=contact.replied_at,
        metier=metier_view(offer.need.metier),
        firm=recruiter.name,
        legal_name=recruiter.legal_name,
        siret=recruiter.siret,
        verified=recruiter.verification == "verified",
    )
    if view.status != "current":
        return view
    url = links.offer_url(offer.id)
    where = offer.workplace.elsewhere or recruiter.address
    told = {
        "address": where.label if where else None,
        "need": need_view(offer),
        "contact": contact_view(recruiter.firm_contact),
        "poster": PosterView(url=url, qr=qr(url)),
    }
    return view.model_copy(update=told)
