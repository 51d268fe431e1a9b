"""An offer: what was asked, and the states it goes through.

    live ── extend ───────────────> live
    live ── close ────────────────> filled | cancelled
    live ── end of its last day ──> expired

Only a live offer changes. Expired is a state of its own: nobody decided it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Final, Literal, Self

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from depot.domain.company import Address, NafNomenclature, Point, Precision
from depot.domain.errors import FieldError, NotLive
from depot.domain.identifiers import RomeCode, Siret
from depot.domain.lifetime import end_of, last_day, paris_day, reminder_of
from depot.domain.metiers import Metier, MetierCode
from depot.domain.model import Entity, Form, Value
from depot.domain.places import AddressForm, Located
from depot.domain.provenance import Provenance
from depot.domain.text import Paragraphs


State = Literal["live", "filled", "cancelled", "expired"]
Outcome = Literal["filled", "cancelled"]
Level = Literal[
    "3", "4", "5", "6", "7"
]  # European levels; the labels are the pages' and mails' business
Reason = Literal[
    "with_depot",
    "without_depot",
    "no_longer_needed",
    "no_applications",
    "unsuitable_applications",
    "other",
    "firm_refused",  # ours, never the depositor's
    "removed_by_employer",  # of an offer somebody else deposited for it
]

# Which reasons go with which outcome.
REASONS: Final[Mapping[str, frozenset[str]]] = {
    "filled": frozenset({"with_depot", "without_depot"}),
    "cancelled": frozenset(
        {"no_longer_needed", "no_applications", "unsuitable_applications", "other"}
    ),
}

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
    description: Paragraphs | None = None
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
        if self.start_on in {None, accepted} or today <= self.start_on <= _years_after(today):
            return []
        code = "start_past" if self.start_on < today else "start_far"
        return [FieldError(f"{prefix}start_on", code)]


def _years_after(day: date) -> date:
    year = day.year + _LATEST_START_YEARS
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)  # noqa: PLR2004


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


class Workplace(Value):
    """Where the apprentice will work, copied from the recruiter.

    Names are missing until the SIRET is verified. The address and its ``location``, whose precision
    is ``precision``, are the firm's own unless the depositor ``declared`` another one.
    """

    siret: Siret
    name: str | None = None
    legal_name: str | None = None
    address: Address | None = None
    location: Point | None = None
    precision: Precision = "establishment"
    declared: bool = False
    naf: str | None = None
    naf_nomenclature: NafNomenclature | None = None

    @property
    def elsewhere(self) -> Address | None:
        """The address the depositor declared, if it is not the firm's own."""
        return self.address if self.declared else None

    def moved(self, address: Address, located: Located | None) -> Self:
        """The same firm, at another address."""
        place = {"location": located and located.point}
        precision = {"precision": located.precision} if located else {}
        return self.model_copy(update={"address": address, "declared": True, **place, **precision})

    def known_as(self, firm: "Workplace") -> "Workplace":
        """The same place, once the firm is known; the firm's own if no other was declared."""
        if not self.declared:
            return firm
        kept = {"address", "location", "precision", "declared"}
        return firm.model_copy(update={name: getattr(self, name) for name in kept})


class Offer(Entity):
    """One need, published. ``ends_on`` is the last live day, in Paris; instants are UTC.

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
    ends_on: date
    reminded_at: datetime | None = None
    extensions: int = 0
    closed_at: datetime | None = None
    reason: Reason | None = None

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

    def is_current(self, now: datetime) -> bool:
        """Whether the firm still looks for somebody, though no sweep has ended the offer yet."""
        return self.state == "live" and now < self.expires_at

    def edit(self, need: Need, now: datetime, *, workplace: Workplace | None = None) -> Self:
        """Replace what was asked, and where if it moves; the life of the offer does not."""
        place = workplace or self.workplace
        return self._live_next(need=need, workplace=place, updated_at=now)

    def called(self, phone: str, now: datetime) -> Self:
        """Show another number."""
        return self._live_next(phone=phone, updated_at=now)

    def removed_by_employer(self, now: datetime) -> Self:
        """End it because the employer it was deposited for does not want it."""
        return self.close("cancelled", "removed_by_employer", now)

    def extend(self, now: datetime) -> Self:
        """Start four new weeks from now; the reminder is due again."""
        return self._live_next(
            ends_on=last_day(now),
            reminded_at=None,
            extensions=self.extensions + 1,
            updated_at=now,
        )

    def close(self, outcome: Outcome, reason: Reason | None, now: datetime) -> Self:
        """End it by the depositor's decision."""
        return self._live_next(state=outcome, reason=reason, closed_at=now, updated_at=now)

    def placed(self, firm: Workplace, now: datetime) -> Self:
        """Say whose it is, and where unless that was declared, once the firm is verified."""
        return self._live_next(workplace=self.workplace.known_as(firm), updated_at=now)

    def withdraw(self, now: datetime) -> Self:
        """End it because its firm cannot be published."""
        return self._live_next(
            state="cancelled", reason="firm_refused", closed_at=now, updated_at=now
        )

    def expire(self, now: datetime) -> Self:
        """End it because its time has come."""
        return self._live_next(state="expired", closed_at=now, updated_at=now)

    def remind(self, now: datetime) -> Self:
        """Remember that the reminder was written. What partners see does not change."""
        return self._live_next(reminded_at=now)

    def _live_next(self, **changes: object) -> Self:
        if self.state != "live":
            raise NotLive
        return self._next(**changes)


def publish(
    need: Need,
    *,
    offer_id: str,
    recruiter_id: str,
    workplace: Workplace,
    phone: str,
    provenance: Provenance | None,
    now: datetime,
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
    )
