"""What the link in an employer's mail opens: what was deposited for it, and what it says of that.

Each answer is about one offer, as it was read (its version); a correction may also say whom to
call, for all of them. Each raises LinkInvalid, NotFound, NotLive, StaleVersion.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from depot.domain.dossier.contact import Contact, ContactForm
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.notice import EmployerAnswer, EmployerNotice
from depot.domain.employer.own_contact import own_contact_errors
from depot.domain.errors import Conflict, NotFound, NotLive, Refused, StaleVersion
from depot.domain.letters.letter import Letter, write
from depot.domain.life.offer import Offer
from depot.domain.life.states import EMPLOYER
from depot.domain.model import Versioned
from depot.domain.text import PlainParagraphs
from depot.ports.links import Links
from depot.ports.store import Change, Create, Replace, Store
from depot.usecases.dossier.access import offer_in
from depot.usecases.employer.access import Deposited, open_deposited
from depot.usecases.employer.deposited_view import EmployerView, employer_view
from depot.usecases.employer.objections import objecting
from depot.usecases.employer.on_behalf import moved_letters
from depot.usecases.firm.firms import called, commit_firm
from depot.usecases.letters.facts import firm_facts, offer_facts
from depot.usecases.letters.mailroom import Mailroom


class EmployerGesture(Versioned):
    """Confirm or remove an offer, as it was read."""


class EmployerCorrection(EmployerGesture):
    """Whom to call from now on, and the offer's text."""

    contact: ContactForm
    description: PlainParagraphs | None = None


class _Opened(NamedTuple):
    read: Deposited
    offer: Offer
    notice: EmployerNotice


def show(token: str, *, store: Store, links: Links, now: datetime) -> EmployerView:
    """Show what was deposited for the bearer's firm. Raises LinkInvalid."""
    return employer_view(open_deposited(token, store=store, links=links), store=store, now=now)


def confirm(
    form: EmployerGesture,
    *,
    offer_id: str,
    token: str,
    store: Store,
    links: Links,
    mailroom: Mailroom,
    now: datetime,
) -> EmployerView:
    """Say that an offer is right; its depositor sees it. Twice changes nothing."""
    read = open_deposited(token, store=store, links=links)
    opened = _live(_opened(read, offer_id, form.version, store=store, now=now))
    if opened.notice.answer == "confirmed":
        return employer_view(read, store=store, now=now)
    changes = [Replace(opened.notice.answered("confirmed", now))]
    return _commit(opened, [], changes, [], store=store, mailroom=mailroom, now=now)


def remove(
    form: EmployerGesture,
    *,
    offer_id: str,
    token: str,
    store: Store,
    links: Links,
    mailroom: Mailroom,
    now: datetime,
) -> EmployerView:
    """Withdraw an offer for good; partners and its depositor hear of it at once.

    One that ended stays as it ended. Either way who deposited it may not deposit the same need for
    the firm again. Twice changes nothing.
    """
    read = open_deposited(token, store=store, links=links)
    if any(n.offer_id == offer_id and n.answer == "removed" for n in read.dossier.employers):
        return employer_view(read, store=store, now=now)
    opened = _opened(read, offer_id, form.version, store=store, now=now)
    offer = _removed(opened.offer, now)
    told = [_told(read.recruiter, offer, "removed", now)]
    changes = [
        Replace(offer),
        Replace(opened.notice.answered("removed", now)),
        objecting(read.recruiter.siret, read.behalf.siren, offer.need.romes, store=store, now=now),
    ]
    return _commit(opened, [], changes, told, store=store, mailroom=mailroom, now=now)


def correct(
    form: EmployerCorrection,
    *,
    offer_id: str,
    token: str,
    store: Store,
    links: Links,
    mailroom: Mailroom,
    mail_providers: Collection[str],
    now: datetime,
) -> EmployerView:
    """Correct the text of an offer and whom to call; its depositor is told.

    Another e-mail address is told of it all, with a link of its own; this one is then dead. Raises
    Refused when the contact is the depositor's own.
    """
    read = open_deposited(token, store=store, links=links)
    opened = _live(_opened(read, offer_id, form.version, store=store, now=now))
    before = read.recruiter
    Refused.all(own_contact_errors(form.contact, before.contact, public=mail_providers))
    employer = Contact.of(form.contact)
    same = employer == read.behalf.employer
    after = before if same else before.reached_by_employer(employer, now)
    need = opened.offer.need.model_copy(update={"description": form.description or None})
    offer = opened.offer.edit(need, now, by=EMPLOYER).model_copy(update={"phone": employer.phone})
    changes = [Replace(offer), Replace(opened.notice.answered("corrected", now))]
    live = [offer if known.id == offer.id else known for known in read.dossier.live]
    told = [_told(after, offer, "corrected", now), *moved_letters(before, after, live, now)]
    return _commit(
        opened,
        called(live, employer.phone, now, EMPLOYER),
        [*changes, *([] if same else [Replace(after)])],
        told,
        store=store,
        mailroom=mailroom,
        now=now,
    )


def _opened(
    read: Deposited, offer_id: str, version: int, *, store: Store, now: datetime
) -> _Opened:
    """An offer that may be answered about, as it was read."""
    offer = offer_in(read.dossier, offer_id)
    notice = next((known for known in read.dossier.employers if known.offer_id == offer_id), None)
    if notice is None:
        raise NotFound
    if offer.version != version:
        raise StaleVersion(employer_view(read, store=store, now=now))
    return _Opened(read, offer, notice)


def _live(opened: _Opened) -> _Opened:
    if opened.offer.state != "live":
        raise NotLive
    return opened


def _removed(offer: Offer, now: datetime) -> Offer:
    """Gone for good; or as it ended, but written, so that nobody puts it online meanwhile."""
    if offer.state != "live":
        return offer.guarded()
    return offer.withdraw(now, reason="removed_by_employer", by=EMPLOYER)


def _told(recruiter: Recruiter, offer: Offer, answer: EmployerAnswer, now: datetime) -> Letter:
    ended = answer == "removed" and offer.state != "withdrawn"
    return write(
        "employer_answered",
        about=f"{offer.id}-{offer.version}",
        recruiter_id=recruiter.id,
        to=recruiter.contact.email,
        reply_to=recruiter.firm_contact.email,
        facts={**firm_facts(recruiter), **offer_facts(offer), "answer": answer, "ended": ended},
        now=now,
    )


def _commit(
    opened: _Opened,
    others: Sequence[Change],
    changes: Sequence[Change],
    letters: Sequence[Letter],
    *,
    store: Store,
    mailroom: Mailroom,
    now: datetime,
) -> EmployerView:
    """Write it all, send it, and show what was written: what came after may not be the bearer's."""
    read = opened.read
    try:
        commit_firm(store, others, *changes, *map(Create, letters))
    except Conflict:  # changed between our read and our write
        raise StaleVersion(employer_view(read.again(store), store=store, now=now)) from None
    written = read.written(change.entity for change in (*others, *changes))
    mailroom.deliver_all(letters, written.recruiter, now)
    return employer_view(written, store=store, now=now)
