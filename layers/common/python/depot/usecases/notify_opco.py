"""Tell the firm's OPCO of a need, with the contact to call.

Nothing is silently dropped: without a single OPCO, the desk hears of it, with the candidates and
the evidence.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from depot.domain.errors import Conflict
from depot.domain.opco import Finding
from depot.domain.routing import OpcoRoutes
from depot.ports import Create, OpcoSource, Replace, Store
from depot.usecases.identify_opco import identify_opco
from depot.usecases.mailroom import Mailroom
from depot.usecases.opco_post import is_current, opco_letter, reminds_at


def notify_opco(
    recruiter_id: str,
    offer_id: str,
    *,
    store: Store,
    sources: Sequence[OpcoSource],
    routes: OpcoRoutes,
    mailroom: Mailroom,
    reminder_days: int,
    now: datetime,
) -> Finding | None:
    """Identify the OPCO of a waiting notice and write to it.

    None when that was already done, or the offer ended meanwhile. State-based: called any number
    of times, for any reason, one letter leaves.
    """
    notice = store.notice(recruiter_id, offer_id)
    if notice is None or notice.state != "waiting":
        return None
    recruiter, offer = store.recruiter(recruiter_id), store.offer(recruiter_id, offer_id)
    if recruiter is None or offer is None:
        return None
    if not is_current(offer, now):
        with suppress(Conflict):  # it stays due: the next sweep looks again
            store.commit(Replace(notice.over()))
        return None
    finding = identify_opco(
        recruiter.siret, recruiter.company, sources=sources, claim=recruiter.opco_claim, now=now
    )
    told = notice.told(finding, remind_at=reminds_at(now, reminder_days), now=now)
    letter = opco_letter("opco_need", told, recruiter, offer, routes=routes, now=now)
    try:
        store.commit(Replace(told), Create(letter))
    except Conflict:  # another run told it meanwhile
        return None
    mailroom.deliver(letter, recruiter, now)
    return finding
