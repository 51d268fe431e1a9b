"""The steps that changes of a recruiter alone share: read, then write what was read."""

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict, StaleVersion
from depot.ports.store import Change, Dossier, Replace, Store
from depot.usecases.dossier.recruiter_view import RecruiterView, recruiter_view


def as_read(dossier: Dossier, version: int) -> Recruiter:
    """The recruiter, as whoever changes it read it. Raises StaleVersion."""
    recruiter = dossier.recruiter
    if recruiter.version != version:
        raise StaleVersion(recruiter_view(recruiter))
    return recruiter


def commit(recruiter: Recruiter, dossier: Dossier, *others: Change, store: Store) -> RecruiterView:
    """Write a changed recruiter with what goes with it.

    Raises StaleVersion when any of it changed between our read and our write.
    """
    try:
        store.commit(Replace(recruiter), *others)
    except Conflict:
        raise changed(dossier, store) from None
    return recruiter_view(recruiter)


def changed(dossier: Dossier, store: Store) -> StaleVersion:
    """What to raise of a recruiter that changed since it was read: it shows how it is now."""
    fresh = store.recruiter(dossier.recruiter.id) or dossier.recruiter
    return StaleVersion(recruiter_view(fresh))
