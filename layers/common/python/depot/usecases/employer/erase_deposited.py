"""« Effacer les données de mon entreprise »: the firm erases what somebody deposited for it.

All its depositor made for it goes, each dossier as when its depositor asks, who is told no more
than that the firm did; and the firm objects to any other need of that depositor.

The dossier the link opens goes last, with the objection: after a crash between two the link still
opens, and the same is asked again.
"""

from collections.abc import Sequence
from datetime import datetime

from depot.domain.errors import StaleVersion
from depot.ports.links import Links
from depot.ports.personal import PersonalData
from depot.ports.store import Dossier, Store
from depot.usecases.dossier.erase import Erased, ErasureForm, begin, erase
from depot.usecases.employer.access import Deposited, open_deposited
from depot.usecases.employer.deposited_view import employer_view
from depot.usecases.employer.objections import objecting
from depot.usecases.letters.mailroom import Mailroom


def erase_deposited(
    form: ErasureForm,
    *,
    token: str,
    store: Store,
    links: Links,
    personal: PersonalData,
    mailroom: Mailroom,
    now: datetime,
) -> Erased:
    """Erase the dossier an employer's link opens, and those beside it.

    Raises LinkInvalid, StaleVersion: what is erased by then stays so, the rest may be asked again.
    """
    read = open_deposited(token, store=store, links=links)
    recruiter, behalf = read.recruiter, read.behalf
    if recruiter.version != form.version:
        raise _stale(read, store, now)
    gone = 0
    for each in _beside(read, store):
        if not begin(each, "employer", store=store, mailroom=mailroom, now=now, beside=None):
            raise _stale(read, store, now)
        erase(each.recruiter.id, store=store, personal=personal, now=now)
        gone += len(each.live)
    objection = objecting(recruiter.siret, behalf.siren, None, store=store, now=now)
    if not begin(
        read.dossier, "employer", objection, store=store, mailroom=mailroom, now=now, beside=gone
    ):
        raise _stale(read, store, now)
    erase(recruiter.id, store=store, personal=personal, now=now)
    return Erased(email=behalf.employer.email)


def _beside(read: Deposited, store: Store) -> Sequence[Dossier]:
    """The other dossiers its depositor made for the same establishment, at the same address."""
    own, by = read.recruiter, read.behalf
    found = [
        store.dossier(each.id)
        for each in store.of_employer(by.employer.email)
        if each.id != own.id and (each.siret, each.depositor) == (own.siret, by.siren)
    ]
    return [dossier for dossier in found if dossier]


def _stale(read: Deposited, store: Store, now: datetime) -> StaleVersion:
    return StaleVersion(employer_view(read.again(store), store=store, now=now))
