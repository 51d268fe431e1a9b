"""The store on DynamoDB.

Two errors of the SDK mean something to use cases: a lost condition is a Conflict, a question that
may go unanswered is StoreUnavailable. Any other passes: the request fails, the event is retried.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from depot.domain.cfa.cfa_contact import Asking, CfaContact
from depot.domain.cfa.rounds import CfaRound
from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.link_request import LinkRequest
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.notice import EmployerNotice
from depot.domain.employer.objection import Objection
from depot.domain.errors import Conflict, StoreUnavailable
from depot.domain.feed.receipt import PartnerReceipt
from depot.domain.letters.letter import Letter
from depot.domain.letters.refusal import CentreAsked, MailRefusal
from depot.domain.life.offer import Offer
from depot.domain.model import Entity
from depot.domain.opco.notice import OpcoNotice
from depot.ports.store import Absent, Change, Create, Dossier, Due, Listed, Replace, newest_first
from depot.storage import items, schema
from depot.storage.batch import read_all
from depot.storage.indexes import Indexes
from depot.storage.query import query


if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

logger = logging.getLogger(__name__)

E = TypeVar("E", bound=Entity)

_CONFLICTS = frozenset({"ConditionalCheckFailed", "TransactionConflict"})
_FEW: Final = 5
_NONE_THERE: Final[dict[str, Any]] = {
    "ConditionExpression": "attribute_not_exists(#guard)",
    "ExpressionAttributeNames": {"#guard": schema.PARTITION_KEY},
}


@dataclass(frozen=True)
class DynamoStore:
    """Both tables behind the ``Store`` port. ``names`` maps schema names to deployed ones.

    The clock is for the purge alone: whatever is written expires, one day.
    """

    client: "DynamoDBClient"
    names: Mapping[str, str]
    clock: Callable[[], datetime] = field(default=partial(datetime.now, UTC), repr=False)

    @property
    def indexes(self) -> Indexes:
        """What its indexes name."""
        return Indexes(self.client, self.names)

    def commit(self, *changes: Change | Absent) -> None:
        """Write all or nothing, each entity on its condition, if it has one."""
        try:
            self.client.transact_write_items(TransactItems=list(map(self._part, changes)))
        except self.client.exceptions.TransactionCanceledException as error:
            reasons = {reason.get("Code") for reason in error.response["CancellationReasons"]}
            if reasons & _CONFLICTS:
                raise Conflict from error
            raise

    def dossier(self, recruiter_id: str) -> Dossier | None:
        """Two queries, one a table, each strongly consistent."""
        found = [
            entity
            for table in (schema.RECRUITERS_TABLE, schema.OFFERS_TABLE)
            for entity in self._partition(table, recruiter_id)
        ]
        recruiters = _of(Recruiter, found)
        if not recruiters:
            return None
        return Dossier(
            recruiter=recruiters[0],
            offers=_of(Offer, found),
            notices=_of(OpcoNotice, found),
            rounds=_of(CfaRound, found),
            contacts=_of(CfaContact, found),
            receipts=_of(PartnerReceipt, found),
            employers=_of(EmployerNotice, found),
            letters=_of(Letter, found),
        )

    def recruiter(self, recruiter_id: str) -> Recruiter | None:
        """One recruiter."""
        return self._get(Recruiter, recruiter_id)

    def offer(self, recruiter_id: str, offer_id: str) -> Offer | None:
        """One offer."""
        return self._get(Offer, recruiter_id, offer_id)

    def offers(self, recruiter_id: str) -> Sequence[Offer]:
        """One query, strongly consistent."""
        return self._begun(Offer, recruiter_id)

    def notice(self, recruiter_id: str, offer_id: str) -> OpcoNotice | None:
        """One notice."""
        return self._get(OpcoNotice, recruiter_id, offer_id)

    def rounds(self, recruiter_id: str, offer_id: str) -> Sequence[CfaRound]:
        """One query, strongly consistent."""
        return self._begun(CfaRound, recruiter_id, f"{offer_id}#")

    def letter(self, recruiter_id: str, letter_id: str) -> Letter | None:
        """One letter."""
        return self._get(Letter, recruiter_id, letter_id)

    def contact(self, asking: Asking) -> CfaContact | None:
        """One centre asked."""
        own_id = f"{asking.offer_id}#{asking.siren}"
        return self._get(CfaContact, asking.recruiter_id, own_id)

    def objection(self, siren: str, depositor: str) -> Objection | None:
        """One objection."""
        return self._get(Objection, items.objection_owner(siren), depositor)

    def refusal(self, subject: str) -> MailRefusal | None:
        """One subject's."""
        try:
            return self._get(MailRefusal, items.subject_owner(subject))
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(type(error).__name__) from error

    def refusals(self, subjects: Collection[str]) -> Sequence[MailRefusal]:
        """A hundred a read."""
        return self._each(MailRefusal, map(items.subject_owner, subjects))

    def last_asked(self, sirens: Collection[str]) -> Mapping[str, datetime]:
        """A hundred a read."""
        asked = self._each(CentreAsked, map(items.subject_owner, sirens))
        return {centre.siren: centre.asked_at for centre in asked}

    def _each(self, kind: type[E], owners: Iterable[str]) -> list[E]:
        keys = [items.key(kind, owner) for owner in set(owners)]
        try:
            found = list(read_all(self.client, self._table(kind), keys))
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(type(error).__name__) from error
        return _of(kind, [items.from_item(item) for item in found])

    def receipt(self, recruiter_id: str, offer_id: str, partner: str) -> PartnerReceipt | None:
        """One receipt."""
        return self._get(PartnerReceipt, recruiter_id, items.receipt_id(offer_id, partner))

    def owner(self, offer_id: str) -> str | None:
        """One query of the index, of keys alone."""
        return next(self.indexes.owners(schema.OFFERS_TABLE, schema.OFFER_INDEX, offer_id), None)

    def link_request(self, owner: str, slot: str) -> LinkRequest | None:
        """One request for a link."""
        return self._get(LinkRequest, owner, slot)

    def erasure(self, recruiter_id: str) -> Erasure | None:
        """The erasure of a dossier."""
        return self._get(Erasure, recruiter_id)

    def of_email(self, email: str) -> Sequence[Recruiter]:
        """One query of the index, then a hundred a read."""
        found = self._indexed(schema.EMAIL_INDEX, email)
        return [each for each in found if each.contact.email == email]

    def reached_at(self, email: str) -> Iterator[str]:
        """One query of the index, of keys alone."""
        return self.indexes.owners(schema.RECRUITERS_TABLE, schema.EMAIL_INDEX, email)

    def of_employer(self, email: str) -> Sequence[Recruiter]:
        """The same, by the firm's own address where somebody deposited for it."""
        found = self._indexed(schema.EMPLOYER_INDEX, email)
        return [each for each in found if each.behalf and each.firm_contact.email == email]

    def of_siret(self, siret: str) -> Sequence[Recruiter]:
        """The same, by SIRET."""
        return self._indexed(schema.SIRET_INDEX, siret)

    def _indexed(self, index: str, value: str) -> list[Recruiter]:
        """What an index names, read again, consistently: it is a moment late."""
        found = self._each(Recruiter, self.indexes.owners(schema.RECRUITERS_TABLE, index, value))
        return newest_first(each for each in found if not each.erasing_at)

    def due(self, now: datetime) -> Iterator[Due]:
        """One query a shard and table.

        What it reads is what is due, whatever the size of the table. Letters and notices first: a
        night of many expiries must not keep them waiting.
        """
        for table in (schema.RECRUITERS_TABLE, schema.OFFERS_TABLE):
            for shard in items.shards():
                for item in self.indexes.due(table, shard, now):
                    yield Due(*items.identity(item))

    def live_offers(self, siret: str, rome: str) -> Sequence[Offer]:
        """One query of the index, then five reads at most.

        The index is a moment late; what it names is read again, consistently. An item nobody can
        read is no reason to refuse a deposit: it counts as "cannot say".
        """
        try:
            named = map(items.identity, self.indexes.live(siret, rome, _FEW))
            found = [self.offer(owner, own) for _, owner, own in named]
        except (ClientError, BotoCoreError, ValidationError) as error:
            raise StoreUnavailable(type(error).__name__) from error
        return [offer for offer in found if offer and offer.state == "live"]

    def listed(self, part: int, days: Iterable[str]) -> Iterator[Listed]:
        """One query a day, of keys alone."""
        for day in days:
            yield from map(items.listed, self.indexes.changed(day, part))

    def _part(self, change: Change | Absent) -> Any:  # noqa: ANN401 - the SDK's own shape
        if not isinstance(change, Absent):
            return {"Put": self._put(change)}
        where = {
            "TableName": self._table(change.kind),
            "Key": items.key(change.kind, change.recruiter_id),
        }
        return {"ConditionCheck": where | _NONE_THERE}

    def _put(self, change: Change) -> Any:  # noqa: ANN401 - the SDK's own shape
        entity = change.entity
        put: dict[str, Any] = {
            "TableName": self._table(type(entity)),
            "Item": items.purged(entity, self.clock()) | items.to_item(entity),
        }
        if isinstance(change, Create):
            put |= _NONE_THERE
        if isinstance(change, Replace):
            put["ExpressionAttributeNames"] = {"#guard": schema.VERSION}
            put["ConditionExpression"] = "#guard = :read"
            put["ExpressionAttributeValues"] = {":read": {"N": str(entity.version - 1)}}
        return put

    def _table(self, entity: type[Entity]) -> str:
        return self.names[items.KINDS[entity].table]

    def _get(self, entity: type[E], recruiter_id: str, entity_id: str = "") -> E | None:
        answer = self.client.get_item(
            TableName=self._table(entity),
            Key=items.key(entity, recruiter_id, entity_id),
            ConsistentRead=True,
        )
        return _of(entity, [items.from_item(answer["Item"])])[0] if "Item" in answer else None

    def _begun(self, kind: type[E], recruiter_id: str, begin: str = "") -> list[E]:
        """Those of a kind, or those of them whose own id begins so."""
        start = f"{items.KINDS[kind].tag}#{begin}"
        return _of(kind, list(self._partition(items.KINDS[kind].table, recruiter_id, start)))

    def _partition(self, table: str, recruiter_id: str, begin: str = "") -> Iterator[Entity]:
        """Read all of a recruiter, or what has a sort key that begins so."""
        condition, given = "#pk = :pk", {"pk": (schema.PARTITION_KEY, recruiter_id)}
        if begin:
            condition += " AND begins_with(#sk, :sk)"
            given |= {"sk": (schema.SORT_KEY, begin)}
        found = query(self.client, self.names[table], condition, given, ConsistentRead=True)
        return (entity for item in found if (entity := _readable(item)))


def _readable(item: Mapping[str, Any]) -> Entity | None:
    """An entity; None for a letter that a newer version wrote: a dossier can be read without it."""
    try:
        return items.from_item(item)
    except ValidationError:
        kind, recruiter_id, letter_id = items.identity(item)
        if kind is not Letter:
            raise
        about = {"recruiter": recruiter_id, "letter": letter_id}
        logger.warning("letter of another version", extra=about)
        return None


def _of(kind: type[E], entities: list[Entity]) -> list[E]:
    return [entity for entity in entities if isinstance(entity, kind)]
