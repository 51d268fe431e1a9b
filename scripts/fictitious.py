"""Write the fictitious firms that local trials use, in the shape of API Recherche d'entreprises.

    python -m scripts.fictitious

Their SIREN begins with 00009: INSEE attributes none that begins with 0000, so no real firm is met
by accident. Numbers pass the Luhn key. Towns and agreements are real, so that OPCO and training
centres can be found.
"""

import json
from dataclasses import dataclass
from typing import Final

from local.standin.companies import matching
from scripts.reference import RECORDED


MASK: Final = "[NON-DIFFUSIBLE]"
Json = dict[str, object]

# What the API masks for a firm that keeps its data from the public (statut_diffusion P).
_MASKED_UNIT: Final = ("nom_complet", "nom_raison_sociale", "sigle")
_MASKED_PLACE: Final = (
    "adresse",
    "cedex",
    "code_postal",
    "complement_adresse",
    "coordonnees",
    "distribution_speciale",
    "indice_repetition",
    "latitude",
    "libelle_cedex",
    "libelle_voie",
    "longitude",
    "nom_commercial",
    "numero_voie",
    "type_voie",
)


@dataclass(frozen=True, slots=True)
class Town:
    """A commune: postcode, INSEE code, name, region, centre."""

    postcode: str
    insee: str
    name: str
    region: str
    latitude: str
    longitude: str


@dataclass(frozen=True, slots=True)
class Other:
    """An establishment beside the head office."""

    siret: str
    town: Town
    sign: str | None = None
    open: bool = True


@dataclass(frozen=True, slots=True)
class Firm:
    """A very small firm; ``category`` is INSEE's legal one."""

    slug: str
    siret: str
    legal_name: str
    sign: str | None
    naf: str
    idccs: tuple[str, ...]
    town: Town
    open: bool = True
    diffusible: bool = True
    category: str = "5499"
    others: tuple[Other, ...] = ()


PERIGUEUX = Town("24000", "24322", "PERIGUEUX", "75", "45.19187", "0.71183")
NANTES = Town("44000", "44109", "NANTES", "52", "47.23164", "-1.54831")
RENNES = Town("35000", "35238", "RENNES", "53", "48.11198", "-1.68186")
CLERMONT = Town("63000", "63113", "CLERMONT-FERRAND", "84", "45.78565", "3.11555")
LYON = Town("69003", "69383", "LYON 3", "84", "45.75418", "4.84203")
ROUEN = Town("76000", "76540", "ROUEN", "28", "49.44135", "1.09257")

FIRMS: Final = (
    Firm(
        "boulangerie",
        "00009001900019",
        "BOULANGERIE FICTIVE DES TILLEULS",
        "LE FOURNIL FICTIF",
        "10.71C",
        ("0843",),
        PERIGUEUX,
    ),
    Firm(
        "coiffure",
        "00009002700012",
        "SALON DE COIFFURE FICTIF",
        "MECHES FICTIVES",
        "96.02A",
        ("2596",),
        NANTES,
    ),
    Firm("maconnerie", "00009003500015", "MACONNERIE FICTIVE", None, "43.99C", ("1596",), RENNES),
    Firm("garage", "00009004300019", "GARAGE FICTIF DU PUY", None, "45.20A", ("1090",), CLERMONT),
    Firm(
        "restaurant",
        "00009005000014",
        "RESTAURANT FICTIF DES HALLES",
        "CHEZ FICTIVE",
        "56.10A",
        ("1979",),
        LYON,
    ),
    Firm(
        "boulangerie-restaurant",
        "00009006800016",
        "BOULANGERIE RESTAURANT FICTIVE",
        None,
        "10.71C",
        ("0843", "1979"),
        ROUEN,
    ),
    # One agreement that two OPCOs share: forestry, Normandy.
    Firm("forestiers", "00009007600019", "FORESTIERS FICTIFS", None, "02.20Z", ("8231",), ROUEN),
    # Opened last month: no agreement is known yet.
    Firm("fleuriste", "00009008400013", "FLEURISTE FICTIVE", None, "47.76Z", (), NANTES),
    Firm("conseil", "00009009200016", "CONSEIL FICTIF", None, "70.22Z", ("9999",), LYON),
    Firm(
        "ferme", "00009010000017", "EPICERIE FICTIVE FERMEE", None, "47.11B", (), RENNES, open=False
    ),
    Firm(
        "non-diffusible",
        "00009011800019",
        "PLOMBERIE FICTIVE",
        None,
        "43.22A",
        ("1596",),
        CLERMONT,
        diffusible=False,
    ),
    Firm(
        "boulangeries",
        "00009012600012",
        "BOULANGERIES FICTIVES REUNIES",
        None,
        "10.71C",
        ("0843",),
        PERIGUEUX,
        others=(
            Other("00009012600020", PERIGUEUX, "LE PETIT FOURNIL FICTIF"),
            Other("00009012600038", NANTES),
            Other("00009012600046", RENNES, open=False),
        ),
    ),
    Firm("auto-ecole", "00009013400016", "AUTO ECOLE FICTIVE", None, "85.53Z", ("1090",), LYON),
    Firm("mairie", "00009014200019", "COMMUNE FICTIVE", None, "84.11Z", (), ROUEN, category="7210"),
)


