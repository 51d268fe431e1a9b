"""The métiers a person can choose: the appellations of the ROME 4.0, in the package."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from depot.domain.folding import folded
from depot.domain.life.metiers import Metier
from depot.reference import rows


_NEAR: Final = 5  # suggestions a person still reads


class ShippedMetiers:
    """The Metiers port, without input or output after the first reading."""

    def get(self, code: str) -> Metier | None:
        """One appellation by its OGR code."""
        row = _appellations().get(code)
        return _metier(row) if row else None

    def named(self, text: str) -> Sequence[Metier]:
        """The appellations of this label, or of one gender of it."""
        return [_metier(row) for row in _by_name().get(folded(text), ())]

    def near(self, text: str) -> Sequence[Metier]:
        """The shortest labels that hold every word."""
        words = set(folded(text).split())
        rows = [row for row in _appellations().values() if words <= set(folded(row[1]).split())]
        return [_metier(row) for row in sorted(rows, key=lambda row: len(row[1]))[:_NEAR]]

    def apprenticeable(self, metier: Metier) -> bool:
        """Whether its ROME 4.0 code, that very one, is absent from the table of refusals."""
        return metier.rome not in _refused()


def _metier(row: Sequence[str]) -> Metier:
    ogr, label, rome, parent, _rare = row
    return Metier(code=ogr, label=label, rome=rome, parent=parent)


@cache
def _by_name() -> Mapping[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for row in _appellations().values():
        for name in {folded(row[1]), *map(folded, row[1].split(" / "))}:
            found.setdefault(name, []).append(row)
    return found


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
