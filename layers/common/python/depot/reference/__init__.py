"""Reference data shipped with the code: ROME appellations, OPCOs of agreements (docs/sources.md).

Read once, at first use: importing reads nothing.
"""

import csv
from importlib.resources import files


def rows(name: str) -> list[list[str]]:
    """Every line of a shipped table but its header."""
    text = files(__name__).joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]
