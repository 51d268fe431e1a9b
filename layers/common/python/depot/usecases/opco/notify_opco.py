"""Tell the firm's OPCO of a need, with the contact to call.

Nothing is silently dropped: without a single OPCO, the desk hears of it, with the candidates and
the evidence.
"""

from collections.abc import Sequence
from datetime import datetime

from depot.domain.opco.finding import Finding
from depot.ports.firms import OpcoSource
from depot.usecases.opco.identify_opco import identify_opco
from depot.usecases.opco.post import OpcoPost


def notify_opco(
    recruiter_id: str,
    offer_id: str,
    *,
    post: OpcoPost,
    sources: Sequence[OpcoSource],
    now: datetime,
) -> Finding | None:
    """Identify the OPCO of a waiting notice and write to it.

    None when that was already done, or the offer ended meanwhile. State-based: called any number
    of times, for any reason, one letter leaves.
    """
    notice = post.store.notice(recruiter_id, offer_id)
    if notice is None or notice.state != "waiting":
        return None
    recruiter = post.store.recruiter(recruiter_id)
    offer = post.store.offer(recruiter_id, offer_id)
    if recruiter is None or offer is None:
        return None
    if not offer.is_current(now):
        post.keep(notice.over())
        return None
    finding = identify_opco(
        recruiter.siret, recruiter.company, sources=sources, claim=recruiter.opco_claim, now=now
    )
    told = notice.told(finding, remind_at=post.reminds_at(now), now=now)
    return finding if post.send("opco_need", told, recruiter, offer, now) else None
