"""The ways other people's APIs fail, on demand.

``POST /_faults {"fault": "slow", "service": "companies"}`` makes a service fail until ``{"fault":
null}``; without a service, all of them. A service may also have questions that always fail.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue


SLOW: Final = 3.0  # seconds, twice the budget of the clients
DRIP: Final = 0.2  # seconds between two bytes
RETRY_AFTER: Final = 2  # seconds

Json = dict[str, object]


def _slow(answer: Response) -> ResponseReturnValue:
    time.sleep(SLOW)
    return answer


def _busy(_answer: Response) -> ResponseReturnValue:
    headers = {"Retry-After": str(RETRY_AFTER)}
    return jsonify(erreur="Trop de requêtes"), 429, headers


def _error(_answer: Response) -> ResponseReturnValue:
    return jsonify(erreur="Une erreur est survenue"), 500


def _html(_answer: Response) -> ResponseReturnValue:
    return Response("<!doctype html><title>Maintenance</title>", content_type="text/html")


def _wrong_fields(answer: Response) -> ResponseReturnValue:
    if answer.is_json:
        return jsonify({f"{name}_v2": value for name, value in answer.get_json().items()})
    header, _, rest = answer.get_data().partition(b"\n")
    answer.set_data(header.replace(b"|", b"_V2|") + b"\n" + rest)
    return answer


def _truncated(answer: Response) -> ResponseReturnValue:
    body = answer.get_data()
    response = Response(body[: len(body) // 2], content_type=answer.content_type)
    response.headers["Content-Length"] = str(len(body))
    return response


def _drip(answer: Response) -> ResponseReturnValue:
    def drops() -> Iterator[bytes]:
        for byte in answer.get_data():
            yield bytes([byte])
            time.sleep(DRIP)

    return Response(drops(), content_type=answer.content_type)


FAULTS: Final[dict[str, Callable[[Response], ResponseReturnValue]]] = {
    "slow": _slow,
    "busy": _busy,
    "error": _error,
    "html": _html,
    "wrong_fields": _wrong_fields,
    "truncated": _truncated,
    "drip": _drip,
}


@dataclass
class Faults:
    """Which services fail now, and how."""

    on: dict[str, str | None] = field(default_factory=dict)

    def answer(
        self, service: str, answer: Json, *, status: int = 200, always: str | None = None
    ) -> ResponseReturnValue:
        """Answer for a service, or fail in its place; ``always`` is the fault of this question."""
        response = jsonify(answer)
        response.status_code = status
        return self.give(service, response, always=always)

    def give(
        self, service: str, response: Response, *, always: str | None = None
    ) -> ResponseReturnValue:
        """Give any answer of a service, or fail in its place."""
        fault = always or self.on.get(service)
        return FAULTS[fault](response) if fault else response


def switches(faults: Faults, services: Sequence[str]) -> Blueprint:
    """Make the page that turns faults on and off."""
    pages = Blueprint("faults", __name__)

    @pages.get("/_faults")
    def show() -> ResponseReturnValue:
        return jsonify(on=faults.on, faults=sorted(FAULTS), services=sorted(services))

    @pages.post("/_faults")
    def switch() -> ResponseReturnValue:
        wanted = request.get_json() or {}
        fault, service = wanted.get("fault"), wanted.get("service")
        if fault not in {None, *FAULTS}:
            return jsonify(erreur=f"fault: {', '.join(FAULTS)} or null"), 400
        if service not in {None, *services}:
            return jsonify(erreur=f"service: {', '.join(services)} or nothing"), 400
        faults.on |= dict.fromkeys([service] if service else services, fault)
        return jsonify(on=faults.on)

    return pages
