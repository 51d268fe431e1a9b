"""« Mon lien a fuité »: every link sent so far dies, a new one is mailed to the known address."""

from datetime import datetime

from pydantic import Field

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict, StaleVersion
from depot.domain.letters.letter import Letter, write
from depot.domain.model import Form, Value
from depot.ports.links import Links
from depot.ports.store import Create, Replace, Store
from depot.usecases.dossier.access import open_dossier
from depot.usecases.dossier.recruiter_view import recruiter_view
from depot.usecases.letters.facts import firm_facts
from depot.usecases.letters.mailroom import Mailroom


class Renewal(Form):
    """The version of the recruiter the page showed."""

    version: int = Field(ge=1)


class Renewed(Value):
    """Where the new link was mailed. The page that asked is shut out, as all the others."""

    email: str


def renew_link(
    form: Renewal, *, token: str, store: Store, links: Links, mailroom: Mailroom, now: datetime
) -> Renewed:
    """Revoke and mail. Raises StaleVersion."""
    before = open_dossier(token, store=store, links=links).recruiter
    if before.version != form.version:
        raise StaleVersion(recruiter_view(before))
    after = before.renewed(now)
    letter = renewal(after, now, moved=False)
    try:
        store.commit(Replace(after), Create(letter))
    except Conflict:  # changed between our read and our write
        raise StaleVersion(recruiter_view(store.recruiter(after.id) or before)) from None
    mailroom.deliver(letter, after, now)
    return Renewed(email=after.contact.email)


def renewal(recruiter: Recruiter, now: datetime, *, moved: bool) -> Letter:
    """The letter that carries a link just renewed; ``moved``: the address is new as well."""
    return write(
        "link_renewed",
        about=f"{recruiter.id}-{recruiter.link_version}",
        recruiter_id=recruiter.id,
        to=recruiter.contact.email,
        facts={**firm_facts(recruiter), "moved": moved},
        now=now,
    )