def main() -> None:
    """Write one file per firm."""
    RECORDED.mkdir(parents=True, exist_ok=True)
    for firm in FIRMS:
        text = json.dumps(answer(firm), ensure_ascii=False, indent=1)
        (RECORDED / f"fictif-{firm.slug}-{firm.siret[:9]}.json").write_text(text + "\n", "utf-8")


def answer(firm: Firm) -> Json:
    """Make the answer to this firm's SIREN; the stand-in derives the one to its SIRET."""
    siege = _establishment(firm, Other(firm.siret, firm.town, firm.sign, open=firm.open))
    others = [matching(_establishment(firm, other)) for other in firm.others]
    states = [firm.open, *(other.open for other in firm.others)]
    unit: Json = {
        "siren": firm.siret[:9],
        "nom_complet": f"{firm.legal_name} ({firm.sign})" if firm.sign else firm.legal_name,
        "nom_raison_sociale": firm.legal_name,
        "sigle": None,
        "nombre_etablissements": len(states),
        "nombre_etablissements_ouverts": sum(states),
        "siege": siege,
        "activite_principale": firm.naf,
        "activite_principale_naf25": None,
        "categorie_entreprise": "PME",
        "caractere_employeur": None,
        "annee_categorie_entreprise": "2023",
        "date_creation": "2020-01-13",
        "date_fermeture": siege["date_fermeture"],
        "date_mise_a_jour": "2026-05-17T11:09:34",
        "date_mise_a_jour_insee": "2024-03-22T14:26:06",
        "date_mise_a_jour_rne": "2024-05-19T17:01:20",
        "etat_administratif": "A" if firm.open else "C",
        "nature_juridique": firm.category,
        "section_activite_principale": None,
        "tranche_effectif_salarie": "01",
        "annee_tranche_effectif_salarie": "2023",
        "statut_diffusion": siege["statut_diffusion_etablissement"],
        "matching_etablissements": others,
        "complements": _complements(firm),
    }
    if not firm.diffusible:
        unit |= dict.fromkeys(_MASKED_UNIT, MASK)
    return {"results": [unit], "total_results": 1, "page": 1, "per_page": 10, "total_pages": 1}


def _establishment(firm: Firm, place: Other) -> Json:
    town = place.town
    siege: Json = {
        "activite_principale": firm.naf,
        "activite_principale_naf25": None,
        "activite_principale_registre_metier": None,
        "annee_tranche_effectif_salarie": "2023",
        "adresse": f"12 RUE DE L'APPRENTISSAGE {town.postcode} {town.name}",
        "caractere_employeur": "O",
        "cedex": None,
        "code_pays_etranger": None,
        "code_postal": town.postcode,
        "commune": town.insee,
        "complement_adresse": None,
        "coordonnees": f"{town.latitude},{town.longitude}",
        "date_creation": "2020-01-13",
        "date_debut_activite": "2020-01-13",
        "date_fermeture": None if place.open else "2025-06-30",
        "date_mise_a_jour": None,
        "date_mise_a_jour_insee": "2024-03-22T15:40:57",
        "departement": town.insee[:2],
        "dernier_numero_voie": None,
        "distribution_speciale": None,
        "epci": None,
        "est_siege": place.siret == firm.siret,
        "etat_administratif": "A" if place.open else "F",
        "geo_adresse": None,
        "geo_id": None,
        "indice_repetition": None,
        "latitude": town.latitude,
        "libelle_cedex": None,
        "libelle_commune": town.name,
        "libelle_commune_etranger": None,
        "libelle_pays_etranger": None,
        "libelle_voie": "DE L'APPRENTISSAGE",
        "liste_enseignes": [place.sign] if place.sign else None,
        "liste_finess": None,
        "liste_id_bio": None,
        "liste_id_organisme_formation": None,
        "liste_idcc": list(firm.idccs) or None,
        "liste_rge": None,
        "liste_uai": None,
        "longitude": town.longitude,
        "nom_commercial": None,
        "numero_voie": "12",
        "region": town.region,
        "siret": place.siret,
        "statut_diffusion_etablissement": "O" if firm.diffusible else "P",
        "tranche_effectif_salarie": "01",
        "type_voie": "RUE",
    }
    if not firm.diffusible:
        siege |= dict.fromkeys(_MASKED_PLACE, MASK)
    return siege


def _complements(firm: Firm) -> Json:
    return {
        "convention_collective_renseignee": bool(firm.idccs),
        "liste_idcc": list(firm.idccs) or None,
        "est_administration": firm.category.startswith("7"),
        "est_association": False,
        "est_entrepreneur_individuel": False,
        "est_organisme_formation": False,
        "est_qualiopi": False,
        "est_uai": False,
    }


if __name__ == "__main__":
    main()
