"""A need whose twin is already live: ask before it is deposited again, and help find the first.

Never a wall: the depositor may accept a duplicate, and a store that cannot say lets him pass.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from depot.domain.deposit.duplicates import twins
from depot.domain.dossier.recruiter import OnDuplicates
from depot.domain.errors import Conflict, Duplicate, FieldError, Refused, StoreUnavailable
from depot.domain.identifiers import Siret
from depot.domain.letters.letter import write
from depot.domain.life.lifetime import paris_day
from depot.domain.life.metiers import MetierCode
from depot.domain.life.offer import Offer
from depot.domain.model import Form, Value
from depot.ports.store import Create, Dossier, Store
from depot.ports.trainings import Metiers
from depot.usecases.deposit.twin_view import twins_view
from depot.usecases.letters.facts import firm_facts, offer_facts
from depot.usecases.letters.mailroom import Mailroom


logger = logging.getLogger(__name__)


class DuplicateReport(Form):
    """What somebody was about to deposit, as the form has it."""

    siret: Siret
    metier: MetierCode


class Reported(Value):
    """The answer to a report: the same whatever was found."""

    accepted: Literal[True] = True


def ask_first(
    offers: Sequence[Offer],
    on_duplicates: OnDuplicates,
    *,
    store: Store,
    now: datetime,
    prefix: str = "offers.{}.",
    mine: Dossier | None = None,
) -> None:
    """Raise Duplicate when one of these offers, not yet written, has a twin that is not accepted.

    ``mine`` is the dossier the deposit goes to: a twin in it is shown whole. ``prefix`` places an
    error, as in ``resolve``.
    """
    if on_duplicates == "accept":
        return
    others = _others(offers, store, mine)
    known: dict[str, Offer] = {}
    errors: list[FieldError] = []
    for rank, offer in enumerate(offers):
        field = f"{prefix.format(rank)}metier"
        if found := _twins(others, offer, now):
            known |= {twin.id: twin for twin in found}
            errors.append(FieldError(field, "already_live"))
        elif _twins(offers[:rank], offer, now):
            errors.append(FieldError(field, "need_repeated"))
    if errors:
        raise Duplicate(twins_view(list(known.values()), mine, now), *errors)


def tell_depositors(
    report: DuplicateReport, *, store: Store, metiers: Metiers, mailroom: Mailroom, now: datetime
) -> None:
    """Mail their link to those who deposited what is reported, at most once a day each.

    Whoever reports learns nothing: only the address of the first deposit is written to. Raises
    StoreUnavailable.
    """
    metier = metiers.get(report.metier)
    if metier is None:
        raise Refused(FieldError("metier", "metier_unknown"))
    live = store.live_offers(report.siret, metier.rome)
    found: dict[str, list[Offer]] = {}
    for twin in twins(live, siret=report.siret, metier=metier, now=now):
        found.setdefault(twin.recruiter_id, []).append(twin)
    for recruiter_id, offers in found.items():
        _tell(recruiter_id, offers, store=store, mailroom=mailroom, now=now)


def _tell(
    recruiter_id: str, offers: Sequence[Offer], *, store: Store, mailroom: Mailroom, now: datetime
) -> None:
    recruiter = store.recruiter(recruiter_id)
    if recruiter is None:
        return
    letter = write(
        "duplicate_found",
        about=str(paris_day(now)),  # the same id all day: one such mail
        recruiter_id=recruiter_id,
        to=recruiter.contact.email,
        facts={**firm_facts(recruiter), "offers": [offer_facts(offer) for offer in offers]},
        now=now,
    )
    try:
        store.commit(Create(letter))
    except Conflict:
        return
    mailroom.deliver(letter, recruiter, now)


def _others(offers: Sequence[Offer], store: Store, mine: Dossier | None) -> list[Offer]:
    """Offers that may be live twins: those of the dossier, and those the index finds.

    Not these very ones: the same submission may have been written a moment ago, elsewhere.
    """
    found = list(mine.offers) if mine else []
    sought = dict.fromkeys((offer.workplace.siret, offer.need.metier.rome) for offer in offers)
    try:
        found += [offer for place, rome in sought for offer in store.live_offers(place, rome)]
    except StoreUnavailable as error:
        logger.warning("twins not looked for", extra={"reason": str(error)})
    own = {offer.id for offer in offers}
    return [offer for offer in found if offer.id not in own]


def _twins(offers: Sequence[Offer], offer: Offer, now: datetime) -> list[Offer]:
    return twins(offers, siret=offer.workplace.siret, metier=offer.need.metier, now=now)
