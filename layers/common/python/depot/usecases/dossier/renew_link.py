"""« Mon lien a fuité »: every link sent so far dies, a new one is mailed to the known address."""

from datetime import datetime

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.letters.letter import Letter, write
from depot.domain.model import Value, Versioned
from depot.ports.links import Links
from depot.ports.store import Create, Store
from depot.usecases.dossier.access import open_dossier
from depot.usecases.dossier.recruiter_change import as_read, commit
from depot.usecases.letters.facts import firm_facts
from depot.usecases.letters.mailroom import Mailroom


class Renewal(Versioned):
    """Make every link of the dossier that the page showed anew."""


class Renewed(Value):
    """Where the new link was mailed. The page that asked loses access, like all the others."""

    email: str


def renew_link(
    form: Renewal, *, token: str, store: Store, links: Links, mailroom: Mailroom, now: datetime
) -> Renewed:
    """Revoke every link, mail a new one. Raises LinkInvalid, StaleVersion."""
    dossier = open_dossier(token, store=store, links=links)
    after = as_read(dossier, form.version).renewed(now)
    letter = renewal(after, now, moved=False)
    commit(after, dossier, Create(letter), store=store)
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
