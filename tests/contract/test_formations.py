"""The two catalogues of formations against their stand-ins: how they are asked and walked."""

import json

import pytest
from flask import Flask, request

from depot.clients.formations import AlternanceApi
from depot.clients.rco import RcoCatalogue
from depot.domain.cfa.formation import training_of
from depot.domain.cfa.training import Training
from local.standin import formations
from local.standin.app import serving
from tests.apis import pages
from tests.formations import SOURCES, Row, read
from tests.posted import a_centre


@pytest.mark.parametrize("name", SOURCES)
def test_a_record_becomes_a_training(name: str) -> None:
    [formation] = read(name, a_centre(7, romes=["D1102", "D1104"]))

    assert formation is not None
    assert training_of(formation) == Training(
        siret="00000000700010",
        title="CAP Boulanger",
        level="3",
        romes=("D1102", "D1104"),
        name="CFA fictif 7",
        city="Périgueux",
        email="cfa-7@example.org",
        latitude=a_centre(7)["lat"],
        longitude=0.71183,
    )


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 2500])
def test_every_page_is_read_once(name: str, count: int) -> None:
    rows = [a_centre(number) for number in range(count)]

    names = [formation.name for formation in read(name, *rows) if formation]

    assert names == [row["name"] for row in rows]


@pytest.mark.parametrize("name", SOURCES)
def test_the_whole_synthetic_catalogue_is_understood(name: str) -> None:
    found = [training_of(f) for f in read(name, *formations.catalogue()) if f]

    assert len(found) == 8_577
    assert {reason for reason in found if isinstance(reason, str)} == {"uncertified"}


def test_a_key_goes_in_the_header_and_nowhere_else() -> None:
    app, seen = Flask(__name__), list[tuple[str | None, str]]()

    @app.get("/formation/v1/search")
    def search() -> Row:
        seen.append((request.headers.get("Authorization"), request.full_path))
        return {"data": [], "pagination": {"page_count": 1}}

    with serving(app) as url:
        list(AlternanceApi(url, key=lambda: "secret", pages=pages()).all())

    assert [header for header, _ in seen] == ["Bearer secret"]
    assert "secret" not in seen[0][1]
    assert "page_size=1000&page_index=0" in seen[0][1]


def test_the_open_catalogue_is_asked_for_what_is_published_and_for_our_fields_alone() -> None:
    app, seen = Flask(__name__), list[dict[str, str]]()

    @app.get("/v1/entity/formations")
    def search() -> Row:
        seen.append(request.args.to_dict())
        return {"formations": [], "pagination": {"nombre_de_page": 0}}

    with serving(app) as url:
        list(RcoCatalogue(url, pages=pages()).all())

    [asked] = seen
    assert json.loads(asked["query"]) == {"catalogue_published": True, "published": True}
    assert {"rome_codes", "etablissement_formateur_courriel"} <= json.loads(asked["select"]).keys()
    assert (asked["page"], asked["limit"]) == ("1", "1000")
