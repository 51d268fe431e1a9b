"""What the indexes name, of keys alone: a moment late, so read again before it is acted on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from depot.storage import items, schema


if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Found = Iterator[Mapping[str, Any]]

_MANY: Final = 100


@dataclass(frozen=True)
class Indexes:
    """The indexes of both tables. ``names`` maps schema names to deployed ones."""

    client: "DynamoDBClient"
    names: Mapping[str, str]

    def owners(self, table: str, index: str, value: str) -> Iterator[str]:
        """Whose items have this value: all of them, a page at a time."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.names[table],
            IndexName=index,
            KeyConditionExpression="#key = :value",
            ExpressionAttributeNames={"#key": schema.INDEXES[table][index][0]},
            ExpressionAttributeValues={":value": {"S": value}},
            PaginationConfig={"PageSize": _MANY},
        )
        return (items.identity(item)[1] for page in pages for item in page["Items"])

    def live(self, siret: str, rome: str, most: int) -> Found:
        """So many live offers of an establishment under a ROME code, at most: one query."""
        answer = self.client.query(
            TableName=self.names[schema.OFFERS_TABLE],
            IndexName=schema.LIVE_INDEX,
            KeyConditionExpression="#siret = :siret AND #rome = :rome",
            ExpressionAttributeNames={"#siret": schema.LIVE_SIRET, "#rome": schema.LIVE_ROME},
            ExpressionAttributeValues={":siret": {"S": siret}, ":rome": {"S": rome}},
            Limit=most,
        )
        return iter(answer["Items"])

    def changed(self, day: str, part: int) -> Found:
        """The offers of a part that last changed on a UTC day."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.names[schema.OFFERS_TABLE],
            IndexName=schema.CHANGED_INDEX,
            KeyConditionExpression="#shard = :shard",
            ExpressionAttributeNames={"#shard": schema.CHANGED_SHARD},
            ExpressionAttributeValues={":shard": {"S": items.changed_shard(day, part)}},
        )
        return (item for page in pages for item in page["Items"])

    def due(self, table: str, shard: str, now: datetime) -> Found:
        """What is due in one shard."""
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
