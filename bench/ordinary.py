"""The feed as it is ordinarily made: read the whole table, and write every file anew."""

import gzip
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

import botocore.session
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.parsers import create_parser


_IN_A_PAGE = 700  # about a megabyte, where DynamoDB stops


def pages(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Answers of DynamoDB as they come over the wire: a record an item, an attribute a field."""
    serialize = TypeSerializer().serialize
    records = (json.loads(line, parse_float=Decimal) for line in lines)
    while page := list(islice(records, _IN_A_PAGE)):
        items = [{name: serialize(value) for name, value in record.items()} for record in page]
        yield json.dumps({"Items": items, "Count": len(items)}).encode()


def read(pages: Iterable[bytes]) -> list[dict[str, Any]]:
    """Every item, through boto3's own parser and deserializer."""
    model = botocore.session.get_session().get_service_model("dynamodb")
    shape = model.shape_for("QueryOutput")
    parse = create_parser("json").parse
    deserialize = TypeDeserializer().deserialize
    answers = (parse({"body": page, "headers": {}, "status_code": 200}, shape) for page in pages)
    return [
        {name: deserialize(value) for name, value in item.items()}
        for answer in answers
        for item in answer["Items"]
    ]


def write(records: list[dict[str, Any]]) -> list[bytes]:
    """NDJSON and JSON, gzip'd at the usual level."""
    ndjson = "".join(_dumps(record) + "\n" for record in records)
    document = _dumps({"cursor": 1, "offers": records})
    return [gzip.compress(text.encode(), 6) for text in (ndjson, document)]


def _dumps(value: object) -> str:
    return json.dumps(value, default=float, ensure_ascii=False, separators=(",", ":"))
