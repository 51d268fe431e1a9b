"""Other people's APIs as our clients meet them: stand-ins on real sockets, and worse."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
import requests
from flask import Flask, Response

from depot.clients.http import Http, new_session
from depot.clients.pages import PagedCatalogue, WalkLimits, keeping_session
from depot.domain.errors import SourceUnavailable
from local.standin.app import serving


BUDGET = 1.5  # seconds one deposit may lose to other people's APIs


def http(budget: float | None = None) -> Http:
    """A service's HTTP that remembers nothing from the test before."""
    session = new_session("https://depot.example")
    return Http(session) if budget is None else Http(session, budget=budget)


def pages(**limits: float) -> PagedCatalogue:
    """Pages that are asked once, within the budget of a deposit unless a test says otherwise."""
    strict = WalkLimits(silence=1.2, page=1.4, whole=1.4, tries=1)
    session = keeping_session("https://depot.example")
    return PagedCatalogue(session, strict._replace(**limits))  # type: ignore[arg-type]


def outage(ask: Callable[[], object], *secrets: str) -> str:
    """Why an API could not say; fails if it took longer than the budget or told a secret."""
    start = time.monotonic()

    with pytest.raises(SourceUnavailable) as caught:
        ask()

    assert time.monotonic() - start < BUDGET
    reason = str(caught.value)
    assert [secret for secret in secrets if secret in reason] == []
    return reason


@contextmanager
def failing(address: str, service: str, fault: str) -> Iterator[None]:
    """One service of a stand-in fails, whatever it is asked."""
    switch = f"{address}/_faults"
    requests.post(switch, json={"fault": fault, "service": service}, timeout=5).raise_for_status()
    try:
        yield
    finally:
        requests.post(
            switch, json={"fault": None, "service": service}, timeout=5
        ).raise_for_status()


@contextmanager
def answering(body: bytes, content_type: str = "application/json") -> Iterator[str]:
    """A server that gives this body to every question."""
    app = Flask(__name__)

    @app.route("/<path:_any>", methods=["GET", "POST"])
    def same(_any: str) -> Response:
        return Response(body, content_type=content_type)

    with serving(app) as url:
        yield url


@contextmanager
def dripping_headers() -> Iterator[str]:
    """A server that sends its first header byte by byte, for ever."""
    stop = Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Drip: ")
            while not stop.wait(0.1):
                connection.sendall(b"a")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        stop.set()
        thread.join()
