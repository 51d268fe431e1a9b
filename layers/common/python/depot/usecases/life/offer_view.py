"""An offer, as its depositor sees it."""

from datetime import date, datetime

from depot.domain.cfa.askings import Askings
from depot.domain.employer.notice import EmployerAnswer
from depot.domain.firm.company import Address
from depot.domain.letters.letter import Progress, unreached
from depot.domain.life.lifetime import days_left
from depot.domain.life.offer import Offer
from depot.domain.life.states import Channel, History, Reason, State
from depot.domain.model import Value
from depot.ports.store import Dossier
from depot.usecases.cfa.choice_view import promised_views
from depot.usecases.cfa.state_view import CfaView, cfa_views
from depot.usecases.employer.reached import employer_lost
from depot.usecases.opco.state_view import OpcoView, opco_view
from depot.usecases.partners.where_view import WhereView, where_view
from depot.usecases.views import MetierView, metier_view, newest_first


class EmployerStateView(Value):
    """What the employer said of an offer somebody else deposited for it; nothing yet: silent.

    ``before`` is what it had said before the offer was changed; ``unreached``: our mails to it come
    back (``lost``: its depositor may give another address), or are complained of.
    """

    answer: EmployerAnswer | None
    answered_at: datetime | None
    before: EmployerAnswer | None = None
    unreached: bool = False
    lost: bool = False


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


def offer_view(offer: Offer, dossier: Dossier, now: datetime) -> OfferView:
    """Show an offer, with what its dossier knows of OPCO, training centres and partners."""
    need = offer.need
    progress: dict[str, Progress] = {letter.id: letter.state for letter in dossier.letters}
    askings = Askings.of(dossier.rounds, offer.id, dossier.letters)
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
    silent = unreached(dossier.letters, dossier.recruiter.firm_contact.email)
    reached = {"unreached": silent, "lost": employer_lost(dossier)}
    if said is None:
        return EmployerStateView(answer=None, answered_at=None, **reached)
    return EmployerStateView(
        answer=said.answer,
        answered_at=said.answered_at,
        before=said.before[-1].answer if said.before else None,
        **reached,
    )


def offer_views(dossier: Dossier, now: datetime) -> tuple[OfferView, ...]:
    """Show every offer, newest first."""
    return tuple(offer_view(offer, dossier, now) for offer in newest_first(dossier.offers))
