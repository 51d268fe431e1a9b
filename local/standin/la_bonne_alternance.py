"""API Alternance, to write jobs: ``POST`` and ``PUT /api/job/v1/offer``; what was written is kept.

``GET /api/job/v1/offer/{id}`` gives a job back as it was written, which the real one does not:
there a job is completed, checked and published within minutes.
"""

from typing import Any, Final

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from local.standin.faults import Faults


_SHORTEST: Final = {"title": 3, "description": 30}


def service(faults: Faults) -> Blueprint:
    """Make the API. Any key opens it."""
    pages, kept = Blueprint("la_bonne_alternance", __name__), dict[str, Any]()

    @pages.post("/api/job/v1/offer")
    def create() -> ResponseReturnValue:
        if refused := _refusal():
            return refused
        job = request.get_json()
        job_id = f"{len(kept) + 1:024x}"
        kept[job_id] = job
        return faults.answer("la_bonne_alternance", {"id": job_id})

    @pages.put("/api/job/v1/offer/<job_id>")
    def replace(job_id: str) -> ResponseReturnValue:
        if job_id not in kept:
            return jsonify(statusCode=404, name="Not Found", message="Offre inconnue"), 404
        if refused := _refusal():
            return refused
        kept[job_id] = request.get_json()
        return faults.give("la_bonne_alternance", Response(status=204))

    @pages.get("/api/job/v1/offer/<job_id>")
    def show(job_id: str) -> ResponseReturnValue:
        return jsonify(kept[job_id]) if job_id in kept else (jsonify(statusCode=404), 404)

    return pages


def _refusal() -> ResponseReturnValue | None:
    """Refuse what the real one documents that it refuses, in part."""
    if not request.headers.get("Authorization", "").startswith("Bearer "):
        return jsonify(statusCode=401, name="Unauthorized", message="Clé manquante"), 401
    offer = (request.get_json(silent=True) or {}).get("offer", {})
    if any(len(offer.get(name) or "") < size for name, size in _SHORTEST.items()):
        return jsonify(statusCode=400, name="Bad Request", message="Request validation"), 400
    return None
