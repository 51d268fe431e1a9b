"""The picture of what can go wrong is the code's."""

import re
from typing import NamedTuple

from depot.domain import errors
from depot.domain.errors import Conflict, DepotError, DomainError
from depot.words import PROBLEMS
from tests.architecture.package import public_classes


class Drawn(NamedTuple):
    under: str | None
    status: int | None


def drawn() -> dict[str, Drawn]:
    """The tree of the docstring: four characters a generation."""
    found: dict[str, Drawn] = {}
    branch: list[str] = []
    lines = re.findall(r"^    ([│├└─ ]*)(\w+) {2,}(\d{3})? *\S", errors.__doc__ or "", re.MULTILINE)
    for indent, name, status in lines:
        branch = [*branch[: len(indent) // 4], name]
        found[name] = Drawn(branch[-2] if indent else None, int(status) if status else None)
    return found


def status_of(kind: type[DepotError]) -> int | None:
    """Of what nobody is meant to read, that of a bug."""
    if kind is DomainError:
        return None
    code = getattr(kind, "code", "conflict" if kind is Conflict else "internal")
    return PROBLEMS[code][0].value


def test_the_tree_of_errors_draws_every_class_and_the_status_it_becomes() -> None:
    classes = [kind for kind in public_classes() if issubclass(kind, DepotError)]

    assert drawn() == {
        kind.__name__: Drawn(
            None if kind is DepotError else kind.__base__.__name__, status_of(kind)
        )
        for kind in classes
    }
