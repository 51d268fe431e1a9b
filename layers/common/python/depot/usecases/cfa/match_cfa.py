"""Make a need known to training centres nearby: those chosen, or the nearest.

Ten an offer at most, one mail a centre and a mailbox, once (``depot.domain.cfa.askings``).
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, Final

from depot.domain.cfa.askings import Askings
from depot.domain.cfa.cfa_contact import first_letter
from depot.domain.cfa.matching import MAX_CENTRES, Match
from depot.domain.cfa.rounds import CfaRound, RoundOutcome
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict
from depot.domain.letters.letter import Letter
from depot.domain.life.offer import Offer
from depot.ports.store import Replace, Store
from depot.ports.trainings import Catalogue
from depot.usecases.cfa.competent_cfas import competent_among, competent_cfas
from depot.usecases.cfa.post import CfaPost
from depot.usecases.employer.objections import objected


# Needs nearby, at the same moment, stamp the same centres: whoever loses looks again.
_TRIES: Final = 3


def match_cfa(
    recruiter_id: str, offer_id: str, *, post: CfaPost, catalogue: Catalogue, now: datetime
) -> int:
    """Run the waiting rounds of an offer, in their order; give how many centres were asked.

    A round, its contacts, letters and turns are one transaction: called any number of times, by
    several at once, a centre is asked once. Raises CatalogueMissing.
    """
    asked, store = 0, post.store
    for _ in range(_TRIES):
        askings = Askings.of(store.rounds(recruiter_id, offer_id), offer_id)
        if not askings.waiting:
            return asked
        recruiter, offer = store.recruiter(recruiter_id), store.offer(recruiter_id, offer_id)
        if recruiter is None or offer is None or _too_early(recruiter, offer):
            return asked
        askings = Askings.of(askings.rounds, offer_id, _first_letters(askings, offer, store))
        gone, written = askings.asked, askings.written
        try:
            for waiting in askings.waiting:
                outcome, matches = _choose(
                    waiting,
                    recruiter,
                    offer,
                    without=gone | written,
                    room=MAX_CENTRES - len(gone - askings.lost),
                    catalogue=catalogue,
                    store=store,
                    now=now,
                )
                _ask(waiting, outcome, matches, recruiter, offer, post=post, now=now)
                gone |= {match.siren for match in matches}
                written |= {match.email for match in matches}
                asked += len(matches)
        except Conflict:  # another run closed it meanwhile, or another need asked the same centre
            continue
        return asked
    return asked  # the sweep takes up the rest


def _ask(
    waiting: CfaRound,
    outcome: RoundOutcome,
    matches: Sequence[Match],
    recruiter: Recruiter,
    offer: Offer,
    *,
    post: CfaPost,
    now: datetime,
) -> None:
    """Write a round, all or nothing, then deliver its letters. Raises Conflict."""
    changes, letters = post.asked(matches, recruiter, offer, now)
    done = waiting.done(outcome, (match.siren for match in matches))
    post.store.commit(Replace(done), *changes)
    post.mailroom.deliver_all(letters, recruiter, now)


def _first_letters(askings: Askings, offer: Offer, store: Store) -> list[Letter]:
    """Those that told the need: where they went, and which were lost and leave their place."""
    ids = [first_letter(offer.id, siren) for siren in sorted(askings.asked)]
    return [*filter(None, (store.letter(offer.recruiter_id, each) for each in ids))]


def _too_early(recruiter: Recruiter, offer: Offer) -> bool:
    """Whether the place is still to be learnt: the rounds wait until the firm is verified."""
    return recruiter.verification == "to_verify" and offer.state == "live"


def _choose(
    waiting: CfaRound,
    recruiter: Recruiter,
    offer: Offer,
    *,
    without: AbstractSet[str],
    room: int,
    catalogue: Catalogue,
    store: Store,
    now: datetime,
) -> tuple[RoundOutcome, Sequence[Match]]:
    """Whom a round asks: nobody ``without``, SIREN or address, and no more than there is room for.

    Who was chosen is looked for again: the need, or what the centre teaches, may have changed.
    """
    if offer.state != "live":
        return "not_live", ()
    if objected(recruiter.siret, recruiter.depositor, (), store=store, now=now):
        return "firm_objects", ()
    here = offer.workplace.location
    if here is None:
        return "no_place", ()
    given: dict[str, Any] = {
        "recruiter": recruiter,
        "catalogue": catalogue,
        "store": store,
        "now": now,
        "without": without,
    }
    if waiting.chosen is None:
        nearest = competent_cfas(offer, here, **given, most=room)
        return ("asked" if nearest else "nobody_near"), nearest
    wanted = {centre.siren for centre in waiting.chosen}
    found = competent_among(wanted, offer, here, **given)[:room]
    return ("asked" if found else "none_left"), found
