"""API Recherche d'entreprises (DINUM): ``GET /search``.

One SIRET per fault always fails (FAULT_SIRETS).
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from local.standin.faults import Faults


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

Json = dict[str, Any]

_SIREN: Final = 9
_SIRET: Final = 14
_SHORTEST: Final = 3


class Directory:
    """Recorded answers, found again by SIREN, by SIRET, or by words as the API does."""

    def __init__(self, folder: Path = ANSWERS) -> None:
        """Read every answer of the folder."""
        recorded = [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))]
        units = [unit for answer in recorded for unit in answer["results"]]
        self._establishments: dict[str, dict[str, Json]] = {}
        for unit in units:
            known = self._establishments.setdefault(unit["siren"], {})
            for one in (matching(unit["siege"]), *unit["matching_etablissements"]):
                known[one["siret"]] = one
        self._units: dict[str, Json] = {unit["siren"]: unit for unit in units}
        self._exact: dict[str, Json] = {
            one: _with(self._units[siren], [known[one]])
            for siren, known in self._establishments.items()
            for one in known
        }

    def search(self, q: str, filters: Mapping[str, str] | None = None) -> Json:
        """Answer a SIREN or a SIRET at once, anything else as a search; empty when unknown."""
        if q.isdigit() and len(q) in {_SIREN, _SIRET}:
            unit = _with(self._units[q], []) if q in self._units else self._exact.get(q)
            return _page([unit] if unit else [])
        return self._textual(_words(q), filters or {})

    def _textual(self, wanted: set[str], filters: Mapping[str, str]) -> Json:
        limit = int(filters.get("limite_matching_etablissements", "10"))
        found = []
        for siren, unit in self._units.items():
            if filters.get("etat_administratif", "A") != unit["etat_administratif"]:
                continue
            hits = [
                one
                for one in self._establishments[siren].values()
                if wanted <= _words(_said(unit, one)) and _under(one, filters.get("code_postal"))
            ]
            if hits:
                found.append(_with(unit, hits[:limit]))
        return _page(found, per_page=int(filters.get("per_page", "10")))


def _with(unit: Json, matching: list[Json]) -> Json:
    return unit | {"matching_etablissements": matching}


def _page(units: list[Json], per_page: int = 10) -> Json:
    return {
        "results": units[:per_page],
        "total_results": len(units),
        "page": 1,
        "per_page": per_page,
        "total_pages": -(-len(units) // per_page),
    }


def _words(text: str) -> set[str]:
    """Words as a search engine folds them: no accent, no case, no punctuation."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return set(re.findall(r"\w+", bare.lower()))


def _said(unit: Json, establishment: Json) -> str:
    """What the API searches: names and address."""
    signs = establishment["liste_enseignes"] or ()
    names = (unit["nom_complet"], establishment["nom_commercial"], establishment["adresse"])
    return " ".join(text for text in (*names, *signs) if text)


def _under(establishment: Json, postcode: str | None) -> bool:
    return postcode in {None, establishment["code_postal"]}


def matching(siege: Json) -> Json:
    """Give a head office as an establishment that matches."""
    kept = {key: value for key, value in siege.items() if key not in HEAD_OFFICE_ONLY}
    return kept | {"ancien_siege": False}


def service(faults: Faults) -> Blueprint:
    """Make the API."""
    pages, directory = Blueprint("companies", __name__), Directory()

    @pages.get("/search")
    def search() -> ResponseReturnValue:
        q = request.args.get("q", "")
        if len(q) < _SHORTEST:
            return {"erreur": "3 caractères minimum pour les termes de la requête"}, 400
        found = directory.search(q, request.args)
        return faults.answer("companies", found, always=FAULT_SIRETS.get(q))

    return pages
