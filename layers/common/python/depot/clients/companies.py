"""The company directory: API Recherche d'entreprises (DINUM), open, no key.

State, address and activity come from the establishment, not from the legal unit. What the owner
keeps from the public is the text ``[NON-DIFFUSIBLE]``: never shown, it becomes empty and the firm
is not ``diffusible``. An answer of another shape than the documented one is an outage, not a firm
without data.
"""

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from depot.clients.http import Http
from depot.clients.shape import Shape, parse
from depot.domain.company import Address, Company, Point
from depot.domain.errors import SourceUnavailable


MASK: Final = "[NON-DIFFUSIBLE]"
_SOMEBODY_ELSE: Final = "answer about another establishment"
_INCLUDED: Final = "siege,complements,matching_etablissements"


class DirectoryApi:
    """The Companies port."""

    def __init__(self, base_url: str, *, http: Http) -> None:
        """Ask the directory at ``base_url``."""
        self._url = f"{base_url.rstrip('/')}/search"
        self._http = http

    def find(self, siret: str) -> Company | None:
        """Find one establishment within 1.5 seconds; None when the directory does not know it.

        Raises SourceUnavailable when it cannot say.
        """
        question = {"q": siret, "minimal": "true", "include": _INCLUDED}
        answer = parse(_Answer, self._http.get(self._url, question).body)
        if answer.total_results == 0 and not answer.results:
            return None
        for unit in answer.results:
            for establishment in (*unit.matching_etablissements, unit.siege):
                if establishment.siret == siret:
                    return _company(unit, establishment)
        raise SourceUnavailable(_SOMEBODY_ELSE)


def _unmasked(value: object) -> object:
    return None if value in (MASK, "") else value


_Text = Annotated[str | None, BeforeValidator(_unmasked)]
_Finite = Annotated[float, Field(ge=-180, le=180)]  # refuses "nan" as well
_Degrees = Annotated[_Finite | None, BeforeValidator(_unmasked)]
_Idccs = tuple[str | int, ...] | None


class _Establishment(Shape):
    siret: str
    etat_administratif: Literal["A", "F"]
    statut_diffusion_etablissement: str
    activite_principale: _Text
    adresse: _Text
    code_postal: _Text
    commune: _Text
    libelle_commune: _Text
    latitude: _Degrees
    longitude: _Degrees
    liste_idcc: _Idccs
    liste_enseignes: tuple[_Text, ...] | None = None
    nom_commercial: _Text = None


class _Complements(Shape):
    liste_idcc: _Idccs


class _Unit(Shape):
    nom_complet: _Text
    nom_raison_sociale: _Text
    etat_administratif: Literal["A", "C"]
    statut_diffusion: str
    siege: _Establishment
    matching_etablissements: tuple[_Establishment, ...]
    complements: _Complements


class _Answer(Shape):
    results: tuple[_Unit, ...]
    total_results: int


def _company(unit: _Unit, establishment: _Establishment) -> Company:
    legal_name = unit.nom_raison_sociale or unit.nom_complet or ""
    signs = [sign for sign in establishment.liste_enseignes or () if sign]
    shown = {unit.statut_diffusion, establishment.statut_diffusion_etablissement}
    return Company(
        siret=establishment.siret,
        name=next(iter(signs), None) or establishment.nom_commercial or legal_name,
        legal_name=legal_name,
        address=_address(establishment),
        location=_location(establishment),
        naf=establishment.activite_principale,
        idccs=_idccs(establishment.liste_idcc or unit.complements.liste_idcc),
        active=unit.etat_administratif == establishment.etat_administratif == "A",
        diffusible=shown == {"O"},
    )


def _address(establishment: _Establishment) -> Address:
    return Address(
        label=establishment.adresse or establishment.libelle_commune or "",
        postcode=establishment.code_postal,
        city=establishment.libelle_commune,
        insee=establishment.commune,
    )


def _location(establishment: _Establishment) -> Point | None:
    if establishment.latitude is None or establishment.longitude is None:
        return None
    return Point(latitude=establishment.latitude, longitude=establishment.longitude)


def _idccs(codes: _Idccs) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(code).zfill(4) for code in codes or ()))
