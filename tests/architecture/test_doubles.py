"""No test replaces what we wrote: fakes stand for other people's systems, and fail on demand."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.runtime import ROOT


# What no argument reaches, and why a test may still move it.
ALLOWED = {
    "depot.wiring.services.Services.now": "the clock of a deployed function",
    "OfferRecord.model_dump_json": "records as another release wrote them",
    "depot.usecases.feed.snapshot.shape": "the same",
    "config.load": "a stage nobody declared",
}


def patched(path: Path) -> Iterator[str]:
    """What a test module sets in modules and classes; a constant in capitals is but a number."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith(".setattr"):
            continue
        target = node.args[0]
        if isinstance(target, ast.Constant):
            yield str(target.value)
        else:
            assert isinstance(node.args[1], ast.Constant), ast.unparse(node)
            yield f"{ast.unparse(target)}.{node.args[1].value}"


def test_no_test_replaces_a_function_of_ours() -> None:
    found = {name for path in ROOT.glob("tests/**/test_*.py") for name in patched(path)}
    functions = {name for name in found if not name.rpartition(".")[2].lstrip("_").isupper()}
    others = {"time.monotonic", "sqlite3.connect"}

    assert functions - others == ALLOWED.keys()


def test_no_test_assigns_a_method() -> None:
    sources = {path: path.read_text("utf-8") for path in ROOT.glob("tests/**/*.py")}
    assigned = "method" + "-assign"

    assert [path for path, text in sources.items() if assigned in text] == []
    assert [path for path, text in sources.items() if "unittest" + ".mock" in text] == []
