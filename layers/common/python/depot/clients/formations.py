"""The catalogue of formations of API Alternance: ``GET /formation/v1/search``, with a key.

Whom to write to: the formation's contact, else a contact of the centre that its directory confirms,
else one of the organisation that answers for it. The place is where it is taught.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from depot.clients.pages import PagedCatalogue
from depot.clients.shape import Shape, parse, records
from depot.domain.cfa.formation import Formation
from depot.domain.firm.company import Point


LARGEST_PAGE: Final = 1000


class AlternanceApi:
    """The Formations port."""

    name = "api_alternance"

    def __init__(
        self,
        base_url: str,
        *,
        key: Callable[[], str],
        pages: PagedCatalogue,
        page_size: int = LARGEST_PAGE,
    ) -> None:
        """Ask the API at ``base_url`` with a key, fetched by the first question."""
        self._url = f"{base_url.rstrip('/')}/formation/v1/search"
        self._key = key
        self._pages = pages
        self._size = str(page_size)

    def all(self) -> Iterator[Formation | None]:
        """Every formation that is not archived; None for a record of another shape."""
        headers = {"Authorization": f"Bearer {self._key()}"}
        walk, index, count = self._pages.walk(), 0, 1
        while index < count:
            question = {"page_size": self._size, "page_index": str(index)}
            answer = parse(_Answer, walk.get(self._url, question, headers))
            yield from records(_Formation, answer.data, _formation)
            index, count = index + 1, answer.pagination.page_count


class _Pagination(Shape):
    page_count: Annotated[int, Field(ge=0)]


class _Answer(Shape):
    data: tuple[Mapping[str, Any], ...]
    pagination: _Pagination


class _Contact(Shape):
    email: str
    confirmed: Annotated[bool, Field(alias="confirmation_referentiel")]


class _Identity(Shape):
    raison_sociale: str


class _Establishment(Shape):
    siret: Annotated[str, Field(pattern=r"^[0-9]{14}$")]
    ouvert: bool
    enseigne: str | None


class _Specifics(Shape):
    qualiopi: bool


class _Organisation(Shape):
    contacts: tuple[_Contact, ...]
    etablissement: _Establishment
    unite_legale: _Identity
    renseignements_specifiques: _Specifics


class _Body(Shape):
    organisme: _Organisation | None  # None: not in the directory of training bodies


class _Level(Shape):
    europeen: str | None


class _Levels(Shape):
    cfd: _Level | None
    rncp: _Level | None


class _CfdTitle(Shape):
    long: str


class _Title(Shape):
    cfd: _CfdTitle | None
    rncp: str | None
    niveau: _Levels


class _Rome(Shape):
    code: str


class _Romes(Shape):
    rncp: tuple[_Rome, ...] | None


class _Domains(Shape):
    rome: _Romes


class _Certification(Shape):
    intitule: _Title
    domaines: _Domains


class _Certified(Shape):
    valeur: _Certification


class _Commune(Shape):
    nom: str


class _Address(Shape):
    commune: _Commune


class _Point(Shape):
    coordinates: tuple[
        Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]
    ]
    """Longitude, latitude."""


class _Place(Shape):
    adresse: _Address
    geolocalisation: _Point


class _Status(Shape):
    catalogue: Literal["publié", "supprimé", "archivé"]


class _Reach(Shape):
    email: str | None


class _Manner(Shape):
    entierement_a_distance: bool


class _Formation(Shape):
    statut: _Status
    formateur: _Body
    responsable: _Body
    certification: _Certified
    lieu: _Place
    contact: _Reach
    modalite: _Manner


def _formation(found: _Formation) -> Formation:
    centre, certification = found.formateur.organisme, found.certification.valeur
    title, site = certification.intitule, centre.etablissement if centre else None
    longitude, latitude = found.lieu.geolocalisation.coordinates
    return Formation(
        published=found.statut.catalogue == "publié",
        open=site is not None and site.ouvert,
        remote=found.modalite.entierement_a_distance,
        qualiopi=centre is not None and centre.renseignements_specifiques.qualiopi,
        emails=_emails(found),
        siret=site.siret if site else "",
        name=_name(centre) if centre else "",
        city=found.lieu.adresse.commune.nom,
        title=title.rncp or (title.cfd.long if title.cfd else ""),
        level=_level(title.niveau),
        romes=tuple(rome.code for rome in certification.domaines.rome.rncp or ()),
        place=Point(latitude=latitude, longitude=longitude),
    )


def _name(centre: _Organisation) -> str:
    return centre.etablissement.enseigne or centre.unite_legale.raison_sociale


def _emails(found: _Formation) -> tuple[str | None, ...]:
    return (
        found.contact.email,
        *(contact.email for contact in _contacts(found.formateur) if contact.confirmed),
        # Nobody else is known: those the directory confirms, then the others.
        *(contact.email for contact in _contacts(found.responsable)),
    )


def _contacts(body: _Body) -> list[_Contact]:
    known = body.organisme.contacts if body.organisme else ()
    return sorted(known, key=lambda contact: not contact.confirmed)


def _level(levels: _Levels) -> str | None:
    of_rncp = levels.rncp.europeen if levels.rncp else None
    return of_rncp or (levels.cfd.europeen if levels.cfd else None)
