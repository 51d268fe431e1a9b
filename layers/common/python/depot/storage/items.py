"""Entity <-> DynamoDB item: total and invertible.

The entity is one JSON string; beside it, what indexes need.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple, get_args
from zlib import crc32

from depot.domain.cfa.cfa_contact import CfaContact
from depot.domain.cfa.rounds import CfaRound
from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.link_request import LinkRequest
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.dossier.retention import PURGED
from depot.domain.employer.notice import EmployerNotice
from depot.domain.employer.objection import Objection
from depot.domain.feed.receipt import PartnerReceipt
from depot.domain.feed.record import record_of
from depot.domain.firm.company import KnownCompany
from depot.domain.letters.letter import Letter
from depot.domain.letters.refusal import CentreAsked, MailRefusal
from depot.domain.life.offer import Offer
from depot.domain.life.states import State
from depot.domain.model import Entity
from depot.domain.opco.notice import OpcoNotice
from depot.feed.parts import digest, part_of
from depot.ports.store import Listed
from depot.storage import schema


Item = dict[
    str, Any
]  # DynamoDB attribute values, as the SDK's low-level client takes and gives them


FIRM_KEPT: Final = timedelta(days=31)
"""When a directory's answer is purged: no one uses it after thirty days."""
ASKED_KEPT: Final = timedelta(days=400)
"""When a centre's turn is forgotten: asked more than a year ago counts as never asked."""

REQUEST_KEPT: Final = timedelta(days=1)
"""When a request for a link is purged: it counts for twenty minutes."""

_SIREN: Final = 9  # digits; the digest of an address is longer


class ItemKind(NamedTuple):
    """Where a kind of entity lives, and how its sort key begins."""

    table: str
    tag: str
    id_of: Callable[[Any], str]


KINDS: Mapping[type[Entity], ItemKind] = {
    Recruiter: ItemKind(schema.RECRUITERS_TABLE, schema.RECRUITER, lambda _: ""),
    OpcoNotice: ItemKind(schema.RECRUITERS_TABLE, schema.NOTICE, lambda notice: notice.offer_id),
    EmployerNotice: ItemKind(
        schema.RECRUITERS_TABLE, schema.EMPLOYER, lambda notice: notice.offer_id
    ),
    Letter: ItemKind(schema.RECRUITERS_TABLE, schema.LETTER, lambda letter: letter.id),
    KnownCompany: ItemKind(schema.RECRUITERS_TABLE, schema.FIRM, lambda _: ""),
    CentreAsked: ItemKind(schema.RECRUITERS_TABLE, schema.ASKED, lambda _: ""),
    MailRefusal: ItemKind(schema.RECRUITERS_TABLE, schema.REFUSAL, lambda _: ""),
    Objection: ItemKind(schema.RECRUITERS_TABLE, schema.OBJECTION, lambda said: said.depositor),
    Erasure: ItemKind(schema.RECRUITERS_TABLE, schema.ERASURE, lambda _: ""),
    LinkRequest: ItemKind(schema.RECRUITERS_TABLE, schema.LINK, lambda asked: asked.slot),
    Offer: ItemKind(schema.OFFERS_TABLE, schema.OFFER, lambda offer: offer.id),
    CfaRound: ItemKind(schema.OFFERS_TABLE, schema.ROUND, lambda asked: asked.id),
    CfaContact: ItemKind(
        schema.OFFERS_TABLE,
        schema.CONTACT,
        lambda contact: f"{contact.offer_id}#{contact.centre.siren}",
    ),
    PartnerReceipt: ItemKind(
        schema.OFFERS_TABLE,
        schema.RECEIPT,
        lambda receipt: receipt_id(receipt.offer_id, receipt.partner),
    ),
}
_ENDS = frozenset(get_args(State)) - {"live"}
_BY_TAG = {kind.tag: entity for entity, kind in KINDS.items()}


def instant(moment: datetime) -> str:
    """An aware instant as text that sorts in time: UTC, microseconds, fixed width."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def sort_key(entity: type[Entity], entity_id: str) -> str:
    """Sort key of one entity."""
    tag = KINDS[entity].tag
    return f"{tag}#{entity_id}" if entity_id else tag


def receipt_id(offer_id: str, partner: str) -> str:
    """Own id of what a partner did with an offer."""
    return f"{offer_id}#{partner}"


def key(entity: type[Entity], recruiter_id: str, entity_id: str = "") -> Item:
    """Primary key of one entity."""
    return {
        schema.PARTITION_KEY: {"S": recruiter_id},
        schema.SORT_KEY: {"S": sort_key(entity, entity_id)},
    }


def identity(item: Mapping[str, Any]) -> tuple[type[Entity], str, str]:
    """Kind, recruiter id and own id, from an item's keys alone."""
    tag, _, entity_id = item[schema.SORT_KEY]["S"].partition("#")
    return _BY_TAG[tag], item[schema.PARTITION_KEY]["S"], entity_id


def purged(entity: Entity, now: datetime) -> Item:
    """When an item of a dossier written now expires, unless its kind says otherwise."""
    own = KINDS[type(entity)].tag in schema.OF_A_DOSSIER
    return expires(now + PURGED) if own else {}


