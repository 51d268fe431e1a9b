"""An offer: what was asked, and what becomes of it (``depot.domain.life.states``)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Final, Literal, Self

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from depot.domain.employer.provenance import Provenance
from depot.domain.errors import FieldError, LimitReached, NotLive
from depot.domain.firm.places import AddressForm
from depot.domain.firm.workplace import Workplace
from depot.domain.identifiers import RomeCode
from depot.domain.life.lifetime import end_of, last_day, paris_day, reminder_of
from depot.domain.life.metiers import Metier, MetierCode
from depot.domain.life.states import (
    DEPOSITOR,
    DIRECTORY,
    MOVES,
    SWEEP,
    By,
    Channel,
    Ending,
    History,
    Limits,
    Moment,
    Move,
    Reason,
    State,
    remember,
)
from depot.domain.model import Entity, Form, Value
from depot.domain.text import PlainParagraphs


Level = Literal[
    "3", "4", "5", "6", "7"
]  # European levels; the labels are the pages' and mails' business
MAX_OFFERS_AT_ONCE: Final = 10
MAX_OTHER_METIERS: Final = 2
_LATEST_START_YEARS: Final = 2


class OfferForm(Form):
    """What the depositor says of a need.

    Only the métier is compulsory. ``other_metiers`` would do as well: two at most, each once.
    Without a ``workplace``, the apprentice works at the firm's own address.
    """

    metier: MetierCode
    other_metiers: Annotated[list[MetierCode], Field(default_factory=list)]
    start_on: date | None = None
    level: Level | None = None
    openings: Annotated[int, Field(ge=1, le=10)] = 1
    description: PlainParagraphs | None = None
    ask_cfa: bool = False
    workplace: AddressForm | None = None

    @field_validator("other_metiers")
    @classmethod
    def _few_and_distinct(cls, others: list[str], form: ValidationInfo) -> list[str]:
        if len(others) > MAX_OTHER_METIERS:
            raise PydanticCustomError("metiers_too_many", "metiers_too_many")
        codes = [form.data.get("metier"), *others]
        if len(set(codes)) < len(codes):
            raise PydanticCustomError("metier_repeated", "metier_repeated")
        return others

    def start_errors(
        self, now: datetime, prefix: str = "", *, accepted: date | None = None
    ) -> list[FieldError]:
        """Errors of the start date, which depends on today in Paris: not past, within two years."""
        today = paris_day(now)
        if self.start_on in {None, accepted} or today <= self.start_on <= _latest_start(today):
            return []
        code = "start_past" if self.start_on < today else "start_far"
        return [FieldError(f"{prefix}start_on", code)]


def _latest_start(today: date) -> date:
    year = today.year + _LATEST_START_YEARS
    try:
        return today.replace(year=year)
    except ValueError:  # the 29th of February
        return today.replace(year=year, day=28)


class Need(Value):
    """The part of an offer the depositor may edit, with its métiers resolved."""

    metier: Metier
    other_metiers: tuple[Metier, ...] = ()
    start_on: date | None = None
    level: Level | None = None
    openings: int = 1
    description: str | None = None
    ask_cfa: bool = False

    @classmethod
    def of(cls, form: OfferForm, metiers: Sequence[Metier]) -> Self:
        """Put the métiers found, the main one first, in place of the form's codes."""
        main, *others = metiers
        given = form.model_dump(exclude={"metier", "other_metiers", "workplace"})
        given |= {"description": form.description or None}
        return cls(metier=main, other_metiers=tuple(others), **given)

    @property
    def metiers(self) -> tuple[Metier, ...]:
        """Every métier that would do, the main one first."""
        return (self.metier, *self.other_metiers)

    @property
    def romes(self) -> tuple[RomeCode, ...]:
        """Their ROME codes, each once, the main one first."""
        return tuple(dict.fromkeys(metier.rome for metier in self.metiers))


