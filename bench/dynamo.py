"""What DynamoDB bills for reads, counted in the bytes of our items; no emulator counts as it does.

An item weighs the UTF-8 bytes of its attribute names and values, an index entry those of what it
projects. A page of a Query or a Scan reads up to 1 MB, and costs its bytes rounded up to 4 KB: one
unit each when consistent, half when eventually so; an empty page costs the least there is.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

from depot.storage import schema
from depot.storage.items import Item


UNIT: Final = 4096
PAGE: Final = 1024 * 1024
_LOOKS_FOR: Final = {
    "IndexName": schema.DUE_INDEX,
    "KeyConditionExpression": "#shard = :shard AND #now <= :now",
    "ExpressionAttributeNames": {"#shard": schema.DUE_SHARD, "#now": schema.DUE_AT},
}
DUE_KEYS: Final = (schema.PARTITION_KEY, schema.SORT_KEY, schema.DUE_SHARD, schema.DUE_AT)


def weight(item: Mapping[str, Any]) -> int:
    """Bytes of an item: text, and a version number, which weighs half its digits and one."""
    return sum(len(name.encode()) + _value(value) for name, value in item.items())


def _value(value: Mapping[str, str]) -> int:
    ((kind, text),) = value.items()
    return len(text.encode()) if kind == "S" else (len(text) + 1) // 2 + 1


def units(page: int, *, consistent: bool = False) -> float:
    """Read units of a page of so many bytes."""
    return max(1, -(-page // UNIT)) * (1 if consistent else 0.5)


def scan_units(total: float) -> float:
    """Read units of a Scan of so many bytes, eventually consistent."""
    full, rest = divmod(total, PAGE)
    return full * units(PAGE) + units(int(rest))


@dataclass
class DueIndex:
    """One table's index of due things: entries of one weight, by shard, in the order of their time.

    It is read as the real one is, through ``get_paginator``, and by nothing else: what would read
    otherwise fails.
    """

    entry: Item
    shards: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    read: float = 0

    def add(self, shard: str, due_at: str, owner: str) -> None:
        """One more entry, in any order."""
        self.shards.setdefault(shard, []).append((due_at, owner))

    def sort(self) -> Self:
        """Put entries in order, as the index holds them."""
        for entries in self.shards.values():
            entries.sort()
        return self

    def paginate(self, shard: str, now: str) -> Iterator[dict[str, Any]]:
        """Pages of what is due, each billed when it is read."""
        entries = self.shards.get(shard, [])
        due = entries[: bisect_right(entries, (now, chr(0x10FFFF)))]
        size, most = weight(self.entry), PAGE // weight(self.entry)
        for start in range(0, max(1, len(due)), most):
            page = due[start : start + most]
            self.read += units(size * len(page))
            yield {"Items": [self._item(owner) for _, owner in page]}

    def _item(self, owner: str) -> Item:
        return {**self.entry, schema.PARTITION_KEY: {"S": owner}}


@dataclass(frozen=True)
class MeteredClient:
    """A stand-in for the SDK's client: queries of `due` only, over one index per table."""

    tables: Mapping[str, DueIndex]

    @property
    def read(self) -> float:
        """Units read so far."""
        return sum(index.read for index in self.tables.values())

    def get_paginator(self, operation: str) -> "MeteredClient":
        """The paginator of a Query; nothing else looks for what is due."""
        if operation != "query":
            raise ValueError(operation)
        return self

    def paginate(self, **query: Any) -> Iterable[dict[str, Any]]:  # noqa: ANN401 - the SDK's own shape
        """Answer the one Query there is: a shard, until now."""
        values = query.pop("ExpressionAttributeValues")
        table = query.pop("TableName")
        if query != _LOOKS_FOR:
            raise ValueError(query)
        return self.tables[table].paginate(values[":shard"]["S"], values[":now"]["S"])


def partition_units(items: Sequence[Item]) -> float:
    """Read units of a consistent Query of a whole partition, smaller than a page."""
    return units(sum(map(weight, items)), consistent=True)