def firm_owner(siret: str) -> str:
    """Partition of what directories said of one establishment: nobody's, shared by all."""
    return f"{schema.FIRM}#{siret}"


def objection_owner(siren: str) -> str:
    """Partition of what one firm objects to: in no dossier, so that none takes it away."""
    return f"{schema.OBJECTION}#{siren}"


def subject_owner(subject: str) -> str:
    """Partition of what is known of a centre (SIREN) or an address (digest), for all recruiters."""
    return f"CENTRE#{subject}" if len(subject) == _SIREN else f"ADDRESS#{subject}"


def request_owner(digest: str) -> str:
    """Partition of the requests for one link: of an address or SIRET, known or not."""
    return f"{schema.LINK}#{digest}"


def shard(text: str) -> str:
    """Write shard of an index, spread by recruiter."""
    return f"{crc32(text.encode()) % schema.DUE_SHARDS:02d}"


def shards() -> list[str]:
    """Every write shard."""
    return [f"{number:02d}" for number in range(schema.DUE_SHARDS)]


def changed_shard(day: str, part: int) -> str:
    """Partition of the index of changes: a UTC day, and a part of the offers."""
    return f"{day}#{part:02d}"


def listed(item: Mapping[str, Any]) -> Listed:
    """What the index of changes says of an offer."""
    _, recruiter_id, offer_id = identity(item)
    changed, _, outcome = item[schema.CHANGED_AT]["S"].partition("#")
    live = outcome not in _ENDS
    return Listed(
        recruiter_id, offer_id, datetime.fromisoformat(changed), outcome if live else None
    )


def to_item(entity: Entity) -> Item:
    """The item of an entity."""
    kind, owner = KINDS[type(entity)], _owner(entity)
    return {
        **key(type(entity), owner, kind.id_of(entity)),
        schema.ENTITY: {"S": kind.tag},
        schema.VERSION: {"N": str(entity.version)},
        schema.DATA: {"S": entity.model_dump_json()},
        **_due(entity, owner),
        **_beside(entity),
    }


def from_item(item: Mapping[str, Any]) -> Entity:
    """The entity of an item."""
    return _BY_TAG[item[schema.ENTITY]["S"]].model_validate_json(item[schema.DATA]["S"])


def expires(moment: datetime) -> Item:
    """When the table itself purges an item."""
    return {schema.EXPIRES: {"N": str(int(moment.timestamp()))}}


# Whose partition it is, of what does not say so as ``recruiter_id``.
_OWNERS: Final[Mapping[type[Entity], Callable[[Any], str]]] = {
    Recruiter: lambda recruiter: recruiter.id,
    KnownCompany: lambda known: firm_owner(known.company.siret),
    Objection: lambda said: objection_owner(said.siren),
    CentreAsked: lambda centre: subject_owner(centre.siren),
    MailRefusal: lambda refusal: subject_owner(refusal.subject),
    LinkRequest: lambda asked: request_owner(asked.digest),
}
# When it is purged, of what is kept for a time of its own.
_EXPIRIES: Final[Mapping[type[Entity], Callable[[Any], datetime]]] = {
    KnownCompany: lambda known: known.found_at + FIRM_KEPT,
    Objection: lambda said: said.until,
    CentreAsked: lambda centre: centre.asked_at + ASKED_KEPT,
    LinkRequest: lambda asked: asked.created_at + REQUEST_KEPT,
}


def _owner(entity: Entity) -> str:
    own = _OWNERS.get(type(entity))
    owner: str = own(entity) if own else entity.recruiter_id  # type: ignore[attr-defined]
    return owner


def _due(entity: Entity, owner: str) -> Item:
    due_at: datetime | None = getattr(entity, "due_at", None)
    if due_at is None:
        return {}
    return {schema.DUE_SHARD: {"S": shard(owner)}, schema.DUE_AT: {"S": instant(due_at)}}


def _beside(entity: Entity) -> Item:
    match entity:
        case Recruiter():
            return {
                schema.EMAIL: {"S": entity.contact.email},
                schema.SIRET: {"S": entity.siret},
                **_deposited_for(entity),
            }
        case Offer():
            record, changed = record_of(entity).model_dump_json(), instant(entity.updated_at)
            outcome = digest(record.encode()) if entity.state == "live" else entity.state
            return {
                schema.RECORD: {"S": record},
                schema.OFFER_ID: {"S": entity.id},
                schema.CHANGED_SHARD: {"S": changed_shard(changed[:10], part_of(entity.id))},
                schema.CHANGED_AT: {"S": f"{changed}#{outcome}"},
                **_sought(entity),
            }
    expiry = _EXPIRIES.get(type(entity))
    return expires(expiry(entity)) if expiry else {}


def _deposited_for(recruiter: Recruiter) -> Item:
    behalf = recruiter.behalf
    return {schema.EMPLOYER_EMAIL: {"S": behalf.employer.email}} if behalf else {}


def _sought(offer: Offer) -> Item:
    if offer.state != "live":
        return {}
    return {
        schema.LIVE_SIRET: {"S": offer.workplace.siret},
        schema.LIVE_ROME: {"S": offer.need.metier.rome},
    }
