"""Another person, number or address.

Name and number change at once, the number with the offers that show it. An address counts once it
is proven: a link is mailed to it, the present one is told, and is written to until then.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from depot.domain.dossier.contact import ContactForm
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.letters.letter import Letter, write
from depot.domain.model import Versioned
from depot.ports.links import Links
from depot.ports.store import Create, Replace, Store
from depot.usecases.dossier.access import open_dossier
from depot.usecases.dossier.recruiter_change import as_read, commit
from depot.usecases.dossier.recruiter_view import RecruiterView, recruiter_view
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
    now: datetime,
) -> RecruiterView:
    """Record a contact; another address must first be proven.

    Raises LinkInvalid, StaleVersion, LimitReached (addresses in a day).
    """
    dossier = open_dossier(token, store=store, links=links)
    before = as_read(dossier, form.version)
    after = before.reached_by(form.name, form.phone, form.email, now)
    if (after.contact, after.email_change) == (before.contact, before.email_change):
        return recruiter_view(before)
    letters = _letters(before, after, now)
    shown = after.firm_contact.phone  # of who deposits for another, the number is shown nowhere
    called = [offer for offer in dossier.live if offer.phone != shown]
    offers = [Replace(offer.called(shown, now)) for offer in called]
    view = commit(after, dossier, *map(Create, letters), store=store, offers=offers)
    mailroom.deliver_all(letters, after, now)
    return view


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
