"""The shape of the source: small pieces, and one name for one thing."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.runtime import FUNCTIONS, ROOT
from tests.needs import NEEDS


SOURCES = [
    path
    for folder in ("layers", "functions", "infra", "local", "reader")
    for path in ROOT.glob(f"{folder}/**/*.py")
]
EVERYTHING = [
    *SOURCES,
    *(path for folder in ("bench", "scripts", "tests") for path in ROOT.glob(f"{folder}/**/*.py")),
]
LONGEST_MODULE = 300
LONGEST_HANDLER = 70
LONGEST_FUNCTION = 40


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Functions and methods of a module, with their lengths."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno
            yield f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1


def test_a_module_is_read_in_one_go() -> None:
    assert len(SOURCES) > 60
    assert len(EVERYTHING) > len(SOURCES) + 200
    assert {path for path in EVERYTHING if lines(path) > LONGEST_MODULE} == set()


def test_a_handler_holds_no_logic() -> None:
    handlers = list(FUNCTIONS.glob("*/handler.py"))

    assert len(handlers) == len(NEEDS)
    assert {path for path in handlers if lines(path) > LONGEST_HANDLER} == set()


def test_a_function_does_one_thing() -> None:
    found = dict(pair for path in SOURCES for pair in functions(path))

    assert len(found) > 300
    assert {name: size for name, size in found.items() if size > LONGEST_FUNCTION} == {}


def test_a_function_has_one_name_everywhere() -> None:
    """Folder, use case, tests."""
    folders = {path.parent.name for path in FUNCTIONS.glob("*/handler.py")}
    usecases = ROOT / "layers/common/python/depot/usecases"

    assert folders == NEEDS.keys()
    for name in folders:
        (usecase,) = usecases.glob(f"*/{name}.py")
        room = usecase.parent.name
        assert (ROOT / f"tests/functions/test_{name}.py").exists()
        assert (ROOT / f"tests/unit/usecases/{room}/test_{name}.py").exists()
        assert [path.name for path in (FUNCTIONS / name).glob("*.py")] == ["handler.py"]
