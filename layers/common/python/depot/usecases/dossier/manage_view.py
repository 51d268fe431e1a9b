"""The manage page: the firm, its offers, and what may still be done."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict, StaleVersion
from depot.domain.letters.refusal import address_subject
from depot.domain.life.states import Limits
from depot.domain.model import Value
from depot.ports.store import Dossier, Store
from depot.usecases.dossier.recruiter_view import RecruiterView, recruiter_view
from depot.usecases.employer.reached import employer_lost
from depot.usecases.life.offer_view import OfferView, offer_views


class ManageView(Value):
    """The manage page. ``opco_choices`` are to choose from while the OPCO is not certain.

    ``limits`` are said before they are reached. ``mail_stopped``: a mail to the contact came back,
    or was complained of: no other leaves for now.
    """

    recruiter: RecruiterView
    limits: Limits
    mail_stopped: bool = False
    opco_choices: tuple[str, ...] = ()
    offers: tuple[OfferView, ...]


@dataclass(frozen=True)
class ManagePage:
    """The page, and what every change that moves more than the firm answers with.

    ``opcos`` are the names of those there are.
    """

    store: Store
    opcos: Collection[str]
    limits: Limits
    now: datetime

    def show(self, dossier: Dossier) -> ManageView:
        """Show a dossier as it was read."""
        return ManageView(
            recruiter=recruiter_view(dossier.recruiter, lost=employer_lost(dossier)),
            limits=self.limits,
            mail_stopped=_mail_stopped(dossier, self.store, self.now),
            opco_choices=_choices(dossier, self.opcos),
            offers=offer_views(dossier, self.now),
        )

    def afresh(self, dossier: Dossier) -> ManageView:
        """Show it as it became: a change of the firm moves its live offers too."""
        return self.show(self.store.dossier(dossier.recruiter.id) or dossier)

    def as_read(self, dossier: Dossier, version: int) -> Recruiter:
        """The recruiter, as whoever changes it read it. Raises StaleVersion."""
        recruiter = dossier.recruiter
        if recruiter.version != version:
            raise StaleVersion(self.show(dossier))
        return recruiter

    @contextmanager
    def committing(self, dossier: Dossier) -> Iterator[None]:
        """Write what was read; StaleVersion when any of it changed between our read and write."""
        try:
            yield
        except Conflict:
            raise StaleVersion(self.afresh(dossier)) from None


def _choices(dossier: Dossier, opcos: Collection[str]) -> tuple[str, ...]:
    """The candidates our sources leave, or every OPCO when they know none."""
    live = {offer.id for offer in dossier.live}
    found = [
        notice.finding.undeclared.opcos
        for notice in dossier.notices
        if notice.finding and notice.declarable and notice.offer_id in live
    ]
    every = sorted(opcos, key=str.casefold) if found else ()
    return next(filter(None, found), tuple(every))


def _mail_stopped(dossier: Dossier, store: Store, now: datetime) -> bool:
    """Whether mails to the contact stay, as things stand.

    That a mailbox is in error anybody finds out. That its holder complained is said where a mail
    of this dossier was: a stranger who typed the address does not learn that it is known here.
    """
    address = dossier.recruiter.contact.email
    refusal = store.refusal(address_subject(address))
    why = refusal.holds(now) if refusal else None
    if why != "complained":
        return why == "bounced"
    mine = [mail for mail in dossier.letters if mail.to == address and mail.sent_at]
    return any(mail.failure == "complained" for mail in mine)
