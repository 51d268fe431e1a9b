"""« Renvoyer mon lien »: what somebody asks, kept as an intention.

    waiting ── the link was mailed, or nobody has that address ──> done

The item is the same whether or not we know who is asked about, and so is all that is done while
somebody waits. Of one address or SIRET there is one request a slot: that is the limit, three an
hour, and nobody has to count. Once done it forgets what was asked. Letters are counted where they
are written, which nobody waits for: ten a day, an address.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Final, Literal, Self

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from depot.domain.dossier.contact import Email
from depot.domain.identifiers import Siret
from depot.domain.model import Entity, Form


_SLOT: Final = timedelta(minutes=20)
# A request the stream did not bring is picked up by the sweep after this long.
_PATIENCE: Final = timedelta(minutes=5)
_A_DAY: Final = 10


class LinkForm(Form):
    """Whose link: an address, or an establishment; the address wins."""

    siret: Siret | None = None
    email: Annotated[Email | None, Field(validate_default=True)] = None

    @field_validator("email")
    @classmethod
    def _somebody(cls, email: str | None, form: ValidationInfo) -> str | None:
        if email is None and form.data.get("siret", "refused") is None:
            raise PydanticCustomError("missing", "missing")
        return email


class LinkRequest(Entity):
    """One request: ``digest`` of what was asked, its ``slot`` of time."""

    digest: str
    slot: str
    email: str | None = None
    siret: str | None = None
    state: Literal["waiting", "done"] = "waiting"
    created_at: datetime

    @classmethod
    def of(cls, form: LinkForm, now: datetime) -> Self:
        """Keep what is asked at ``now``."""
        siret = None if form.email else form.siret
        text = f"email:{form.email}" if form.email else f"siret:{siret}"
        digest = sha256(text.encode()).hexdigest()[:32]
        slot = slot_of(now)
        return cls(digest=digest, slot=slot, email=form.email, siret=siret, created_at=now)

    @property
    def due_at(self) -> datetime | None:
        """When the sweep takes over."""
        return self.created_at + _PATIENCE if self.state == "waiting" else None

    def done(self) -> Self:
        """Remember that it was answered, and nothing of what it said."""
        return self._next(state="done", email=None, siret=None)


def slot_of(now: datetime) -> str:
    """The third of an hour an instant is in, as letters SES takes in a tag: ``20261123-1020``."""
    start = now - timedelta(seconds=now.timestamp() % _SLOT.total_seconds())
    return f"{start:%Y%m%d-%H%M}"


def may_be_sent(slot: str, before: Collection[str]) -> bool:
    """Whether an address that was written to in these slots may be in this one: once, ten a day."""
    day = slot.partition("-")[0]
    return slot not in before and sum(each.startswith(f"{day}-") for each in before) < _A_DAY
