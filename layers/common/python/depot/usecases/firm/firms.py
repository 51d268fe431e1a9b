"""A firm changes, and its live offers with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.life.offer import Offer
from depot.domain.life.states import DIRECTORY, By
from depot.ports.store import Change, Dossier, Replace, Store


_AT_ONCE: Final = 90  # a transaction holds a hundred items


def placed(
    recruiter: Recruiter, dossier: Dossier, now: datetime, by: By = DIRECTORY
) -> list[Offer]:
    """Its live offers, where the firm is from now on."""
    return [offer.placed(recruiter.workplace, now, by=by) for offer in dossier.live]


def with_its_offers(
    recruiter: Recruiter, dossier: Dossier, now: datetime, by: By = DIRECTORY
) -> list[Change]:
    """What a change of the firm does to its live offers: nothing unless they would show it."""
    if recruiter.workplace == dossier.recruiter.workplace:
        return []
    return [Replace(offer) for offer in placed(recruiter, dossier, now, by)]


def commit_firm(store: Store, offers: Sequence[Change], *firm: Change) -> None:
    """Write a firm and its offers, all or nothing; raise Conflict.

    A dossier too large for one transaction writes offers ahead: the firm, written last, then says
    that all is done, and may be changed again until it is.
    """
    ahead = max(0, len(offers) + len(firm) - _AT_ONCE)
    for start in range(0, ahead, _AT_ONCE):
        store.commit(*offers[start : min(start + _AT_ONCE, ahead)])
    store.commit(*offers[ahead:], *firm)
