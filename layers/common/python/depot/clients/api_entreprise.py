"""The second source: API Entreprise (DINUM), for administrations, with a token.

It says which nomenclature an activity is of. It knows no agreement and no place on the map.
"""

from collections.abc import Callable
from typing import Final, Literal, NamedTuple, get_args

from requests import PreparedRequest, codes

from depot.clients.http import Http, Reply
from depot.clients.shape import Shape, parse
from depot.domain.errors import SourceUnavailable
from depot.domain.firm.company import Address, Company, NafNomenclature, nature_of


_PATH: Final = "/v3/insee/sirene/etablissements/"
# What the API asks every caller to say of its question.
_WHY: Final = {
    "context": "dépôt d'offres en alternance",
    "object": "vérification du SIRET d'un employeur",
}
_HIDDEN: Final = codes.unavailable_for_legal_reasons
_EXPECTED: Final = (codes.ok, codes.not_found, _HIDDEN)
_UNKNOWN: Final = "04003"  # INSEE: "Entité non trouvée"
_SOMEBODY_ELSE: Final = "answer about another establishment"
_PUBLIC: Final = "diffusible"
_CLASS: Final = 2  # digits before the dot of an activity: 49.10Z


class Credentials(NamedTuple):
    """The token, and the SIRET of the administration that asks."""

    token: str
    recipient: str


class ApiEntreprise:
    """The Directory port."""

    def __init__(
        self, base_url: str, *, credentials: Callable[[], Credentials], http: Http
    ) -> None:
        """Ask the API at ``base_url``; fetching ``credentials`` is part of each question."""
        self._url = f"{base_url.rstrip('/')}{_PATH}"
        self._credentials = credentials
        self._http = http

    def find(self, siret: str) -> Company | None:
        """Find one establishment in one exchange; None when INSEE does not know it.

        Raises SourceUnavailable when it cannot say.
        """
        reply = self._ask(siret)
        if reply.status == codes.not_found:
            _check_unknown(reply)
            return None
        if reply.status == _HIDDEN:
            return _hidden(siret)
        found = parse(_Answer, reply.body).data
        if found.siret != siret:
            raise SourceUnavailable(_SOMEBODY_ELSE)
        return _company(found).without_secrets()

    def _ask(self, siret: str) -> Reply:
        return self._http.get(f"{self._url}{siret}", _WHY, sign=self._sign, expect=_EXPECTED)

    def _sign(self, request: PreparedRequest) -> PreparedRequest:
        token, recipient = self._fetched()
        request.headers["Authorization"] = f"Bearer {token}"
        request.prepare_url(request.url, {"recipient": recipient})
        return request

    def _fetched(self) -> Credentials:
        try:
            return self._credentials()
        except SourceUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever keeps them fails as it likes
            # Not chained: the message of the cause may hold the secret.
            reason = f"no credentials: {type(error).__name__}"
            raise SourceUnavailable(reason) from None


class _Activity(Shape):
    code: str | None
    nomenclature: str | None


class _Address(Shape):
    numero_voie: str | None
    indice_repetition_voie: str | None
    type_voie: str | None
    libelle_voie: str | None
    code_postal: str | None
    libelle_commune: str | None
    code_commune: str | None


class _LegalPerson(Shape):
    raison_sociale: str | None


class _NaturalPerson(Shape):
    prenom_usuel: str | None
    nom_usage: str | None
    nom_naissance: str | None


class _Form(Shape):
    code: str | None


class _Unit(Shape):
    etat_administratif: Literal["A", "C"]
    status_diffusion: str
    personne_morale_attributs: _LegalPerson
    personne_physique_attributs: _NaturalPerson
    forme_juridique: _Form


class _Establishment(Shape):
    siret: str
    etat_administratif: Literal["A", "F"]
    status_diffusion: str
    enseigne: str | None
    activite_principale: _Activity
    adresse: _Address
    unite_legale: _Unit


class _Answer(Shape):
    data: _Establishment


class _Error(Shape):
    code: str


class _Errors(Shape):
    errors: tuple[_Error, ...]


def _check_unknown(reply: Reply) -> None:
    """A 404 is INSEE's word only when it says so: a gateway may answer one as well."""
    found = {error.code for error in parse(_Errors, reply.body).errors}
    if _UNKNOWN not in found:
        reason = f"status {reply.status}"
        raise SourceUnavailable(reason)


def _hidden(siret: str) -> Company:
    """A firm that exists but about which nothing may be disclosed."""
    nothing = Address(label="")
    return Company(
        siret=siret,
        name="",
        legal_name="",
        address=nothing,
        diffusible=False,
        source="api_entreprise",
    )


def _company(found: _Establishment) -> Company:
    unit, (naf, nomenclature) = found.unite_legale, _activity(found.activite_principale)
    legal_name = _legal_name(unit)
    return Company(
        siret=found.siret,
        name=found.enseigne or legal_name,
        legal_name=legal_name,
        address=_address(found.adresse),
        naf=naf,
        naf_nomenclature=nomenclature,
        active=unit.etat_administratif == found.etat_administratif == "A",
        diffusible={unit.status_diffusion, found.status_diffusion} == {_PUBLIC},
        nature=nature_of(naf, unit.forme_juridique.code),
        source="api_entreprise",
    )


def _legal_name(unit: _Unit) -> str:
    person = unit.personne_physique_attributs
    names = (person.prenom_usuel, person.nom_usage or person.nom_naissance)
    return unit.personne_morale_attributs.raison_sociale or _joined(*names)


def _activity(activity: _Activity) -> tuple[str | None, NafNomenclature | None]:
    """Codes of obsolete nomenclatures are of no use; some are written without their dot."""
    for known in get_args(NafNomenclature):
        if activity.code and activity.nomenclature == known:
            code = activity.code.replace(".", "")
            return f"{code[:_CLASS]}.{code[_CLASS:]}", known
    return None, None


def _address(address: _Address) -> Address:
    street = (address.numero_voie, address.indice_repetition_voie, address.type_voie)
    town = (address.code_postal, address.libelle_commune)
    return Address(
        label=_joined(*street, address.libelle_voie, *town),
        postcode=address.code_postal,
        city=address.libelle_commune,
        insee=address.code_commune,
    )


def _joined(*words: str | None) -> str:
    return " ".join(word for word in words if word)
