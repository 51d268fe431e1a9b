"""Every stand-in as one application, and how to serve it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Final

from flask import Flask
from werkzeug.serving import make_server

from local.mailbox import mailbox
from local.standin import (
    api_entreprise,
    companies,
    formations,
    france_travail,
    geocoding,
    la_bonne_alternance,
    rco,
    siro,
)
from local.standin.faults import Faults, switches


HOST: Final = "127.0.0.1"
SERVICES: Final = {
    "companies": companies.service,
    "api_entreprise": api_entreprise.service,
    "geocoding": geocoding.service,
    "formations": formations.service,
    "rco": rco.service,
    "siro": siro.api,
    "siro_file": siro.file,
    "la_bonne_alternance": la_bonne_alternance.service,
    "france_travail": france_travail.service,
}
_POLL: Final = 0.02  # seconds before it notices that it must stop


def standin(emulator: str | None = None) -> Flask:
    """Make the application; the mailbox page is there when there is an emulator to read."""
    app, faults = Flask(__name__), Faults()
    for service in SERVICES.values():
        app.register_blueprint(service(faults))
    app.register_blueprint(switches(faults, list(SERVICES)))
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
