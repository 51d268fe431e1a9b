"""What an OPCO sees of one need: the answers of the API to the link in its mail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.life.offer import Offer
from depot.domain.model import Value
from depot.domain.opco.notice import OpcoAnswer, OpcoNotice, OpcoTurn
from depot.domain.opco.routing import OpcoMailing
from depot.usecases.views import (
    ContactView,
    MetierView,
    NeedView,
    contact_view,
    metier_view,
    need_view,
)


NoticeStatus = Literal["current", "passed_on", "over", "refused"]


class NoticeView(Value):
    """One need. ``status`` says whether its reader may answer.

    ``searching``: its OPCO is being looked for again, nobody has it for now.
    ``addressee`` is who has it now (null: the desk of the service), ``recipients`` whom it may be
    passed on to by name. Once it was passed on, or its firm refused, nobody is to be called any
    more.
    """

    version: int
    status: NoticeStatus
    addressee: str | None = None
    answer: OpcoAnswer | None = None
    answered_at: datetime | None = None
    metier: MetierView
    firm: str
    legal_name: str | None = None
    siret: str
    address: str | None = None
    verified: bool
    need: NeedView | None = None
    contact: ContactView | None = None
    recipients: tuple[str, ...] = ()
    searching: bool = False


@dataclass(frozen=True)
class OpenedByOpco:
    """What a link opens, as it was read."""

    turn: OpcoTurn
    notice: OpcoNotice
    recruiter: Recruiter
    offer: Offer

    def status(self, now: datetime) -> NoticeStatus:
        """Whether the bearer still has the need, and the firm still looks for somebody."""
        if self.notice.state == "waiting" or self.notice.turn != self.turn.number:
            return "passed_on"
        if self.recruiter.refused:
            return "refused"
        return "current" if self.offer.is_current(now) else "over"


def notice_view(opened: OpenedByOpco, *, mailing: OpcoMailing, now: datetime) -> NoticeView:
    """Show a need to whoever was told of it in this turn."""
    notice, recruiter, status = opened.notice, opened.recruiter, opened.status(now)
    view = NoticeView(
        version=notice.version,
        status=status,
        addressee=notice.addressee,
        metier=metier_view(opened.offer.need.metier),
        firm=recruiter.name,
        legal_name=recruiter.legal_name,
        siret=recruiter.siret,
        verified=recruiter.verification == "verified",
        searching=notice.state == "waiting",
    )
    if status in {"passed_on", "refused"}:
        return view
    told = {
        "answer": notice.answer,
        "answered_at": notice.answered_at,
        "address": recruiter.address.label if recruiter.address else None,
        "need": need_view(opened.offer),
        "contact": contact_view(recruiter.firm_contact),
        "recipients": notice.recipients(mailing.names) if status == "current" else (),
    }
    return view.model_copy(update=told)
