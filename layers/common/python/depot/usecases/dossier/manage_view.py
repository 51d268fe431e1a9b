"""The manage page: the firm, its offers, and what may still be done."""

from collections.abc import Collection
from datetime import datetime

from depot.domain.life.states import Limits
from depot.domain.model import Value
from depot.ports.store import Dossier, Store
from depot.usecases.dossier.recruiter_view import RecruiterView, recruiter_view
from depot.usecases.life.offer_view import OfferView, offer_views


class ManageView(Value):
    """The manage page. ``opco_choices`` are to choose from while the OPCO is not certain.

    ``limits`` are said before they are reached. ``mail_stopped``: a mail to the contact came back,
    or was complained of: no other leaves.
    """

    recruiter: RecruiterView
    limits: Limits
    mail_stopped: bool = False
    opco_choices: tuple[str, ...] = ()
    offers: tuple[OfferView, ...]


def manage_view(
    dossier: Dossier, opcos: Collection[str], limits: Limits, now: datetime
) -> ManageView:
    """Show the manage page; ``opcos`` are the names of those there are."""
    return ManageView(
        recruiter=recruiter_view(dossier.recruiter),
        limits=limits,
        mail_stopped=_mail_stopped(dossier),
        opco_choices=_choices(dossier, opcos),
        offers=offer_views(dossier, now),
    )


def afresh(
    dossier: Dossier, store: Store, opcos: Collection[str], limits: Limits, now: datetime
) -> ManageView:
    """Show the manage page as it became: a change of its firm moves its live offers too."""
    return manage_view(store.dossier(dossier.recruiter.id) or dossier, opcos, limits, now)


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


def _mail_stopped(dossier: Dossier) -> bool:
    address = dossier.recruiter.contact.email
    stopped = {"bounced", "complained"}
    return any(mail.to == address and mail.failure in stopped for mail in dossier.letters)
