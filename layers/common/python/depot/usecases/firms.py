"""A firm changes, and its live offers with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from depot.domain.offer import Offer
from depot.domain.recruiter import Recruiter
from depot.ports import Change, Dossier, Replace, Store


_AT_ONCE: Final = 40  # offers, with their notices: far from the hundred items of a transaction


def live(dossier: Dossier) -> list[Offer]:
    """Its offers that are live."""
    return [offer for offer in dossier.offers if offer.state == "live"]


def placed(recruiter: Recruiter, dossier: Dossier, now: datetime) -> list[Offer]:
    """Its live offers, where the firm is from now on."""
    return [offer.placed(recruiter.workplace, now) for offer in live(dossier)]


def with_its_offers(recruiter: Recruiter, dossier: Dossier, now: datetime) -> list[Change]:
    """What a change of the firm does to its live offers: nothing unless they would show it."""
    if recruiter.workplace == dossier.recruiter.workplace:
        return []
    return [Replace(offer) for offer in placed(recruiter, dossier, now)]


def commit_firm(store: Store, offers: Sequence[Change], *firm: Change) -> None:
    """Write the offers, then the firm: until then it stays as it was, and may be changed again.

    Raises Conflict.
    """
    for start in range(0, len(offers), _AT_ONCE):
        store.commit(*offers[start : start + _AT_ONCE])
    store.commit(*firm)
