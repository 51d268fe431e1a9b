"""One exchange with somebody else's server: what it may cost, what is remembered of it."""

import socket

from flask import Flask, request

from local.standin.app import serving
from tests.apis import answering, dripping_headers, http, outage


def test_a_server_that_hangs_costs_at_most_four_threads() -> None:
    with dripping_headers() as url:
        service = http(budget=0.05)
        reasons = [outage(lambda: service.get(f"{url}/x")) for _ in range(5)]

    assert reasons == ["too slow"] * 4 + ["earlier exchanges still hang"]


def test_nobody_listening_is_an_outage() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    assert outage(lambda: http().get(f"http://127.0.0.1:{port}/x")) == "no answer: ConnectionError"


def test_a_busy_server_is_left_alone_until_the_time_it_gave() -> None:
    app = Flask(__name__)
    calls: list[str] = []

    @app.get("/x")
    def busy() -> tuple[dict[str, str], int, dict[str, str]]:
        calls.append("x")
        return {"erreur": "Trop de requêtes"}, 429, {"Retry-After": "30"}

    with serving(app) as url:
        service = http()
        reasons = [outage(lambda: service.get(f"{url}/x")) for _ in range(3)]

    assert reasons == ["status 429", "asked to wait", "asked to wait"]
    assert len(calls) == 1


def test_a_huge_answer_is_given_up() -> None:
    with answering(b'{"results":[' + b" " * 1_000_000 + b"]}") as url:
        assert outage(lambda: http().get(f"{url}/x")) == "too large"


def test_only_an_expected_status_is_an_answer() -> None:
    app = Flask(__name__)

    @app.get("/x")
    def unknown() -> tuple[dict[str, str], int]:
        return {"erreur": "inconnu"}, 404

    with serving(app) as url:
        reply = http().get(f"{url}/x", expect={200, 404})

        assert (reply.status, reply.body) == (404, b'{"erreur":"inconnu"}\n')
        assert outage(lambda: http().get(f"{url}/x")) == "status 404"


def test_a_server_learns_who_asks_and_what_only_it_may_know() -> None:
    app = Flask(__name__)
    asked: list[tuple[str, str, dict[str, str]]] = []

    @app.get("/x")
    def note() -> dict[str, object]:
        headers = request.headers
        asked.append((headers["User-Agent"], headers["X-Key"], request.args.to_dict()))
        return {}

    with serving(app) as url:
        http().get(f"{url}/x", {"q": "é"}, headers={"X-Key": "k"})

    [(agent, key, parameters)] = asked
    assert "depot" in agent
    assert "https://depot.example" in agent
    assert (key, parameters) == ("k", {"q": "é"})
