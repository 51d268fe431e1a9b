"""API Recherche d'entreprises (DINUM): ``GET /search``.

One SIRET per fault always fails (FAULT_SIRETS).
"""

import json
from pathlib import Path
from typing import Final

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from local.standin.faults import Faults, Json


ANSWERS: Final = Path(__file__).resolve().parents[2] / "tests/data/recherche_entreprises"

# Never attributed, valid keys. Each one always meets its fault.
FAULT_SIRETS: Final = {
    "00009901000019": "slow",
    "00009902800011": "busy",
    "00009903600014": "error",
    "00009904400018": "html",
    "00009905100013": "wrong_fields",
    "00009906900015": "truncated",
    "00009907700018": "drip",
}
# What the API gives of the head office only, not of an establishment that matches.
HEAD_OFFICE_ONLY: Final = frozenset(
    {
        "activite_principale_registre_metier",
        "cedex",
        "code_pays_etranger",
        "complement_adresse",
        "coordonnees",
        "date_mise_a_jour",
        "date_mise_a_jour_insee",
        "departement",
        "dernier_numero_voie",
        "distribution_speciale",
        "geo_adresse",
        "indice_repetition",
        "libelle_cedex",
        "libelle_commune_etranger",
        "libelle_pays_etranger",
        "libelle_voie",
        "numero_voie",
        "type_voie",
    }
)


class Directory:
    """Recorded answers by SIREN and by SIRET."""

    def __init__(self, folder: Path = ANSWERS) -> None:
        """Read every answer of the folder."""
        recorded = [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))]
        units = [unit for answer in recorded for unit in answer["results"]]
        by_siren = {unit["siren"]: unit | {"matching_etablissements": []} for unit in units}
        by_siret = {
            unit["siege"]["siret"]: unit | {"matching_etablissements": [_matching(unit["siege"])]}
            for unit in units
        }
        exact = {
            establishment["siret"]: unit
            for unit in units
            for establishment in unit["matching_etablissements"]
        }
        self._units: dict[str, Json] = by_siren | by_siret | exact

    def search(self, q: str) -> Json:
        """Answer a SIREN or a SIRET; empty when unknown, as the API."""
        unit = self._units.get(q)
        return {
            "results": [unit] if unit else [],
            "total_results": int(unit is not None),
            "page": 1,
            "per_page": 10,
            "total_pages": int(unit is not None),
        }


def _matching(siege: Json) -> Json:
    kept = {key: value for key, value in siege.items() if key not in HEAD_OFFICE_ONLY}
    return kept | {"ancien_siege": False}


def service(faults: Faults) -> Blueprint:
    """Make the API."""
    pages, directory = Blueprint("companies", __name__), Directory()

    @pages.get("/search")
    def search() -> ResponseReturnValue:
        q = request.args.get("q", "")
        return faults.answer("companies", directory.search(q), always=FAULT_SIRETS.get(q))

    return pages
