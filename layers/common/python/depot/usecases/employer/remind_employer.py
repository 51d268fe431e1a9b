"""Write to a silent employer of what was deposited on its behalf, or changed; its offers stay."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from depot.domain.employer.notice import EmployerNotice
from depot.domain.errors import Conflict
from depot.domain.letters.letter import Letter
from depot.domain.life.lifetime import paris_day
from depot.domain.life.offer import Offer
from depot.ports.store import Create, Dossier, Replace, Store
from depot.usecases.employer.objections import objected
from depot.usecases.employer.on_behalf import changed_letter, employer_letter
from depot.usecases.letters.mailroom import Mailroom


_AT_ONCE: Final = 20  # a mail one still reads


def remind_employer(recruiter_id: str, *, store: Store, mailroom: Mailroom, now: datetime) -> bool:
    """Tell of the changes that waited in one mail, remind of all that is due in another.

    Offers that ended meanwhile are left out. False when nobody was reminded.
    """
    dossier = store.dossier(recruiter_id)
    waiting = dossier.employers if dossier else ()
    due = [notice for notice in waiting if notice.due_at and notice.due_at <= now][:_AT_ONCE]
    if dossier is None or not due:
        return False
    online = {offer.id: offer for offer in dossier.offers if offer.is_current(now)}
    pairs = [(online[each.offer_id], each) for each in due if each.offer_id in online]
    told = [(offer, notice) for offer, notice in pairs if notice.untold_at]
    silent = [offer for offer, notice in pairs if not notice.untold_at]
    firm = dossier.recruiter
    if objected(firm.siret, firm.depositor, (), store=store, now=now):
        silent = []  # it said enough: there is nothing to remind of
    letters = _letters(dossier, told, silent, now)
    changed = {offer.id for offer, _ in told}
    marks = [each.told(now) if each.offer_id in changed else each.reminded(now) for each in due]
    try:
        store.commit(*map(Replace, marks), *map(Create, letters))
    except Conflict:  # the employer, or another sweep, was faster
        return False
    mailroom.deliver_all(letters, firm, now)
    return bool(silent)


def _letters(
    dossier: Dossier,
    told: Sequence[tuple[Offer, EmployerNotice]],
    silent: Sequence[Offer],
    now: datetime,
) -> list[Letter]:
    """One of changes, one to remind; the day tells them apart from those of another time."""
    letters, day, recruiter = [], paris_day(now), dossier.recruiter
    if recruiter.behalf and told:
        about = f"{min(offer.id for offer, _ in told)}-{day}"
        letters.append(changed_letter(dossier, told, now, about=about))
    if recruiter.behalf and silent:
        about = f"{min(offer.id for offer in silent)}-{day}"
        letters.append(employer_letter("on_behalf_reminder", recruiter, silent, now, about=about))
    return letters
