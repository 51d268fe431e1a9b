"""A training by apprenticeship that a catalogue lists, and the centre that gives it."""

from dataclasses import dataclass
from typing import Final


UNSAID: Final = ""  # the level of a training whose catalogue gives none
LEVELS: Final = (UNSAID, *"12345678")
"""The European ones, each at its number, after UNSAID."""


@dataclass(frozen=True, slots=True, order=True)
class Training:
    """One training of one centre that may be asked (``domain/cfa/formation.py`` says which may).

    ``level`` is European, "1" to "8", or UNSAID. ``romes`` are sorted: those of ROME 4.0, or, in
    most catalogues still, former ones. Degrees, WGS 84.
    """

    siret: str
    title: str
    level: str
    romes: tuple[str, ...]
    name: str
    city: str
    email: str
    latitude: float
    longitude: float

    @property
    def siren(self) -> str:
        """The firm: centres of one SIREN are asked once."""
        return self.siret[:9]
