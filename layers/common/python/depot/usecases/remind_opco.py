"""Remind an OPCO that has not answered, once a turn, while the need is current."""

from contextlib import suppress
from datetime import datetime

from depot.domain.errors import Conflict
from depot.domain.routing import OpcoRoutes
from depot.ports import Create, Replace, Store
from depot.usecases.mailroom import Mailroom
from depot.usecases.opco_post import is_current, opco_letter


def remind_opco(
    recruiter_id: str,
    offer_id: str,
    *,
    store: Store,
    routes: OpcoRoutes,
    mailroom: Mailroom,
    now: datetime,
) -> bool:
    """Write the reminder of a notice whose time has come; False when none was to be written."""
    notice = store.notice(recruiter_id, offer_id)
    due_at = notice.reminder_at if notice else None
    if notice is None or notice.state == "waiting" or due_at is None or due_at > now:
        return False
    recruiter, offer = store.recruiter(recruiter_id), store.offer(recruiter_id, offer_id)
    if recruiter is None or offer is None:
        return False
    if not is_current(offer, now):
        with suppress(Conflict):  # it stays due: the next sweep looks again
            store.commit(Replace(notice.spared()))
        return False
    reminded = notice.reminded(now)
    letter = opco_letter("opco_reminder", reminded, recruiter, offer, routes=routes, now=now)
    try:
        store.commit(Replace(reminded), Create(letter))
    except Conflict:  # answered, passed on, or reminded by another sweep
        return False
    mailroom.deliver(letter, recruiter, now)
    return True
