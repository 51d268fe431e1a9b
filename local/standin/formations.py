"""API Alternance: ``GET /api/formation/v1/search``, pages of the synthetic catalogue.

Keys are not checked. Nobody in this catalogue exists.
"""

import gzip
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from local.places import ROOT
from local.standin.faults import Faults, Json


CATALOGUE: Final = ROOT / "local" / "data" / "cfa_catalogue.jsonl.gz"
LARGEST_PAGE: Final = 1000

Row = Mapping[str, Any]


@cache
def catalogue() -> Sequence[Row]:
    """The synthetic catalogue, one training a row."""
    lines = gzip.decompress(CATALOGUE.read_bytes()).splitlines()
    return [json.loads(line) for line in lines]


def service(faults: Faults, rows: Sequence[Row] | None = None) -> Blueprint:
    """Make the API; of other rows than the synthetic catalogue's, for tests."""
    pages = Blueprint("formations", __name__)

    @pages.get("/api/formation/v1/search")
    def search() -> ResponseReturnValue:
        known = catalogue() if rows is None else rows
        size = request.args.get("page_size", 100, int)
        index = request.args.get("page_index", 0, int)
        if not 1 <= size <= LARGEST_PAGE or index < 0:
            return jsonify(statusCode=400, name="Bad Request", message="Request validation"), 400
        page = known[index * size : (index + 1) * size]
        pagination = {"page_count": -(-len(known) // size), "page_size": size, "page_index": index}
        answer: Json = {"data": [formation(row) for row in page], "pagination": pagination}
        return faults.answer("formations", answer)

    return pages


def formation(row: Row) -> Json:
    """Make a record of the API; what our client does not read is empty.

    Six parts of the certification, documented as compulsory, are left out.
    """
    centre = _organisation(row)
    place = _address(row)
    return {
        "identifiant": {"cle_ministere_educatif": f"{row['siret']}-{row['title']}"},
        "statut": {"catalogue": "publié"},
        "formateur": {"organisme": centre, "connu": True},
        "responsable": {"organisme": centre, "connu": True},
        "certification": {"valeur": _certification(row), "connue": True},
        "lieu": {
            "adresse": place,
            "geolocalisation": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
            "precision": None,
            "siret": row["siret"],
            "uai": None,
        },
        "contact": {"email": row["email"] or None, "telephone": None},
        "onisep": dict.fromkeys(
            (
                *("url", "intitule", "libelle_poursuite"),
                *("lien_site_onisepfr", "discipline", "domaine_sousdomaine"),
            )
        ),
        "modalite": {
            "entierement_a_distance": False,
            "duree_indicative": 2,
            "annee_cycle": None,
            "mef_10": None,
        },
        "contenu_educatif": {"contenu": "", "objectif": ""},
        "sessions": [],
    }


def _organisation(row: Row) -> Json:
    since = "2020-01-01T00:00:00.000Z"
    return {
        "identifiant": {"uai": None, "siret": row["siret"]},
        "etablissement": {
            "siret": row["siret"],
            "ouvert": True,
            "enseigne": row["name"],
            "adresse": None,
            "geopoint": None,
            "creation": since,
            "fermeture": None,
        },
        "unite_legale": {
            "siren": row["siren"],
            "actif": True,
            "raison_sociale": row["name"],
            "creation": since,
            "cessation": None,
        },
        "renseignements_specifiques": {"qualiopi": row["qualiopi"], "numero_activite": None},
        "statut": {"referentiel": "présent"},
        "contacts": [],
    }


def _address(row: Row) -> Json:
    nobody_knows = {"nom": "", "code_insee": ""}
    return {
        "label": None,
        "code_postal": None,
        "commune": {"nom": row["city"], "code_insee": ""},
        "departement": nobody_knows,
        "region": nobody_knows,
        "academie": {"id": "", "code": "", "nom": ""},
    }


def _certification(row: Row) -> Json:
    level = {"europeen": row["level"]}
    return {
        "identifiant": {"cfd": None, "rncp": None, "rncp_anterieur_2019": None},
        "intitule": {
            "cfd": None,
            "rncp": row["title"],
            "niveau": {"cfd": None, "rncp": level},
        },
        "domaines": {
            "formacodes": {"rncp": None},
            "nsf": {"cfd": None, "rncp": None},
            "rome": {"rncp": [{"code": code, "intitule": ""} for code in row["romes"]]},
        },
    }
