"""Two years after a dossier was last used it goes; thirty days before, its holder is told."""

from datetime import datetime

from depot.domain.dossier.retention import KEPT, PURGED, WARNING, last_activity
from depot.domain.errors import Conflict
from depot.domain.letters.letter import write
from depot.domain.life.lifetime import paris_day
from depot.domain.model import Versioned
from depot.ports.links import Links
from depot.ports.personal import PersonalData
from depot.ports.store import Change, Create, Dossier, Replace, Store
from depot.usecases.dossier.access import open_dossier
from depot.usecases.dossier.erase import begin, erase
from depot.usecases.dossier.recruiter_change import as_read, commit
from depot.usecases.dossier.recruiter_view import RecruiterView
from depot.usecases.letters.facts import firm_facts
from depot.usecases.letters.mailroom import Mailroom


class Keeping(Versioned):
    """Go on keeping the dossier that the page showed."""


def keep(form: Keeping, *, token: str, store: Store, links: Links, now: datetime) -> RecruiterView:
    """Keep a dossier two years more, because its holder says so.

    Raises LinkInvalid, StaleVersion.
    """
    dossier = open_dossier(token, store=store, links=links)
    return commit(as_read(dossier, form.version).kept(now), dossier, store=store)


def retain(
    recruiter_id: str,
    *,
    store: Store,
    personal: PersonalData,
    mailroom: Mailroom,
    now: datetime,
) -> bool:
    """Look whether a dossier is still used: keep it, warn, or erase it. False: nothing to tell."""
    dossier = store.dossier(recruiter_id)
    if dossier is None or dossier.recruiter.erasing_at or dossier.recruiter.retained_at > now:
        return False
    recruiter = dossier.recruiter
    last = last_activity(recruiter.active_at or recruiter.created_at, dossier.offers)
    if now < last + KEPT - WARNING:
        personal.keep_until(recruiter_id, now + PURGED)
        _commit(store, Replace(recruiter.looked_at(last)))
        return False
    if recruiter.warned_at is None:
        return _warn(dossier, last, store=store, mailroom=mailroom, now=now)
    if begin(dossier, "unused", store=store, mailroom=mailroom, now=now):
        return erase(recruiter_id, store=store, personal=personal, now=now)
    return False


def _warn(
    dossier: Dossier, last: datetime, *, store: Store, mailroom: Mailroom, now: datetime
) -> bool:
    warned = dossier.recruiter.warned(now)
    letter = write(
        "erasure_warning",
        about=f"{warned.id}-{paris_day(now)}",
        recruiter_id=warned.id,
        to=warned.contact.email,
        facts={
            **firm_facts(warned),
            "last_on": paris_day(last).isoformat(),
            "erased_on": paris_day(warned.retained_at).isoformat(),
        },
        now=now,
    )
    if not _commit(store, Replace(warned), Create(letter)):
        return False
    mailroom.deliver(letter, warned, now)
    return True


def _commit(store: Store, *changes: Change) -> bool:
    try:
        store.commit(*changes)
    except Conflict:  # the depositor was faster: it stays due, the next sweep reads again
        return False
    return True
