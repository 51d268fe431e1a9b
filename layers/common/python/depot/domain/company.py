"""A firm's establishment, as the company directory gives it."""

from typing import Literal

from depot.domain.identifiers import Siret
from depot.domain.model import Value


Precision = Literal["establishment", "address", "street", "commune"]
"""What a point stands for: the directory's own point, a number in a street, a street, a commune."""


class Address(Value):
    """Where it is: the whole line, and the parts when they are known.

    ``street`` is what comes before the postcode; the directory does not give it apart.
    """

    label: str
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    insee: str | None = None


class Point(Value):
    """A place on Earth, degrees, WGS 84."""

    latitude: float
    longitude: float


class Company(Value):
    """An establishment. ``name`` is the sign above the door if there is one, else the legal name.

    ``idccs`` are 4 digits, escape codes included: the OPCO rule drops them. ``precision`` is that
    of ``location``.
    """

    siret: Siret
    name: str
    legal_name: str
    address: Address
    location: Point | None = None
    precision: Precision = "establishment"
    naf: str | None = None
    idccs: tuple[str, ...] = ()
    active: bool = True
    diffusible: bool = True
