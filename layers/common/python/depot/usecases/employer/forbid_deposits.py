"""« Ne plus déposer pour mon entreprise »: a firm wants nothing more of who deposited for it.

Its present offers stay as they are, each to be removed by itself; none is extended any more.
"""

from datetime import datetime

from depot.domain.errors import Conflict
from depot.domain.letters.letter import write
from depot.domain.model import Form
from depot.ports.links import Links
from depot.ports.store import Create, Store
from depot.usecases.employer.access import open_deposited
from depot.usecases.employer.deposited_view import EmployerView, employer_view
from depot.usecases.employer.objections import objecting
from depot.usecases.letters.facts import firm_facts
from depot.usecases.letters.mailroom import Mailroom


class Forbidding(Form):
    """Nothing more to say: it is about who deposited, whatever was deposited."""


def forbid_deposits(
    form: Forbidding, *, token: str, store: Store, links: Links, mailroom: Mailroom, now: datetime
) -> EmployerView:
    """Object to any need of the depositor, who is told; twice changes nothing.

    Raises LinkInvalid; Conflict when another word of the firm came first: the same may be sent
    again.
    """
    del form
    read = open_deposited(token, store=store, links=links)
    view = employer_view(read, store=store, now=now)
    if view.objects:
        return view
    recruiter = read.recruiter
    change = objecting(recruiter.siret, read.behalf.siren, None, store=store, now=now)
    letter = write(
        "employer_objected",
        about=f"{recruiter.id}-{change.entity.version}",
        recruiter_id=recruiter.id,
        to=recruiter.contact.email,
        reply_to=recruiter.firm_contact.email,
        facts=firm_facts(recruiter),
        now=now,
    )
    try:
        store.commit(change, Create(letter))
    except Conflict:  # the same, a moment ago, elsewhere?
        if (again := employer_view(read, store=store, now=now)).objects:
            return again
        raise
    mailroom.deliver(letter, recruiter, now)
    return employer_view(read, store=store, now=now)
