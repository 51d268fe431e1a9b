"""Who knows métiers and the trainings that lead to them."""

from collections.abc import Sequence
from typing import Protocol

from depot.domain.cfa.index import TrainingIndex
from depot.domain.life.metiers import Metier


class Metiers(Protocol):
    """The ROME appellations."""

    def get(self, code: str) -> Metier | None:
        """One appellation by its OGR code."""

    def named(self, text: str) -> Sequence[Metier]:
        """The appellations a person calls so, whole label or one gender of it; often one."""

    def near(self, text: str) -> Sequence[Metier]:
        """A few whose label holds every word of a text."""

    def apprenticeable(self, metier: Metier) -> bool:
        """Whether a diploma or title prepared by apprenticeship leads to it."""


class Catalogue(Protocol):
    """The catalogue of trainings by apprenticeship, to be searched."""

    def index(self) -> TrainingIndex:
        """The trainings that can be asked. Raises CatalogueMissing when none were imported."""
