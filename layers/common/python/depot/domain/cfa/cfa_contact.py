"""One training centre asked about one need, and what became of it.

    asked ── opened by a person, once ────────────> read
    asked | read ── followed up, once, if silent ──> the same
    asked | read ── candidates | later | not concerned ──> answered; a later answer replaces it

Silent: it has not answered, read or not. A follow-up is due in the morning, some days after the
need was told; a centre that answered, or a need that ended, has none. The first time a centre says
that it has candidates its employer is written to, once; what it changes afterwards is on the card.

Whether the mail arrived is its letter's to say (``depot.domain.letters.letter``).
"""

from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, Self

from depot.domain.cfa.matching import Match
from depot.domain.life.lifetime import is_working, morning_of, paris_day
from depot.domain.model import Entity, Value


CfaAnswer = Literal["candidates", "later", "not_concerned"]


class Asking(NamedTuple):
    """One need told to one centre: what the link of its mail opens."""

    recruiter_id: str
    offer_id: str
    siren: str


class CfaReply(Value):
    """What a centre answers.

    ``candidates``: how many it has. ``word``, ``phone`` (E.164) and ``email``: for the employer.
    ``back_on``: when it expects to have some.
    """

    answer: CfaAnswer
    candidates: int | None = None
    word: str | None = None
    phone: str | None = None
    email: str | None = None
    back_on: date | None = None


class CfaContact(Entity):
    """One centre asked about one need, and why this one.

    ``follow_up_at`` is None once it was dropped. ``replies`` counts the answers it gave: whoever
    changes one has seen the one before.
    """

    recruiter_id: str
    offer_id: str
    centre: Match
    letter_id: str
    asked_at: datetime
    read_at: datetime | None = None
    follow_up_at: datetime | None = None
    followed_up_at: datetime | None = None
    reply: CfaReply | None = None
    replies: int = 0
    replied_at: datetime | None = None
    told_at: datetime | None = None

    @property
    def opens(self) -> Asking:
        """What the link of its mails opens."""
        return Asking(self.recruiter_id, self.offer_id, self.centre.siren)

    @property
    def about(self) -> str:
        """What the letters of this contact are about: the same never twice."""
        return f"{self.offer_id}-{self.centre.siren}"

    @property
    def due_at(self) -> datetime | None:
        """When the follow-up is due; never once answered or followed up."""
        return None if self.reply or self.followed_up_at else self.follow_up_at

    def read(self, now: datetime) -> Self:
        """Remember that a person opened it; the first time stays."""
        return self if self.read_at else self._next(read_at=now)

    def followed_up(self, now: datetime) -> Self:
        """Remember that the follow-up was written."""
        return self._next(followed_up_at=now)

    def without_reminder(self) -> Self:
        """Drop the follow-up: the need is no longer current, or the first mail never arrived."""
        return self._next(follow_up_at=None)

    def answered(self, reply: CfaReply, now: datetime) -> Self:
        """Keep the centre's answer in place of the previous one. Answering counts as reading."""
        return self._next(
            reply=reply,
            replies=self.replies + 1,
            replied_at=now,
            read_at=self.read_at or now,
            told_at=now if self.news(reply) else self.told_at,
        )

    def news(self, reply: CfaReply) -> bool:
        """Whether the employer is to be written to: candidates, for the first time."""
        return reply.answer == "candidates" and self.told_at is None


def ask_centre(
    match: Match, *, recruiter_id: str, offer_id: str, days: int, now: datetime
) -> CfaContact:
    """Ask a centre, and once more if it has said nothing after so many days."""
    return CfaContact(
        recruiter_id=recruiter_id,
        offer_id=offer_id,
        centre=match,
        letter_id=f"cfa_need-{offer_id}-{match.siren}",
        asked_at=now,
        follow_up_at=follows_up_at(now, days),
    )


def follows_up_at(now: datetime, days: int) -> datetime:
    """The morning so many days after ``now``, or Monday's: nobody reads mail at the week-end."""
    day = paris_day(now) + timedelta(days=days)
    while not is_working(day):
        day += timedelta(days=1)
    return morning_of(day)
