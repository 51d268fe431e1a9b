"""Tell the firm's OPCO of a need, with the contact to call.

Nothing is silently dropped: without a single OPCO, the default mailbox hears of it, with the
candidates and the evidence.
"""

from collections.abc import Sequence
from datetime import datetime

from depot.domain.errors import Conflict
from depot.domain.letter import Letter, write
from depot.domain.notice import OpcoNotice
from depot.domain.offer import Offer
from depot.domain.opco import Finding, OpcoRoutes
from depot.domain.recruiter import Recruiter
from depot.ports import Create, OpcoSource, Replace, Store
from depot.usecases.facts import firm_facts, offer_facts, opco_facts
from depot.usecases.identify_opco import identify_opco
from depot.usecases.mailroom import Mailroom


def notify_opco(
    recruiter_id: str,
    offer_id: str,
    *,
    store: Store,
    sources: Sequence[OpcoSource],
    routes: OpcoRoutes,
    mailroom: Mailroom,
    now: datetime,
) -> Finding | None:
    """Identify the OPCO of a waiting notice and write to it.

    None when that was already done or nothing remains of the offer. State-based: called any number
    of times, for any reason, one letter leaves.
    """
    notice = store.notice(recruiter_id, offer_id)
    if notice is None or notice.state != "waiting":
        return None
    recruiter, offer = store.recruiter(recruiter_id), store.offer(recruiter_id, offer_id)
    if recruiter is None or offer is None:
        return None
    finding = identify_opco(
        recruiter.siret, recruiter.company, sources=sources, claim=recruiter.opco_claim, now=now
    )
    letter = _letter(notice, recruiter, offer, finding, to=routes.mailbox(finding), now=now)
    if not _record(notice, finding, letter, store):
        return None
    mailroom.deliver(letter, recruiter, now)
    return finding


def _record(notice: OpcoNotice, finding: Finding, letter: Letter, store: Store) -> bool:
    try:
        store.commit(Replace(notice.told(finding, letter.id)), Create(letter))
    except Conflict:  # another run told it meanwhile
        return False
    return True


def _letter(
    notice: OpcoNotice,
    recruiter: Recruiter,
    offer: Offer,
    finding: Finding,
    *,
    to: str,
    now: datetime,
) -> Letter:
    return write(
        "opco_need",
        # A notice that waits again, its firm verified at last, is another letter.
        about=offer.id if notice.version == 1 else f"{offer.id}-{notice.version}",
        recruiter_id=recruiter.id,
        to=to,
        reply_to=recruiter.contact.email,
        facts={
            **firm_facts(recruiter),
            **offer_facts(offer),
            **opco_facts(finding),
        },
        now=now,
    )
