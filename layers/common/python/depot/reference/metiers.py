"""The métiers a person can choose: the appellations of the ROME 4.0, in the package."""

from collections.abc import Mapping
from functools import cache

from depot.domain.metiers import Metier
from depot.reference import rows


class ShippedMetiers:
    """The Metiers port, without input or output after the first reading."""

    def get(self, code: str) -> Metier | None:
        """One appellation by its OGR code."""
        row = _appellations().get(code)
        if row is None:
            return None
        ogr, label, rome, parent, _rare = row
        return Metier(code=ogr, label=label, rome=rome, parent=parent)

    def apprenticeable(self, metier: Metier) -> bool:
        """Whether its ROME 4.0 code, that very one, is absent from the table of refusals."""
        return metier.rome not in _refused()


@cache
def _refused() -> frozenset[str]:
    return frozenset(rome for rome, _reason in rows("not_apprenticeable.csv"))


@cache
def _appellations() -> Mapping[str, list[str]]:
    # Rows, not models: 13,120 of them for the one a request needs.
    return {row[0]: row for row in rows("appellations.csv")}


@cache
def former_codes() -> Mapping[str, str]:
    """Each ROME 4.0 code and the former one it was taken from, often itself."""
    return dict(rows("former_codes.csv"))
