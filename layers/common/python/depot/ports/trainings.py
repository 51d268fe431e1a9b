"""Who knows métiers and the trainings that lead to them."""

from typing import Protocol

from depot.domain.index import Index
from depot.domain.metiers import Metier


class Metiers(Protocol):
    """The ROME appellations."""

    def get(self, code: str) -> Metier | None:
        """One appellation by its OGR code."""

    def apprenticeable(self, metier: Metier) -> bool:
        """Whether a diploma or title prepared by apprenticeship leads to it."""


class Catalogue(Protocol):
    """The catalogue of trainings by apprenticeship, to be searched."""

    def index(self) -> Index:
        """The trainings that can be asked. Raises CatalogueMissing when none were imported."""
