"""Who knows communes and streets."""

from collections.abc import Sequence
from typing import Protocol

from depot.domain.firm.company import Address
from depot.domain.firm.places import Commune, Located


class Communes(Protocol):
    """The communes of France."""

    def of_postcode(self, postcode: str) -> Sequence[Commune]:
        """The communes of a postcode, by INSEE code; none when it is not a place's."""

    def get(self, insee: str) -> Commune | None:
        """One commune by its INSEE code, or by that of its arrondissement."""


class Geocoder(Protocol):
    """Where streets and their numbers are."""

    def find(self, address: Address, *, within: float) -> Located | None:
        """Where a street or a number of it is; None when it is not known for sure.

        Raises SourceUnavailable when it has not said after ``within`` seconds.
        """
