"""The Communes and Geocoder ports."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from depot.domain.errors import SourceUnavailable
from depot.domain.firm.company import Address
from depot.domain.firm.places import Commune, Located, commune_code


@dataclass
class FakeCommunes:
    """The Communes port: communes by postcode."""

    known: dict[str, Sequence[Commune]] = field(default_factory=dict)

    def of_postcode(self, postcode: str) -> Sequence[Commune]:
        return self.known.get(postcode, ())

    def get(self, insee: str) -> Commune | None:
        everywhere = (commune for around in self.known.values() for commune in around)
        return next((each for each in everywhere if each.insee == commune_code(insee)), None)


@dataclass
class FakeGeocoder:
    """The Geocoder port: places by the label of their address; ``down`` makes it an outage."""

    known: dict[str, Located] = field(default_factory=dict)
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def find(self, address: Address, *, within: float) -> Located | None:
        assert within > 0
        if address.street is None:
            return None
        self.asked.append(address.label)
        if self.down:
            raise SourceUnavailable
        return self.known.get(address.label)
