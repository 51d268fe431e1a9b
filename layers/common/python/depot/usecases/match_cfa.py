"""Make a need known to training centres nearby: those chosen, or the nearest.

Ten an offer at most, one mail a centre, once (``depot.domain.askings``).
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from depot.domain.askings import Askings
from depot.domain.errors import Conflict
from depot.domain.letter import Letter, write
from depot.domain.matching import MAX_CENTRES, Match
from depot.domain.offer import Offer
from depot.domain.recruiter import Recruiter
from depot.domain.rounds import CfaContact, CfaRound, Outcome
from depot.ports.store import Create, Replace, Store
from depot.ports.trainings import Catalogue
from depot.usecases.competent_cfas import competent_cfas
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
    """Run the waiting rounds of an offer, in their order; give how many centres were asked.

    A round, its contacts and its letters are one transaction: called any number of times, by
    several at once, a centre is asked once. Raises CatalogueMissing.
    """
    askings = Askings.of(store.rounds(recruiter_id, offer_id), offer_id)
    if not askings.waiting:
        return 0
    recruiter, offer = store.recruiter(recruiter_id), store.offer(recruiter_id, offer_id)
    if recruiter is None or offer is None or _too_early(recruiter, offer):
        return 0
    gone = askings.asked
    for waiting in askings.waiting:
        outcome, matches = _choose(offer, waiting, gone, catalogue)
        letters = [_letter(recruiter, offer, match, now) for match in matches]
        if not _commit(waiting, outcome, matches, letters, store=store, now=now):
            break
        gone |= {match.siren for match in matches}
        for letter in letters:
            mailroom.deliver(letter, recruiter, now)
    return len(gone - askings.asked)


def _too_early(recruiter: Recruiter, offer: Offer) -> bool:
    """Whether the place is still to be learnt: the rounds wait until the firm is verified."""
    return recruiter.verification == "to_verify" and offer.state == "live"


def _choose(
    offer: Offer, waiting: CfaRound, gone: Collection[str], catalogue: Catalogue
) -> tuple[Outcome, Sequence[Match]]:
    """Whom a round asks: never who is ``gone``, and no more than ten with them.

    Who was chosen is looked for again: the need, or what the centre teaches, may have changed.
    """
    if offer.state != "live":
        return "not_live", ()
    here = offer.workplace.location
    if here is None:
        return "no_place", ()
    chosen = waiting.chosen
    wanted = None if chosen is None else {centre.siren for centre in chosen}
    found = [
        match
        for match in competent_cfas(offer, here, catalogue=catalogue)
        if match.siren not in gone and (wanted is None or match.siren in wanted)
    ]
    nobody: Outcome = "nobody_near" if wanted is None else "none_left"
    return ("asked" if found else nobody), found[: MAX_CENTRES - len(gone)]


def _commit(
    waiting: CfaRound,
    outcome: Outcome,
    matches: Sequence[Match],
    letters: Sequence[Letter],
    *,
    store: Store,
    now: datetime,
) -> bool:
    """Write a round, all or nothing; False when another run did it meanwhile."""
    done = waiting.done(outcome, (match.siren for match in matches))
    contacts = [_contact(waiting, *pair, now) for pair in zip(matches, letters, strict=True)]
    try:
        store.commit(Replace(done), *map(Create, [*contacts, *letters]))
    except Conflict:
        return False
    return True


def _contact(waiting: CfaRound, match: Match, letter: Letter, now: datetime) -> CfaContact:
    return CfaContact(
        recruiter_id=waiting.recruiter_id,
        offer_id=waiting.offer_id,
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
        reply_to=recruiter.contact.email,
        facts={
            **firm_facts(recruiter),
            **offer_facts(offer),
            "centre": match.name,
            "training": match.title,
            "distance_km": match.distance_km,
        },
        now=now,
    )
