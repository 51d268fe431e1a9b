"""Where OPCOs read their mail, by stage: ``infra/opcos/<name>.json``, held to its schema.

Eleven OPCOs with an address for each région fit no environment variable (4 KB), and a deployment is
the moment to refuse a broken file: so it travels as a layer of its own (``infra/layers.py``), which
functions read like any file of theirs. Depends on jsonschema only.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator


ROOT: Final = Path(__file__).parent.parent
FILES: Final = ROOT / "infra" / "opcos"
SCHEMA: Final = ROOT / "docs" / "opco-routing.schema.json"


def path_of(stage: str) -> Path:
    """The routing of a stage."""
    return FILES / f"{stage}.json"


def faults(path: Path) -> list[str]:
    """What is wrong with a file, where; nothing when every function will be able to read it."""
    try:
        routing = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        return [f"not JSON: {error}"]
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(routing)]


def addresses(path: Path) -> dict[str, str]:
    """Every address of a valid file, by where it stands in it."""
    return dict(_texts(json.loads(path.read_text(encoding="utf-8")), ""))


def _texts(part: Any, place: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any part of JSON
    if isinstance(part, str):
        yield place, part
        return
    for name, inner in part.items():
        yield from _texts(inner, f"{place}.{name}" if place else name)
