"""The départements of France and their régions (Code officiel géographique, INSEE)."""

from collections.abc import Mapping
from functools import cache

from depot.reference import rows


@cache
def regions() -> Mapping[str, str]:
    """INSEE code of a département (``2A``, ``971``) -> that of its région."""
    return {code: region for code, region, _ in rows("departements.csv")}


@cache
def departements() -> Mapping[str, str]:
    """INSEE code of a département -> its name."""
    return {code: name for code, _, name in rows("departements.csv")}
