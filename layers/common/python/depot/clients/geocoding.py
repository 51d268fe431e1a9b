"""The geocoder: Géoplateforme (IGN), addresses of the Base Adresse Nationale, open, no key.

What it finds is its best guess. We take a number or a street, in the very commune of the address,
with a score of 0.6 or more: below, the street is usually another one. A street of that name in the
next commune is the usual mistake; the middle of the right commune is nearer, and says what it is.
"""

from typing import Annotated, Final, Literal

from pydantic import Field

from depot.clients.http import Http
from depot.clients.shape import Shape, parse
from depot.domain.firm.company import Address, Point, Precision
from depot.domain.firm.places import DIVIDED, Located, commune_code


# Seconds for one answer: it usually takes a tenth, and the middle of the commune is at hand.
BUDGET: Final = 0.6
MIN_SCORE: Final = 0.6
_LONGEST: Final = 200  # characters of a question; it must also begin with a letter or a digit
_PRECISIONS: Final[dict[str, Precision]] = {"housenumber": "address", "street": "street"}


class GeocodingApi:
    """The Geocoder port."""

    def __init__(self, base_url: str, *, http: Http) -> None:
        """Ask the geocoder at ``base_url``."""
        self._url = f"{base_url.rstrip('/')}/search"
        self._http = http

    def find(self, address: Address, *, within: float) -> Located | None:
        """Find a street and its number; None when it is not known for sure.

        Raises SourceUnavailable when the geocoder has not said after ``within`` seconds.
        """
        if address.street is None:
            return None
        question = {
            "q": _question(address),
            "limit": "1",
            "autocomplete": "0",
            **_where(address),
        }
        answer = parse(_Answer, self._http.get(self._url, question, budget=within).body)
        return _located(answer.features[0], address) if answer.features else None


def _question(address: Address) -> str:
    start = next((at for at, char in enumerate(address.label) if char.isalnum()), 0)
    return address.label[start : start + _LONGEST].rstrip()


def _where(address: Address) -> dict[str, str]:
    """Look in one commune; addresses of the divided ones are under their arrondissements."""
    insee = address.insee
    if insee and insee not in DIVIDED:
        return {"citycode": insee}
    return {"postcode": address.postcode or ""}


def _located(found: "_Feature", address: Address) -> Located | None:
    given = found.properties
    precision = _PRECISIONS.get(given.type)
    here = commune_code(given.citycode) == address.insee
    if precision is None or given.score < MIN_SCORE or not here:
        return None
    longitude, latitude = found.geometry.coordinates
    point = Point(latitude=latitude, longitude=longitude)
    return Located(point=point, precision=precision, source="geocoder")


_Longitude = Annotated[float, Field(ge=-180, le=180)]  # refuses "nan" as well
_Latitude = Annotated[float, Field(ge=-90, le=90)]


class _Point(Shape):
    type: Literal["Point"]
    coordinates: tuple[_Longitude, _Latitude]


class _Properties(Shape):
    type: str
    citycode: str
    score: Annotated[float, Field(ge=0, le=2)]


class _Feature(Shape):
    geometry: _Point
    properties: _Properties


class _Answer(Shape):
    type: Literal["FeatureCollection"]
    features: tuple[_Feature, ...]
