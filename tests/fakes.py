"""In-memory ports. tests/contract holds them to the same suite as the real adapters."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Self, TypeVar

from depot.domain.columns import Columns
from depot.domain.company import Address, Choice, Choices, Company, KnownCompany
from depot.domain.employer import EmployerNotice
from depot.domain.errors import (
    CatalogueMissing,
    Conflict,
    LinkInvalid,
    ObjectMissing,
    SourceUnavailable,
    StoreUnavailable,
)
from depot.domain.folding import folded
from depot.domain.formation import Formation, Imported
from depot.domain.index import Index
from depot.domain.letter import Letter
from depot.domain.metiers import Metier
from depot.domain.model import Entity
from depot.domain.notice import OpcoNotice, Turn
from depot.domain.offer import Offer
from depot.domain.opco import Answer, OpcoShare
from depot.domain.places import Commune, Located, commune_code
from depot.domain.record import record_of
from depot.domain.recruiter import Recruiter
from depot.domain.rounds import CfaContact, CfaRound
from depot.domain.training import Training
from depot.feed.parts import digest, part_of
from depot.ports.links import EmployerClaim, ManageClaim
from depot.ports.objects import Piece, StoredObject
from depot.ports.store import Change, Create, Dossier, Due, Listed


E = TypeVar("E", bound=Entity)
Key = tuple[type[Entity], str, str]


def _key(entity: Entity) -> Key:
    match entity:
        case Recruiter():
            return (Recruiter, entity.id, "")
        case Offer() | Letter():
            return (type(entity), entity.recruiter_id, entity.id)
        case OpcoNotice() | CfaRound() | EmployerNotice():
            return (type(entity), entity.recruiter_id, entity.offer_id)
        case CfaContact():
            return (CfaContact, entity.recruiter_id, f"{entity.offer_id}#{entity.centre.siren}")
    raise TypeError(type(entity))


@dataclass
class MemoryStore:
    """The Store port. ``kept`` is everything, by key; ``down`` makes an index an outage."""

    kept: dict[Key, Entity] = field(default_factory=dict)
    down: bool = False

    @classmethod
    def holding(cls, *entities: Entity) -> Self:
        """A store where these were written, whatever their version."""
        return cls({_key(entity): entity for entity in entities})

    def commit(self, *changes: Change) -> None:
        for change in changes:
            stored = self.kept.get(_key(change.entity))
            expected = None if isinstance(change, Create) else change.entity.version - 1
            if (stored.version if stored else None) != expected:
                raise Conflict
        self.kept |= {_key(change.entity): change.entity for change in changes}

    def dossier(self, recruiter_id: str) -> Dossier | None:
        recruiter = self.recruiter(recruiter_id)
        if recruiter is None:
            return None
        return Dossier(
            recruiter=recruiter,
            offers=self.all(Offer, recruiter_id),
            notices=self.all(OpcoNotice, recruiter_id),
            rounds=self.all(CfaRound, recruiter_id),
            contacts=self.all(CfaContact, recruiter_id),
            employers=self.all(EmployerNotice, recruiter_id),
            letters=self.all(Letter, recruiter_id),
        )

    def recruiter(self, recruiter_id: str) -> Recruiter | None:
        return self._get(Recruiter, recruiter_id, "")

    def offer(self, recruiter_id: str, offer_id: str) -> Offer | None:
        return self._get(Offer, recruiter_id, offer_id)

    def notice(self, recruiter_id: str, offer_id: str) -> OpcoNotice | None:
        return self._get(OpcoNotice, recruiter_id, offer_id)

    def round(self, recruiter_id: str, offer_id: str) -> CfaRound | None:
        return self._get(CfaRound, recruiter_id, offer_id)

    def letter(self, recruiter_id: str, letter_id: str) -> Letter | None:
        return self._get(Letter, recruiter_id, letter_id)

    def live_offers(self, siret: str, rome: str) -> Sequence[Offer]:
        if self.down:
            raise StoreUnavailable
        return [
            offer
            for offer in self.all(Offer)
            if (offer.state, offer.workplace.siret, offer.need.metier.rome) == ("live", siret, rome)
        ][:5]

    def due(self, now: datetime) -> Iterator[Due]:
        for (kind, recruiter_id, own_id), entity in list(self.kept.items()):
            due_at = getattr(entity, "due_at", None)
            if due_at is not None and due_at <= now:
                yield Due(kind, recruiter_id, own_id)

    def listed(self, part: int, days: Iterable[str]) -> Iterator[Listed]:
        wanted = set(days)
        for offer in self.all(Offer):
            day = str(offer.updated_at.astimezone(UTC).date())
            if part_of(offer.id) == part and day in wanted:
                live = offer.state == "live"
                line = record_of(offer).model_dump_json().encode() if live else None
                yield Listed(offer.recruiter_id, offer.id, offer.updated_at, line and digest(line))

    def all(self, kind: type[E], recruiter_id: str | None = None) -> list[E]:
        return [
            entity
            for (_, owner, _), entity in sorted(self.kept.items(), key=lambda kept: kept[0][1:])
            if isinstance(entity, kind) and recruiter_id in {None, owner}
        ]

    def _get(self, kind: type[E], recruiter_id: str, own_id: str) -> E | None:
        entity = self.kept.get((kind, recruiter_id, own_id))
        return entity if isinstance(entity, kind) else None


@dataclass
class MemoryObjects:
    """The Objects port. What is written is written at ``clock``, which a test may move."""

    kept: dict[str, bytes] = field(default_factory=dict)
    written: dict[str, datetime] = field(default_factory=dict)
    clock: datetime = field(default_factory=lambda: datetime.now(UTC))

    def get(self, key: str) -> StoredObject | None:
        body = self.kept.get(key)
        return None if body is None else StoredObject(body, _etag(body))

    def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
        del content_type, max_age
        if key in self.kept:
            raise Conflict
        return self._write(key, body)

    def replace(self, key: str, body: bytes, *, etag: str, content_type: str, max_age: int) -> str:
        del content_type, max_age
        if key not in self.kept or _etag(self.kept[key]) != etag:
            raise Conflict
        return self._write(key, body)

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        if key not in self.kept:
            raise ObjectMissing(key)
        body = self.kept[key][start:end]
        yield from (body[at : at + 1000] for at in range(0, len(body), 1000))

    def upload(self, key: str, pieces: Iterable[Piece], *, content_type: str, max_age: int) -> str:
        body = b"".join(pieces)
        return self.create(key, body, content_type=content_type, max_age=max_age)

    def list(self, prefix: str) -> Iterable[tuple[str, datetime]]:
        return [(key, self.written[key]) for key in sorted(self.kept) if key.startswith(prefix)]

    def delete(self, key: str) -> None:
        self.kept.pop(key, None)

    def _write(self, key: str, body: bytes) -> str:
        self.kept[key] = body
        self.written[key] = self.clock
        return _etag(body)


def _etag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


@dataclass
class FakeCourier:
    """The Courier port: keeps what was sent; ``fails`` is raised instead, once each, in order."""

    sent: list[tuple[Letter, str | None]] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)

    def send(self, letter: Letter, link: str | None) -> str:
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append((letter, link))
        return f"message-{len(self.sent)}"

    @property
    def kinds(self) -> list[str]:
        return [letter.kind for letter, _ in self.sent]


class FakeLinks:
    """The Links port, without a signature: parts joined by dots, as many as the claim has."""

    def manage_url(self, recruiter: Recruiter) -> str:
        return f"https://depot.example/gerer.html#{recruiter.id}.{recruiter.link_version}"

    def manage_claim(self, token: str) -> ManageClaim:
        recruiter_id, _, version = token.partition(".")
        if not version.isdigit():
            raise LinkInvalid
        return ManageClaim(recruiter_id, int(version))

    def opco_url(self, turn: Turn) -> str:
        return "https://depot.example/opco.html#" + ".".join(map(str, turn))

    def opco_claim(self, token: str) -> Turn:
        recruiter_id, _, rest = token.partition(".")
        offer_id, _, number = rest.partition(".")
        if not number.isdigit():
            raise LinkInvalid
        return Turn(recruiter_id, offer_id, int(number))

    def employer_url(self, recruiter_id: str, version: int) -> str:
        return f"https://depot.example/employeur.html#{recruiter_id}.{version}"

    def employer_claim(self, token: str) -> EmployerClaim:
        return EmployerClaim(*self.manage_claim(token))


@dataclass
class FakeCompanies:
    """The Companies port; ``down`` makes it an outage."""

    known: dict[str, Company] = field(default_factory=dict)
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def find(self, siret: str) -> Company | None:
        self._ask(siret)
        return self.known.get(siret)

    def search(self, text: str, place: str) -> Choices:
        self._ask(text)
        return self._choices(lambda firm: text in firm.name and place in firm.address.label)

    def establishments(self, siren: str, place: str) -> Choices:
        self._ask(siren)
        return self._choices(
            lambda firm: firm.siret.startswith(siren) and place in firm.address.label
        )

    def _ask(self, question: str) -> None:
        self.asked.append(question)
        if self.down:
            raise SourceUnavailable

    def _choices(self, wanted: Callable[[Company], bool]) -> Choices:
        found = (
            Choice(siret=firm.siret, name=firm.name, address=firm.address.label, active=firm.active)
            for firm in self.known.values()
            if wanted(firm)
        )
        return Choices(found=tuple(found))


@dataclass
class FakeCommunes:
    """The Communes port: communes by postcode."""

    known: dict[str, Sequence[Commune]] = field(default_factory=dict)

    def of_postcode(self, postcode: str) -> Sequence[Commune]:
        return self.known.get(postcode, ())

    def get(self, insee: str) -> Commune | None:
        everywhere = (commune for around in self.known.values() for commune in around)
        return next((each for each in everywhere if each.insee == commune_code(insee)), None)


@dataclass
class FakeGeocoder:
    """The Geocoder port: places by the label of their address; ``down`` makes it an outage."""

    known: dict[str, Located] = field(default_factory=dict)
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def find(self, address: Address, *, within: float) -> Located | None:
        assert within > 0
        if address.street is None:
            return None
        self.asked.append(address.label)
        if self.down:
            raise SourceUnavailable
        return self.known.get(address.label)


@dataclass
class MemoryCompanyCache:
    """The CompanyCache port."""

    kept: dict[str, KnownCompany] = field(default_factory=dict)

    def get(self, siret: str) -> KnownCompany | None:
        return self.kept.get(siret)

    def put(self, known: KnownCompany) -> None:
        self.kept[known.company.siret] = known


def _names(metier: Metier) -> set[str]:
    return {folded(metier.label), *map(folded, metier.label.split(" / "))}


@dataclass
class FakeMetiers:
    """The Metiers port."""

    known: dict[str, Metier]
    refused: frozenset[str] = frozenset()

    def get(self, code: str) -> Metier | None:
        return self.known.get(code)

    def named(self, text: str) -> Sequence[Metier]:
        return [metier for metier in self.known.values() if folded(text) in _names(metier)]

    def near(self, text: str) -> Sequence[Metier]:
        words = set(folded(text).split())
        return [each for each in self.known.values() if words <= set(folded(each.label).split())]

    def apprenticeable(self, metier: Metier) -> bool:
        return metier.rome not in self.refused


@dataclass
class FakeCatalogue:
    """The Catalogue port. ``former`` gives the code above a ROME 4.0 code."""

    known: list[Training] = field(default_factory=list)
    former: Mapping[str, str] = field(default_factory=dict)

    def index(self) -> Index:
        return Index.of(self.known, self.former)


@dataclass
class MemoryCatalogue:
    """The Catalogue and CatalogueStore ports; ``versions`` are all there were, oldest first."""

    versions: list[tuple[Columns, Imported]] = field(default_factory=list)

    def index(self) -> Index:
        if not self.versions:
            raise CatalogueMissing
        return Index(self.versions[-1][0])

    def imported(self) -> Imported | None:
        return self.versions[-1][1] if self.versions else None

    def publish(self, columns: Columns, imported: Imported) -> None:
        self.versions.append((columns, imported))

    def tidy(self, now: datetime) -> int:
        old = [v for v in self.versions[:-2] if v[1].imported_at < now - timedelta(days=7)]
        self.versions = [version for version in self.versions if version not in old]
        return len(old)


@dataclass
class FakeFormations:
    """The Formations port; an exception among ``known`` is raised where it stands."""

    known: Sequence[Formation | Exception | None] = ()
    name: str = "fake"

    def all(self) -> Iterator[Formation | None]:
        for found in self.known:
            if isinstance(found, Exception):
                raise found
            yield found


@dataclass
class FakeOpcoTable:
    """The OpcoTable port."""

    known: dict[str, Sequence[OpcoShare]] = field(default_factory=dict)

    def shares(self, idcc: str) -> Sequence[OpcoShare]:
        return self.known.get(idcc, ())


@dataclass
class FakeOpcoSource:
    """The OpcoSource port: the same answers whatever the firm; ``down`` makes it an outage."""

    name: str = "siro_file"
    answers: list[Answer] = field(default_factory=list)
    remote: bool = False
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def ask(self, siret: str, company: Company | None) -> Sequence[Answer]:
        del company
        self.asked.append(siret)
        if self.down:
            raise SourceUnavailable
        return self.answers
