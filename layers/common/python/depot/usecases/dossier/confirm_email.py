"""The link mailed to a new address is opened: from now on it is the address of the dossier."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from depot.domain.dossier.holder import EmailChange
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict, LinkInvalid
from depot.domain.letters.letter import Letter, write
from depot.domain.letters.refusal import address_subject
from depot.domain.model import Form, Value
from depot.ports.links import ConfirmClaim, Links
from depot.ports.store import Change, Create, Replace, Store
from depot.usecases.dossier.renew_link import renewal
from depot.usecases.letters.facts import firm_facts
from depot.usecases.letters.mailroom import Mailroom


class Confirmation(Form):
    """The gesture: the link says all the rest."""


class ConfirmView(Value):
    """What a confirmation link is about; ``manage_url`` only in answer to the gesture itself."""

    state: Literal["waiting", "confirmed"]
    firm: str
    siret: str
    email: str
    manage_url: str | None = None


def show(*, token: str, store: Store, links: Links, now: datetime) -> ConfirmView:
    """Show what would be confirmed, or that it was. Raises LinkInvalid once it is neither."""
    claim = links.confirm_claim(token)
    return _view(*_found(claim, store, now))


def confirm(
    form: Confirmation,
    *,
    token: str,
    store: Store,
    links: Links,
    mailroom: Mailroom,
    now: datetime,
) -> ConfirmView:
    """Prove the address, once: links sent to the former one die, both addresses are told.

    Only the gesture that proves it is given the manage link; it is mailed as well. Raises
    LinkInvalid when this change neither waits nor is the one that was confirmed.
    """
    del form
    claim = links.confirm_claim(token)
    before, change = _found(claim, store, now)
    if change is None:
        return _view(before, None)
    after = before.confirmed(change, now)
    letters = (_farewell(before, after, now), renewal(after, now, moved=True))
    try:
        store.commit(Replace(after), *map(Create, letters), *_error_over(change.email, store, now))
    except Conflict:  # the same gesture twice, or another change: what is true now decides
        return _view(*_found(claim, store, now))
    mailroom.deliver_all(letters, after, now)
    return _view(after, None).model_copy(update={"manage_url": links.manage_url(after)})


def _found(
    claim: ConfirmClaim, store: Store, now: datetime
) -> tuple[Recruiter, EmailChange | None]:
    """The dossier, and the change that still waits; none if this very one was confirmed."""
    recruiter = store.recruiter(claim.recruiter_id)
    if recruiter is None or recruiter.erasing_at:
        raise LinkInvalid
    if recruiter.confirmed_change == claim.number:
        return recruiter, None
    change = recruiter.pending_change(now)
    if change is None or change.number != claim.number:
        raise LinkInvalid
    return recruiter, change


def _view(recruiter: Recruiter, change: EmailChange | None) -> ConfirmView:
    return ConfirmView(
        state="waiting" if change else "confirmed",
        firm=recruiter.name,
        siret=recruiter.siret,
        email=change.email if change else recruiter.contact.email,
    )


def _error_over(address: str, store: Store, now: datetime) -> Iterator[Change]:
    """Mails to it came back once; the link was mailed there, and opened."""
    refusal = store.refusal(address_subject(address))
    proven = refusal and refusal.proven(now)
    if proven and proven is not refusal:
        yield Replace(proven)


def _farewell(before: Recruiter, after: Recruiter, now: datetime) -> Letter:
    """To the former address: it is written to no more, and its links are dead."""
    return write(
        "email_changed",
        about=f"{after.id}-{after.confirmed_change}",
        recruiter_id=after.id,
        to=before.contact.email,
        facts=firm_facts(after),
        now=now,
    )
