"""What the link in an employer's mail opens: what was deposited for it, and what it says of that.

Each answer is about one offer, as it was read (its version); a correction may also say whom to
call, for all of them. Each raises LinkInvalid, NotFound, NotLive, StaleVersion.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from depot.domain.dossier.contact import Contact, ContactForm
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.behalf import Behalf
from depot.domain.employer.notice import EmployerAnswer, EmployerNotice
from depot.domain.employer.own_contact import own_contact_errors
from depot.domain.errors import Conflict, LinkInvalid, NotFound, NotLive, Refused, StaleVersion
from depot.domain.letters.letter import Letter, write
from depot.domain.life.offer import Offer
from depot.domain.life.states import EMPLOYER
from depot.domain.model import Versioned
from depot.domain.text import PlainParagraphs
from depot.ports.links import Links
from depot.ports.store import Change, Create, Dossier, Replace, Store
from depot.usecases.dossier.access import offer_in
from depot.usecases.employer.deposited_view import EmployerView, employer_view
from depot.usecases.employer.on_behalf import employer_letters
from depot.usecases.firm.firms import commit_firm
from depot.usecases.letters.facts import firm_facts, offer_facts
from depot.usecases.letters.mailroom import Mailroom


class EmployerGesture(Versioned):
    """Confirm or remove an offer, as it was read."""


class EmployerCorrection(EmployerGesture):
    """Whom to call from now on, and the offer's text."""

    contact: ContactForm
    description: PlainParagraphs | None = None


@dataclass(frozen=True)
class _Opened:
    dossier: Dossier
    behalf: Behalf
    offer: Offer
    notice: EmployerNotice


def show(token: str, *, store: Store, links: Links, now: datetime) -> EmployerView:
    """Show what was deposited for the bearer's firm. Raises LinkInvalid."""
    return employer_view(*_open(token, store, links), now)


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
    opened = _opened(_open(token, store, links), offer_id, form.version, now)
    if opened.notice.answer == "confirmed":
        return employer_view(opened.dossier, opened.behalf, now)
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
    """Withdraw an offer; partners and its depositor hear of it at once. Twice changes nothing."""
    dossier, behalf = _open(token, store, links)
    if any(n.offer_id == offer_id and n.answer == "removed" for n in dossier.employers):
        return employer_view(dossier, behalf, now)
    opened = _opened((dossier, behalf), offer_id, form.version, now)
    offer = opened.offer.withdraw(now, reason="removed_by_employer", by=EMPLOYER)
    told = [_told(opened.dossier.recruiter, offer, "removed", now)]
    changes = [Replace(offer), Replace(opened.notice.answered("removed", now))]
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
    opened = _opened(_open(token, store, links), offer_id, form.version, now)
    before = opened.dossier.recruiter
    Refused.all(own_contact_errors(form.contact, before.contact, public=mail_providers))
    employer = Contact.of(form.contact)
    same = employer == opened.behalf.employer
    after = before if same else before.reached_by_employer(employer, now)
    need = opened.offer.need.model_copy(update={"description": form.description or None})
    offer = opened.offer.edit(need, now, by=EMPLOYER).model_copy(update={"phone": employer.phone})
    changes = [Replace(offer), Replace(opened.notice.answered("corrected", now))]
    letters = [_told(after, offer, "corrected", now), *_moved(opened, after, offer, now)]
    return _commit(
        opened,
        _called(opened, employer.phone, now),
        [*changes, *([] if same else [Replace(after)])],
        letters,
        store=store,
        mailroom=mailroom,
        now=now,
    )


def _open(token: str, store: Store, links: Links) -> tuple[Dossier, Behalf]:
    claim = links.employer_claim(token)
    dossier = store.dossier(claim.recruiter_id)
    behalf = dossier.recruiter.behalf if dossier else None
    if dossier is None or behalf is None or dossier.recruiter.erasing_at:
        raise LinkInvalid
    if behalf.link_version != claim.version:
        raise LinkInvalid
    return dossier, behalf


def _opened(read: tuple[Dossier, Behalf], offer_id: str, version: int, now: datetime) -> _Opened:
    """An offer that may still be answered about, as it was read."""
    dossier, behalf = read
    offer = offer_in(dossier, offer_id)
    notice = next((known for known in dossier.employers if known.offer_id == offer_id), None)
    if notice is None:
        raise NotFound
    if offer.version != version:
        raise StaleVersion(employer_view(dossier, behalf, now))
    if offer.state != "live":
        raise NotLive
    return _Opened(dossier, behalf, offer, notice)


def _called(opened: _Opened, phone: str, now: datetime) -> list[Change]:
    """Every other live offer shows the number too."""
    others = (offer for offer in opened.dossier.live if offer.id != opened.offer.id)
    return [
        Replace(offer.called(phone, now, by=EMPLOYER)) for offer in others if offer.phone != phone
    ]


def _moved(opened: _Opened, after: Recruiter, offer: Offer, now: datetime) -> list[Letter]:
    """Tell another address what was deposited."""
    version = after.behalf.link_version if after.behalf else 1
    if version == opened.behalf.link_version:
        return []
    offers = [offer if known.id == offer.id else known for known in opened.dossier.live]
    return employer_letters(after, offers, now, about=f"{after.id}-{version}")


def _told(recruiter: Recruiter, offer: Offer, answer: EmployerAnswer, now: datetime) -> Letter:
    return write(
        "employer_answered",
        about=f"{offer.id}-{offer.version}",
        recruiter_id=recruiter.id,
        to=recruiter.contact.email,
        reply_to=recruiter.firm_contact.email,
        facts={**firm_facts(recruiter), **offer_facts(offer), "answer": answer},
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
    recruiter_id = opened.dossier.recruiter.id
    try:
        commit_firm(store, others, *changes, *map(Create, letters))
    except Conflict:  # changed between our read and our write
        fresh = store.dossier(recruiter_id) or opened.dossier
        raise StaleVersion(employer_view(fresh, opened.behalf, now)) from None
    fresh = store.dossier(recruiter_id) or opened.dossier
    mailroom.deliver_all(letters, fresh.recruiter, now)
    return employer_view(fresh, fresh.recruiter.behalf or opened.behalf, now)
