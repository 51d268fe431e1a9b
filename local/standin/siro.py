"""SIRO (France compétences): the API, and the file as data.gouv.fr lists and gives it.

Both speak of the firms of ``tests/data/siro-202606.csv``; the API says "found" of most of them, and
shows its other codes on a few (CODES).
"""

from collections import defaultdict
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from local.standin.faults import Faults, Json


FILE: Final = Path(__file__).resolve().parents[2] / "tests/data/siro-202606.csv"
DATASET: Final = "688a210c012cfbf595d7a99a"

CODES: Final = {
    "00009002700012": "03",  # declared through the API
    "00009004300019": "02",  # claimed by an OPCO
}


class Register:
    """The lines of the file, by SIRET."""

    def __init__(self, file: Path = FILE) -> None:
        """Read the file."""
        self._rows: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for line in file.read_text("utf-8").splitlines()[1:]:
            siret, idcc, owner, _overseas = line.split("|")
            self._rows[siret].append((idcc, owner))

    def answer(self, siret: str) -> Json:
        """Answer as the API; of several OPCOs it names none."""
        rows = self._rows.get(siret, [])
        if not rows:
            return {"code": "99", "siret": siret}
        owners = {owner for _, owner in rows}
        name = owners.pop() if len(owners) == 1 else "N/C"
        return {
            "code": CODES.get(siret, "01"),
            "siret": siret,
            "idcc": rows[0][0],
            "opcoRattachement": {"code": "00", "nom": name},
            "opcoGestion": {"code": "00", "nom": "N/C"},
        }


def api(faults: Faults) -> Blueprint:
    """Make the API. Any key opens it."""
    pages, register = Blueprint("siro", __name__), Register()

    @pages.get("/siro/v1/public/<siret>")
    def public(siret: str) -> ResponseReturnValue:
        if not request.headers.get("X-Gravitee-Api-Key"):
            return jsonify(message="Unauthorized", http_status_code=401), 401
        return faults.answer("siro", register.answer(siret))

    return pages


def file(faults: Faults) -> Blueprint:
    """Make the page of the dataset, and the file it leads to."""
    pages = Blueprint("siro_file", __name__)

    @pages.get(f"/api/1/datasets/{DATASET}/")
    def dataset() -> ResponseReturnValue:
        url = f"{request.host_url}resources/{FILE.name}"
        newest = {"title": FILE.name, "url": url, "filesize": FILE.stat().st_size}
        others = [
            {"title": "siro-202605.csv", "url": f"{url}.old", "filesize": 1},
            {"title": "Dictionnaire des données", "url": f"{url}.pdf", "filesize": None},
        ]
        return faults.answer("siro_file", {"id": DATASET, "resources": [*others, newest]})

    @pages.get(f"/resources/{FILE.name}")
    def content() -> ResponseReturnValue:
        return faults.give("siro_file", Response(FILE.read_bytes(), content_type="text/csv"))

    return pages
