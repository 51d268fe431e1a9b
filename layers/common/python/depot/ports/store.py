"""The two tables, as a port."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from depot.domain.cfa.cfa_contact import Asking, CfaContact
from depot.domain.cfa.rounds import CfaRound
from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.link_request import LinkRequest
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.notice import EmployerNotice
from depot.domain.employer.objection import Objection
from depot.domain.feed.receipt import PartnerReceipt
from depot.domain.letters.letter import Letter
from depot.domain.letters.refusal import MailRefusal
from depot.domain.life.offer import Offer
from depot.domain.model import Entity
from depot.domain.opco.notice import OpcoNotice


@dataclass(frozen=True, slots=True)
class Create:
    """Write an entity that must not exist."""

    entity: Entity


@dataclass(frozen=True, slots=True)
class Replace:
    """Write an entity over its previous version, which must still be the stored one."""

    entity: Entity


@dataclass(frozen=True, slots=True)
class Overwrite:
    """Write an entity whatever is there: of two, the last one stays."""

    entity: Entity


@dataclass(frozen=True, slots=True)
class Absent:
    """Write nothing: this entity, one a recruiter, must not be there when the rest is written."""

    kind: type[Entity]
    recruiter_id: str


Change = Create | Replace | Overwrite


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything kept of one recruiter, in no particular order."""

    recruiter: Recruiter
    offers: Sequence[Offer] = ()
    notices: Sequence[OpcoNotice] = ()
    rounds: Sequence[CfaRound] = ()
    contacts: Sequence[CfaContact] = ()
    receipts: Sequence[PartnerReceipt] = ()
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


def newest_first(recruiters: Iterable[Recruiter]) -> list[Recruiter]:
    """The order of those found by an index, which has none."""
    return sorted(recruiters, key=lambda each: (each.created_at, each.id), reverse=True)


class Store(Protocol):
    """The two tables."""

    def commit(self, *changes: Change | Absent) -> None:
        """Write all or nothing; raise Conflict when one condition fails."""

    def dossier(self, recruiter_id: str) -> Dossier | None:
        """Everything of a recruiter, read consistently table by table."""

    def recruiter(self, recruiter_id: str) -> Recruiter | None:
        """One recruiter."""

    def offer(self, recruiter_id: str, offer_id: str) -> Offer | None:
        """One offer."""

    def offers(self, recruiter_id: str) -> Sequence[Offer]:
        """All offers of a recruiter, and nothing else of it, in no particular order."""

    def notice(self, recruiter_id: str, offer_id: str) -> OpcoNotice | None:
        """The OPCO notice of one offer."""

    def rounds(self, recruiter_id: str, offer_id: str) -> Sequence[CfaRound]:
        """The rounds of training centres of one offer, in no particular order."""

    def contact(self, asking: Asking) -> CfaContact | None:
        """One centre asked about one offer."""

    def refusal(self, subject: str) -> MailRefusal | None:
        """Whether, and why, a SIREN or the digest of an address is written to no more.

        Raises StoreUnavailable when it cannot say.
        """

    def refusals(self, subjects: Collection[str]) -> Sequence[MailRefusal]:
        """Those of these subjects, in force or not, in no order. Raises StoreUnavailable."""

    def last_asked(self, sirens: Collection[str]) -> Mapping[str, datetime]:
        """When each of these centres was last asked, if ever. Raises StoreUnavailable."""

    def objection(self, siren: str, depositor: str) -> Objection | None:
        """What a firm has a depositor (both by SIREN) deposit no more, in force or not."""

    def letter(self, recruiter_id: str, letter_id: str) -> Letter | None:
        """One letter."""

    def receipt(self, recruiter_id: str, offer_id: str, partner: str) -> PartnerReceipt | None:
        """What one partner, by its slug, did with one offer."""

    def owner(self, offer_id: str) -> str | None:
        """Id of the recruiter whose offer this is.

        May miss an offer published a moment ago.
        """

    def link_request(self, owner: str, slot: str) -> LinkRequest | None:
        """One request for a link."""

    def erasure(self, recruiter_id: str) -> Erasure | None:
        """The erasure of a dossier, while it is going on."""

    def of_email(self, email: str) -> Sequence[Recruiter]:
        """All who are reached at an address, newest first; without those being erased.

        May miss one written a moment ago.
        """

    def reached_at(self, email: str) -> Iterable[str]:
        """Ids of the dossiers of an address.

        May name one that has moved or is being erased, and miss one written a moment ago: read
        before acting.
        """

    def of_employer(self, email: str) -> Sequence[Recruiter]:
        """Those somebody deposited for a firm that has this address, as ``of_email``."""

    def of_siret(self, siret: str) -> Sequence[Recruiter]:
        """Those who deposited for an establishment, as ``of_email``."""

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
