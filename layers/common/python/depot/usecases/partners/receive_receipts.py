"""Keep what a partner says it did with our offers."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, Self

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    AwareDatetime,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from depot.domain.errors import Conflict, DomainError, FieldError, Refused
from depot.domain.feed.receipt import Partner, PartnerReceipt, ReceiptState, ReceiptStep, latest
from depot.domain.model import Form, Value
from depot.domain.text import clean_line
from depot.ports.partners import Partners
from depot.ports.store import Create, Replace, Store


MOST: Final = 100
"""Receipts in a request."""
_AHEAD: Final = timedelta(minutes=5)  # of our clock, at most: a later receipt would be lost behind
_TRIES: Final = 4  # of a receipt that others write at the same moment
_URL: Final = TypeAdapter(AnyHttpUrl)


class PartnerUnknown(DomainError):
    """No such partner, or not its key."""

    code = "partner_unknown"


def _utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError:  # within hours of the first or the last year there is
        raise PydanticCustomError("datetime_parsing", "datetime_parsing") from None


Instant = Annotated[AwareDatetime, AfterValidator(_utc)]


class ReceiptForm(Form):
    """One offer: what was done with it and when; ``updated_at`` is that of the record read."""

    offer_id: str = Field(min_length=1, max_length=64)
    state: ReceiptState
    at: Instant
    updated_at: Instant | None = None
    url: str | None = Field(default=None, max_length=500)
    reason: Annotated[str, AfterValidator(clean_line)] | None = Field(
        default=None, max_length=200, validate_default=True
    )

    @field_validator("url")
    @classmethod
    def _where_it_is_shown(cls, url: str | None, form: ValidationInfo) -> str | None:
        if url is None:
            return None
        if form.data.get("state", "shown") != "shown":
            raise PydanticCustomError("url_unexpected", "url_unexpected")
        try:
            shown = _URL.validate_python(url)
        except ValidationError:
            raise PydanticCustomError("url", "url") from None
        # A page everybody opens needs no password, and a name there may pass for another site's.
        if shown.username or shown.password:
            raise PydanticCustomError("url", "url")
        return str(shown)

    @field_validator("reason")
    @classmethod
    def _why_it_is_refused(cls, reason: str | None, form: ValidationInfo) -> str | None:
        refused = form.data.get("state", "refused") == "refused"
        if reason and not refused:
            raise PydanticCustomError("reason_unexpected", "reason_unexpected")
        if refused and not reason and "state" in form.data:
            raise PydanticCustomError("reason_missing", "reason_missing")
        return reason

    @property
    def step(self) -> ReceiptStep:
        """What it says."""
        return ReceiptStep(
            state=self.state,
            at=self.at,
            url=self.url,
            reason=self.reason,
            record_at=self.updated_at,
        )


class ReceiptsForm(Form):
    """What a partner did with some offers, in any order."""

    receipts: list[ReceiptForm]

    @field_validator("receipts")
    @classmethod
    def _few(cls, receipts: list[ReceiptForm]) -> list[ReceiptForm]:
        if len(receipts) > MOST:
            raise PydanticCustomError("receipts_too_many", "receipts_too_many")
        return receipts

    def check(self, now: datetime) -> Self:
        """Raise Refused when one is from the future."""
        Refused.all(
            FieldError(f"receipts.{rank}.at", "at_future")
            for rank, receipt in enumerate(self.receipts)
            if receipt.at > now + _AHEAD
        )
        return self

    @property
    def by_offer(self) -> dict[str, list[ReceiptStep]]:
        """The steps of each offer."""
        found: dict[str, list[ReceiptStep]] = {}
        for receipt in self.receipts:
            found.setdefault(receipt.offer_id, []).append(receipt.step)
        return found


class ReceiptsView(Value):
    """How many receipts are kept; offers that do not exist, or not any more."""

    kept: int
    unknown: tuple[str, ...] = ()


def known_partner(slug: str, key: str, partners: Partners) -> Partner:
    """The partner whose key this is; raises PartnerUnknown."""
    if found := partners.holder(slug, key):
        return found
    raise PartnerUnknown


def receive_receipts(
    form: ReceiptsForm, *, partner: Partner, store: Store, now: datetime
) -> ReceiptsView:
    """Keep every receipt that says something new.

    Sent again, whole or in part, in any order: nothing changes. Raises Refused, or Conflict when
    the same partner writes the same offer at the same moment, again and again.
    """
    told = form.check(now).by_offer
    unknown = [offer for offer, steps in told.items() if not _keep(offer, steps, partner, store)]
    lost = sum(len(told[offer]) for offer in unknown)
    return ReceiptsView(kept=len(form.receipts) - lost, unknown=tuple(unknown))


def _keep(offer_id: str, steps: list[ReceiptStep], partner: Partner, store: Store) -> bool:
    """Whether the offer exists; if so, what is said of it is kept."""
    recruiter_id = store.owner(offer_id)
    if recruiter_id is None:
        return False
    for _ in range(_TRIES):
        found = store.receipt(recruiter_id, offer_id, partner.slug)
        told = found.told(partner, steps) if found else None
        if found and told is found:
            return True
        change = Replace(told) if told else Create(_first(recruiter_id, offer_id, partner, steps))
        try:
            store.commit(change)
        except Conflict:  # written between our read and our write: take that in as well
            continue
        return True
    raise Conflict


def _first(
    recruiter_id: str, offer_id: str, partner: Partner, steps: list[ReceiptStep]
) -> PartnerReceipt:
    return PartnerReceipt(
        recruiter_id=recruiter_id,
        offer_id=offer_id,
        partner=partner.slug,
        partner_name=partner.name,
        steps=latest(steps),
    )
