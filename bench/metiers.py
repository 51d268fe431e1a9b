"""The métier search: milliseconds a key on the whole index, and the bytes a phone loads for it."""

import gzip
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

from local import metiers


SCRIPT: Final = Path(__file__).with_name("metiers.mjs")
BUDGET_MS: Final = 8.0  # a key, 99 times in 100
BUDGET_BYTES: Final = 250_000  # gzip'd


def main() -> bool:
    """Measure, print, and say whether both budgets hold."""
    index = metiers.index()
    size = len(gzip.compress(index, 9, mtime=0))
    seen = _measure(index)
    search, naive = seen["search"], seen["naive"]
    print(f"metiers: {seen['labels']} labels, {seen['queries']} queries typed key by key")
    print(f"  index    {len(index)} bytes, {size} gzip'd (budget {BUDGET_BYTES})")
    print(f"  prepare  {seen['prepare']:.0f} ms, once a page")
    print(f"  search   {_line(search)} (budget {BUDGET_MS:.0f} ms at p99)")
    print(f"  naive    {_line(naive)}")
    print(f"  ratio    {naive['p50'] / search['p50']:.0f} at p50")
    print(f"  answers  {seen['compared']} compared, {len(seen['differing'])} differ")
    return search["p99"] <= BUDGET_MS and size <= BUDGET_BYTES and not seen["differing"]


def _measure(index: bytes) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(index)
        file.flush()
        ran = subprocess.run(
            ["node", str(SCRIPT), file.name],  # noqa: S607 - the node of the machine
            check=True,
            capture_output=True,
            text=True,
        )
    measured: dict[str, Any] = json.loads(ran.stdout)
    return measured


def _line(costs: dict[str, float]) -> str:
    return f"{costs['keys']} keys: p50 {costs['p50']:.2f} ms, p99 {costs['p99']:.2f} ms"
