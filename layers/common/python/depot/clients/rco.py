"""The "catalogue des formations en apprentissage" of the Carif-Oref network (RCO): open, no key.

``GET /v1/entity/formations``, whose query is MongoDB's. It tells nothing of a centre that closed:
what is published stands for it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final

from pydantic import Field

from depot.clients.pages import PagedCatalogue
from depot.clients.shape import Shape, parse, records
from depot.domain.cfa.formation import Formation
from depot.domain.firm.company import Point


LARGEST_PAGE: Final = 1000
_PUBLISHED: Final = {"catalogue_published": True, "published": True}
# Metropolitan France, with a margin: latitudes, longitudes.
_SOUTH, _NORTH, _WEST, _EAST = 41.0, 52.0, -6.0, 10.0
_POLE: Final = 90.0
_DEGREES: Final = r"-?[0-9]{1,3}(\.[0-9]+)?"


class RcoCatalogue:
    """The Formations port."""

    name = "catalogue_rco"

    def __init__(
        self, base_url: str, *, pages: PagedCatalogue, page_size: int = LARGEST_PAGE
    ) -> None:
        """Ask the catalogue at ``base_url``."""
        self._url = f"{base_url.rstrip('/')}/v1/entity/formations"
        self._pages = pages
        self._size = str(page_size)

    def all(self) -> Iterator[Formation | None]:
        """Every published formation; None for a record of another shape."""
        fields = dict.fromkeys(_Formation.model_fields, 1)
        asked = {"query": json.dumps(_PUBLISHED), "select": json.dumps(fields)}
        walk, page, count = self._pages.walk(), 1, 1
        while page <= count:
            question = asked | {"page": str(page), "limit": self._size}
            answer = parse(_Answer, walk.get(self._url, question, {}))
            yield from records(_Formation, answer.formations, _formation)
            page, count = page + 1, answer.pagination.nombre_de_page


class _Pagination(Shape):
    nombre_de_page: Annotated[int, Field(ge=0)]


class _Answer(Shape):
    formations: tuple[Mapping[str, Any], ...]
    pagination: _Pagination


_Coordinates = Annotated[str, Field(pattern=rf"^{_DEGREES}, ?{_DEGREES}$")]


class _Formation(Shape):
    catalogue_published: bool
    published: bool
    entierement_a_distance: bool
    etablissement_formateur_siret: Annotated[str, Field(pattern=r"^[0-9]{14}$")]
    etablissement_formateur_enseigne: str | None
    etablissement_formateur_entreprise_raison_sociale: str | None
    etablissement_formateur_certifie_qualite: bool
    etablissement_formateur_courriel: str | None
    etablissement_gestionnaire_courriel: str | None
    localite: str | None
    intitule_long: str | None
    niveau: str | None
    rome_codes: tuple[str, ...]
    lieu_formation_geo_coordonnees: _Coordinates | None


def _formation(found: _Formation) -> Formation:
    sign = found.etablissement_formateur_enseigne
    return Formation(
        published=found.catalogue_published and found.published,
        open=True,
        remote=found.entierement_a_distance,
        qualiopi=found.etablissement_formateur_certifie_qualite,
        emails=(found.etablissement_formateur_courriel, found.etablissement_gestionnaire_courriel),
        siret=found.etablissement_formateur_siret,
        name=sign or found.etablissement_formateur_entreprise_raison_sociale or "",
        city=found.localite or "",
        title=found.intitule_long or "",
        level=(found.niveau or "")[:1],  # "4 (BAC...)"
        romes=found.rome_codes,
        place=_point(found.lieu_formation_geo_coordonnees),
    )


def _point(text: str | None) -> Point | None:
    """The place; some are written longitude first, in metropolitan France at least."""
    if text is None:
        return None
    first, second = map(float, text.split(","))
    swapped = _SOUTH < second < _NORTH and _WEST < first < _EAST
    latitude, longitude = (second, first) if swapped else (first, second)
    on_earth = abs(latitude) <= _POLE and abs(longitude) <= 2 * _POLE
    return Point(latitude=latitude, longitude=longitude) if on_earth else None
