"""What the use cases need from outside, as Protocols.

The adapters implement them; so do the fakes, held to the same contract tests.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from depot.domain.company import Address, Choices, Company, KnownCompany
from depot.domain.index import Index
from depot.domain.letter import Letter
from depot.domain.metiers import Metier
from depot.domain.model import Entity
from depot.domain.notice import OpcoNotice, Turn
from depot.domain.offer import Offer
from depot.domain.opco import Answer, OpcoShare
from depot.domain.places import Commune, Located
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


class Directory(Protocol):
    """A company directory."""

    def find(self, siret: str) -> Company | None:
        """One establishment; None when the directory does not know it.

        Raises SourceUnavailable when it cannot say.
        """


class Companies(Directory, Protocol):
    """A company directory one can search. Raises SourceUnavailable when it cannot say."""

    def search(self, text: str, place: str) -> Choices:
        """Open firms by name, in a town or under a postcode unless ``place`` is empty."""

    def establishments(self, siren: str, place: str) -> Choices:
        """Open establishments of a legal unit, narrowed to ``place`` unless it is empty."""


class Communes(Protocol):
    """The communes of France."""

    def of_postcode(self, postcode: str) -> Sequence[Commune]:
        """The communes of a postcode, by INSEE code; none when it is not a place's."""

    def get(self, insee: str) -> Commune | None:
        """One commune by its INSEE code, or by that of its arrondissement."""


class Geocoder(Protocol):
    """Where streets and their numbers are."""

    def find(self, address: Address, *, within: float) -> Located | None:
        """Where a street or a number of it is; None when it is not known for sure.

        Raises SourceUnavailable when it has not said after ``within`` seconds.
        """


class CompanyCache(Protocol):
    """What directories said of firms lately. A cache that fails knows nothing, and never raises."""

    def get(self, siret: str) -> KnownCompany | None:
        """What was last kept of one establishment."""

    def put(self, known: KnownCompany) -> None:
        """Keep it, over what was kept before."""


class Metiers(Protocol):
    """The ROME appellations."""

    def get(self, code: str) -> Metier | None:
        """One appellation by its OGR code."""

    def apprenticeable(self, metier: Metier) -> bool:
        """Whether a diploma or title prepared by apprenticeship leads to it."""


class Catalogue(Protocol):
    """The catalogue of trainings by apprenticeship, to be searched."""

    def index(self) -> Index:
        """The trainings that can be asked. Raises CatalogueMissing when none were imported."""


class Links(Protocol):
    """Capability links."""

    def manage_url(self, recruiter: Recruiter) -> str:
        """The page where the bearer manages this recruiter's offers."""

    def manage_claim(self, token: str) -> "ManageClaim":
        """What a manage token opens. Raises LinkInvalid."""

    def opco_url(self, turn: Turn) -> str:
        """The page where the bearer answers one telling of one need."""

    def opco_claim(self, token: str) -> Turn:
        """What an OPCO's token opens. Raises LinkInvalid."""


class ManageClaim(NamedTuple):
    """A manage token opens this recruiter, as long as the link version is still this one."""

    recruiter_id: str
    link_version: int


class OpcoTable(Protocol):
    """Which OPCOs answer for an agreement."""

    def shares(self, idcc: str) -> Sequence[OpcoShare]:
        """The OPCOs of one IDCC, largest first; empty when the agreement is not known."""


class OpcoSource(Protocol):
    """One source of what OPCO a firm has. ``remote``: asking costs time and somebody's quota."""

    @property
    def name(self) -> str:
        """What evidence calls it."""

    @property
    def remote(self) -> bool:
        """Whether it is asked only while the others do not settle."""

    def ask(self, siret: str, company: Company | None) -> Sequence[Answer]:
        """What it says of a firm; empty when it had nothing to look up.

        ``company`` is None while the directory has not told. Raises SourceUnavailable.
        """


class Courier(Protocol):
    """Mail."""

    def send(self, letter: Letter, link: str | None) -> str:
        """Compose and hand over a letter; give the message id.

        ``link`` is the manage link of a depositor's letter, the turn's of an OPCO's. Raises
        MailDelayed or MailRefused.
        """


Piece = bytes | memoryview  # of an object too large to hold


class StoredObject(NamedTuple):
    """An object's bytes and the tag that identifies this very content."""

    body: bytes
    etag: str


class Objects(Protocol):
    """An object store with compare-and-swap (S3)."""

    def get(self, key: str) -> StoredObject | None:
        """One object."""

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
        """An object's bytes from ``start`` up to ``end``, in pieces: never all of it in memory.

        Fewer when it ends before. Raises ObjectMissing.
        """

    def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
        """Write an object that must not exist; give its tag. Raises Conflict."""

    def upload(self, key: str, pieces: Iterable[Piece], *, content_type: str, max_age: int) -> str:
        """``create``, from pieces: never all of them in memory.

        Nothing is written when making the pieces raises.
        """

    def list(self, prefix: str) -> Iterable[tuple[str, datetime]]:
        """Every key that begins with ``prefix``, and when it was last written."""

    def delete(self, key: str) -> None:
        """Delete an object, if it is there."""

    def replace(self, key: str, body: bytes, *, etag: str, content_type: str, max_age: int) -> str:
        """Write over the content tagged ``etag``; give the new tag. Raises Conflict."""
