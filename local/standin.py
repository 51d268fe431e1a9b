"""Stand-in for API Recherche d'entreprises, on recorded and fictitious answers; the mailbox page.

    python -m local.standin --port 4580 --emulator http://127.0.0.1:4566

Faults, to see how the service takes them: one SIRET per fault, always (FAULT_SIRETS); or every
SIRET, from ``POST /_faults {"fault": "slow"}`` until ``POST /_faults {"fault": null}``.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Final

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import make_server

from local.mailbox import mailbox


HOST: Final = "127.0.0.1"
ANSWERS: Final = Path(__file__).resolve().parents[1] / "tests/data/recherche_entreprises"
SLOW: Final = 3.0  # seconds, twice the budget of the client
DRIP: Final = 0.2  # seconds between two bytes
RETRY_AFTER: Final = 2  # seconds
_POLL: Final = 0.02  # seconds before it notices that it must stop

Json = dict[str, object]

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


def _slow(answer: Json) -> ResponseReturnValue:
    time.sleep(SLOW)
    return jsonify(answer)


def _busy(_answer: Json) -> ResponseReturnValue:
    headers = {"Retry-After": str(RETRY_AFTER)}
    return jsonify(erreur="Trop de requêtes"), 429, headers


def _error(_answer: Json) -> ResponseReturnValue:
    return jsonify(erreur="Une erreur est survenue"), 500


def _html(_answer: Json) -> ResponseReturnValue:
    return Response("<!doctype html><title>Maintenance</title>", content_type="text/html")


def _wrong_fields(answer: Json) -> ResponseReturnValue:
    return jsonify(resultats=answer["results"], total=answer["total_results"])


def _truncated(answer: Json) -> ResponseReturnValue:
    body = json.dumps(answer).encode()
    response = Response(body[: len(body) // 2], content_type="application/json")
    response.headers["Content-Length"] = str(len(body))
    return response


def _drip(answer: Json) -> ResponseReturnValue:
    def drops() -> Iterator[bytes]:
        for byte in json.dumps(answer).encode():
            yield bytes([byte])
            time.sleep(DRIP)

    return Response(drops(), content_type="application/json")


FAULTS: Final[dict[str, Callable[[Json], ResponseReturnValue]]] = {
    "slow": _slow,
    "busy": _busy,
    "error": _error,
    "html": _html,
    "wrong_fields": _wrong_fields,
    "truncated": _truncated,
    "drip": _drip,
}


def standin(directory: Directory, emulator: str | None = None) -> Flask:
    """Make the application; the mailbox page is there when there is an emulator to read."""
    app = Flask(__name__)
    on: dict[str, str | None] = {"fault": None}

    @app.get("/search")
    def search() -> ResponseReturnValue:
        q = request.args.get("q", "")
        answer = directory.search(q)
        fault = FAULT_SIRETS.get(q) or on["fault"]
        return FAULTS[fault](answer) if fault else jsonify(answer)

    @app.get("/_faults")
    def faults() -> ResponseReturnValue:
        return jsonify(on | {"faults": sorted(FAULTS), "sirets": FAULT_SIRETS})

    @app.post("/_faults")
    def switch() -> ResponseReturnValue:
        fault = (request.get_json() or {}).get("fault")
        if fault is not None and fault not in FAULTS:
            return jsonify(erreur=f"fault: {', '.join(FAULTS)} or null"), 400
        on["fault"] = fault
        return jsonify(on)

    if emulator:
        app.register_blueprint(mailbox(emulator))
    return app


@contextmanager
def serving(app: Flask, port: int = 0) -> Iterator[str]:
    """Serve in a thread, on this machine only; give the address. Port 0 means any free port."""
    server = make_server(HOST, port, app, threaded=True)
    Thread(target=server.serve_forever, args=(_POLL,), daemon=True).start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Stand-in for API Recherche d'entreprises.")
    parser.add_argument("--port", type=int, default=4580)
    parser.add_argument("--emulator", help="address of the emulator, for the mailbox page")
    options = parser.parse_args()
    app = standin(Directory(), options.emulator)
    make_server(HOST, options.port, app, threaded=True).serve_forever()


if __name__ == "__main__":
    main()
