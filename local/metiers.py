"""What the métier field reads: the index of the appellations, and the sheets of the ROME.

data/metiers.json                every appellation, grouped by ROME code, the main one first
assets/<digest>/<domain>.json    the sheets of one domain: the first three signs of a ROME code
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final


ROOT: Final = Path(__file__).resolve().parent.parent
APPELLATIONS: Final = ROOT / "layers/common/python/depot/reference/data/appellations.csv"
REFUSED: Final = APPELLATIONS.with_name("not_apprenticeable.csv")
SHEETS: Final = ROOT / "web/data/fiches.csv"

_DOMAIN: Final = 3  # signs


def index() -> bytes:
    """One label a line; codes as differences, which compress well; why a ROME code is refused."""
    rows = list(_appellations())
    groups = [(rome, len(list(group))) for rome, group in groupby(rows, lambda row: row["rome"])]
    codes = [int(row["ogr"]) for row in rows]
    return _json(
        {
            "romes": [rome for rome, _ in groups],
            "counts": [count for _, count in groups],
            "codes": [code - before for before, code in zip([0, *codes], codes, strict=False)],
            "labels": "\n".join(row["label"] for row in rows),
            "rare": [rank for rank, row in enumerate(rows) if row["rare"] == "O"],
            "refused": {row["rome"]: row["reason"] for row in _rows(REFUSED)},
        }
    )


def sheets() -> dict[str, bytes]:
    """One file a domain: by ROME code, the official label and the sentences of the definition."""
    domains: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for row in _rows(SHEETS):
        domains[row["rome"][:_DOMAIN]][row["rome"]] = {
            "label": row["label"],
            "definition": row["definition"].split("\n"),
        }
    return {f"{domain}.json": _json(content) for domain, content in domains.items()}


def _appellations() -> Iterator[dict[str, str]]:
    """By ROME code, the main one first; of two with the same label, nobody can tell, one."""
    main = {row["main"] for row in _rows(SHEETS)}
    rows = sorted(
        _rows(APPELLATIONS),
        key=lambda row: (row["rome"], row["ogr"] not in main, int(row["ogr"])),
    )
    seen: set[str] = set()
    for row in rows:
        if row["label"] not in seen:
            seen.add(row["label"])
            yield row


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
