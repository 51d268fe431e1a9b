"""In-memory ports. tests/contract holds them to the same suite as the real adapters."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self, TypeVar

from depot.domain.cfa.cfa_contact import Asking, CfaContact
from depot.domain.cfa.columns import Columns
from depot.domain.cfa.formation import Formation, Imported
from depot.domain.cfa.index import TrainingIndex
from depot.domain.cfa.rounds import CfaRound
from depot.domain.cfa.training import Training
from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.link_request import LinkRequest
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.notice import EmployerNotice
from depot.domain.errors import (
    CatalogueMissing,
    Conflict,
    JobRefused,
    LinkInvalid,
    ObjectMissing,
    SourceUnavailable,
    StoreUnavailable,
)
from depot.domain.feed.receipt import PartnerReceipt
from depot.domain.feed.record import record_of
from depot.domain.firm.company import Address, Choice, Choices, Company, KnownCompany
from depot.domain.firm.places import Commune, Located, commune_code
from depot.domain.folding import folded
from depot.domain.letters.letter import Letter
from depot.domain.letters.refusal import CentreAsked, MailRefusal
from depot.domain.life.metiers import Metier
from depot.domain.life.offer import Offer
from depot.domain.model import Entity
from depot.domain.opco.finding import OpcoShare, SourceAnswer
from depot.domain.opco.notice import OpcoNotice, OpcoTurn
from depot.feed.parts import digest, part_of
from depot.ports.links import (
    ConfirmClaim,
    EmployerClaim,
    FirmsClaim,
    ManageClaim,
    Subscriber,
    UnsubscribeLinks,
)
from depot.ports.objects import Piece, StoredObject
from depot.ports.pages import Tag
from depot.ports.personal import Kept
from depot.ports.store import Change, Create, Dossier, Due, Listed, Replace, newest_first


E = TypeVar("E", bound=Entity)
TAGS: Mapping[type[Entity], str] = {
    Recruiter: "RECRUITER",
    Offer: "OFFER",
    OpcoNotice: "NOTICE",
    CfaRound: "ROUND",
    CfaContact: "CONTACT",
    Letter: "LETTER",
    Erasure: "ERASURE",
}
Key = tuple[type[Entity], str, str]
# DynamoDB's own: items of a transaction, bytes of an item less its keys.
MOST_ITEMS, LARGEST_ITEM = 100, 399_000


def _key(entity: Entity) -> Key:
    match entity:
        case Recruiter():
            own = (entity.id, "")
        case Offer() | Letter() | CfaRound():
            own = (entity.recruiter_id, entity.id)
        case Erasure():
            own = (entity.recruiter_id, "")
        case LinkRequest():
            own = (f"LINK#{entity.digest}", entity.slot)
        case OpcoNotice() | EmployerNotice():
            own = (entity.recruiter_id, entity.offer_id)
        case CfaContact():
            own = (entity.recruiter_id, f"{entity.offer_id}#{entity.centre.siren}")
        case PartnerReceipt():
            own = (entity.recruiter_id, f"{entity.offer_id}#{entity.partner}")
        case CentreAsked():
            own = (entity.siren, "")
        case MailRefusal():
            own = (entity.subject, "")
        case _:
            raise TypeError(type(entity))
    return (type(entity), *own)


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
        assert len(changes) <= MOST_ITEMS, "more than DynamoDB takes in one transaction"
        for change in changes:
            size = len(change.entity.model_dump_json().encode())
            assert size < LARGEST_ITEM, f"{_key(change.entity)}: larger than an item of DynamoDB"
            stored = self.kept.get(_key(change.entity))
            found = stored.version if stored else None
            if isinstance(change, Create) and stored:
                raise Conflict
            if isinstance(change, Replace) and found != change.entity.version - 1:
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
            receipts=self.all(PartnerReceipt, recruiter_id),
            employers=self.all(EmployerNotice, recruiter_id),
            letters=self.all(Letter, recruiter_id),
        )

    def recruiter(self, recruiter_id: str) -> Recruiter | None:
        return self._get(Recruiter, recruiter_id, "")

    def offer(self, recruiter_id: str, offer_id: str) -> Offer | None:
        return self._get(Offer, recruiter_id, offer_id)

    def notice(self, recruiter_id: str, offer_id: str) -> OpcoNotice | None:
        return self._get(OpcoNotice, recruiter_id, offer_id)

    def rounds(self, recruiter_id: str, offer_id: str) -> Sequence[CfaRound]:
        return [each for each in self.all(CfaRound, recruiter_id) if each.offer_id == offer_id]

    def contact(self, asking: Asking) -> CfaContact | None:
        return self._get(CfaContact, asking.recruiter_id, f"{asking.offer_id}#{asking.siren}")

    def refusal(self, subject: str) -> MailRefusal | None:
        if self.down:
            raise StoreUnavailable
        return self._get(MailRefusal, subject, "")

    def refusals(self, subjects: Collection[str]) -> Sequence[MailRefusal]:
        return [found for subject in set(subjects) if (found := self.refusal(subject))]

    def last_asked(self, sirens: Collection[str]) -> Mapping[str, datetime]:
        found = (self._get(CentreAsked, siren, "") for siren in set(sirens))
        return {centre.siren: centre.asked_at for centre in found if centre}

    def letter(self, recruiter_id: str, letter_id: str) -> Letter | None:
        return self._get(Letter, recruiter_id, letter_id)

    def receipt(self, recruiter_id: str, offer_id: str, partner: str) -> PartnerReceipt | None:
        return self._get(PartnerReceipt, recruiter_id, f"{offer_id}#{partner}")

    def owner(self, offer_id: str) -> str | None:
        owners = (offer.recruiter_id for offer in self.all(Offer) if offer.id == offer_id)
        return next(owners, None)

    def link_request(self, owner: str, slot: str) -> LinkRequest | None:
        return self._get(LinkRequest, owner, slot)

    def erasure(self, recruiter_id: str) -> Erasure | None:
        return self._get(Erasure, recruiter_id, "")

    def of_email(self, email: str) -> Sequence[Recruiter]:
        return [each for each in self._holders() if each.contact.email == email]

    def of_siret(self, siret: str) -> Sequence[Recruiter]:
        return [each for each in self._holders() if each.siret == siret]

    def _holders(self) -> list[Recruiter]:
        return newest_first(each for each in self.all(Recruiter) if not each.erasing_at)

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
class MemoryPersonalData:
    """The PersonalData port, over a store. ``until`` is what was kept until when."""

    store: MemoryStore
    firms: dict[str, KnownCompany] = field(default_factory=dict)
    until: dict[str, datetime] = field(default_factory=dict)

    def everything(self, recruiter_id: str) -> Iterator[Kept]:
        for (kind, owner, _), entity in list(self.store.kept.items()):
            if owner == recruiter_id:
                yield Kept(TAGS[kind], entity.model_dump(mode="json"))

    def of_firm(self, siret: str) -> Iterator[Kept]:
        if siret in self.firms:
            yield Kept("FIRM", self.firms[siret].model_dump(mode="json"))

    def keep_until(self, recruiter_id: str, until: datetime) -> None:
        self.until[recruiter_id] = until

    def forget(self, recruiter_id: str, spare: Collection[Entity] = ()) -> int:
        spared = {_key(entity) for entity in spare}
        leaving = [key for key in self.store.kept if key[1] == recruiter_id and key not in spared]
        for key in leaving:
            del self.store.kept[key]
        return len(leaving)

    def forget_firm(self, siret: str) -> None:
        self.firms.pop(siret, None)


@dataclass
class MemoryObjects:
    """The Objects port. What is written is written at ``clock``, which a test may move."""

    kept: dict[str, bytes] = field(default_factory=dict)
    written: dict[str, datetime] = field(default_factory=dict)
    clock: datetime = field(default_factory=lambda: datetime.now(UTC))
    gone: set[str] = field(default_factory=set)

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

    def put(
        self,
        key: str,
        body: bytes,
        *,
        over: str | None,
        content_type: str,
        max_age: int,
        gone: bool,
    ) -> str:
        about: dict[str, Any] = {"content_type": content_type, "max_age": max_age}
        if over is None:
            tag = self.create(key, body, **about)
        else:
            tag = self.replace(key, body, etag=over, **about)
        (self.gone.add if gone else self.gone.discard)(key)
        return tag

    def tags(self, prefix: str, after: str = "") -> Iterable[Tag]:
        return [
            Tag(key, _etag(body), self.written[key])
            for key, body in sorted(self.kept.items())
            if key.startswith(prefix) and key > after
        ]

    def tag_of(self, body: bytes) -> str:
        return _etag(body)

    def delete(self, key: str) -> None:
        self.kept.pop(key, None)
        self.gone.discard(key)

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
    ways_out: list[UnsubscribeLinks | None] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)

    def send(
        self, letter: Letter, link: str | None, unsubscribe: UnsubscribeLinks | None = None
    ) -> str:
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append((letter, link))
        self.ways_out.append(unsubscribe)
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

    def firms_url(self, recruiter: Recruiter, now: datetime) -> str:
        parts = (recruiter.id, recruiter.link_version, int(now.timestamp()))
        return "https://depot.example/mes-entreprises.html#" + ".".join(map(str, parts))

    def firms_claim(self, token: str) -> FirmsClaim:
        recruiter_id, version, minted = _three(token)
        return FirmsClaim(recruiter_id, int(version), datetime.fromtimestamp(int(minted), UTC))

    def confirm_url(self, recruiter_id: str, number: int) -> str:
        return f"https://depot.example/confirmer.html#{recruiter_id}.{number}"

    def confirm_claim(self, token: str) -> ConfirmClaim:
        return ConfirmClaim(*self.manage_claim(token))

    def opco_url(self, turn: OpcoTurn) -> str:
        return "https://depot.example/opco.html#" + ".".join(map(str, turn))

    def opco_claim(self, token: str) -> OpcoTurn:
        recruiter_id, _, rest = token.partition(".")
        offer_id, _, number = rest.partition(".")
        if not number.isdigit():
            raise LinkInvalid
        return OpcoTurn(recruiter_id, offer_id, int(number))

    def employer_url(self, recruiter_id: str, version: int) -> str:
        return f"https://depot.example/employeur.html#{recruiter_id}.{version}"

    def employer_claim(self, token: str) -> EmployerClaim:
        return EmployerClaim(*self.manage_claim(token))

    def cfa_url(self, asking: Asking) -> str:
        return "https://depot.example/cfa.html#" + ".".join((*asking, "cfa"))

    def cfa_claim(self, token: str) -> Asking:
        *claim, purpose = token.split(".")
        if purpose != "cfa" or len(claim) != len(Asking._fields):
            raise LinkInvalid
        return Asking(*claim)

    def unsubscribe(self, subscriber: Subscriber) -> UnsubscribeLinks:
        token = ".".join((*subscriber, "out"))
        return UnsubscribeLinks(
            f"https://depot.example/desinscription.html#{token}",
            f"https://depot.example/api/cfa/unsubscribe?t={token}",
        )

    def unsubscribe_claim(self, token: str) -> Subscriber:
        *claim, purpose = token.split(".")
        if purpose != "out" or len(claim) != len(Subscriber._fields):
            raise LinkInvalid
        return Subscriber(*claim)

    def offer_url(self, offer_id: str) -> str:
        return f"https://depot.example/offres/{offer_id}"


def _three(token: str) -> list[str]:
    parts = token.split(".")
    if len(parts) != 3:
        raise LinkInvalid
    return parts


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
    """The Catalogue port. ``former`` gives the code above a ROME 4.0 code; ``missing``: none is."""

    known: list[Training] = field(default_factory=list)
    former: Mapping[str, str] = field(default_factory=dict)
    missing: bool = False

    def index(self) -> TrainingIndex:
        if self.missing:
            raise CatalogueMissing
        return TrainingIndex.of(self.known, self.former)


@dataclass
class MemoryCatalogue:
    """The Catalogue and CatalogueStore ports; ``versions`` are all there were, oldest first."""

    versions: list[tuple[Columns, Imported]] = field(default_factory=list)

    def index(self) -> TrainingIndex:
        if not self.versions:
            raise CatalogueMissing
        return TrainingIndex(self.versions[-1][0])

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
    answers: list[SourceAnswer] = field(default_factory=list)
    remote: bool = False
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def ask(self, siret: str, company: Company | None) -> Sequence[SourceAnswer]:
        del company
        self.asked.append(siret)
        if self.down:
            raise SourceUnavailable
        return self.answers


@dataclass
class MemoryJobs:
    """The Jobs port; ``fails`` are raised instead, once each, in order."""

    kept: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    fails: list[Exception] = field(default_factory=list)
    calls: int = 0

    def create(self, job: Mapping[str, Any]) -> str:
        self._check(job)
        there = f"there-{len(self.kept) + 1}"
        self.kept[there] = job
        return there

    def replace(self, job_id: str, job: Mapping[str, Any]) -> None:
        if job_id not in self.kept:
            raise ObjectMissing(job_id)
        self._check(job)
        self.kept[job_id] = job

    def _check(self, job: Mapping[str, Any]) -> None:
        self.calls += 1
        if self.fails:
            raise self.fails.pop(0)
        if len(job["offer"]["description"]) < 30:
            raise JobRefused(400)


@dataclass
class MemoryDropBox:
    """The Deposit port; ``down`` makes it refuse everything."""

    partner: str = "DEPOT"
    left: list[tuple[str, bytes]] = field(default_factory=list)
    down: bool = False

    def deliver(self, name: str, body: bytes) -> None:
        if self.down:
            raise SourceUnavailable("down")
        self.left.append((name, body))
