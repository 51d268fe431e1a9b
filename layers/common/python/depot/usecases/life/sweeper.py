"""What a sweep does of one due thing, whatever its kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from depot.domain.cfa.cfa_contact import Asking, CfaContact
from depot.domain.cfa.rounds import CfaRound, offer_of
from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.link_request import LinkRequest
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.notice import EmployerNotice
from depot.domain.letters.letter import Letter
from depot.domain.life.states import Limits
from depot.domain.model import Entity, Value
from depot.domain.opco.notice import OpcoNotice
from depot.ports.store import Dossier, Due, Store
from depot.usecases.firm.verify_recruiter import Verified
from depot.usecases.letters.mailroom import Held, Mailroom
from depot.usecases.life.remind_and_expire import RemindAndExpire


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
    """Does one due thing at a time; offers, and letters that leave together, an address at a time.

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
        letter, recruiter = self._still_due(due), self.store.recruiter(due.recruiter_id)
        if letter is None or (recruiter is None and letter.reader != "former"):
            return False
        return self.mailroom.retry(letter, recruiter, self.now)

    def _still_due(self, due: Due) -> Letter | None:
        letter = self.store.letter(due.recruiter_id, due.id)
        return letter if letter and letter.due_at and letter.due_at <= self.now else None

    def dossier(self, due: Due) -> Dossier | None:
        """What ``offers`` wants to know of a due offer: everything of its recruiter."""
        return self.store.dossier(due.recruiter_id)

    def offers(self, dossiers: Sequence[Dossier]) -> SweepSummary:
        """Remind of the offers of some dossiers, or end them."""
        ends = RemindAndExpire(self.store, self.mailroom, self.limits, self.now)
        return SweepSummary(**ends.tell(dossiers)._asdict())

    def left_over(self, due: Due) -> Held | None:
        """What ``letters`` wants to know of a due letter: itself, and whose it is."""
        letter, recruiter = self._still_due(due), self.store.recruiter(due.recruiter_id)
        if letter is None or recruiter is None or recruiter.erasing_at:
            return None
        return letter, recruiter

    def letters(self, left: Sequence[Held]) -> SweepSummary:
        """Send again letters that leave together."""
        return SweepSummary(letters=self.mailroom.retry_together(left, self.now))
