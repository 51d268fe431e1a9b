"""France Travail's portal of partners: takes a zipped file of offers by a form with a login.

``GET /partenaire/depotcurl`` gives the last file back, which the real one does not.
"""

from typing import Final

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from local.standin.faults import Faults


_FIELDS: Final = ("login", "password", "nomFlux", "periodeRef")


def service(faults: Faults) -> Blueprint:
    """Make the portal. Any login opens it."""
    pages, kept = Blueprint("france_travail", __name__), dict[str, bytes]()

    @pages.post("/partenaire/depotcurl")
    def take() -> ResponseReturnValue:
        file = request.files.get("fichierAenvoyer")
        if file is None or any(name not in request.form for name in _FIELDS):
            return _words("Le fichier est absent ou la demande est incomplete")
        kept["last"] = file.read()
        return faults.give("france_travail", _words("Votre fichier a bien ete envoye"))

    @pages.get("/partenaire/depotcurl")
    def show() -> ResponseReturnValue:
        return Response(kept.get("last", b""), content_type="application/zip")

    return pages


def _words(sentence: str) -> Response:
    return Response(f"{sentence}\n", content_type="text/plain")
