"""Make a need known to the competent training centres nearby.

At most ten, one mail a centre, once.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from depot.domain.errors import Conflict
from depot.domain.matching import Match
from depot.domain.offer import Offer
from depot.domain.recruiter import Recruiter
from depot.domain.rounds import CfaRound, Outcome
from depot.ports.store import Replace
from depot.ports.trainings import Catalogue
from depot.usecases.cfa_post import CfaPost
from depot.usecases.cfa_turns import centres_for


# Needs nearby, at the same moment, stamp the same centres: whoever loses looks again.
_TRIES: Final = 3


def match_cfa(
    recruiter_id: str, offer_id: str, *, post: CfaPost, catalogue: Catalogue, now: datetime
) -> int:
    """Close a waiting round: choose the centres, write to each; give how many were asked.

    Round, contacts, letters and turns are one transaction: called any number of times, a centre is
    asked once.
    """
    for _ in range(_TRIES):
        asked = post.store.round(recruiter_id, offer_id)
        if asked is None or asked.state != "waiting":
            return 0
        recruiter = post.store.recruiter(recruiter_id)
        offer = post.store.offer(recruiter_id, offer_id)
        if recruiter is None or offer is None or _too_early(recruiter, offer):
            return 0
        try:
            return _ask(asked, recruiter, offer, post=post, catalogue=catalogue, now=now)
        except Conflict:  # another run closed it meanwhile, or another need asked the same centre
            continue
    return 0  # the sweep takes it up


def _ask(
    asked: CfaRound,
    recruiter: Recruiter,
    offer: Offer,
    *,
    post: CfaPost,
    catalogue: Catalogue,
    now: datetime,
) -> int:
    outcome, matches = _choose(offer, catalogue, post)
    changes, letters = post.asked(matches, recruiter, offer, now)
    post.store.commit(Replace(asked.done(outcome)), *changes)
    for letter in letters:
        post.mailroom.deliver(letter, recruiter, now)
    return len(letters)


def _too_early(recruiter: Recruiter, offer: Offer) -> bool:
    """Whether the place is still to be learnt: the round waits until the firm is verified."""
    return recruiter.verification == "to_verify" and offer.state == "live"


def _choose(offer: Offer, catalogue: Catalogue, post: CfaPost) -> tuple[Outcome, Sequence[Match]]:
    if offer.state != "live":
        return "not_live", ()
    here = offer.workplace.location
    if here is None:
        return "no_place", ()
    matches = centres_for(offer, here, index=catalogue.index(), store=post.store)
    return ("asked" if matches else "nobody_near"), matches
