"""A firm changes, and its live offers with it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.life.offer import Offer
from depot.domain.life.states import DEPOSITOR, DIRECTORY, By
from depot.ports.store import Change, Dossier, Replace, Store


_AT_ONCE: Final = 90  # a transaction holds a hundred items


def placed(
    recruiter: Recruiter, dossier: Dossier, now: datetime, by: By = DIRECTORY
) -> list[Offer]:
    """Its live offers that must move to where the firm is from now on: not those written ahead."""
    firm = recruiter.workplace
    moving = (offer for offer in dossier.live if offer.workplace.known_as(firm) != offer.workplace)
    return [offer.placed(firm, now, by=by) for offer in moving]


def with_its_offers(
    recruiter: Recruiter, dossier: Dossier, now: datetime, by: By = DIRECTORY
) -> list[Change]:
    """What a change of the firm does to its live offers: nothing unless they would show it."""
    if recruiter.workplace == dossier.recruiter.workplace:
        return []
    return [Replace(offer) for offer in placed(recruiter, dossier, now, by)]


def called(live: Iterable[Offer], phone: str, now: datetime, by: By = DEPOSITOR) -> list[Change]:
    """What another number of the firm does to its live offers: nothing to those that show it."""
    return [Replace(offer.called(phone, now, by=by)) for offer in live if offer.phone != phone]


def commit_firm(store: Store, several: Sequence[Change], *firm: Change) -> None:
    """Write a firm and what it has several of, all or nothing; raise Conflict.

    A dossier too large for one transaction writes the first of ``several`` ahead: the firm, written
    last, then says that all is done, and may be changed again until it is. ``firm`` is never split:
    ValueError when it holds what grows with a dossier.
    """
    if len(firm) > _AT_ONCE:
        message = f"{len(firm)} changes go with a firm: what grows is to be written ahead"
        raise ValueError(message)
    ahead = max(0, len(several) + len(firm) - _AT_ONCE)
    for start in range(0, ahead, _AT_ONCE):
        store.commit(*several[start : min(start + _AT_ONCE, ahead)])
    store.commit(*several[ahead:], *firm)
