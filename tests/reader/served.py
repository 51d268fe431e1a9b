"""A feed in memory as the reference reader meets it: through requests, or on a port."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any, Protocol

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from depot.ports.objects import StoredObject
from depot_reader.follow import Steps, follow
from depot_reader.mirror import Mirror, Status
from depot_reader.site import Site


SITE = "https://depot.example"
LATER = "2026-11-23T12:00:00+00:00"

Answer = tuple[int, dict[str, str], bytes]
Spoil = Callable[[int, Answer], Answer]


class Readable(Protocol):
    def get(self, key: str) -> StoredObject | None: ...


def answer(objects: Readable, path: str, etag: str | None) -> Answer:
    """What CloudFront says of an object: status, headers, body."""
    stored = objects.get(path.removeprefix("/"))
    if stored is None:
        return 404, {}, b"<html>"
    tag = f'"{hashlib.sha256(stored.body).hexdigest()[:8]}"'
    if etag == tag:
        return 304, {"ETag": tag}, b""
    encoding = {"Content-Encoding": "gzip"} if path.endswith(".gz") else {}
    return 200, {"ETag": tag, **encoding}, stored.body


class Served(BaseAdapter):
    """Answers requests in this process; ``meanwhile`` is called before each, with its number."""

    def __init__(
        self, objects: Readable, meanwhile: Callable[[int], object] = lambda _: None
    ) -> None:
        super().__init__()
        self.objects, self.meanwhile = objects, meanwhile
        self.asked: list[tuple[str, int]] = []

    def send(  # type: ignore[override]
        self, request: requests.PreparedRequest, **_: Any
    ) -> requests.Response:
        self.meanwhile(len(self.asked) + 1)
        path = request.path_url
        status, headers, body = answer(self.objects, path, request.headers.get("If-None-Match"))
        self.asked.append((path.rpartition("/v1/")[2], status))
        response = requests.Response()
        response.status_code, response.url = status, str(request.url)
        response.headers.update(headers)
        response.raw = HTTPResponse(BytesIO(body), headers, status, preload_content=False)
        return response

    def close(self) -> None:
        """Nothing is open."""


def read(database: Path, served: Served, *, now: str = LATER) -> Steps:
    """One run of the reader."""
    with requests.Session() as session, Mirror.open_for(database, SITE) as mirror:
        session.mount(SITE, served)
        return follow(Site(SITE, session), mirror, now)


def mirrored(database: Path) -> dict[str, Any]:
    """The offers a mirror holds."""
    with Mirror.existing(database) as mirror:
        return {offer_id: json.loads(record) for offer_id, record in mirror.offers()}


def withdrawn(database: Path) -> dict[str, tuple[str | None, str]]:
    with Mirror.existing(database) as mirror:
        return {offer_id: (reason, at) for offer_id, reason, at in mirror.withdrawn()}


def status(database: Path) -> Status:
    with Mirror.existing(database) as mirror:
        return mirror.status()


@dataclass
class OnAPort:
    """A feed on this machine. ``spoil`` may change an answer, by the number of its request."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    spoil: Spoil = lambda _, told: told


@contextmanager
def on_a_port(objects: Readable) -> Iterator[OnAPort]:
    """Serve a feed over real HTTP."""
    port = OnAPort()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            port.asked.append(self.path)
            told = answer(objects, self.path, self.headers["If-None-Match"])
            status, headers, body = port.spoil(len(port.asked), told)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        port.url = f"http://127.0.0.1:{server.server_port}"
        yield port
        server.shutdown()
        thread.join()
