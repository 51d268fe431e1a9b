"""What the depositor sees: the answers of the API."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from depot.domain.askings import Askings
from depot.domain.company import Address
from depot.domain.contact import Contact
from depot.domain.employer import EmployerAnswer
from depot.domain.letter import Progress
from depot.domain.life import Channel, History, Limits, Reason, State
from depot.domain.lifetime import days_left
from depot.domain.metiers import Metier
from depot.domain.model import Value
from depot.domain.offer import Offer
from depot.domain.provenance import Role
from depot.domain.recruiter import Recruiter, Verification
from depot.ports.store import Dossier
from depot.usecases.cfa_choice_view import promised_views
from depot.usecases.cfa_view import CfaView, cfa_views
from depot.usecases.opco_view import OpcoView, opco_view
from depot.usecases.where_view import WhereView, where_view


class EmployerStateView(Value):
    """What the employer said of an offer somebody else deposited for it; nothing yet: silent."""

    answer: EmployerAnswer | None
    answered_at: datetime | None


class MetierView(Value):
    """A métier as shown."""

    code: str
    label: str
    rome: str


class OfferView(Value):
    """One offer, as its depositor sees it. ``workplace`` is an address other than the firm's.

    ``cfas_left`` is how many training centres may still be asked.
    """

    id: str
    version: int
    state: State
    metier: MetierView
    other_metiers: tuple[MetierView, ...]
    level: str | None
    start_on: date | None
    openings: int
    description: str | None
    ask_cfa: bool
    workplace: Address | None
    published_at: datetime
    ends_on: date
    days_left: int
    live_since: date
    ended_on: date
    closed_at: datetime | None
    reason: Reason | None
    channel: Channel | None
    history: History
    opco: OpcoView
    cfas: tuple[CfaView, ...]
    cfas_left: int
    cfa_outcome: str | None
    where: WhereView
    employer: EmployerStateView | None = None


class ContactView(Value):
    """The contact, as typed or nearly."""

    name: str
    email: str
    phone: str


class NewEmailView(Value):
    """An address that waits to be proven, by a link that works until then."""

    email: str
    until: datetime


class CorrectionView(Value):
    """What the depositor said of the firm."""

    name: str | None
    address: Address | None


class BehalfView(Value):
    """A deposit on a firm's behalf: as what, and the firm's own contact, which is called."""

    role: Role
    organisation: str
    siret: str
    employer: ContactView


class RecruiterView(Value):
    """The firm, as its depositor sees it; ``correction`` is his part of its name and address.

    ``contact`` is his own; the firm's is in ``behalf`` where he deposits for it.
    """

    id: str
    version: int
    siret: str
    company_name: str | None
    address: Address | None
    correction: CorrectionView | None
    verification: Verification
    opco_claim: str | None = None
    contact: ContactView
    new_email: NewEmailView | None = None
    behalf: BehalfView | None = None


class ManageView(Value):
    """The manage page. ``opco_choices`` are to choose from while the OPCO is not certain.

    ``limits`` are said before they are reached. ``mail_stopped``: a mail to the contact came back,
    or was complained of: no other leaves.
    """

    recruiter: RecruiterView
    limits: Limits
    mail_stopped: bool = False
    opco_choices: tuple[str, ...] = ()
    offers: tuple[OfferView, ...]


class Receipt(Value):
    """The answer to a deposit. ``manage_url`` is the same capability the mail carries."""

    recruiter_id: str
    company_name: str | None
    email: str
    verification: Verification
    manage_url: str
    offers: tuple[OfferView, ...]


def recruiter_view(recruiter: Recruiter) -> RecruiterView:
    """Show a recruiter."""
    said, change = recruiter.correction, recruiter.email_change
    return RecruiterView(
        id=recruiter.id,
        version=recruiter.version,
        siret=recruiter.siret,
        company_name=recruiter.firm_name,
        address=recruiter.address,
        correction=CorrectionView(name=said.name, address=said.address) if said else None,
        verification=recruiter.verification,
        opco_claim=recruiter.opco_claim,
        contact=contact_view(recruiter.contact),
        new_email=NewEmailView(email=change.email, until=change.until) if change else None,
        behalf=_behalf(recruiter),
    )


def _behalf(recruiter: Recruiter) -> BehalfView | None:
    behalf = recruiter.behalf
    if behalf is None:
        return None
    return BehalfView(
        role=behalf.role,
        organisation=behalf.organisation,
        siret=behalf.siret,
        employer=contact_view(behalf.employer),
    )


def _mail_stopped(dossier: Dossier) -> bool:
    address = dossier.recruiter.contact.email
    stopped = {"bounced", "complained"}
    return any(mail.to == address and mail.failure in stopped for mail in dossier.letters)


def metier_view(metier: Metier) -> MetierView:
    """Show a métier."""
    return MetierView(code=metier.code, label=metier.label, rome=metier.rome)


def contact_view(contact: Contact) -> ContactView:
    """Show the person to call."""
    return ContactView(name=contact.name, email=contact.email, phone=contact.phone)


def offer_view(offer: Offer, dossier: Dossier, now: datetime) -> OfferView:
    """Show an offer, with what its dossier knows of OPCO, training centres and partners."""
    need = offer.need
    progress: dict[str, Progress] = {letter.id: letter.state for letter in dossier.letters}
    askings = Askings.of(dossier.rounds, offer.id)
    return OfferView(
        id=offer.id,
        version=offer.version,
        state=offer.state,
        metier=metier_view(need.metier),
        other_metiers=tuple(map(metier_view, need.other_metiers)),
        level=need.level,
        start_on=need.start_on,
        openings=need.openings,
        description=need.description,
        ask_cfa=need.ask_cfa,
        workplace=offer.workplace.elsewhere,
        published_at=offer.published_at,
        ends_on=offer.ends_on,
        days_left=days_left(offer.ends_on, now),
        live_since=offer.live_since,
        ended_on=offer.ended_on,
        closed_at=offer.closed_at,
        reason=offer.reason,
        channel=offer.channel,
        history=offer.history,
        opco=opco_view(offer, dossier, progress),
        cfas=(*cfa_views(offer, dossier), *promised_views(askings)),
        cfas_left=askings.left,
        cfa_outcome=askings.outcome,
        where=where_view(offer, dossier),
        employer=_employer(offer, dossier),
    )


def _employer(offer: Offer, dossier: Dossier) -> EmployerStateView | None:
    """What the employer said, where somebody else deposited: silent, if nothing is kept yet."""
    if offer.provenance is None:
        return None
    said = next((notice for notice in dossier.employers if notice.offer_id == offer.id), None)
    return EmployerStateView(
        answer=said.answer if said else None, answered_at=said.answered_at if said else None
    )


def manage_view(
    dossier: Dossier, opcos: Collection[str], limits: Limits, now: datetime
) -> ManageView:
    """Show the manage page; ``opcos`` are the names of those there are."""
    return ManageView(
        recruiter=recruiter_view(dossier.recruiter),
        limits=limits,
        mail_stopped=_mail_stopped(dossier),
        opco_choices=_choices(dossier, opcos),
        offers=offer_views(dossier, now),
    )


def _choices(dossier: Dossier, opcos: Collection[str]) -> tuple[str, ...]:
    """The candidates our sources leave, or every OPCO when they know none."""
    live = {offer.id for offer in dossier.live}
    found = [
        notice.finding.undeclared.opcos
        for notice in dossier.notices
        if notice.finding and notice.declarable and notice.offer_id in live
    ]
    every = sorted(opcos, key=str.casefold) if found else ()
    return next(filter(None, found), tuple(every))


def offer_views(dossier: Dossier, now: datetime) -> tuple[OfferView, ...]:
    """Show every offer, newest first."""
    return tuple(offer_view(offer, dossier, now) for offer in newest_first(dossier.offers))


def newest_first(offers: Sequence[Offer]) -> list[Offer]:
    """Order offers as the depositor reads them."""
    return sorted(offers, key=lambda offer: (offer.published_at, offer.id), reverse=True)
