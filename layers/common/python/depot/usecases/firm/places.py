"""Say where the apprentice will work, whatever the geocoder answers.

A street the geocoder does not find, or does not say in time, is in its commune: the middle of the
commune is shipped with the code, and a distance to a training centre is counted in tens of km.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from depot.domain.errors import FieldError, SourceUnavailable
from depot.domain.firm.company import Address, Company
from depot.domain.firm.places import AddressForm, Commune, Located, commune_code
from depot.domain.firm.workplace import Workplace
from depot.ports.places import Communes, Geocoder


logger = logging.getLogger(__name__)

_LEAST: Final = 0.1  # seconds; a shorter question has no chance of an answer


class Patience:
    """What is left of the seconds one request may lose to other people's APIs."""

    def __init__(self, seconds: float = 1.5) -> None:
        """Count from now."""
        self._until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds."""
        return self._until - time.monotonic()

    def lose(self) -> None:
        """Ask nobody else: an API has just failed, and outages come together."""
        self._until = 0.0


@dataclass(frozen=True)
class Places:
    """Addresses typed by people, checked against the communes and put on the map.

    ``geocoder`` gives it when it is first asked: most deposits type no address.
    """

    communes: Communes
    geocoder: Callable[[], Geocoder]

    def errors(self, form: AddressForm | None, prefix: str) -> list[FieldError]:
        """Errors of an address, placed under ``prefix``; none without an address."""
        if form is None:
            return []
        return form.place_errors(self.communes.of_postcode(form.postcode), prefix)

    def workplace(
        self,
        form: AddressForm | None,
        *,
        firm: Workplace,
        patience: Patience,
        before: Workplace | None = None,
    ) -> Workplace:
        """Where an offer is: the address typed, which has no error, or else the firm's own.

        One that is still the same as ``before`` is not asked about again.
        """
        if form is None:
            return firm
        address = self.address(form)
        if before and before.elsewhere == address:
            return before
        return firm.moved(address, self.locate(address, patience))

    def address(self, form: AddressForm) -> Address:
        """The address typed, which has no error, with the official name of its commune."""
        return form.address(self.communes.of_postcode(form.postcode))

    def locate(self, address: Address, patience: Patience) -> Located | None:
        """Where an address is; the middle of its commune when the geocoder does not say."""
        try:
            found = self._ask(address, patience)
        except SourceUnavailable as error:
            logger.warning("geocoder unavailable", extra={"reason": str(error)})
            patience.lose()
            found = None
        return found or middle(address, self.communes)

    def _ask(self, address: Address, patience: Patience) -> Located | None:
        left = patience.left
        if address.street is None or left < _LEAST:
            return None
        return self.geocoder().find(address, within=left)


def middle(address: Address, communes: Communes) -> Located | None:
    """The middle of an address's commune; None when nobody knows it, as in the Pacific."""
    commune = _commune(address, communes)
    if commune is None or commune.point is None:
        return None
    return Located(point=commune.point, precision="commune", source="communes")


def _commune(address: Address, communes: Communes) -> Commune | None:
    """The commune of an address; by its postcode first, which tells arrondissements apart."""
    insee = commune_code(address.insee or "")
    around = communes.of_postcode(address.postcode or "")
    here = next((commune for commune in around if commune.insee == insee), None)
    if here or insee:
        return here or communes.get(insee)
    return around[0] if len(around) == 1 else None


def situated(company: Company | None, communes: Communes) -> Company | None:
    """A firm the directory puts nowhere, put in the middle of its commune."""
    if company is None or company.location:
        return company
    found = middle(company.address, communes)
    if found is None:
        return company
    return company.model_copy(update={"location": found.point, "precision": found.precision})
