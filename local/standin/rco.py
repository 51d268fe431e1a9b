"""Catalogue of the Carif-Oref (RCO): ``GET /api/v1/entity/formations``, the synthetic catalogue.

The query is not read: all of it is published.
"""

from collections.abc import Sequence

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from local.standin.faults import Faults, Json
from local.standin.formations import LARGEST_PAGE, Row, catalogue


def service(faults: Faults, rows: Sequence[Row] | None = None) -> Blueprint:
    """Make the API; of other rows than the synthetic catalogue's, for tests."""
    pages = Blueprint("rco", __name__)

    @pages.get("/api/v1/entity/formations")
    def formations() -> ResponseReturnValue:
        known = catalogue() if rows is None else rows
        size = min(request.args.get("limit", 10, int), LARGEST_PAGE)
        page = request.args.get("page", 1, int)
        answer: Json = {
            "formations": [formation(row) for row in known[(page - 1) * size : page * size]],
            "pagination": {
                "page": str(page),  # a text there, a number in the others
                "resultats_par_page": size,
                "nombre_de_page": -(-len(known) // size),
                "total": len(known),
            },
        }
        return faults.answer("rco", answer)

    return pages


def formation(row: Row) -> Json:
    """Make a record of the catalogue, with the fields our client asks for."""
    return {
        "catalogue_published": True,
        "published": True,
        "entierement_a_distance": False,
        "etablissement_formateur_siret": row["siret"],
        "etablissement_formateur_enseigne": row["name"],
        "etablissement_formateur_entreprise_raison_sociale": row["name"],
        "etablissement_formateur_certifie_qualite": row["qualiopi"],
        "etablissement_formateur_courriel": row["email"] or None,
        "etablissement_gestionnaire_courriel": None,
        "localite": row["city"],
        "intitule_long": row["title"],
        "niveau": f"{row['level']} (…)",
        "rome_codes": list(row["romes"]),
        "lieu_formation_geo_coordonnees": f"{row['lat']},{row['lon']}",
    }
