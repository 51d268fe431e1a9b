"""What became of one need at the OPCOs: who was told, turn after turn, and what they answered.

    waiting ── told ───────────────────────────> told, nobody answered yet
    told ── reminded, once a turn ─────────────> told
    told ── taking | contacted ────────────────> told, answered; a later answer replaces it
    told ── not ours ──────────────────────────> told, next turn: the OPCO named, else the next
                                                 candidate that has not passed it on, else the desk
    told ── not ours, by the desk, nobody left ─> told, not ours; the desk may still answer
    told ── again, while nobody decided ───────> waiting, next turn: the firm is known at last
    told ── offer reactivated, never told ─────> waiting, next turn; told once, it stays as it is
    told ── declared, while nobody decided ────> told: the depositor says which OPCO the firm has;
                                                next turn if that leads to another one, or to
                                                tell the desk, which has it

While the sources do not agree on one OPCO and nobody decided, they are asked again each night: once
they do, that OPCO is told, in the next turn. An offer that ended before its OPCO was told closes
its notice: nobody is told.

A turn has one addressee: an OPCO, or the desk (the default mailbox, ``None``). An OPCO that passed
the need on hears of it again only when a person at the desk chooses it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple, Self

from depot.domain.life.lifetime import next_night
from depot.domain.model import Entity, Value
from depot.domain.opco.finding import Finding


OpcoAnswer = Literal["taking", "contacted", "not_ours"]

# A notice the stream did not bring to notify_opco is picked up by the sweep after this long.
_PATIENCE: Final = timedelta(minutes=5)
# Answers may be corrected for ever; an item may not grow for ever.
_REMEMBERED: Final = 50


class OpcoTurn(NamedTuple):
    """One telling of one need: what a link of an OPCO opens."""

    recruiter_id: str
    offer_id: str
    number: int


class NoticeStep(Value):
    """One thing that happened; ``who`` was told, was reminded or answered (None: the desk)."""

    at: datetime
    who: str | None
    what: Literal["told", "reminded"] | OpcoAnswer


class OpcoNotice(Entity):
    """Born ``waiting`` in the offer's own transaction, ``told`` once a letter is written.

    ``declined`` are the OPCOs that passed it on; ``chosen``: a person named the addressee.
    """

    recruiter_id: str
    offer_id: str
    state: Literal["waiting", "told"] = "waiting"
    finding: Finding | None = None
    turn: int = 1
    addressee: str | None = None
    chosen: bool = False
    declined: tuple[str, ...] = ()
    letter_id: str | None = None
    told_at: datetime | None = None
    remind_at: datetime | None = None
    recheck_at: datetime | None = None
    reminded_at: datetime | None = None
    answer: OpcoAnswer | None = None
    answered_at: datetime | None = None
    history: tuple[NoticeStep, ...] = ()
    created_at: datetime

    @property
    def due_at(self) -> datetime | None:
        """When the sweep takes over: to tell what was not told, then to remind or to look again."""
        if self.state == "waiting":
            return self.created_at + _PATIENCE
        return min(filter(None, (self.reminder_at, self.recheck_at)), default=None)

    @property
    def reminder_at(self) -> datetime | None:
        """When the reminder of this turn is due; never once answered."""
        return None if self.answer or self.reminded_at else self.remind_at

    @property
    def opens(self) -> OpcoTurn:
        """What the link of the present turn opens."""
        return OpcoTurn(self.recruiter_id, self.offer_id, self.turn)

    @property
    def about(self) -> str:
        """What the letters of the present turn are about: the same never twice."""
        return f"{self.offer_id}-t{self.turn}"

    @property
    def decided(self) -> bool:
        """Whether a person took it or chose who should: no finding undoes that."""
        return self.chosen or self.answer in {"taking", "contacted"}

    @property
    def declarable(self) -> bool:
        """Whether what the depositor says of the OPCO may still change who is told."""
        found = self.finding.undeclared.outcome if self.finding else "identified"
        return self.state == "told" and not self.decided and found != "identified"

    def recipients(self, known: Iterable[str]) -> tuple[str, ...]:
        """Whom the addressee may name instead: the desk, anybody; an OPCO, who has not declined."""
        barred = {self.addressee, *self.declined} if self.addressee else set()
        return tuple(opco for opco in known if opco not in barred)

    def again(self, now: datetime) -> Self:
        """Wait again: the firm is known at last, and so may be its OPCO."""
        return self._next(
            state="waiting",
            turn=self.turn + 1,
            finding=None,
            addressee=None,
            letter_id=None,
            answer=None,
            created_at=now,
        )

    def told(self, finding: Finding, *, remind_at: datetime, now: datetime) -> Self:
        """Tell the one OPCO that was found, else the desk."""
        over = {"state": "told", "finding": finding, "recheck_at": _recheck(finding, now)}
        return self._tell(self._found(finding), self.history, remind_at, now, **over)

    def over(self) -> Self:
        """Tell nobody: the offer ended before its OPCO was told."""
        return self._next(state="told")

    def rechecked(self, finding: Finding, *, remind_at: datetime, now: datetime) -> Self:
        """Keep what the sources say tonight; tell the OPCO they name at last."""
        to, again = self._found(finding), _recheck(finding, now)
        if to in {None, self.addressee}:
            return self._next(finding=finding, recheck_at=again)
        over = {"turn": self.turn + 1, "finding": finding, "recheck_at": again}
        return self._tell(to, self.history, remind_at, now, **over)

    def stop_rechecking(self) -> Self:
        """Look no further: somebody decided, or the need is no longer current."""
        return self._next(recheck_at=None)

    def revived(self, now: datetime) -> Self:
        """The offer is online again: an OPCO never told will be, one that was is not told twice.

        While nobody has it, its OPCO is looked for again.
        """
        if self.state == "told" and self.letter_id is None:
            return self.again(now)
        if self.declarable and self.recheck_at is None:
            return self._next(recheck_at=next_night(now))
        return self

    def declared(self, finding: Finding, *, remind_at: datetime, now: datetime) -> Self:
        """Tell whom the depositor's word leads to; the desk hears of it even if nobody is found.

        An OPCO that has the need keeps it unless the word leads to another one.
        """
        to = self._found(finding)
        if self.addressee and to in {None, self.addressee}:
            return self._next(finding=finding)
        over = {"turn": self.turn + 1, "finding": finding}
        return self._tell(to, self.history, remind_at, now, **over)

    def reminded(self, now: datetime) -> Self:
        """Remember that the reminder of this turn was written."""
        return self._next(reminded_at=now, history=self._after("reminded", now))

    def without_reminder(self) -> Self:
        """Drop the reminder: the need is no longer current."""
        return self._next(remind_at=None)

    def answered(self, answer: Literal["taking", "contacted"], now: datetime) -> Self:
        """Keep what the addressee says it does; it replaces what it said before."""
        return self._next(answer=answer, answered_at=now, history=self._after(answer, now))

    def passed_on(self, named: str | None, *, remind_at: datetime, now: datetime) -> Self:
        """The addressee passes it on to the next. The desk, with nobody left, keeps it.

        ``named`` is one of ``recipients``.
        """
        history = self._after("not_ours", now)
        declined = tuple(dict.fromkeys((*self.declined, *filter(None, [self.addressee]))))
        heir = named or self._next_candidate(declined)
        if heir is None and self.addressee is None:
            return self._next(answer="not_ours", answered_at=now, history=history)
        over = {"turn": self.turn + 1, "declined": declined, "chosen": named is not None}
        return self._tell(heir, history, remind_at, now, **over)

    def _found(self, finding: Finding) -> str | None:
        found = finding.opcos[0] if finding.outcome == "identified" else None
        return None if found in self.declined else found

    def _next_candidate(self, declined: tuple[str, ...]) -> str | None:
        candidates = self.finding.candidates if self.finding else ()
        return next((opco for opco in candidates if opco not in declined), None)

    def _tell(
        self,
        to: str | None,
        history: tuple[NoticeStep, ...],
        remind_at: datetime,
        now: datetime,
        **over: object,
    ) -> Self:
        told = self._next(
            addressee=to,
            told_at=now,
            remind_at=remind_at,
            reminded_at=None,
            answer=None,
            answered_at=None,
            history=(*history, NoticeStep(at=now, who=to, what="told"))[-_REMEMBERED:],
            **over,
        )
        return told.model_copy(update={"letter_id": f"opco_need-{told.about}"})

    def _after(
        self, what: Literal["reminded"] | OpcoAnswer, now: datetime
    ) -> tuple[NoticeStep, ...]:
        return (*self.history, NoticeStep(at=now, who=self.addressee, what=what))[-_REMEMBERED:]


def _recheck(finding: Finding, now: datetime) -> datetime | None:
    return None if finding.undeclared.outcome == "identified" else next_night(now)
