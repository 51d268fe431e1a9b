"""Whole dossiers on DynamoDB: by partition, so that kinds of items still to come are covered."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.firm.company import KnownCompany
from depot.domain.model import Entity
from depot.ports.personal import Kept
from depot.storage import items, schema


if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_KEYS: Final = (schema.PARTITION_KEY, schema.SORT_KEY)
_OFFERS_FIRST: Final = (schema.OFFERS_TABLE, schema.RECRUITERS_TABLE)


@dataclass(frozen=True)
class DynamoPersonalData:
    """The PersonalData port. ``names`` maps schema names to deployed ones."""

    client: "DynamoDBClient"
    names: Mapping[str, str]

    def everything(self, recruiter_id: str) -> Iterator[Kept]:
        """Both partitions, as they are stored: including items this code cannot parse."""
        for table in reversed(_OFFERS_FIRST):
            yield from map(_kept, self._items(table, recruiter_id))

    def of_firm(self, siret: str) -> Iterator[Kept]:
        """The cache of the directories' answers."""
        yield from map(_kept, self._items(schema.RECRUITERS_TABLE, items.firm_owner(siret)))

    def keep_until(self, recruiter_id: str, until: datetime) -> None:
        """One update an item; what was removed meanwhile does not come back."""
        for table in _OFFERS_FIRST:
            for item in self._items(table, recruiter_id):
                self._keep(table, item, until)

    def forget(self, recruiter_id: str, spare: Collection[Entity] = ()) -> int:
        """Offers first, for the feed; the recruiter last, for the rest is found through it."""
        spared = [items.key(type(entity), recruiter_id, _own_id(entity)) for entity in spare]
        last = items.key(Recruiter, recruiter_id)
        removed = 0
        for table in _OFFERS_FIRST:
            keys = map(_key, self._items(table, recruiter_id))
            leaving = [key for key in keys if key not in spared]
            for key in sorted(leaving, key=lambda key: key == last):
                self.client.delete_item(TableName=self.names[table], Key=key)
            removed += len(leaving)
        return removed

    def forget_firm(self, siret: str) -> None:
        """One item."""
        self.client.delete_item(
            TableName=self.names[schema.RECRUITERS_TABLE],
            Key=items.key(KnownCompany, items.firm_owner(siret)),
        )

    def _keep(self, table: str, item: Mapping[str, Any], until: datetime) -> None:
        try:
            self.client.update_item(
                TableName=self.names[table],
                Key=_key(item),
                UpdateExpression="SET #expires = :until",
                ConditionExpression="attribute_exists(#pk)",
                ExpressionAttributeNames={"#expires": schema.EXPIRES, "#pk": schema.PARTITION_KEY},
                ExpressionAttributeValues={":until": items.expires(until)[schema.EXPIRES]},
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return

    def _items(self, table: str, owner: str) -> Iterator[Mapping[str, Any]]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.names[table],
            KeyConditionExpression="#pk = :pk",
            ExpressionAttributeNames={"#pk": schema.PARTITION_KEY},
            ExpressionAttributeValues={":pk": {"S": owner}},
            ConsistentRead=True,
        )
        return (item for page in pages for item in page["Items"])


def _key(item: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the SDK's own shape
    return {name: item[name] for name in _KEYS}


def _own_id(entity: Entity) -> str:
    own_id: str = items.KINDS[type(entity)].id_of(entity)
    return own_id


def _kept(item: Mapping[str, Any]) -> Kept:
    """What an item says: its entity, or all its attributes if it is none of ours."""
    tag = item[schema.SORT_KEY]["S"].partition("#")[0]
    if schema.DATA in item:
        return Kept(tag, json.loads(item[schema.DATA]["S"]))
    beside = {name: next(iter(value.values())) for name, value in item.items()}
    return Kept(tag, {name: str(value) for name, value in beside.items() if name not in _KEYS})
