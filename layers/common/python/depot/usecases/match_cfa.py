"""Make a need known to the competent training centres nearby.

At most ten, one mail a centre, once.
"""

from collections.abc import Sequence
from datetime import datetime

from depot.domain.errors import Conflict
from depot.domain.letter import Letter, write
from depot.domain.matching import Match, rank
from depot.domain.offer import Offer
from depot.domain.recruiter import Recruiter
from depot.domain.rounds import CfaContact, Outcome
from depot.ports.store import Create, Replace, Store
from depot.ports.trainings import Catalogue
from depot.usecases.facts import firm_facts, offer_facts
from depot.usecases.mailroom import Mailroom


def match_cfa(
    recruiter_id: str,
    offer_id: str,
    *,
    store: Store,
    catalogue: Catalogue,
    mailroom: Mailroom,
    now: datetime,
) -> int:
    """Close a waiting round: choose the centres, write to each; give how many were asked.

    Round, contacts and letters are one transaction: called any number of times, a centre is asked
    once.
    """
    asked = store.round(recruiter_id, offer_id)
    if asked is None or asked.state != "waiting":
        return 0
    recruiter, offer = store.recruiter(recruiter_id), store.offer(recruiter_id, offer_id)
    if recruiter is None or offer is None or _too_early(recruiter, offer):
        return 0
    outcome, matches = _choose(offer, catalogue)
    letters = [_letter(recruiter, offer, match, now) for match in matches]
    contacts = [_contact(offer, m, letter, now) for m, letter in zip(matches, letters, strict=True)]
    try:
        store.commit(Replace(asked.done(outcome)), *map(Create, [*contacts, *letters]))
    except Conflict:  # another run closed it meanwhile
        return 0
    for letter in letters:
        mailroom.deliver(letter, recruiter, now)
    return len(letters)


def _too_early(recruiter: Recruiter, offer: Offer) -> bool:
    """Whether the place is still to be learnt: the round waits until the firm is verified."""
    return recruiter.verification == "to_verify" and offer.state == "live"


def _choose(offer: Offer, catalogue: Catalogue) -> tuple[Outcome, Sequence[Match]]:
    if offer.state != "live":
        return "not_live", ()
    here = offer.workplace.location
    if here is None:
        return "no_place", ()
    matches = rank(catalogue.index(), offer.need, here, offer_id=offer.id)
    return ("asked" if matches else "nobody_near"), matches


def _contact(offer: Offer, match: Match, letter: Letter, now: datetime) -> CfaContact:
    return CfaContact(
        recruiter_id=offer.recruiter_id,
        offer_id=offer.id,
        centre=match,
        letter_id=letter.id,
        asked_at=now,
    )


def _letter(recruiter: Recruiter, offer: Offer, match: Match, now: datetime) -> Letter:
    return write(
        "cfa_need",
        about=f"{offer.id}-{match.siren}",
        recruiter_id=recruiter.id,
        to=match.email,
        reply_to=recruiter.firm_contact.email,
        facts={
            **firm_facts(recruiter),
            **offer_facts(offer),
            "centre": match.name,
            "training": match.title,
            "distance_km": match.distance_km,
        },
        now=now,
    )
