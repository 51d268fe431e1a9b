"""Places as people type them: an address is one line and a commune that has that postcode.

Forgiven: case, accents, hyphens and apostrophes, « St » for « Saint », a CEDEX after the name, an
arrondissement after Paris, Lyon or Marseille.
"""

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from depot.domain.errors import FieldError
from depot.domain.firm.company import Address, Point, Precision
from depot.domain.folding import folded
from depot.domain.identifiers import digits_of
from depot.domain.model import Form, Value
from depot.domain.text import clean_line, has_link


_POSTCODE: Final = re.compile(r"[0-9]{5}")
_SHORTENED: Final = {"st": "saint", "ste": "sainte", "s": "sur"}
# Arrondissements have an INSEE code of their own; people, postcodes and we speak of the commune.
_ARRONDISSEMENTS: Final = {"751": "75056", "6938": "69123", "132": "13055"}
DIVIDED: Final = frozenset(_ARRONDISSEMENTS.values())


class Commune(Value):
    """A commune: its INSEE code (COG 2026), official name and place, which overseas may lack."""

    insee: str
    name: str
    point: Point | None = None


class Located(Value):
    """Where an address is, how precisely, and who says so."""

    point: Point
    precision: Precision
    source: Literal["geocoder", "communes"]


def commune_code(insee: str) -> str:
    """The commune of an INSEE code, which may be that of an arrondissement: 75107 is in 75056."""
    for beginning, commune in _ARRONDISSEMENTS.items():
        if insee.startswith(beginning):
            return commune
    return insee


def name_key(name: str) -> str:
    """What two spellings of a commune's name have in common.

    « ST-ASTIER CEDEX » and « Saint-Astier », « PARIS 07 » and « Paris » have the same key.
    """
    # No commune has a figure in its name: before it is a postcode, after it an arrondissement.
    words = dropwhile(_figure, folded(name).split())
    kept = takewhile(lambda word: not _figure(word) and word != "cedex", words)
    return "".join(_SHORTENED.get(word, word) for word in kept)


def _figure(word: str) -> bool:
    return word[0].isdigit()


def _street(text: str) -> str:
    line = clean_line(text)
    if has_link(line):
        raise PydanticCustomError("street_link", "street_link")
    if line and not any(char.isalnum() for char in line):
        raise PydanticCustomError("street", "street")
    return line


def _postcode(text: str) -> str:
    digits = digits_of(text)
    if not _POSTCODE.fullmatch(digits):
        raise PydanticCustomError("postcode", "postcode")
    return digits


def _city(text: str) -> str:
    line = clean_line(text)
    if not name_key(line):
        raise PydanticCustomError("city", "city")
    return line


Street = Annotated[str, StringConstraints(max_length=100), AfterValidator(_street)]
Postcode = Annotated[str, StringConstraints(max_length=20), AfterValidator(_postcode)]
City = Annotated[str, StringConstraints(max_length=60), AfterValidator(_city)]


class AddressForm(Form):
    """An address, as typed. ``street`` is one line: number and street, or a locality."""

    street: Street | None = None
    postcode: Postcode
    city: City

    def place_errors(self, communes: Sequence[Commune], prefix: str = "") -> list[FieldError]:
        """Errors that need ``communes``, those of this postcode."""
        if not communes:
            return [FieldError(f"{prefix}postcode", "postcode_unknown")]
        if self._commune(communes):
            return []
        names = tuple(commune.name for commune in communes)
        return [FieldError(f"{prefix}city", "city_elsewhere", names)]

    def address(self, communes: Sequence[Commune]) -> Address:
        """The address with the official name of its commune, once it has no error."""
        commune = self._commune(communes)
        if commune is None:
            raise ValueError(self.postcode)
        line = f"{self.postcode} {commune.name}"
        return Address(
            label=f"{self.street} {line}" if self.street else line,
            street=self.street or None,
            postcode=self.postcode,
            city=commune.name,
            insee=commune.insee,
        )

    def _commune(self, communes: Sequence[Commune]) -> Commune | None:
        wanted = name_key(self.city)
        return next((found for found in communes if name_key(found.name) == wanted), None)
