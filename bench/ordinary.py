"""The feed as it is ordinarily made: read the whole table, and write every file anew."""

import csv
import gzip
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, Final
from xml.etree import ElementTree as ET

import botocore.session
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.parsers import create_parser


_IN_A_PAGE = 700  # about a megabyte, where DynamoDB stops
_SINGULAR: Final = {"other_metiers": "metier", "romes": "rome"}


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


def write(records: list[dict[str, Any]]) -> dict[str, bytes]:
    """NDJSON, JSON, XML and CSV, gzip'd at the usual level."""
    ways = {"ndjson": _ndjson, "json": _json, "xml": _xml, "csv": _csv}
    return {name: gzip.compress(way(records), 6) for name, way in ways.items()}


def _ndjson(records: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(_dumps(record) + "\n" for record in records).encode()


def _json(records: Sequence[Mapping[str, Any]]) -> bytes:
    return _dumps({"cursor": 1, "offers": records}).encode()


def _xml(records: Sequence[Mapping[str, Any]]) -> bytes:
    root = ET.Element("offers", cursor="1")
    for record in records:
        _add(root, "offer", record)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: ET.Element, name: str, value: object) -> None:
    element = ET.SubElement(parent, name)
    match value:
        case None:
            element.set("xsi:nil", "true")
        case dict():
            for key, each in value.items():
                _add(element, key, each)
        case list():
            for each in value:
                _add(element, _SINGULAR[name], each)
        case _:
            element.text = str(value)


def _csv(records: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    rows = map(_flat, records)
    first = next(rows, {})
    writer = csv.DictWriter(text, first, restval="", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerow(first)
    writer.writerows(rows)
    return text.getvalue().encode()


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in record.items():
        match value:
            case dict():
                row |= {f"{name}.{key}": each for key, each in value.items()}
            case list():
                row[name] = _dumps(value)
            case _:
                row[name] = value
    return row


def _dumps(value: object) -> str:
    return json.dumps(value, default=float, ensure_ascii=False, separators=(",", ":"))
