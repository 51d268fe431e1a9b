"""A depositor corrects the contact of the firm it deposited for, whose mail came back.

The firm's own word stands: once it said whom to call, it alone says otherwise; once it answered,
or objected, nobody else moves its link to another address. Unless its mail comes back: it would be
locked out of its own word.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from depot.domain.dossier.contact import Contact, ContactForm
from depot.domain.employer.own_contact import own_contact_errors
from depot.domain.errors import FieldError, NotFound, Refused
from depot.domain.life.states import Limits
from depot.domain.model import Versioned
from depot.ports.links import Links
from depot.ports.store import Change, Create, Dossier, Replace, Store
from depot.usecases.dossier.access import by_link, open_dossier
from depot.usecases.dossier.manage_view import ManagePage, ManageView
from depot.usecases.employer.objections import objected
from depot.usecases.employer.on_behalf import moved_letters
from depot.usecases.employer.reached import employer_lost
from depot.usecases.firm.firms import called, commit_firm
from depot.usecases.letters.mailroom import Mailroom


class EmployerEdit(Versioned, ContactForm):
    """The firm's whole contact; ``version`` is that of the recruiter."""


def change_employer(
    form: EmployerEdit,
    *,
    token: str,
    store: Store,
    links: Links,
    mailroom: Mailroom,
    mail_providers: Collection[str],
    opcos: Collection[str],
    limits: Limits,
    now: datetime,
) -> ManageView:
    """Record whom to call at the firm; another address is told of it all, with a link of its own.

    ``mail_providers``: domains where anybody has a mailbox; ``opcos``: those there are. Raises
    LinkInvalid, NotFound for a firm that deposited itself, StaleVersion, LimitReached; Refused for
    the depositor's own contact, and where the firm's word stands.
    """
    dossier = open_dossier(token, store=store, links=links)
    page = ManagePage(store, opcos, limits, now)
    before, employer = page.as_read(dossier, form.version), Contact.of(form)
    if before.behalf is None:
        raise NotFound
    if employer == before.firm_contact:
        return page.show(dossier)
    lost = employer_lost(dossier)
    after = before.with_employer(employer, now, lost=lost)
    moved = after.employer_claim != before.employer_claim
    errors = own_contact_errors(form, before.contact, public=mail_providers, prefix="")
    Refused.all([*errors, *(_spoken(dossier, store, now) if moved and not lost else ())])
    letters = moved_letters(before, after, dossier.live, now)
    shown = called(dossier.live, employer.phone, now, by_link(after))
    changes = [*shown, *(_asked(dossier, now) if moved else ())]
    with page.committing(dossier):
        commit_firm(store, changes, Replace(after), *map(Create, letters))
    mailroom.deliver_all(letters, after, now)
    return page.afresh(dossier)


def _spoken(dossier: Dossier, store: Store, now: datetime) -> Sequence[FieldError]:
    """A firm that answered, or objects to its depositor, has the address its link came to."""
    firm = dossier.recruiter
    said = any(notice.said for notice in dossier.employers)
    said = said or objected(firm.siret, firm.depositor, (), store=store, now=now) is not None
    return [FieldError("email", "employer_answered")] if said else []


def _asked(dossier: Dossier, now: datetime) -> Sequence[Change]:
    """Whoever reads the new address is given a week of its own.

    Every notice is written, so that none is answered by the former link meanwhile.
    """
    return [Replace(notice.told(now)) for notice in dossier.employers]
