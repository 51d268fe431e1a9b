"""The sweep: remind, expire, verify, take up whatever was left behind.

Selection is "due and not yet done": a missed run is caught up by the next. Each effect is one
conditional transaction, so two sweeps at once do each thing once.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from depot.domain.employer import EmployerNotice
from depot.domain.errors import Conflict
from depot.domain.letter import Kind, Letter, write
from depot.domain.model import Entity, Value
from depot.domain.notice import OpcoNotice
from depot.domain.offer import Offer
from depot.domain.recruiter import Recruiter
from depot.domain.rounds import CfaRound
from depot.ports.store import Change, Create, Due, Replace, Store
from depot.usecases.facts import firm_facts, offer_facts
from depot.usecases.mailroom import Mailroom


logger = logging.getLogger(__name__)

# Offers in one reminder: a mail one still reads, and far from the hundred items of a transaction.
_IN_ONE_MAIL: Final = 20


class Summary(Value):
    """What a sweep did. ``unfinished``: it ran out of time, the next one resumes."""

    reminded: int = 0
    expired: int = 0
    letters: int = 0
    notices: int = 0
    opcos_reminded: int = 0
    employers_reminded: int = 0
    rounds: int = 0
    verified: int = 0
    unfinished: bool = False

    def __add__(self, other: "Summary") -> "Summary":
        """Both, as one."""
        mine, theirs = self.model_dump(), other.model_dump()
        both = {name: mine[name] + theirs[name] for name in mine if name != "unfinished"}
        return Summary(**both, unfinished=self.unfinished or other.unfinished)


@dataclass(frozen=True)
class Sweeper:
    """Does one due thing at a time.

    ``retake_*`` take up what its stream did not bring, ``remind_*`` remind who has not answered,
    ``verify`` asks the directory about a firm again; they say if they did something.
    """

    store: Store
    mailroom: Mailroom
    retake_notice: Callable[[str, str], bool]
    remind_opco: Callable[[str, str], bool]
    remind_employer: Callable[[str], bool]
    retake_round: Callable[[str, str], bool]
    verify: Callable[[str], bool]
    now: datetime

    def sweep(self, due: Due) -> Summary:
        """Act on one due thing; what it no longer needs is left alone."""
        owner, acts = due.recruiter_id, self._acts
        return acts[due.entity](owner, due.id) if due.entity in acts else Summary()

    @property
    def _acts(self) -> Mapping[type[Entity], Callable[[str, str], Summary]]:
        """What is done of each kind of due thing, given its owner and its id."""
        return {
            Offer: lambda owner, _: self._offers(owner),
            Letter: lambda owner, own: Summary(letters=self._letter(owner, own)),
            OpcoNotice: self._notice,
            EmployerNotice: lambda owner, _: Summary(
                employers_reminded=self.remind_employer(owner)
            ),
            Recruiter: lambda owner, _: Summary(verified=self.verify(owner)),
            CfaRound: lambda owner, own: Summary(rounds=self.retake_round(owner, own)),
        }

    def _notice(self, owner: str, own: str) -> Summary:
        told = self.retake_notice(owner, own)
        return Summary(notices=told, opcos_reminded=not told and self.remind_opco(owner, own))

    def _letter(self, owner: str, own: str) -> bool:
        letter, recruiter = self.store.letter(owner, own), self.store.recruiter(owner)
        if letter is None or recruiter is None or not _is_due(letter, self.now):
            return False
        return self.mailroom.retry(letter, recruiter, self.now)

    def _offers(self, recruiter_id: str) -> Summary:
        """Every due offer of one recruiter: one reminder lists them all, or twenty at a time."""
        dossier = self.store.dossier(recruiter_id)
        if dossier is None:
            return Summary()
        recruiter, live, now = dossier.recruiter, dossier.live, self.now
        ended = [offer for offer in live if offer.expires_at <= now]
        nearing = [o for o in live if o.reminds_at <= now < o.expires_at and not o.reminded_at]
        return Summary(
            expired=sum(self._expire(recruiter, offer) for offer in ended),
            reminded=sum(
                self._remind(recruiter, nearing[start : start + _IN_ONE_MAIL])
                for start in range(0, len(nearing), _IN_ONE_MAIL)
            ),
        )

    def _expire(self, recruiter: Recruiter, offer: Offer) -> bool:
        letter = self._write("offer_expired", f"{offer.id}-{offer.ends_on}", recruiter, [offer])
        return self._commit(recruiter, letter, Replace(offer.expire(self.now)))

    def _remind(self, recruiter: Recruiter, offers: Sequence[Offer]) -> int:
        first = min(offers, key=lambda offer: (offer.ends_on, offer.id))
        letter = self._write("reminder", f"{first.id}-{first.ends_on}", recruiter, offers)
        marks = [Replace(offer.remind(self.now)) for offer in offers]
        return len(offers) * self._commit(recruiter, letter, *marks)

    def _write(
        self, kind: Kind, about: str, recruiter: Recruiter, offers: Sequence[Offer]
    ) -> Letter:
        facts = firm_facts(recruiter)
        facts["offers"] = [offer_facts(offer) for offer in offers]
        return write(
            kind,
            about=about,
            recruiter_id=recruiter.id,
            to=recruiter.contact.email,
            facts=facts,
            now=self.now,
        )

    def _commit(self, recruiter: Recruiter, letter: Letter, *changes: Change) -> bool:
        try:
            self.store.commit(*changes, Create(letter))
        except Conflict:  # the depositor, or another sweep, was faster: the next run reads again
            return False
        self.mailroom.deliver(letter, recruiter, self.now)
        return True


def _is_due(entity: Offer | Letter, now: datetime) -> bool:
    return entity.due_at is not None and entity.due_at <= now


def _unit(due: Due) -> tuple[type, str, str]:
    """Offers are swept a recruiter at a time, everything else one by one."""
    return (due.entity, due.recruiter_id, "" if due.entity is Offer else due.id)


def expire_offers(sweeper: Sweeper, *, enough_time: Callable[[], bool]) -> Summary:
    """Do all that is due, until it is done or time runs short.

    What fails for an unforeseen reason does not stop the rest; the failures are raised together at
    the end, so that the alarm rings.
    """
    total = Summary()
    seen: set[tuple[type, str, str]] = set()
    failures: list[Exception] = []
    for due in sweeper.store.due(sweeper.now):
        if not enough_time():
            total += Summary(unfinished=True)
            break
        if (unit := _unit(due)) in seen:
            continue
        seen.add(unit)
        try:
            total += sweeper.sweep(due)
        except Exception as error:
            logger.exception("not swept", extra={"recruiter": due.recruiter_id, "due": due.id})
            failures.append(error)
    if failures:
        message = f"{len(failures)} things could not be swept; done: {total}"
        raise ExceptionGroup(message, failures)
    return total
