"""A firm's establishment, as the company directory gives it."""

from depot.domain.identifiers import Siret
from depot.domain.model import Value


class Address(Value):
    """Where it is: the whole line, and the parts when the directory gives them."""

    label: str
    postcode: str | None = None
    city: str | None = None
    insee: str | None = None


class Point(Value):
    """A place on Earth, degrees, WGS 84."""

    latitude: float
    longitude: float


class Company(Value):
    """An establishment. ``name`` is the sign above the door if there is one, else the legal name.

    ``idccs`` are 4 digits, escape codes included: the OPCO rule drops them.
    """

    siret: Siret
    name: str
    legal_name: str
    address: Address
    location: Point | None = None
    naf: str | None = None
    idccs: tuple[str, ...] = ()
    active: bool = True
    diffusible: bool = True
