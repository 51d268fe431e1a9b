"""The Store port in memory: every entity by its key."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self, TypeVar

from depot.domain.cfa.cfa_contact import Asking, CfaContact
from depot.domain.cfa.rounds import CfaRound
from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.link_request import LinkRequest
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.notice import EmployerNotice
from depot.domain.employer.objection import Objection
from depot.domain.errors import Conflict, StoreUnavailable
from depot.domain.feed.receipt import PartnerReceipt
from depot.domain.feed.record import record_of
from depot.domain.letters.letter import Letter
from depot.domain.letters.refusal import CentreAsked, MailRefusal
from depot.domain.life.offer import Offer
from depot.domain.model import Entity
from depot.domain.opco.notice import OpcoNotice
from depot.feed.parts import digest, part_of
from depot.ports.store import Absent, Change, Create, Dossier, Due, Listed, Replace, newest_first


E = TypeVar("E", bound=Entity)
Key = tuple[type[Entity], str, str]
# DynamoDB's own: items of a transaction, bytes of an item less its keys.
MOST_ITEMS, LARGEST_ITEM = 100, 399_000


def key_of(entity: Entity) -> Key:
    return (type(entity), *(_apart(entity) or _of_a_dossier(entity)))


def _apart(entity: Entity) -> tuple[str, str] | None:
    match entity:
        case LinkRequest():
            return (f"LINK#{entity.digest}", entity.slot)
        case Objection():
            return (f"OBJECTION#{entity.siren}", entity.depositor)
        case CentreAsked():
            return (entity.siren, "")
        case MailRefusal():
            return (entity.subject, "")
    return None


def _of_a_dossier(entity: Entity) -> tuple[str, str]:
    match entity:
        case Recruiter():
            return (entity.id, "")
        case Offer() | Letter() | CfaRound():
            return (entity.recruiter_id, entity.id)
        case Erasure():
            return (entity.recruiter_id, "")
        case OpcoNotice() | EmployerNotice():
            return (entity.recruiter_id, entity.offer_id)
        case CfaContact():
            return (entity.recruiter_id, f"{entity.offer_id}#{entity.centre.siren}")
        case PartnerReceipt():
            return (entity.recruiter_id, f"{entity.offer_id}#{entity.partner}")
    raise TypeError(type(entity))


@dataclass
class MemoryStore:
    """The Store port. ``kept`` is everything, by key; ``down`` makes an index an outage.

    ``objections_read``: whose objections were asked for, a read each.
    """

    kept: dict[Key, Entity] = field(default_factory=dict)
    down: bool = False
    objections_read: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def holding(cls, *entities: Entity) -> Self:
        """A store where these were written, whatever their version."""
        return cls({key_of(entity): entity for entity in entities})

    def commit(self, *parts: Change | Absent) -> None:
        assert len(parts) <= MOST_ITEMS, "more than DynamoDB takes in one transaction"
        changes = [part for part in parts if not isinstance(part, Absent)]
        checks = [part for part in parts if isinstance(part, Absent)]
        if any((check.kind, check.recruiter_id, "") in self.kept for check in checks):
            raise Conflict
        for change in changes:
            size = len(change.entity.model_dump_json().encode())
            assert size < LARGEST_ITEM, f"{key_of(change.entity)}: larger than an item of DynamoDB"
            stored = self.kept.get(key_of(change.entity))
            found = stored.version if stored else None
            if isinstance(change, Create) and stored:
                raise Conflict
            if isinstance(change, Replace) and found != change.entity.version - 1:
                raise Conflict
        self.kept |= {key_of(change.entity): change.entity for change in changes}

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

    def offers(self, recruiter_id: str) -> Sequence[Offer]:
        return self.all(Offer, recruiter_id)

    def notice(self, recruiter_id: str, offer_id: str) -> OpcoNotice | None:
        return self._get(OpcoNotice, recruiter_id, offer_id)

    def rounds(self, recruiter_id: str, offer_id: str) -> Sequence[CfaRound]:
        return [each for each in self.all(CfaRound, recruiter_id) if each.offer_id == offer_id]

    def contact(self, asking: Asking) -> CfaContact | None:
        return self._get(CfaContact, asking.recruiter_id, f"{asking.offer_id}#{asking.siren}")

    def objection(self, siren: str, depositor: str) -> Objection | None:
        self.objections_read.append((siren, depositor))
        return self._get(Objection, f"OBJECTION#{siren}", depositor)

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

    def reached_at(self, email: str) -> list[str]:
        return [each.id for each in self.all(Recruiter) if each.contact.email == email]

    def of_employer(self, email: str) -> Sequence[Recruiter]:
        on_behalf = [each for each in self._holders() if each.behalf]
        return [each for each in on_behalf if each.firm_contact.email == email]

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
