"""Ask the sources again, each night, about a firm whose OPCO they did not agree on.

A register that was down answers, a new edition is imported, the directory comes to know the firm's
agreement: the OPCO then hears of the need, unless a person has decided meanwhile.
"""

from collections.abc import Sequence
from datetime import datetime

from depot.ports.firms import OpcoSource
from depot.usecases.opco.identify_opco import identify_opco
from depot.usecases.opco.post import OpcoPost


def recheck_opco(
    recruiter_id: str,
    offer_id: str,
    *,
    post: OpcoPost,
    sources: Sequence[OpcoSource],
    now: datetime,
) -> bool:
    """Look again at a notice whose night has come; True when its OPCO was found and told."""
    notice = post.store.notice(recruiter_id, offer_id)
    due_at = notice.recheck_at if notice else None
    if notice is None or notice.state == "waiting" or due_at is None or due_at > now:
        return False
    recruiter = post.store.recruiter(recruiter_id)
    offer = post.store.offer(recruiter_id, offer_id)
    if recruiter is None or offer is None:
        return False
    if not (notice.declarable and offer.is_current(now)):
        post.keep(notice.stop_rechecking())
        return False
    finding = identify_opco(
        recruiter.siret, recruiter.company, sources=sources, claim=recruiter.opco_claim, now=now
    )
    told = notice.rechecked(finding, remind_at=post.reminds_at(now), now=now)
    if told.turn == notice.turn:
        post.keep(told)
        return False
    return post.send("opco_need", told, recruiter, offer, now)
