"""A formation as a public catalogue lists it, and whether its centre may be asked.

The catalogue writes what anybody registered: what is no training to be asked about is left out, and
counted by reason.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Annotated, Final, Literal

from pydantic import Field

from depot.domain.cfa.training import UNSAID, Training
from depot.domain.firm.company import Point
from depot.domain.model import Value
from depot.domain.text import clean_line


Unfit = Literal[
    "unpublished",
    "without_centre",
    "closed",
    "remote",
    "uncertified",
    "without_title",
    "without_code",
    "unreachable",
    "without_place",
]

_ADDRESS: Final = re.compile(
    r"(?:[a-z0-9_'+-]+\.)*[a-z0-9_'+-]+@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}", re.ASCII
)
_LONGEST_ADDRESS: Final = 254
_REMEMBERED: Final = timedelta(days=30)
_ROME: Final = re.compile(r"[A-N][0-9]{4}", re.ASCII)
_LEVELS: Final = ("1", "2", "3", "4", "5", "6", "7", "8")


@dataclass(frozen=True, slots=True)
class Formation:
    """One formation. ``emails``: whom to write to, the best first. Empty means not stated."""

    published: bool
    open: bool
    remote: bool
    qualiopi: bool
    emails: tuple[str | None, ...]
    siret: str
    name: str
    city: str
    title: str
    level: str | None
    romes: tuple[str, ...]
    place: Point | None


class Peak(Value):
    """How many trainings an import brought."""

    at: datetime
    trainings: int


class Imported(Value):
    """What an import brought, and what it left out: the summary logs and operators read.

    ``peaks`` are the imports before it, of a month, that brought more: a catalogue that wastes away
    is held to what it was, not to the last step of it. None once an operator let it shrink.
    """

    source: str
    imported_at: datetime
    trainings: Annotated[int, Field(ge=0)]
    left_out: Mapping[str, int] = {}
    peaks: tuple[Peak, ...] = ()

    def remembered(self, now: datetime) -> tuple[Peak, ...]:
        """What the next import is held to: this one, and its peaks of less than a month."""
        recent = (peak for peak in self.peaks if peak.at > now - _REMEMBERED)
        return *recent, Peak(at=self.imported_at, trainings=self.trainings)


def training_of(formation: Formation) -> Training | Unfit:
    """The training to ask about, or why there is none.

    Its centre is Qualiopi-certified (art. L. 6316-1 code du travail) and has an address to write
    to. Leaves out trainings taught entirely online: they are near nobody.
    """
    email, place = _first_address(formation.emails), formation.place
    romes = tuple(sorted({rome for rome in formation.romes if _ROME.fullmatch(rome)}))
    reasons: dict[Unfit, bool] = {
        "unpublished": not formation.published,
        "without_centre": not formation.siret,
        "closed": not formation.open,
        "remote": formation.remote,
        "uncertified": not formation.qualiopi,
        "without_title": not formation.title,
        "without_code": not romes,
        "unreachable": email is None,
        "without_place": place is None,
    }
    if place is None or email is None or any(reasons.values()):
        return next(reason for reason, holds in reasons.items() if holds)
    return Training(
        siret=formation.siret,
        title=_clean(formation.title),
        level=formation.level if formation.level in _LEVELS else UNSAID,
        romes=romes,
        name=_clean(formation.name),
        city=_clean(formation.city),
        email=email,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _first_address(emails: Iterable[str | None]) -> str | None:
    for email in emails:
        address = (email or "").strip().lower()
        if len(address) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(address):
            return address
    return None


@lru_cache(maxsize=20_000)
def _clean(text: str) -> str:
    return clean_line(text)
