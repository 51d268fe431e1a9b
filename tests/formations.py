"""The two catalogues of formations: their stand-ins, their clients, one record of each."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from flask import Flask

from depot.clients.formations import AlternanceApi
from depot.clients.pages import PagedCatalogue
from depot.clients.rco import RcoCatalogue
from depot.domain.cfa.formation import Formation
from depot.ports.imports import Formations
from local.standin import formations, rco
from local.standin.app import serving
from local.standin.faults import Faults
from tests.apis import pages
from tests.posted import a_centre


Row = dict[str, Any]
Source = Callable[[str], Formations]


def patient() -> PagedCatalogue:
    """For tests that time nothing."""
    return pages(silence=30, page=30, whole=120)


SOURCES: dict[str, tuple[Any, Source]] = {
    "alternance": (formations, lambda url: AlternanceApi(url, key=lambda: "k", pages=patient())),
    "rco": (rco, lambda url: RcoCatalogue(url, pages=patient())),
}


@contextmanager
def serve(name: str, rows: Sequence[Row]) -> Iterator[Formations]:
    """A stand-in of these rows, and its client."""
    app, (module, source) = Flask(__name__), SOURCES[name]
    app.register_blueprint(module.service(Faults(), rows))
    with serving(app) as url:
        yield source(f"{url}/api")


def read(name: str, *rows: Row) -> list[Formation | None]:
    with serve(name, rows) as source:
        return list(source.all())


def found(name: str, record: Row) -> Formation | None:
    """What one record of the service becomes."""
    app = Flask(__name__)
    one = {"pagination": {"page_count": 1, "nombre_de_page": 1}}

    @app.get("/<path:_any>")
    def page(_any: str) -> Row:
        return one | {"data": [record], "formations": [record]}

    with serving(app) as url:
        [formation] = SOURCES[name][1](f"{url}/api").all()
        return formation


def changed(record: Row, path: str, value: object) -> Row:
    spoiled = deepcopy(record)
    at: Any = spoiled
    *way, last = path.split(".")
    for step in way:
        at = at[step]
    at[last] = value
    return spoiled


ALTERNANCE: Any = formations.formation(a_centre())
RCO: Any = rco.formation(a_centre())
