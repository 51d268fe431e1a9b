"""Ask the directory again about a firm: one it could not tell of, then every week those it knew.

Known at last: its offers get their place, its OPCO is looked for again. Unknown, closed or hidden:
its offers leave the feed and the depositor is told why. Still no answer: later. Known already: what
changed is brought to its offers; a firm the directory forgot is given a day, for that may be its
own slip.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

from pydantic import TypeAdapter

from depot.domain.dossier.recruiter import FirmRefusal, Recruiter
from depot.domain.errors import Conflict, Refused
from depot.domain.firm.company import Company
from depot.domain.letters.letter import Letter, LetterKind, write
from depot.domain.life.offer import Offer
from depot.ports.firms import Companies
from depot.ports.places import Communes
from depot.ports.store import Change, Create, Dossier, Replace, Store
from depot.usecases.firm.companies import look_up
from depot.usecases.firm.firms import commit_firm, placed, with_its_offers
from depot.usecases.firm.places import situated
from depot.usecases.letters.facts import firm_facts, listed, title_facts
from depot.usecases.letters.mailroom import Mailroom


_REFUSAL: Final = TypeAdapter[FirmRefusal](FirmRefusal)
# What asking about a firm came to: its depositor was told; nothing to tell; the directory said
# nothing.
Verified = Literal["told", "answered", "silent"]


class _Outcome(NamedTuple):
    """What the firm has several of, which may be written ahead; itself; what tells of it."""

    several: list[Change]
    recruiter: Recruiter
    letter: Letter | None = None
    verified: Verified | None = "answered"


def verify_recruiter(
    recruiter_id: str,
    *,
    store: Store,
    companies: Companies,
    communes: Communes,
    mailroom: Mailroom,
    now: datetime,
) -> Verified | None:
    """Settle a firm that waits for its verification; None when the directory was not asked."""
    dossier = store.dossier(recruiter_id)
    verify_at = dossier.recruiter.verify_at if dossier else None
    if dossier is None or verify_at is None or verify_at > now or dossier.recruiter.erasing_at:
        return None
    several, recruiter, letter, verified = _outcome(dossier, companies, communes, now)
    told = [Create(letter)] if letter else []
    try:
        commit_firm(store, several, Replace(recruiter), *told)
    except Conflict:  # the depositor was faster: it stays due, the next sweep reads again
        return "answered" if verified == "told" else verified
    if letter:
        mailroom.deliver(letter, dossier.recruiter, now)
    return verified


def _outcome(dossier: Dossier, companies: Companies, communes: Communes, now: datetime) -> _Outcome:
    recruiter = dossier.recruiter
    if recruiter.company and not dossier.live:
        return _Outcome([], recruiter.stop_rechecking(), verified=None)
    try:
        found = look_up(recruiter.siret, companies=companies, declared=recruiter.declared)
    except Refused as refusal:
        return _refused(dossier, refusal.errors[0].code, now)
    company = situated(found, communes)
    if company is None:
        return _Outcome([], recruiter.postponed(now), verified="silent")
    return _refresh(dossier, company, now) if recruiter.company else _settle(dossier, company, now)


def _settle(dossier: Dossier, company: Company, now: datetime) -> _Outcome:
    recruiter = dossier.recruiter.verified(company, now)
    there = {offer.id for offer in dossier.live}
    notices = [
        notice.again(now)
        for notice in dossier.notices
        if notice.offer_id in there and notice.state == "told" and not notice.decided
    ]
    letter = _letter("firm_verified", recruiter, dossier.live, now)
    # Notices as near the recruiter as can be, with it unless there are very many: an OPCO looked
    # for again before the firm is known would not be found.
    several: list[Change] = [Replace(each) for each in (*placed(recruiter, dossier, now), *notices)]
    return _Outcome(several, recruiter, letter, "told")


def _refresh(dossier: Dossier, company: Company, now: datetime) -> _Outcome:
    former = dossier.recruiter.company
    known = company.completed_by(former) if former else company
    recruiter = dossier.recruiter.verified(known, now)
    return _Outcome(with_its_offers(recruiter, dossier, now), recruiter)


def _refused(dossier: Dossier, code: str, now: datetime) -> _Outcome:
    recruiter = dossier.recruiter
    if recruiter.company and code == "unknown_company" and not recruiter.doubted_at:
        return _Outcome([], recruiter.left_to_verify(now))
    recruiter = recruiter.refuse(_REFUSAL.validate_python(code), now)
    offers = [offer.withdraw(now, reason="firm_refused") for offer in dossier.live]
    ahead = [offer for offer in dossier.offers if offer.reason == "firm_refused"]
    letter = _letter("firm_refused", recruiter, [*ahead, *offers], now)
    return _Outcome([Replace(offer) for offer in offers], recruiter, letter, "told")


def _letter(
    kind: LetterKind, recruiter: Recruiter, offers: Sequence[Offer], now: datetime
) -> Letter:
    facts = firm_facts(recruiter)
    facts["refused"] = recruiter.refused
    facts["known"] = recruiter.company is not None
    facts["elsewhere"] = any(offer.workplace.elsewhere for offer in offers)
    facts |= listed(offers, title_facts)
    return write(
        kind,
        about=recruiter.id,
        recruiter_id=recruiter.id,
        to=recruiter.contact.email,
        facts=facts,
        now=now,
    )
