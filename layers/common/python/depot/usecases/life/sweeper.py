"""What a sweep does of one due thing, whatever its kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import JsonValue

from depot.domain.cfa.cfa_contact import Asking, CfaContact
from depot.domain.cfa.rounds import CfaRound, offer_of
from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.link_request import LinkRequest
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.notice import EmployerNotice
from depot.domain.errors import Conflict
from depot.domain.letters.letter import Letter, LetterKind, write
from depot.domain.life.offer import Offer
from depot.domain.life.states import Limits
from depot.domain.model import Entity, Value
from depot.domain.opco.notice import OpcoNotice
from depot.ports.store import Change, Create, Due, Replace, Store
from depot.usecases.firm.verify_recruiter import Verified
from depot.usecases.letters.facts import ended_facts, ending_facts, firm_facts
from depot.usecases.letters.mailroom import Mailroom


# Offers in one reminder: a mail one still reads, and far from the hundred items of a transaction.
_IN_ONE_MAIL: Final = 20


class SweepSummary(Value):
    """What a sweep did. ``unfinished``: something is left, the next one resumes."""

    reminded: int = 0
    expired: int = 0
    letters: int = 0
    notices: int = 0
    opcos_reminded: int = 0
    employers_reminded: int = 0
    rounds: int = 0
    cfas_followed_up: int = 0
    verified: int = 0
    links: int = 0
    retained: int = 0
    erased: int = 0
    unfinished: bool = False

    def __add__(self, other: "SweepSummary") -> "SweepSummary":
        """Both, as one."""
        mine, theirs = self.model_dump(), other.model_dump()
        both = {name: mine[name] + theirs[name] for name in mine if name != "unfinished"}
        return SweepSummary(**both, unfinished=self.unfinished or other.unfinished)


@dataclass(frozen=True)
class Sweeper:
    """Does one due thing at a time.

    ``retake_*`` take up what its stream did not bring, ``remind_*`` and ``follow_up_cfa`` write
    again to who has not answered, ``verify`` asks the directory about a firm again, ``retain`` asks
    whether a dossier is still used, ``erase`` goes on erasing one; they say what they did.
    """

    store: Store
    mailroom: Mailroom
    retake_notice: Callable[[str, str], bool]
    remind_opco: Callable[[str, str], bool]
    remind_employer: Callable[[str], bool]
    retake_round: Callable[[str, str], bool]
    follow_up_cfa: Callable[[Asking], bool]
    retake_link: Callable[[str, str], bool]
    verify: Callable[[str], Verified | None]
    retain: Callable[[str], bool]
    erase: Callable[[str], bool]
    now: datetime
    limits: Limits

    def sweep(self, due: Due) -> SweepSummary:
        """Act on one due thing; what it no longer needs is left alone."""
        acts: Mapping[type[Entity], Callable[[Due], SweepSummary]] = {
            Offer: lambda due: self._offers(due.recruiter_id),
            Letter: lambda due: SweepSummary(letters=self._letter(due)),
            OpcoNotice: self._notice,
            EmployerNotice: self._employer,
            Recruiter: lambda due: SweepSummary(retained=self.retain(due.recruiter_id)),
            CfaRound: self._round,
            CfaContact: self._contact,
            LinkRequest: lambda due: SweepSummary(links=self.retake_link(due.recruiter_id, due.id)),
            Erasure: lambda due: SweepSummary(erased=self.erase(due.recruiter_id)),
        }
        act = acts.get(due.entity)
        return act(due) if act else SweepSummary()

    def _notice(self, due: Due) -> SweepSummary:
        told = self.retake_notice(due.recruiter_id, due.id)
        reminded = not told and self.remind_opco(due.recruiter_id, due.id)
        return SweepSummary(notices=told, opcos_reminded=reminded)

    def _employer(self, due: Due) -> SweepSummary:
        return SweepSummary(employers_reminded=self.remind_employer(due.recruiter_id))

    def _round(self, due: Due) -> SweepSummary:
        return SweepSummary(rounds=self.retake_round(due.recruiter_id, offer_of(due.id)))

    def _contact(self, due: Due) -> SweepSummary:
        offer_id, _, siren = due.id.partition("#")
        asking = Asking(due.recruiter_id, offer_id, siren)
        return SweepSummary(cfas_followed_up=self.follow_up_cfa(asking))

    def _letter(self, due: Due) -> bool:
        letter = self.store.letter(due.recruiter_id, due.id)
        recruiter = self.store.recruiter(due.recruiter_id)
        if letter is None or not _is_due(letter, self.now):
            return False
        if recruiter is None and letter.reader != "former":
            return False
        return self.mailroom.retry(letter, recruiter, self.now)

    def _offers(self, recruiter_id: str) -> SweepSummary:
        """Every due offer of one recruiter: one reminder lists them all, or twenty at a time."""
        dossier = self.store.dossier(recruiter_id)
        if dossier is None:
            return SweepSummary()
        recruiter, live, now = dossier.recruiter, dossier.live, self.now
        ended = [offer for offer in live if offer.expires_at <= now]
        nearing = [o for o in live if o.reminds_at <= now < o.expires_at and not o.reminded_at]
        return SweepSummary(
            expired=sum(self._expire(recruiter, offer) for offer in ended),
            reminded=sum(
                self._remind(recruiter, nearing[start : start + _IN_ONE_MAIL])
                for start in range(0, len(nearing), _IN_ONE_MAIL)
            ),
        )

    def _expire(self, recruiter: Recruiter, offer: Offer) -> bool:
        facts: list[JsonValue] = [ended_facts(offer, self.limits)]
        letter = self._write("offer_expired", f"{offer.id}-{offer.ends_on}", recruiter, facts)
        return self._commit(recruiter, letter, Replace(offer.expire(self.now)))

    def _remind(self, recruiter: Recruiter, offers: Sequence[Offer]) -> int:
        first = min(offers, key=lambda offer: (offer.ends_on, offer.id))
        facts: list[JsonValue] = [ending_facts(offer, self.limits) for offer in offers]
        letter = self._write("reminder", f"{first.id}-{first.ends_on}", recruiter, facts)
        marks = [Replace(offer.remind(self.now)) for offer in offers]
        return len(offers) * self._commit(recruiter, letter, *marks)

    def _write(
        self, kind: LetterKind, about: str, recruiter: Recruiter, offers: list[JsonValue]
    ) -> Letter:
        return write(
            kind,
            about=about,
            recruiter_id=recruiter.id,
            to=recruiter.contact.email,
            facts={**firm_facts(recruiter), "offers": offers},
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
