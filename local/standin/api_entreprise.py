"""API Entreprise v3 (DINUM): ``GET /v3/insee/sirene/etablissements/{siret}``.

Serves the payloads of its own staging environment, to whoever has the token and says why.
"""

import json
from pathlib import Path
from typing import Final

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from local.standin.faults import Faults, Json


PAYLOADS: Final = Path(__file__).resolve().parents[2] / "tests/data/api_entreprise"
TOKEN: Final = "jeton-fictif"  # noqa: S105 - opens this stand-in, nothing else
RECIPIENT: Final = "13002526500013"
WHY: Final = ("context", "object", "recipient")


def _refusal(code: str, title: str, detail: str) -> Json:
    return {"errors": [{"code": code, "title": title, "detail": detail, "meta": {}}]}


def _read() -> tuple[dict[str, tuple[Json, int]], tuple[Json, int]]:
    """Payloads and statuses by SIRET, and the one for any other SIRET."""
    recorded = [json.loads(file.read_text("utf-8")) for file in sorted(PAYLOADS.glob("*.json"))]
    by_siret = {one["params"]["siret"]: (one["payload"], one["status"]) for one in recorded}
    return by_siret, by_siret["0" * 14]


def service(faults: Faults) -> Blueprint:
    """Make the API."""
    pages, (known, unknown) = Blueprint("api_entreprise", __name__), _read()

    @pages.get("/v3/insee/sirene/etablissements/<siret>")
    def establishment(siret: str) -> ResponseReturnValue:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            detail = "Votre jeton n'est pas valide"
            return _refusal("00101", "Interdit", detail), 401
        if missing := [name for name in WHY if not request.args.get(name)]:
            detail = f"Paramètre manquant : {', '.join(missing)}"
            return _refusal("00201", "Entité non traitable", detail), 422
        answer, status = known.get(siret, unknown)
        return faults.answer("api_entreprise", answer, status=status)

    return pages
