"""Ask the sources again, each night, about a firm whose OPCO they did not agree on.

A register that was down answers, a new edition is imported, the directory comes to know the firm's
agreement: the OPCO then hears of the need, unless a person has decided meanwhile.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from depot.domain.errors import Conflict
from depot.domain.routing import OpcoRoutes
from depot.ports import Create, OpcoSource, Replace, Store
from depot.usecases.identify_opco import identify_opco
from depot.usecases.mailroom import Mailroom
from depot.usecases.opco_post import is_current, opco_letter, reminds_at


def recheck_opco(
    recruiter_id: str,
    offer_id: str,
    *,
    store: Store,
    sources: Sequence[OpcoSource],
    routes: OpcoRoutes,
    mailroom: Mailroom,
    reminder_days: int,
    now: datetime,
) -> bool:
    """Look again at a notice whose night has come; True when its OPCO was found and told."""
    notice = store.notice(recruiter_id, offer_id)
    due_at = notice.recheck_at if notice else None
    if notice is None or notice.state == "waiting" or due_at is None or due_at > now:
        return False
    recruiter, offer = store.recruiter(recruiter_id), store.offer(recruiter_id, offer_id)
    if recruiter is None or offer is None:
        return False
    if not (notice.declarable and is_current(offer, now)):
        with suppress(Conflict):  # it stays due: the next sweep looks again
            store.commit(Replace(notice.rested()))
        return False
    claim = recruiter.opco_claim
    finding = identify_opco(
        recruiter.siret, recruiter.company, sources=sources, claim=claim, now=now
    )
    told = notice.rechecked(finding, remind_at=reminds_at(now, reminder_days), now=now)
    if told.turn == notice.turn:
        with suppress(Conflict):  # answered, passed on or declared meanwhile
            store.commit(Replace(told))
        return False
    letter = opco_letter("opco_need", told, recruiter, offer, routes=routes, now=now)
    try:
        store.commit(Replace(told), Create(letter))
    except Conflict:
        return False
    mailroom.deliver(letter, recruiter, now)
    return True
