"""What the depositor sees: the answers of the API."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from depot.domain.company import Address, Company
from depot.domain.lifetime import days_left
from depot.domain.model import Value
from depot.domain.offer import Offer, State
from depot.domain.opco import Finding, Outcome
from depot.domain.recruiter import Recruiter, Verification
from depot.ports import Dossier


class OpcoChoice(Value):
    """What our own sources say of a firm's OPCO: one candidate when it is identified."""

    outcome: Outcome
    candidates: tuple[str, ...] = ()


class CompanyView(Value):
    """What the form shows of a SIRET. Nothing but the SIRET while the directory cannot say."""

    siret: str
    siren: str
    name: str | None = None
    legal_name: str | None = None
    address: Address | None = None
    naf: str | None = None
    opco: OpcoChoice | None = None
    verification: Verification


class MetierView(Value):
    """A métier as shown."""

    code: str
    label: str
    rome: str


Progress = Literal["pending", "sent", "failed"]


class OpcoView(Value):
    """Where the notice to the OPCO stands; several names when the OPCO is not certain."""

    state: Progress
    names: tuple[str, ...] = ()
    outcome: Outcome | None = None


class CfaView(Value):
    """One training centre asked."""

    name: str
    city: str
    distance_km: float
    state: Progress


class OfferView(Value):
    """One offer, as its depositor sees it."""

    id: str
    version: int
    state: State
    metier: MetierView
    level: str | None
    start_on: date | None
    openings: int
    description: str | None
    ask_cfa: bool
    published_at: datetime
    ends_on: date
    days_left: int
    closed_at: datetime | None
    opco: OpcoView
    cfas: tuple[CfaView, ...]
    cfa_outcome: str | None


class ContactView(Value):
    """The contact, as typed or nearly."""

    name: str
    email: str
    phone: str


class RecruiterView(Value):
    """The firm, as its depositor sees it."""

    id: str
    siret: str
    company_name: str | None
    address: Address | None
    verification: Verification
    version: int
    opco_claim: str | None = None
    contact: ContactView


class ManageView(Value):
    """The manage page. ``opco_choices`` are to choose from while the OPCO is not certain."""

    recruiter: RecruiterView
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


def company_view(
    siret: str, company: Company | None, finding: Finding | None = None
) -> CompanyView:
    """Show a firm, or a SIRET still to be verified."""
    siren = siret[:9]
    if company is None:
        return CompanyView(siret=siret, siren=siren, verification="to_verify")
    return CompanyView(
        siret=siret,
        siren=siren,
        name=company.name,
        legal_name=company.legal_name,
        address=company.address,
        naf=company.naf,
        opco=OpcoChoice(outcome=finding.outcome, candidates=finding.opcos) if finding else None,
        verification="verified",
    )


def recruiter_view(recruiter: Recruiter) -> RecruiterView:
    """Show a recruiter."""
    company, contact = recruiter.company, recruiter.contact
    return RecruiterView(
        id=recruiter.id,
        siret=recruiter.siret,
        company_name=company.name if company else None,
        address=company.address if company else None,
        verification=recruiter.verification,
        version=recruiter.version,
        opco_claim=recruiter.opco_claim,
        contact=ContactView(name=contact.name, email=contact.email, phone=contact.phone),
    )


def _opco(offer: Offer, dossier: Dossier, progress: Mapping[str, Progress]) -> OpcoView:
    notice = next((notice for notice in dossier.notices if notice.offer_id == offer.id), None)
    if notice is None or notice.finding is None or notice.letter_id is None:
        return OpcoView(state="pending")
    state, finding = progress.get(notice.letter_id, "pending"), notice.finding
    return OpcoView(state=state, names=finding.opcos, outcome=finding.outcome)


def _cfas(offer: Offer, dossier: Dossier, progress: Mapping[str, Progress]) -> tuple[CfaView, ...]:
    asked = sorted(
        (contact for contact in dossier.contacts if contact.offer_id == offer.id),
        key=lambda contact: (contact.centre.distance_km, contact.centre.siret),
    )
    return tuple(
        CfaView(
            name=contact.centre.name,
            city=contact.centre.city,
            distance_km=contact.centre.distance_km,
            state=progress.get(contact.letter_id, "pending"),
        )
        for contact in asked
    )


def offer_view(offer: Offer, dossier: Dossier, now: datetime) -> OfferView:
    """Show an offer, with what its dossier knows of the OPCO and the training centres."""
    need = offer.need
    progress: dict[str, Progress] = {letter.id: letter.state for letter in dossier.letters}
    rounds = (asked.outcome for asked in dossier.rounds if asked.offer_id == offer.id)
    return OfferView(
        id=offer.id,
        version=offer.version,
        state=offer.state,
        metier=MetierView(code=need.metier.code, label=need.metier.label, rome=need.metier.rome),
        level=need.level,
        start_on=need.start_on,
        openings=need.openings,
        description=need.description,
        ask_cfa=need.ask_cfa,
        published_at=offer.published_at,
        ends_on=offer.ends_on,
        days_left=days_left(offer.ends_on, now),
        closed_at=offer.closed_at,
        opco=_opco(offer, dossier, progress),
        cfas=_cfas(offer, dossier, progress),
        cfa_outcome=next(rounds, None),
    )


def manage_view(dossier: Dossier, opcos: Collection[str], now: datetime) -> ManageView:
    """Show the manage page; ``opcos`` are the names of those there are."""
    return ManageView(
        recruiter=recruiter_view(dossier.recruiter),
        opco_choices=_choices(dossier, opcos),
        offers=offer_views(dossier, now),
    )


def _choices(dossier: Dossier, opcos: Collection[str]) -> tuple[str, ...]:
    """The candidates our sources leave, or every OPCO when they know none."""
    live = {offer.id for offer in dossier.offers if offer.state == "live"}
    found = [
        notice.finding.undeclared
        for notice in dossier.notices
        if notice.finding and notice.offer_id in live
    ]
    for finding in found:
        if finding.outcome == "multiple":
            return finding.opcos
    unknown = any(finding.outcome == "unknown" for finding in found)
    return tuple(sorted(opcos, key=str.casefold)) if unknown else ()


def offer_views(dossier: Dossier, now: datetime) -> tuple[OfferView, ...]:
    """Show every offer, newest first."""
    return tuple(offer_view(offer, dossier, now) for offer in newest_first(dossier.offers))


def newest_first(offers: Sequence[Offer]) -> list[Offer]:
    """Order offers as the depositor reads them."""
    return sorted(offers, key=lambda offer: (offer.published_at, offer.id), reverse=True)
