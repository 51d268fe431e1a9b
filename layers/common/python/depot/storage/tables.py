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
from depot.domain.errors import Conflict, StoreUnavailable
from depot.domain.feed.receipt import PartnerReceipt
from depot.domain.letters.letter import Letter
from depot.domain.letters.refusal import CentreAsked, MailRefusal
from depot.domain.life.offer import Offer
from depot.domain.model import Entity
from depot.domain.opco.notice import OpcoNotice
from depot.ports.store import Change, Create, Dossier, Due, Listed, Replace, newest_first
from depot.storage import items, schema
from depot.storage.batch import read_all


if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

logger = logging.getLogger(__name__)

E = TypeVar("E", bound=Entity)

_CONFLICTS = frozenset({"ConditionalCheckFailed", "TransactionConflict"})
_FEW: Final = 5
_MANY: Final = 100


@dataclass(frozen=True)
class DynamoStore:
    """Both tables behind the ``Store`` port. ``names`` maps schema names to deployed ones.

    The clock is for the purge alone: whatever is written expires, one day.
    """

    client: "DynamoDBClient"
    names: Mapping[str, str]
    clock: Callable[[], datetime] = field(default=partial(datetime.now, UTC), repr=False)

    def commit(self, *changes: Change) -> None:
        """Write all or nothing, each entity on its condition, if it has one."""
        try:
            self.client.transact_write_items(
                TransactItems=[{"Put": self._put(change)} for change in changes]
            )
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

    def notice(self, recruiter_id: str, offer_id: str) -> OpcoNotice | None:
        """One notice."""
        return self._get(OpcoNotice, recruiter_id, offer_id)

    def rounds(self, recruiter_id: str, offer_id: str) -> Sequence[CfaRound]:
        """One query, strongly consistent."""
        begin = items.sort_key(CfaRound, f"{offer_id}#")
        return _of(CfaRound, list(self._partition(schema.OFFERS_TABLE, recruiter_id, begin)))

    def letter(self, recruiter_id: str, letter_id: str) -> Letter | None:
        """One letter."""
        return self._get(Letter, recruiter_id, letter_id)

    def contact(self, asking: Asking) -> CfaContact | None:
        """One centre asked."""
        own_id = f"{asking.offer_id}#{asking.siren}"
        return self._get(CfaContact, asking.recruiter_id, own_id)

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
        return next(self._owners(schema.OFFERS_TABLE, schema.OFFER_INDEX, offer_id), None)

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
        return self._owners(schema.RECRUITERS_TABLE, schema.EMAIL_INDEX, email)

    def of_siret(self, siret: str) -> Sequence[Recruiter]:
        """The same, by SIRET."""
        return self._indexed(schema.SIRET_INDEX, siret)

    def _indexed(self, index: str, value: str) -> list[Recruiter]:
        """What an index names, read again, consistently: it is a moment late."""
        found = self._each(Recruiter, self._owners(schema.RECRUITERS_TABLE, index, value))
        return newest_first(each for each in found if not each.erasing_at)

    def _owners(self, table: str, index: str, value: str) -> Iterator[str]:
        """All of them, a page at a time."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.names[table],
            IndexName=index,
            KeyConditionExpression="#key = :value",
            ExpressionAttributeNames={"#key": schema.INDEXES[table][index][0]},
            ExpressionAttributeValues={":value": {"S": value}},
            PaginationConfig={"PageSize": _MANY},
        )
        return (items.identity(item)[1] for page in pages for item in page["Items"])

    def due(self, now: datetime) -> Iterator[Due]:
        """One query a shard and table.

        What it reads is what is due, whatever the size of the table. Letters and notices first: a
        night of many expiries must not keep them waiting.
        """
        for table in (schema.RECRUITERS_TABLE, schema.OFFERS_TABLE):
            for shard in items.shards():
                for item in self._due_items(table, shard, now):
                    yield Due(*items.identity(item))

    def live_offers(self, siret: str, rome: str) -> Sequence[Offer]:
        """One query of the index, then five reads at most.

        The index is a moment late; what it names is read again, consistently. An item nobody can
        read is no reason to refuse a deposit: it counts as "cannot say".
        """
        try:
            found = [self.offer(owner, own) for owner, own in self._live_ids(siret, rome)]
        except (ClientError, BotoCoreError, ValidationError) as error:
            raise StoreUnavailable(type(error).__name__) from error
        return [offer for offer in found if offer and offer.state == "live"]

    def _live_ids(self, siret: str, rome: str) -> Iterator[tuple[str, str]]:
        answer = self.client.query(
            TableName=self.names[schema.OFFERS_TABLE],
            IndexName=schema.LIVE_INDEX,
            KeyConditionExpression="#siret = :siret AND #rome = :rome",
            ExpressionAttributeNames={"#siret": schema.LIVE_SIRET, "#rome": schema.LIVE_ROME},
            ExpressionAttributeValues={":siret": {"S": siret}, ":rome": {"S": rome}},
            Limit=_FEW,
        )
        return (items.identity(item)[1:] for item in answer["Items"])

    def listed(self, part: int, days: Iterable[str]) -> Iterator[Listed]:
        """One query a day, of keys alone."""
        for day in days:
            pages = self.client.get_paginator("query").paginate(
                TableName=self.names[schema.OFFERS_TABLE],
                IndexName=schema.CHANGED_INDEX,
                KeyConditionExpression="#shard = :shard",
                ExpressionAttributeNames={"#shard": schema.CHANGED_SHARD},
                ExpressionAttributeValues={":shard": {"S": items.changed_shard(day, part)}},
            )
            for page in pages:
                yield from map(items.listed, page["Items"])

    def _put(self, change: Change) -> Any:  # noqa: ANN401 - the SDK's own shape
        entity = change.entity
        put: dict[str, Any] = {
            "TableName": self._table(type(entity)),
            "Item": items.purged(entity, self.clock()) | items.to_item(entity),
        }
        if isinstance(change, Create):
            put["ExpressionAttributeNames"] = {"#guard": schema.PARTITION_KEY}
            put["ConditionExpression"] = "attribute_not_exists(#guard)"
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

    def _partition(self, table: str, recruiter_id: str, begin: str = "") -> Iterator[Entity]:
        """Read all of a recruiter, or what has a sort key that begins so."""
        names, values = {"#pk": schema.PARTITION_KEY}, {":pk": {"S": recruiter_id}}
        if begin:
            names |= {"#sk": schema.SORT_KEY}
            values |= {":begin": {"S": begin}}
        pages = self.client.get_paginator("query").paginate(
            TableName=self.names[table],
            KeyConditionExpression="#pk = :pk" + " AND begins_with(#sk, :begin)" * bool(begin),
            ExpressionAttributeNames=names,
            ExpressionAttributeValues=values,
            ConsistentRead=True,
        )
        found = (_readable(item) for page in pages for item in page["Items"])
        return (entity for entity in found if entity)

    def _due_items(self, table: str, shard: str, now: datetime) -> Iterator[Mapping[str, Any]]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.names[table],
            IndexName=schema.DUE_INDEX,
            KeyConditionExpression="#shard = :shard AND #at <= :now",
            ExpressionAttributeNames={"#shard": schema.DUE_SHARD, "#at": schema.DUE_AT},
            ExpressionAttributeValues={
                ":shard": {"S": shard},
                ":now": {"S": items.instant(now)},
            },
        )
        return (item for page in pages for item in page["Items"])


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
