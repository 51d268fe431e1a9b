"""What an employer sees of what was deposited on its behalf."""

from datetime import date, datetime

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.behalf import Behalf
from depot.domain.employer.notice import EmployerAnswer, EmployerNotice
from depot.domain.employer.provenance import Role
from depot.domain.identifiers import Siret
from depot.domain.life.lifetime import days_left
from depot.domain.life.offer import Offer
from depot.domain.life.states import State
from depot.domain.model import Value
from depot.ports.store import Store
from depot.usecases.employer.access import Deposited
from depot.usecases.employer.objections import objected
from depot.usecases.views import (
    ContactView,
    MetierView,
    NeedView,
    contact_view,
    metier_view,
    need_view,
    newest_first,
)


class DepositorView(Value):
    """Who deposited; ``legal_name`` is the directory's, of its SIRET."""

    role: Role
    organisation: str
    legal_name: str | None
    siret: Siret
    contact: ContactView


class DepositedView(Value):
    """One offer; ``answer`` is what the employer said of it last.

    ``changed`` are the fields its depositor changed since, ``before`` what it had said of them.
    """

    id: str
    version: int
    state: State
    metier: MetierView
    need: NeedView
    published_at: datetime
    ends_on: date
    days_left: int
    answer: EmployerAnswer | None
    answered_at: datetime | None
    before: EmployerAnswer | None = None
    changed: tuple[str, ...] = ()


class EmployerView(Value):
    """What was deposited for a firm, and by whom; ``contact`` is whom candidates call.

    ``version`` is the dossier's. ``objects``: the firm wants no more of this depositor.
    """

    version: int
    objects: bool
    firm: str
    siret: Siret
    address: str | None
    depositor: DepositorView
    contact: ContactView
    offers: tuple[DepositedView, ...]


def employer_view(read: Deposited, *, store: Store, now: datetime) -> EmployerView:
    """Show it all, newest first."""
    dossier, behalf = read
    recruiter = read.recruiter
    notices = {notice.offer_id: notice for notice in dossier.employers}
    return EmployerView(
        version=recruiter.version,
        objects=objected(recruiter.siret, behalf.siren, (), store=store, now=now) is not None,
        firm=recruiter.name,
        siret=recruiter.siret,
        address=recruiter.address.label if recruiter.address else None,
        depositor=_depositor(recruiter, behalf),
        contact=contact_view(behalf.employer),
        offers=tuple(
            _deposited(offer, notices[offer.id], now)
            for offer in newest_first(dossier.offers)
            if offer.id in notices
        ),
    )


def _depositor(recruiter: Recruiter, behalf: Behalf) -> DepositorView:
    return DepositorView(
        role=behalf.role,
        organisation=behalf.organisation,
        legal_name=behalf.legal_name,
        siret=behalf.siret,
        contact=contact_view(recruiter.contact),
    )


def _deposited(offer: Offer, notice: EmployerNotice, now: datetime) -> DepositedView:
    return DepositedView(
        id=offer.id,
        version=offer.version,
        state=offer.state,
        metier=metier_view(offer.need.metier),
        need=need_view(offer),
        published_at=offer.published_at,
        ends_on=offer.ends_on,
        days_left=days_left(offer.ends_on, now),
        answer=notice.answer,
        answered_at=notice.answered_at,
        before=notice.before[-1].answer if notice.before else None,
        changed=notice.changed,
    )
