"""One more need, for a recruiter known by its link."""

from datetime import datetime

from depot.domain.dossier.recruiter import OfferSubmission, Recruiter
from depot.domain.errors import FieldError, NotFound, Refused
from depot.domain.ids import derived_id
from depot.domain.letters.letter import Letter, write
from depot.domain.life.bounds import one_more
from depot.domain.life.offer import Need, Offer, publish
from depot.ports.links import Links
from depot.ports.store import Create, Dossier, Replace, Store
from depot.ports.trainings import Metiers
from depot.usecases.deposit.duplicates import ask_first
from depot.usecases.deposit.steps import creation, resolve
from depot.usecases.dossier.access import by_link, open_dossier
from depot.usecases.employer.objections import refuse_objected
from depot.usecases.employer.on_behalf import employer_letters
from depot.usecases.firm.places import Patience, Places
from depot.usecases.letters.facts import firm_facts, offer_facts
from depot.usecases.letters.mailroom import Mailroom
from depot.usecases.life.offer_view import OfferView, offer_view


def add_offer(
    form: OfferSubmission,
    *,
    recruiter_id: str,
    token: str,
    store: Store,
    metiers: Metiers,
    places: Places,
    mailroom: Mailroom,
    links: Links,
    now: datetime,
) -> OfferView:
    """Publish a need. The same submission twice shows the same offer and writes nothing more.

    Raises LinkInvalid, NotFound for another's dossier, Refused, Duplicate for a need already live,
    LimitReached, Conflict when the recruiter changed meanwhile: the same may simply be sent again.
    """
    dossier = _opened(token, recruiter_id, store=store, links=links)
    offer_id = derived_id(form.submission_id, recruiter_id)
    for known in dossier.offers:
        if known.id == offer_id:
            return offer_view(known, dossier, now)
    one_more(dossier.offers, now)
    (need,) = resolve([form.need], metiers=metiers, places=places, now=now, prefix="")
    recruiter = dossier.recruiter.with_one_more_offer(now)
    offer = _offer(form, need, offer_id, recruiter=recruiter, places=places, now=now)
    refuse_objected(recruiter, need.romes, store=store, now=now)
    ask_first([offer], form.duplicates, store=store, now=now, prefix="", mine=dossier)
    told = employer_letters(recruiter, [offer], now, about=offer.id)
    letters = [_confirmation(recruiter, offer, now), *told]
    store.commit(Replace(recruiter), *creation(offer, now), *map(Create, letters))
    mailroom.deliver_all(letters, recruiter, now)
    return offer_view(offer, Dossier(recruiter), now)


def _offer(
    form: OfferSubmission,
    need: Need,
    offer_id: str,
    *,
    recruiter: Recruiter,
    places: Places,
    now: datetime,
) -> Offer:
    return publish(
        need,
        offer_id=offer_id,
        recruiter_id=recruiter.id,
        workplace=places.workplace(form.workplace, firm=recruiter.workplace, patience=Patience()),
        phone=recruiter.firm_contact.phone,
        provenance=recruiter.provenance,
        now=now,
        by=by_link(recruiter),
    )


def _opened(token: str, recruiter_id: str, *, store: Store, links: Links) -> Dossier:
    """The dossier of a firm that may deposit."""
    dossier = open_dossier(token, store=store, links=links)
    if dossier.recruiter.id != recruiter_id:
        raise NotFound
    if refusal := dossier.recruiter.refused:
        raise Refused(FieldError("siret", refusal))
    return dossier


def _confirmation(recruiter: Recruiter, offer: Offer, now: datetime) -> Letter:
    return write(
        "offer_added",
        about=offer.id,
        recruiter_id=recruiter.id,
        to=recruiter.contact.email,
        facts={**firm_facts(recruiter), **offer_facts(offer)},
        now=now,
    )
