"""Importing does nothing, and finds all it needs where Lambda looks for it."""

import ast
from pathlib import Path

import pytest

from tests.architecture.runtime import FUNCTIONS, ROOT, run


PACKAGE = ROOT / "layers/common/python/depot"
NAMES = sorted(path.parent.name for path in FUNCTIONS.glob("*/handler.py"))
# Costly, and not needed by every function: built on first use (depot.wiring.services).
LATE = {"isal", "requests", "jinja2", "markdown_it"}
# What each of its events needs.
ALWAYS = {"publish_feed": {"jinja2"}}


@pytest.mark.parametrize("name", NAMES)
def test_a_handler_is_imported_as_lambda_does_and_does_nothing(name: str) -> None:
    code = "import handler\nresult = callable(handler.lambda_handler)"

    imported = run(code, FUNCTIONS / name)

    assert imported.result is True
    assert imported.done == []
    assert not (LATE - ALWAYS.get(name, set())) & imported.modules


def test_every_module_is_imported_without_doing_anything() -> None:
    relative = [path.relative_to(PACKAGE.parent) for path in PACKAGE.rglob("*.py")]
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in relative]
    code = f"import importlib\nresult = [importlib.import_module(n).__name__ for n in {names!r}]"

    imported = run(code)

    assert imported.result == names
    assert len(names) > 40
    assert imported.done == []


def test_the_watch_sees_what_it_must() -> None:
    code = """
import socket
__name__ = "depot.something"
os.environ.get("HOME")
boto3.client("s3")
for reach in (lambda: open("/depot/data.csv"), lambda: socket.create_connection(("localhost", 9))):
    try:
        reach()
    except OSError:
        pass
result = None
"""

    done = run(code).done

    seen = {"environment HOME", "client", "read /depot/data.csv", "socket.getaddrinfo"}
    assert seen <= set(done)


def test_the_settings_alone_read_the_environment() -> None:
    sources = [*PACKAGE.rglob("*.py"), *FUNCTIONS.rglob("*.py")]

    readers = {path.name for path in sources if _reads_the_environment(path)}

    assert readers == {"settings.py"}


def _reads_the_environment(path: Path) -> bool:
    names = {"environ", "environb", "getenv"}
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    imported = {
        alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    return bool(names & (attributes | imported))
