"""What the two catalogues of formations give, and what becomes of it."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from flask import Flask, request

from depot.clients.formations import AlternanceApi
from depot.clients.pages import PagedCatalogue
from depot.clients.rco import RcoCatalogue
from depot.domain.cfa.formation import Formation, training_of
from depot.domain.cfa.training import Training
from depot.domain.firm.company import Point
from depot.ports.imports import Formations
from local.standin import formations, rco
from local.standin.app import serving
from local.standin.faults import Faults
from tests.apis import pages
from tests.deployment import a_centre


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


@pytest.mark.parametrize(
    ("name", "record", "path", "value"),
    [
        ("alternance", ALTERNANCE, "statut.catalogue", "autre"),
        ("alternance", ALTERNANCE, "formateur", None),
        ("alternance", ALTERNANCE, "formateur.organisme.etablissement.siret", "1234"),
        ("alternance", ALTERNANCE, "lieu.geolocalisation.coordinates", [2.3]),
        ("alternance", ALTERNANCE, "lieu.geolocalisation.coordinates", [2.3, 148.9]),
        ("alternance", ALTERNANCE, "lieu.geolocalisation.coordinates", ["Paris", "Paris"]),
        ("alternance", ALTERNANCE, "modalite.entierement_a_distance", "parfois"),
        ("rco", RCO, "published", None),
        ("rco", RCO, "etablissement_formateur_siret", None),
        ("rco", RCO, "lieu_formation_geo_coordonnees", "Paris"),
        ("rco", RCO, "rome_codes", "D1102"),
    ],
)
def test_a_record_of_another_shape_is_none_and_spoils_no_other(
    name: str, record: Row, path: str, value: object
) -> None:
    assert found(name, record) is not None
    assert found(name, changed(record, path, value)) is None


@pytest.mark.parametrize(
    ("name", "record", "path", "value", "reason"),
    [
        ("alternance", ALTERNANCE, "statut.catalogue", "archivé", "unpublished"),
        ("alternance", ALTERNANCE, "formateur.organisme", None, "without_centre"),
        ("alternance", ALTERNANCE, "formateur.organisme.etablissement.ouvert", False, "closed"),
        ("alternance", ALTERNANCE, "modalite.entierement_a_distance", True, "remote"),
        (
            "alternance",
            ALTERNANCE,
            "formateur.organisme.renseignements_specifiques.qualiopi",
            False,
            "uncertified",
        ),
        ("alternance", ALTERNANCE, "contact.email", None, "unreachable"),
        ("alternance", ALTERNANCE, "certification.valeur.intitule.rncp", None, "without_title"),
        ("alternance", ALTERNANCE, "certification.valeur.domaines.rome.rncp", None, "without_code"),
        ("rco", RCO, "catalogue_published", False, "unpublished"),
        ("rco", RCO, "entierement_a_distance", True, "remote"),
        ("rco", RCO, "etablissement_formateur_certifie_qualite", False, "uncertified"),
        ("rco", RCO, "etablissement_formateur_courriel", None, "unreachable"),
        ("rco", RCO, "intitule_long", None, "without_title"),
        ("rco", RCO, "rome_codes", [], "without_code"),
        ("rco", RCO, "lieu_formation_geo_coordonnees", None, "without_place"),
        ("rco", RCO, "lieu_formation_geo_coordonnees", "948.2,2.3", "without_place"),
    ],
)
def test_a_centre_that_may_not_be_asked_is_left_out(
    name: str, record: Row, path: str, value: object, reason: str
) -> None:
    formation = found(name, changed(record, path, value))

    assert formation is not None
    assert training_of(formation) == reason


def contact(email: str, *, confirmed: bool) -> Row:
    return {"email": email, "sources": [], "confirmation_referentiel": confirmed}


@pytest.mark.parametrize(
    ("own", "centre", "answering", "expected"),
    [
        ("own@example.org", [contact("c@example.org", confirmed=True)], [], "own@example.org"),
        (
            None,
            [contact("u@example.org", confirmed=False), contact("c@example.org", confirmed=True)],
            [contact("r@example.org", confirmed=True)],
            "c@example.org",
        ),
        (
            None,
            [contact("u@example.org", confirmed=False)],
            [contact("r@example.org", confirmed=False), contact("rc@example.org", confirmed=True)],
            "rc@example.org",
        ),
        (None, [], [contact("r@example.org", confirmed=False)], "r@example.org"),
        (None, [contact("u@example.org", confirmed=False)], [], None),
    ],
)
def test_whom_to_write_to(
    own: str | None, centre: list[Row], answering: list[Row], expected: str | None
) -> None:
    record = deepcopy(ALTERNANCE)
    record["contact"]["email"] = own
    record["formateur"]["organisme"]["contacts"] = centre
    record["responsable"]["organisme"] = deepcopy(record["responsable"]["organisme"])
    record["responsable"]["organisme"]["contacts"] = answering

    formation = found("alternance", record)

    assert formation is not None
    training = training_of(formation)
    assert (training.email if isinstance(training, Training) else None) == expected


def test_the_open_catalogue_falls_back_on_who_answers_for_the_centre() -> None:
    record = RCO | {
        "etablissement_formateur_courriel": None,
        "etablissement_gestionnaire_courriel": "g@example.org",
    }

    formation = found("rco", record)

    assert formation is not None
    assert formation.emails == (None, "g@example.org")


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("44.841225,-0.5800364", 44.841225, -0.5800364),  # Bordeaux
        ("-0.564629,44.886959", 44.886959, -0.564629),  # the other way round
        ("48.11, 7.35", 48.11, 7.35),
        ("7.35,48.11", 48.11, 7.35),
        ("-21.115,55.536", -21.115, 55.536),  # La Réunion
        ("-12.78,45.23", -12.78, 45.23),  # Mayotte: as far East as Lyon is North
        ("14.6,-61.0", 14.6, -61.0),  # Martinique
        ("4.92,-52.31", 4.92, -52.31),  # Guyane
    ],
)
def test_coordinates_written_the_other_way_round_are_put_right(
    text: str, latitude: float, longitude: float
) -> None:
    formation = found("rco", RCO | {"lieu_formation_geo_coordonnees": text})

    assert formation is not None
    assert formation.place == Point(latitude=latitude, longitude=longitude)


@pytest.mark.parametrize(
    ("rncp", "cfd", "level"), [("4", "3", "4"), (None, "3", "3"), (None, None, None)]
)
def test_the_level_is_that_of_the_rncp_else_of_the_diploma(
    rncp: str | None, cfd: str | None, level: str | None
) -> None:
    record = deepcopy(ALTERNANCE)
    record["certification"]["valeur"]["intitule"]["niveau"] = {
        "rncp": rncp and {"europeen": rncp},
        "cfd": cfd and {"europeen": cfd},
    }

    formation = found("alternance", record)

    assert formation is not None
    assert formation.level == level
