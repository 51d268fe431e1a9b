"""Many items by their keys, a hundred a read, each strongly consistent.

DynamoDB may answer a part and name the rest (``UnprocessedKeys``), which the SDK leaves to us.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from depot.domain.errors import StoreUnavailable


if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_AT_ONCE: Final = 100
_PAUSES: Final = (0.05, 0.1, 0.2, 0.4)  # seconds, before each further question


def read_all(
    client: "DynamoDBClient", table: str, keys: Sequence[Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    """Those of a table's items that are there, in no order.

    Raises StoreUnavailable when some are held back again and again.
    """
    for start in range(0, len(keys), _AT_ONCE):
        wanted = list(keys[start : start + _AT_ONCE])
        for pause in (0.0, *_PAUSES):
            time.sleep(pause)
            answer = client.batch_get_item(
                RequestItems={table: {"Keys": wanted, "ConsistentRead": True}}
            )
            yield from answer["Responses"].get(table, [])
            left = answer["UnprocessedKeys"].get(table)
            wanted = list(left["Keys"]) if left else []
            if not wanted:
                break
        else:
            raise StoreUnavailable
