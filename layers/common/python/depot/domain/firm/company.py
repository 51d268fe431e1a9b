"""A firm's establishment, as a company directory gives it."""

from datetime import date, datetime
from typing import Final, Literal, Self

from depot.domain.identifiers import Siret
from depot.domain.model import Entity, Value


Precision = Literal["establishment", "address", "street", "commune"]
"""What a point stands for: the directory's own point, a number in a street, a street, a commune."""


Nature = Literal["firm", "teaching", "public"]
"""Who hires: a training body, a public employer, anybody else."""

NafNomenclature = Literal["NAFRev2", "NAF2025"]
"""Which list of activities a NAF code is of: the same code may mean two things."""

Source = Literal["recherche_entreprises", "api_entreprise"]
"""Which directory spoke."""

NAF_2025_FROM: Final = date(2027, 1, 1)
"""Paris day from which INSEE's own ``activite_principale`` is of NAF 2025."""

_TEACHING: Final = "85"  # NAF division, in both nomenclatures
_PUBLIC_LAW: Final = "7"  # INSEE legal category: bodies under administrative law


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

    ``naf`` is the establishment's own activity, with its dot, of ``naf_nomenclature``. ``idccs``
    are 4 digits, escape codes included: the OPCO rule drops them. ``precision`` is that of
    ``location``. ``source`` is the directory that said all this.
    """

    siret: Siret
    name: str
    legal_name: str
    address: Address
    location: Point | None = None
    precision: Precision = "establishment"
    naf: str | None = None
    naf_nomenclature: NafNomenclature | None = None
    idccs: tuple[str, ...] = ()
    active: bool = True
    diffusible: bool = True
    nature: Nature = "firm"
    source: Source

    def without_secrets(self) -> Self:
        """Keep of a firm that hides from the public what the law lets be known: its commune."""
        if self.diffusible:
            return self
        city, insee = self.address.city, self.address.insee
        address = Address(label=city or "", city=city, insee=insee)
        hidden = {"name": "", "legal_name": "", "address": address, "location": None}
        return self.model_copy(update=hidden)

    def completed_by(self, former: Self) -> Self:
        """Add what only the first directory knows, as it once said it: agreements, the place.

        An establishment never moves. A firm that has become hidden does not get its place back.
        """
        if self.source == "recherche_entreprises" or self.siret != former.siret:
            return self
        known: dict[str, object] = {"idccs": self.idccs or former.idccs}
        if former.location and self.diffusible:
            known |= {"location": former.location, "precision": former.precision}
        return self.model_copy(update=known)


class KnownCompany(Entity):
    """What a directory said of an establishment, and when: it need not be asked at once again."""

    company: Company
    found_at: datetime


class Choice(Value):
    """An establishment to choose among others; ``name`` is empty when its owner hides it."""

    siret: Siret
    name: str
    address: str
    active: bool


class Choices(Value):
    """Establishments to choose from, the open ones first; ``more``: there are others as well."""

    found: tuple[Choice, ...] = ()
    more: bool = False


def nature_of(naf: str | None, legal_category: str | None) -> Nature:
    """Who hires, by the establishment's activity, then by the firm's legal category (INSEE).

    Categories in 4 (public, of industry or trade) employ under private law: they are firms.
    """
    if naf and naf.startswith(_TEACHING):
        return "teaching"
    return "public" if legal_category and legal_category.startswith(_PUBLIC_LAW) else "firm"


def insee_nomenclature(today: date) -> NafNomenclature:
    """Which nomenclature INSEE's ``activite_principale`` is of, on a day in Paris."""
    return "NAFRev2" if today < NAF_2025_FROM else "NAF2025"
