"""The départements and régions of France (Code officiel géographique, INSEE)."""

from collections.abc import Mapping
from functools import cache

from depot.domain.opco.routing import departement_of
from depot.reference import rows


@cache
def regions() -> Mapping[str, str]:
    """INSEE code of a département (``2A``, ``971``) -> that of its région."""
    return {code: region for code, region, _ in rows("departements.csv")}


@cache
def departements() -> Mapping[str, str]:
    """INSEE code of a département -> its name."""
    return {code: name for code, _, name in rows("departements.csv")}


@cache
def region_names() -> Mapping[str, str]:
    """INSEE code of a région -> its name."""
    return dict(rows("regions.csv"))


def region_of(insee: str | None) -> str | None:
    """Name the région of a commune, by its INSEE code."""
    return region_names().get(regions().get(departement_of(insee), "")) if insee else None
