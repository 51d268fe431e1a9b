"""Remind an employer, once, of what was deposited on its behalf; silent, its offers stay."""

from datetime import datetime
from typing import Final

from depot.domain.errors import Conflict
from depot.domain.life.lifetime import paris_day
from depot.ports.store import Create, Replace, Store
from depot.usecases.employer.on_behalf import employer_letter
from depot.usecases.letters.mailroom import Mailroom


_AT_ONCE: Final = 20  # a mail one still reads


def remind_employer(recruiter_id: str, *, store: Store, mailroom: Mailroom, now: datetime) -> bool:
    """Remind of all that is due in one mail; offers that ended meanwhile are left out.

    False when nothing was sent.
    """
    dossier = store.dossier(recruiter_id)
    waiting = dossier.employers if dossier else ()
    due = [notice for notice in waiting if notice.due_at and notice.due_at <= now][:_AT_ONCE]
    if dossier is None or not due:
        return False
    asked = {notice.offer_id for notice in due}
    offers = [offer for offer in dossier.offers if offer.id in asked and offer.is_current(now)]
    # Asked anew since, an offer is reminded of once more: the day tells the two letters apart.
    recruiter, about = dossier.recruiter, f"{min(asked)}-{paris_day(now)}"
    letters = (
        [employer_letter("on_behalf_reminder", recruiter, offers, now, about=about)]
        if recruiter.behalf and offers
        else []
    )
    try:
        store.commit(*(Replace(notice.reminded(now)) for notice in due), *map(Create, letters))
    except Conflict:  # the employer, or another sweep, was faster
        return False
    mailroom.deliver_all(letters, recruiter, now)
    return bool(letters)
