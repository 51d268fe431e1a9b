"""The départements of France and their régions (Code officiel géographique, INSEE)."""

from collections.abc import Mapping
from functools import cache

from depot.reference import rows


@cache
def regions() -> Mapping[str, str]:
    """INSEE code of a département (``2A``, ``971``) -> that of its région."""
    return dict(rows("departements.csv"))
