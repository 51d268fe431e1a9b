"""The two tables, as a port."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from depot.domain.employer import EmployerNotice
from depot.domain.letter import Letter
from depot.domain.model import Entity
from depot.domain.notice import OpcoNotice
from depot.domain.offer import Offer
from depot.domain.recruiter import Recruiter
from depot.domain.rounds import CfaContact, CfaRound


@dataclass(frozen=True, slots=True)
class Create:
    """Write an entity that must not exist."""

    entity: Entity


@dataclass(frozen=True, slots=True)
class Replace:
    """Write an entity over its previous version, which must still be the stored one."""

    entity: Entity


Change = Create | Replace


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything kept of one recruiter, in no particular order."""

    recruiter: Recruiter
    offers: Sequence[Offer] = ()
    notices: Sequence[OpcoNotice] = ()
    rounds: Sequence[CfaRound] = ()
    contacts: Sequence[CfaContact] = ()
    employers: Sequence[EmployerNotice] = ()
    letters: Sequence[Letter] = field(default=(), repr=False)

    @property
    def live(self) -> list[Offer]:
        """Its offers that nobody and no sweep has ended."""
        return [offer for offer in self.offers if offer.state == "live"]


class Due(NamedTuple):
    """Something the sweep must look at: what kind of entity, whose, and which."""

    entity: type[Entity]
    recruiter_id: str
    id: str


class Listed(NamedTuple):
    """An offer in the index of changes: when it last changed, and the digest of its feed record.

    No digest once it ended.
    """

    recruiter_id: str
    offer_id: str
    changed_at: datetime
    digest: str | None


class Store(Protocol):
    """The two tables."""

    def commit(self, *changes: Change) -> None:
        """Write all or nothing; raise Conflict when one condition fails."""

    def dossier(self, recruiter_id: str) -> Dossier | None:
        """Everything of a recruiter, read consistently table by table."""

    def recruiter(self, recruiter_id: str) -> Recruiter | None:
        """One recruiter."""

    def offer(self, recruiter_id: str, offer_id: str) -> Offer | None:
        """One offer."""

    def notice(self, recruiter_id: str, offer_id: str) -> OpcoNotice | None:
        """The OPCO notice of one offer."""

    def round(self, recruiter_id: str, offer_id: str) -> CfaRound | None:
        """The round of training centres of one offer."""

    def letter(self, recruiter_id: str, letter_id: str) -> Letter | None:
        """One letter."""

    def live_offers(self, siret: str, rome: str) -> Sequence[Offer]:
        """Live offers of an establishment under a ROME code: some of them, five at most.

        May miss one written a moment ago. Raises StoreUnavailable when it cannot say.
        """

    def due(self, now: datetime) -> Iterator[Due]:
        """What is due at ``now`` or before.

        May repeat, may be slightly out of date: read before acting.
        """

    def listed(self, part: int, days: Iterable[str]) -> Iterator[Listed]:
        """The offers of one part (feed.parts) that last changed on these UTC days.

        May repeat, may be slightly out of date: read before acting.
        """
