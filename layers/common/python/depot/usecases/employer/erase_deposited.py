"""« Effacer les données de mon entreprise »: the firm erases what somebody deposited for it.

The whole dossier goes, as when its depositor asks, who is told no more than that the firm did; and
in the same transaction the firm objects to any other need of that depositor.
"""

from datetime import datetime

from depot.domain.errors import StaleVersion
from depot.ports.links import Links
from depot.ports.personal import PersonalData
from depot.ports.store import Store
from depot.usecases.dossier.erase import Erased, ErasureForm, begin, erase
from depot.usecases.employer.access import open_deposited
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
    """Erase the dossier an employer's link opens. Raises LinkInvalid, StaleVersion."""
    read = open_deposited(token, store=store, links=links)
    recruiter, behalf = read.recruiter, read.behalf
    objection = objecting(recruiter.siret, behalf.siren, None, store=store, now=now)
    done = recruiter.version == form.version and begin(
        read.dossier, "employer", objection, store=store, mailroom=mailroom, now=now
    )
    if not done:
        raise StaleVersion(employer_view(read.again(store), store=store, now=now))
    erase(recruiter.id, store=store, personal=personal, now=now)
    return Erased(email=behalf.employer.email)
