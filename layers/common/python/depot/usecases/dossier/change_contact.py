"""Another person, number or address.

Name and number change at once, the number with the offers that show it. An address counts once it
is proven: a link is mailed to it, the present one is told, and is written to until then.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from depot.domain.dossier.contact import ContactForm
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.letters.letter import Letter, write
from depot.domain.life.states import Limits
from depot.domain.model import Versioned
from depot.ports.links import Links
from depot.ports.store import Create, Replace, Store
from depot.usecases.dossier.access import open_dossier
from depot.usecases.dossier.manage_view import ManagePage, ManageView
from depot.usecases.firm.firms import called, commit_firm
from depot.usecases.letters.facts import firm_facts
from depot.usecases.letters.mailroom import Mailroom


class ContactEdit(Versioned, ContactForm):
    """The whole contact; ``version`` is that of the recruiter."""


def change_contact(
    form: ContactEdit,
    *,
    token: str,
    store: Store,
    links: Links,
    mailroom: Mailroom,
    opcos: Collection[str],
    limits: Limits,
    now: datetime,
) -> ManageView:
    """Record a contact; another address must first be proven. ``opcos`` are those there are.

    Raises LinkInvalid, StaleVersion, LimitReached (addresses in a day).
    """
    dossier = open_dossier(token, store=store, links=links)
    page = ManagePage(store, opcos, limits, now)
    before = page.as_read(dossier, form.version)
    after = before.reached_by(form.name, form.phone, form.email, now)
    if (after.contact, after.email_change) == (before.contact, before.email_change):
        return page.show(dossier)
    letters = _letters(before, after, now)
    shown = after.firm_contact.phone  # of who deposits for another, the number is shown nowhere
    with page.committing(dossier):
        commit_firm(store, called(dossier.live, shown, now), Replace(after), *map(Create, letters))
    mailroom.deliver_all(letters, after, now)
    return page.afresh(dossier)


def _letters(before: Recruiter, after: Recruiter, now: datetime) -> Sequence[Letter]:
    """To the new address, the link that proves it; to the present one, that it was asked for."""
    change = after.email_change
    if change is None or change == before.email_change:
        return ()
    facts = {**firm_facts(after), "new_email": change.email}
    about = f"{after.id}-{change.number}"
    given: Any = {"about": about, "recruiter_id": after.id, "facts": facts, "now": now}
    return (
        write("email_change", to=change.email, change=change.number, **given),
        write("email_asked", to=after.contact.email, **given),
    )