class Offer(Entity):
    """One need, published. ``ends_on`` is the last live day, in Paris; instants are UTC.

    ``published_at`` stays when it is reactivated; ``live_since`` is the day it last went online.
    ``closed_at`` is when it left the feed, whatever is said of the reason later.
    ``provenance``: who deposited it, where that was not the employer.
    """

    id: str
    recruiter_id: str
    need: Need
    workplace: Workplace
    phone: str
    provenance: Provenance | None = None
    state: State = "live"
    published_at: datetime
    updated_at: datetime
    reactivated_at: datetime | None = None
    ends_on: date
    reminded_at: datetime | None = None
    extensions: int = 0
    closed_at: datetime | None = None
    reason: Reason | None = None
    channel: Channel | None = None
    history: History = ()

    @property
    def due_at(self) -> datetime | None:
        """When the sweep must next look at this offer: its reminder, then its end.

        Never once it is closed.
        """
        if self.state != "live":
            return None
        return self.expires_at if self.reminded_at else self.reminds_at

    @property
    def reminds_at(self) -> datetime:
        """When the reminder is due."""
        return reminder_of(self.ends_on)

    @property
    def expires_at(self) -> datetime:
        """First instant at which the offer is no longer live."""
        return end_of(self.ends_on)

    @property
    def live_since(self) -> date:
        """The day in Paris it last went online: limits count from it."""
        return paris_day(self.reactivated_at or self.published_at)

    @property
    def ended_on(self) -> date:
        """Its last day online, in Paris; of a live one, the day it will be."""
        return min(self.ends_on, paris_day(self.closed_at)) if self.closed_at else self.ends_on

    def is_current(self, now: datetime) -> bool:
        """Whether the firm still looks for somebody, though no sweep has ended the offer yet."""
        return self.state == "live" and now < self.expires_at

    def edit(
        self, need: Need, now: datetime, *, workplace: Workplace | None = None, by: By = DEPOSITOR
    ) -> Self:
        """Replace what was asked, and where if it moves; the life of the offer does not."""
        place = workplace or self.workplace
        fields = [
            name for name in Need.model_fields if getattr(need, name) != getattr(self.need, name)
        ]
        fields += ["workplace"] if place != self.workplace else []
        return self._move("edit", now, by, *fields, need=need, workplace=place, updated_at=now)

    def called(self, phone: str, now: datetime, *, by: By = DEPOSITOR) -> Self:
        """Show another number."""
        return self._move("edit", now, by, "phone", phone=phone, updated_at=now)

    def extend(self, now: datetime, limits: Limits, *, by: By = DEPOSITOR) -> Self:
        """Give four weeks from now, within limits, and a reminder; refused if no day is gained."""
        until, furthest = limits.extended(self.live_since, now), limits.furthest(self.live_since)
        changes = {"ends_on": until, "reminded_at": None, "extensions": self.extensions + 1}
        extended = self._move("extend", now, by, **changes, updated_at=now)
        if self.ends_on >= furthest:
            raise LimitReached("extension_limit", furthest)
        if self.ends_on >= until:
            raise LimitReached("extension_early", self.ends_on)
        return extended

    def close(
        self,
        outcome: Ending,
        reason: Reason | None,
        now: datetime,
        *,
        channel: Channel | None = None,
        by: By = DEPOSITOR,
    ) -> Self:
        """End it by the depositor's decision, or say otherwise how it ended.

        Partners hear of it when its state changes, never of the reason.
        """
        why = {"reason": reason, "channel": channel}
        ended = {"closed_at": self.closed_at or now}
        seen = {} if outcome == self.state else {"updated_at": now}
        move: Move = "fill" if outcome == "filled" else "cancel"
        return self._move(move, now, by, *filter(None, (reason, channel)), **why, **ended, **seen)

    def reactivate(
        self,
        now: datetime,
        limits: Limits,
        *,
        workplace: Workplace,
        phone: str,
        by: By = DEPOSITOR,
    ) -> Self:
        """Put it online again for four weeks, as the firm is now.

        A start date that has passed is dropped: the firm is looking from now on.
        """
        until = limits.reactivable_until(self.ended_on)
        if self.state in MOVES["reactivate"].origins and paris_day(now) > until:
            raise LimitReached("reactivation_limit", until)
        late = self.need.start_on is not None and self.need.start_on < paris_day(now)
        need = self.need.model_copy(update={"start_on": None}) if late else self.need
        life = {"ends_on": last_day(now), "reminded_at": None, "extensions": 0}
        over = {"closed_at": None, "reason": None, "channel": None}
        firm = {"workplace": self.workplace.known_as(workplace), "phone": phone, "need": need}
        told = ("start_on",) if late else ()
        start = {"reactivated_at": now, "updated_at": now}
        return self._move("reactivate", now, by, *told, **start, **life, **over, **firm)

    def placed(self, firm: Workplace, now: datetime, *, by: By = DIRECTORY) -> Self:
        """Say whose it is, and where unless that was declared, once the firm is verified."""
        place = self.workplace.known_as(firm)
        return self._move("place", now, by, workplace=place, updated_at=now)

    def withdraw(self, now: datetime, *, reason: Reason | None, by: By = DIRECTORY) -> Self:
        """End it for good: its firm cannot be published, or does not want it to be."""
        ended = {"closed_at": self.closed_at or now, "reason": reason, "channel": None}
        return self._move("withdraw", now, by, **ended, updated_at=now)

    def expire(self, now: datetime) -> Self:
        """End it because its time has come."""
        return self._move("expire", now, SWEEP, closed_at=now, updated_at=now)

    def remind(self, now: datetime) -> Self:
        """Remember that the reminder was written. What partners see does not change."""
        return self._move("remind", now, SWEEP, reminded_at=now)

    def _move(self, move: Move, now: datetime, by: By, *detail: str, **changes: object) -> Self:
        """Go where the table says, or raise NotLive, and remember it."""
        rule = MOVES[move]
        if self.state not in rule.origins:
            raise NotLive
        moment = Moment(at=now, what=move, who=by.who, link=by.link, detail=detail)
        return self._next(state=rule.to, history=remember(self.history, moment), **changes)


def publish(
    need: Need,
    *,
    offer_id: str,
    recruiter_id: str,
    workplace: Workplace,
    phone: str,
    provenance: Provenance | None,
    now: datetime,
    by: By = DEPOSITOR,
) -> Offer:
    """Make a live offer, four weeks from now."""
    return Offer(
        id=offer_id,
        recruiter_id=recruiter_id,
        need=need,
        workplace=workplace,
        phone=phone,
        provenance=provenance,
        published_at=now,
        updated_at=now,
        ends_on=last_day(now),
        history=(Moment(at=now, what="publish", who=by.who, link=by.link),),
    )
