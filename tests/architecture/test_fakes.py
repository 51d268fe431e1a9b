"""Every fake is held to the contract of the adapter it stands for."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.runtime import ROOT


TESTS = ROOT / "tests"
ADAPTERS = (
    *("depot.clients", "depot.keys", "depot.mail", "depot.reference", "depot.storage"),
    "local.standin",
)


def fakes() -> Iterator[str]:
    """Every class of the package, but those for its own use."""
    for path in (TESTS / "fakes").glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name


def names(tree: ast.Module) -> set[str]:
    """What a module makes or names, besides what it imports."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def has_an_adapter(tree: ast.Module) -> bool:
    """Whether a module imports one of the adapters as well, or what stands in for their API."""
    imported = [node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)]
    return any(name.startswith(ADAPTERS) for name in imported)


def both(path: Path) -> set[str]:
    """What a contract test runs on, if it runs on an adapter too."""
    tree = ast.parse(path.read_text("utf-8"))
    return names(tree) if has_an_adapter(tree) else set()


def test_every_fake_is_in_a_contract_test_beside_a_real_adapter() -> None:
    contracts = [both(path) for path in (TESTS / "contract").glob("**/*.py")]
    known = list(fakes())

    assert len(known) > 15
    assert set(known) - set().union(*contracts) == set()


def test_a_fake_that_is_a_whole_port_stands_with_the_others() -> None:
    """Elsewhere a test may make one fail or race, by inheriting from it."""
    elsewhere = {
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in TESTS.glob("**/*.py")
        if path.parent != TESTS / "fakes"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
        and node.name.startswith(("Fake", "Memory"))
        and not node.bases
    }

    assert elsewhere == set()
