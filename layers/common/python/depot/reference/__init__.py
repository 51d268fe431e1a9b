"""Reference data shipped with the code: métiers, OPCOs of agreements, communes (docs/sources.md).

Read once, at first use: importing reads nothing.
"""

import csv
from importlib.resources import files


def content(name: str) -> bytes:
    """A shipped file as it is."""
    return files(__name__).joinpath("data", name).read_bytes()


def rows(name: str) -> list[list[str]]:
    """Every line of a shipped table but its header."""
    return list(csv.reader(content(name).decode().splitlines()))[1:]
