"""Write the JSON Schemas of the feed, from the models that make it.

    PYTHONPATH=layers/common/python python -m scripts.feed_schema

They say what a partner may count on: fields may be added, so additional properties are allowed.
A test fails while docs/feed and the models differ.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, Field, TypeAdapter

from depot.domain.feed.record import OfferRecord, Tombstone
from depot.feed.health import Health
from depot.feed.index import FeedIndex


DOCS: Final = Path(__file__).resolve().parents[1] / "docs/feed"


class Upsert(BaseModel):
    """An offer that is new or changed: replaces whatever you hold under its id."""

    op: Literal["upsert"]
    offer: OfferRecord


class Removal(Tombstone):
    """An offer that left the feed, why and when: drop it. You may never have held it."""

    op: Literal["tombstone"]


_CHANGE: Final = TypeAdapter[Upsert | Removal](
    Annotated[Upsert | Removal, Field(discriminator="op")]
)


def schemas() -> Mapping[str, str]:
    """Text of each schema, by file name."""
    sources = {
        "offer": OfferRecord.model_json_schema(mode="serialization"),
        "change": {
            "description": "One line of a change segment.",
            **_CHANGE.json_schema(mode="serialization"),
        },
        "index": FeedIndex.model_json_schema(mode="serialization"),
        "health": Health.model_json_schema(mode="serialization"),
    }
    for name in ("index", "health"):
        sources[name]["properties"]["schema_version"] = {"type": "string", "pattern": "^1\\."}
    return {f"{name}.schema.json": _text(name, schema) for name, schema in sources.items()}


def main(folder: Path = DOCS) -> None:
    """Write every schema."""
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
        print(folder / name)


def _text(name: str, schema: dict[str, Any]) -> str:
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{name}.schema.json",
    }
    return json.dumps({**head, **_published(schema)}, ensure_ascii=False, indent=2) + "\n"


def _published(schema: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    match schema:
        case {"anyOf": [{"type": str(kind), **rest}, {"type": "null"}]} if "enum" not in rest:
            return {"type": [kind, "null"], **rest}
        case dict():
            return _object({key: _published(value) for key, value in schema.items()})
        case list():
            return [_published(value) for value in schema]
    return schema


def _object(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is ours alone: generated titles, refusal of the unknown, marks of code.

    Every field is always there, nulls included.
    """
    kept = {key: value for key, value in schema.items() if not _ours(key, value)}
    if isinstance(description := kept.get("description"), str):
        kept["description"] = " ".join(description.replace("``", "`").split())
    if isinstance(properties := kept.get("properties"), dict) and "type" in kept:
        kept["required"] = list(properties)
    return kept


def _ours(key: str, value: object) -> bool:
    if key in {"title", "default"}:
        return not isinstance(value, dict)  # a field may bear that name
    return key in {"discriminator", "propertyNames", "readOnly"} or (
        key == "additionalProperties" and value is False
    )


if __name__ == "__main__":
    main()
