"""What the indexes name, of keys alone: a moment late, so read again before it is acted on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from depot.storage import items, schema
from depot.storage.query import query


if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Found = Iterator[Mapping[str, Any]]

_PAGES: Final = {"PageSize": 100}


@dataclass(frozen=True)
class Indexes:
    """The indexes of both tables. ``names`` maps schema names to deployed ones."""

    client: "DynamoDBClient"
    names: Mapping[str, str]

    def owners(self, table: str, index: str, value: str) -> Iterator[str]:
        """Whose items have this value: all of them, a page at a time."""
        given = {"key": (schema.INDEXES[table][index][0], value)}
        found = self._query(table, index, "#key = :key", given, PaginationConfig=_PAGES)
        return (items.identity(item)[1] for item in found)

    def live(self, siret: str, rome: str, most: int) -> Found:
        """So many live offers of an establishment under a ROME code, at most."""
        given = {"siret": (schema.LIVE_SIRET, siret), "rome": (schema.LIVE_ROME, rome)}
        condition, few = "#siret = :siret AND #rome = :rome", {"MaxItems": most, "PageSize": most}
        table, index = schema.OFFERS_TABLE, schema.LIVE_INDEX
        return self._query(table, index, condition, given, PaginationConfig=few)

    def changed(self, day: str, part: int) -> Found:
        """The offers of a part that last changed on a UTC day."""
        given = {"shard": (schema.CHANGED_SHARD, items.changed_shard(day, part))}
        return self._query(schema.OFFERS_TABLE, schema.CHANGED_INDEX, "#shard = :shard", given)

    def due(self, table: str, shard: str, now: datetime) -> Found:
        """What is due in one shard."""
        given = {"shard": (schema.DUE_SHARD, shard), "now": (schema.DUE_AT, items.instant(now))}
        return self._query(table, schema.DUE_INDEX, "#shard = :shard AND #now <= :now", given)

    def _query(
        self,
        table: str,
        index: str,
        condition: str,
        given: Mapping[str, tuple[str, str]],
        **how: Any,  # noqa: ANN401 - the SDK's own options
    ) -> Found:
        return query(self.client, self.names[table], condition, given, IndexName=index, **how)
