"""Both tables, made from their one definition, on whatever answers the DynamoDB API."""

from collections.abc import Mapping
from typing import Any

from depot.storage import schema


NAMES: Mapping[str, str] = {table: table for table in schema.INDEXES}


def create_tables(dynamodb: Any, names: Mapping[str, str] = NAMES) -> None:
    """Create the tables; ``names`` maps schema names to the ones to give."""
    for table, name in names.items():
        dynamodb.create_table(**_definition(table, name))


def _definition(table: str, name: str) -> Mapping[str, Any]:
    indexes = schema.INDEXES[table]
    primary = (schema.PARTITION_KEY, schema.SORT_KEY)
    attributes = {part for keys in (primary, *indexes.values()) for part in keys if part}
    return {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            {"AttributeName": attribute, "AttributeType": "S"} for attribute in sorted(attributes)
        ],
        "KeySchema": _keys(*primary),
        "GlobalSecondaryIndexes": [
            {
                "IndexName": index,
                "KeySchema": _keys(*keys),
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
            for index, keys in indexes.items()
        ],
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": schema.STREAM_VIEW},
    }


def _keys(partition: str, sort: str | None) -> list[dict[str, str]]:
    keys = [{"AttributeName": partition, "KeyType": "HASH"}]
    return [*keys, {"AttributeName": sort, "KeyType": "RANGE"}] if sort else keys
