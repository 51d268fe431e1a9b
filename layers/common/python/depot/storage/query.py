"""One question to a table or to one of its indexes, read to its end."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def query(
    client: "DynamoDBClient",
    table: str,
    condition: str,
    given: Mapping[str, tuple[str, str]],
    **how: Any,  # noqa: ANN401 - the SDK's own options
) -> Iterator[Mapping[str, Any]]:
    """Every item that answers, a page at a time.

    ``given`` is what ``condition`` names: ``#pk = :pk`` of ``{"pk": (attribute, text)}``.
    """
    pages = client.get_paginator("query").paginate(
        TableName=table,
        KeyConditionExpression=condition,
        ExpressionAttributeNames={f"#{name}": attribute for name, (attribute, _) in given.items()},
        ExpressionAttributeValues={f":{name}": {"S": text} for name, (_, text) in given.items()},
        **how,
    )
    return (item for page in pages for item in page["Items"])
