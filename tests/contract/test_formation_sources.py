"""One suite for the Formations port: both catalogues, and the fake."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

import pytest
from flask import Flask, request
from flask.typing import ResponseReturnValue

from depot.domain.cfa.formation import Formation
from depot.domain.errors import SourceUnavailable
from depot.ports.imports import Formations
from local.standin.app import serving
from tests.fakes import FakeFormations
from tests.formations import ALTERNANCE, RCO, SOURCES, Row, found


RECORDS: dict[str, Row] = {"alternance": ALTERNANCE, "rco": RCO}
# What a page holds: a record that can be read, one that cannot; None: the page cannot be had.
Page = Sequence[bool] | None
Make = Callable[[Sequence[Page]], Formations]


def _api(name: str, given: Sequence[Page]) -> Flask:
    app = Flask(__name__)

    @app.get("/<path:_any>")
    def page(_any: str) -> ResponseReturnValue:
        number = request.args.get("page_index", type=int)
        wanted = given[number if number is not None else int(request.args["page"]) - 1]
        if wanted is None:
            return {}, 500
        records = [RECORDS[name] if readable else {"id": "?"} for readable in wanted]
        pagination = {"page_count": len(given), "nombre_de_page": len(given)}
        return {"data": records, "formations": records, "pagination": pagination}

    return app


def _fake(given: Sequence[Page]) -> FakeFormations:
    one = found("rco", RCO)
    known: list[Formation | Exception | None] = []
    for page in given:
        known += [SourceUnavailable()] if page is None else [one if good else None for good in page]
    return FakeFormations(known)


@pytest.fixture(params=["alternance", "rco", "fake"])
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    name: str = request.param
    with ExitStack() as stack:

        def served(given: Sequence[Page]) -> Formations:
            url = stack.enter_context(serving(_api(name, given)))
            return SOURCES[name][1](f"{url}/api")

        yield _fake if name == "fake" else served


def test_a_catalogue_has_a_name(make: Make) -> None:
    assert make([[]]).name


def test_an_empty_catalogue_holds_nothing(make: Make) -> None:
    assert list(make([[]]).all()) == []


def test_every_page_is_given_in_order_and_what_cannot_be_read_is_none(make: Make) -> None:
    formations = list(make([[True, False], [True]]).all())

    assert [formation is not None for formation in formations] == [True, False, True]
    assert {type(formation) for formation in formations} == {Formation, type(None)}


@pytest.mark.parametrize("given", [[None], [[True], None]])
def test_a_catalogue_that_stops_is_an_outage_perhaps_in_the_middle(
    make: Make, given: Sequence[Page]
) -> None:
    with pytest.raises(SourceUnavailable):
        list(make(given).all())


def test_a_catalogue_can_be_read_again(make: Make) -> None:
    source = make([[True]])

    assert list(source.all()) == list(source.all()) != []
