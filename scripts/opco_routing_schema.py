"""Write the JSON Schema of the routing of OPCOs, from the model that reads it.

    PYTHONPATH=layers/common/python python -m scripts.opco_routing_schema

Stricter than the model, which must read back whatever was deployed: every OPCO of the reference
data has its mailbox, and no name or INSEE code is unknown. A test fails while docs/ and the model
differ.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from depot.domain.opco.routing import OpcoRouting
from depot.reference import rows
from depot.reference.places import regions


SCHEMA: Final = Path(__file__).resolve().parents[1] / "docs/opco-routing.schema.json"


def schema() -> str:
    """Text of the schema."""
    made = OpcoRouting.model_json_schema()
    opco = made["$defs"]["OpcoMailboxes"]
    opcos = sorted({opco for _idcc, opco, *_ in rows("idcc_opco.csv")})
    made["properties"]["$schema"] = {"type": "string", "description": "Where this schema is."}
    made["properties"]["opcos"] |= {"propertyNames": {"enum": opcos}, "required": opcos}
    opco["properties"]["regions"] |= _keys(set(regions().values()))
    opco["properties"]["departements"] |= _keys(regions())
    for part in (made, opco):
        part["additionalProperties"] = False
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA.name,
    }
    return json.dumps({**head, **_plain(made)}, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write it."""
    SCHEMA.write_text(schema(), encoding="utf-8")
    print(SCHEMA)


def _keys(codes: Iterable[str]) -> dict[str, Any]:
    return {"propertyNames": {"enum": sorted(codes)}}


def _plain(part: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """Leave out generated titles and defaults, and the marks of code."""
    match part:
        case dict():
            kept = {key: _plain(value) for key, value in part.items() if not _ours(key, value)}
            if isinstance(said := kept.get("description"), str):
                kept["description"] = " ".join(said.replace("``", "`").split())
            return kept
        case list():
            return [_plain(value) for value in part]
    return part


def _ours(key: str, value: object) -> bool:
    return key == "title" or (key == "default" and not (isinstance(value, dict) and value))


if __name__ == "__main__":
    main()
