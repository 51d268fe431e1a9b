"""What API Recherche d'entreprises answers, and what it means.

State, address and activity come from the establishment, not from the legal unit. What the owner
keeps from the public is the text ``[NON-DIFFUSIBLE]``: never shown, it becomes empty. A firm is
``diffusible`` when both say so: an establishment may hide in a public unit, or the other way round.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from depot.clients.shape import Shape
from depot.domain.firm.company import (
    Address,
    Choice,
    Company,
    Point,
    insee_nomenclature,
    nature_of,
)


MASK: Final = "[NON-DIFFUSIBLE]"
_PUBLIC: Final = "O"


def _unmasked(value: object) -> object:
    return None if value in (MASK, "") else value


Text = Annotated[str | None, BeforeValidator(_unmasked)]
_Finite = Annotated[float, Field(ge=-180, le=180)]  # refuses "nan" as well
Degrees = Annotated[_Finite | None, BeforeValidator(_unmasked)]
Idccs = tuple[str | int, ...] | None


class Establishment(Shape):
    """An establishment, as a head office or as one that matches."""

    siret: str
    etat_administratif: Literal["A", "F"]
    statut_diffusion_etablissement: str
    activite_principale: Text
    adresse: Text
    code_postal: Text
    commune: Text
    libelle_commune: Text
    latitude: Degrees
    longitude: Degrees
    liste_idcc: Idccs
    liste_enseignes: tuple[Text, ...] | None = None
    nom_commercial: Text = None

    @property
    def sign(self) -> str | None:
        """What is written above the door."""
        signs = (sign for sign in self.liste_enseignes or () if sign)
        return next(signs, None) or self.nom_commercial

    @property
    def address(self) -> Address:
        """Where it is."""
        return Address(
            label=self.adresse or self.libelle_commune or "",
            postcode=self.code_postal,
            city=self.libelle_commune,
            insee=self.commune,
        )

    @property
    def location(self) -> Point | None:
        """Where it is on the map."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(latitude=self.latitude, longitude=self.longitude)


class Complements(Shape):
    """What other registers say of the legal unit."""

    liste_idcc: Idccs


class Unit(Shape):
    """A legal unit."""

    siren: str
    nom_complet: Text
    nom_raison_sociale: Text
    etat_administratif: Literal["A", "C"]
    nature_juridique: Text
    nombre_etablissements_ouverts: int
    statut_diffusion: str
    siege: Establishment
    matching_etablissements: tuple[Establishment, ...]
    complements: Complements

    @property
    def legal_name(self) -> str:
        """Its name; empty when its owner hides it."""
        return self.nom_raison_sociale or self.nom_complet or ""

    @property
    def listed(self) -> tuple[Establishment, ...]:
        """All that the answer holds of it."""
        return (*self.matching_etablissements, self.siege)

    def company(self, establishment: Establishment, today: date) -> Company:
        """One of its establishments, as our ``Company``."""
        naf = establishment.activite_principale
        return Company(
            siret=establishment.siret,
            name=establishment.sign or self.legal_name,
            legal_name=self.legal_name,
            address=establishment.address,
            location=establishment.location,
            naf=naf,
            naf_nomenclature=insee_nomenclature(today) if naf else None,
            idccs=_padded(establishment.liste_idcc or self.complements.liste_idcc),
            active=self._open(establishment),
            diffusible=self._shown(establishment),
            nature=nature_of(naf, self.nature_juridique),
            source="recherche_entreprises",
        )

    def choices(self) -> Iterator[Choice]:
        """The establishments that match, or the head office when none does."""
        for establishment in self.matching_etablissements or (self.siege,):
            shown, address = self._shown(establishment), establishment.address
            yield Choice(
                siret=establishment.siret,
                name=(establishment.sign or self.legal_name) if shown else "",
                address=address.label if shown else address.city or "",
                active=self._open(establishment),
            )

    def _shown(self, establishment: Establishment) -> bool:
        return {self.statut_diffusion, establishment.statut_diffusion_etablissement} == {_PUBLIC}

    def _open(self, establishment: Establishment) -> bool:
        return self.etat_administratif == establishment.etat_administratif == "A"


class SearchPage(Shape):
    """One page of answers."""

    results: tuple[Unit, ...]
    total_results: int

    @property
    def unknown(self) -> bool:
        """An empty page, confirmed by its count."""
        return self.total_results == 0 and not self.results


def _padded(codes: Idccs) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(code).zfill(4) for code in codes or ()))
