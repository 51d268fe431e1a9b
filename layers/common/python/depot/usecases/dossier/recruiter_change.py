"""The steps that every change of a recruiter by its link shares: read, then write what was read."""

from collections.abc import Sequence

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict, StaleVersion
from depot.ports.store import Change, Dossier, Replace, Store
from depot.usecases.dossier.recruiter_view import RecruiterView, recruiter_view
from depot.usecases.firm.firms import commit_firm


def as_read(dossier: Dossier, version: int) -> Recruiter:
    """The recruiter, as whoever changes it read it. Raises StaleVersion."""
    recruiter = dossier.recruiter
    if recruiter.version != version:
        raise StaleVersion(recruiter_view(recruiter))
    return recruiter


def commit(
    recruiter: Recruiter,
    dossier: Dossier,
    *others: Change,
    store: Store,
    offers: Sequence[Change] = (),
) -> RecruiterView:
    """Write a changed recruiter with what goes with it; ``offers`` may be written ahead.

    Raises StaleVersion when any of it changed between our read and our write.
    """
    try:
        commit_firm(store, offers, Replace(recruiter), *others)
    except Conflict:
        raise changed(dossier, store) from None
    return recruiter_view(recruiter)


def changed(dossier: Dossier, store: Store) -> StaleVersion:
    """What to raise of a recruiter that changed since it was read: it shows how it is now."""
    fresh = store.recruiter(dossier.recruiter.id) or dossier.recruiter
    return StaleVersion(recruiter_view(fresh))
