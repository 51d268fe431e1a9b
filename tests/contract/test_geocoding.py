"""The geocoder's client against the stand-in, and the fake held to the same; then worse answers."""

import json
from typing import Any

import pytest
from flask import Flask, request

from depot.clients.geocoding import BUDGET, GeocodingApi
from depot.domain.firm.company import Address, Point
from depot.domain.firm.places import AddressForm, Located
from depot.ports.places import Geocoder
from depot.reference.communes import ShippedCommunes
from local.standin.app import serving
from local.standin.geocoding import PREFIX, Gazetteer
from tests.apis import answering, failing, http, outage
from tests.fakes import FakeGeocoder


def at(street: str | None, postcode: str = "24000", city: str = "Périgueux") -> Address:
    form = AddressForm(street=street, postcode=postcode, city=city)
    return form.address(ShippedCommunes().of_postcode(postcode))


OVEN = at("12 rue du Four")
SQUARE = at("place de la Mairie")
UNSURE = at("rue introuvable")
NOWHERE = at("nulle part")


def client(url: str) -> GeocodingApi:
    return GeocodingApi(f"{url}{PREFIX}", http=http())


def point(where: Address, geocoder: Geocoder) -> Located | None:
    return geocoder.find(where, within=1.5)


@pytest.fixture(params=["stand-in", "fake"])
def geocoder(request: pytest.FixtureRequest) -> Geocoder:
    """The real client and the fake of the other tests, which know the same addresses."""
    if request.param == "stand-in":
        return client(request.getfixturevalue("address"))
    here = Point(latitude=45.19, longitude=0.71)
    return FakeGeocoder(
        {
            OVEN.label: Located(point=here, precision="address", source="geocoder"),
            SQUARE.label: Located(point=here, precision="street", source="geocoder"),
        }
    )


def test_a_number_in_a_street_is_found(geocoder: Geocoder) -> None:
    found = point(OVEN, geocoder)

    assert found is not None
    assert (found.precision, found.source) == ("address", "geocoder")
    assert (round(found.point.latitude), round(found.point.longitude)) == (45, 1)


def test_a_street_is_found(geocoder: Geocoder) -> None:
    found = point(SQUARE, geocoder)

    assert found is not None
    assert found.precision == "street"


@pytest.mark.parametrize("where", [at(None), UNSURE, NOWHERE], ids=lambda a: a.label)
def test_what_is_not_known_for_sure_is_not_known(geocoder: Geocoder, where: Address) -> None:
    assert point(where, geocoder) is None


def test_an_outage_is_told(address: str) -> None:
    fake = FakeGeocoder(down=True)
    outage(lambda: point(OVEN, fake))

    with failing(address, "geocoding", "error"):
        outage(lambda: point(OVEN, client(address)), "Four", "24000")


def test_nobody_is_asked_about_a_commune_alone() -> None:
    assert point(at(None), client("http://127.0.0.1:9")) is None


def test_no_more_is_waited_for_than_what_is_left(address: str) -> None:
    with failing(address, "geocoding", "slow"):
        assert outage(lambda: client(address).find(OVEN, within=0.2)) == "too slow"


def test_its_own_budget_leaves_the_directory_most_of_the_request() -> None:
    assert BUDGET <= 0.6


@pytest.mark.parametrize(
    ("where", "asked"),
    [
        (OVEN, {"q": OVEN.label, "citycode": "24322"}),
        (at("« Le Bourg »"), {"q": "Le Bourg » 24000 Périgueux", "citycode": "24322"}),
        (
            at("20 avenue de Ségur", "75007", "Paris"),
            {"q": "20 avenue de Ségur 75007 Paris", "postcode": "75007"},
        ),
    ],
)
def test_it_is_asked_about_one_commune_as_it_likes_to_be(
    where: Address, asked: dict[str, str]
) -> None:
    app = Flask(__name__)
    questions: list[dict[str, str]] = []

    @app.get("/search")
    def search() -> dict[str, object]:
        questions.append(request.args.to_dict())
        return {"type": "FeatureCollection", "features": []}

    with serving(app) as url:
        point(where, GeocodingApi(url, http=http()))

    assert questions == [{**asked, "limit": "1", "autocomplete": "0"}]


def test_a_long_address_is_asked_about_within_the_limit(address: str) -> None:
    long = OVEN.model_copy(update={"label": f"({'x' * 300}"})

    assert point(long, client(address)) is not None


def test_an_address_of_an_arrondissement_is_in_its_commune(address: str) -> None:
    assert point(at("20 avenue de Ségur", "75007", "Paris 7e"), client(address)) is not None
    assert point(at("1 place Bellecour", "69002", "Lyon"), client(address)) is not None
    assert point(at("1 quai du Port", "13002", "Marseille"), client(address)) is not None


def answer(**over: Any) -> bytes:
    """An answer of the stand-in about the oven, with other properties."""
    found = json.loads(json.dumps(Gazetteer().search(OVEN.label, "24322", "")))
    found["features"][0]["properties"].update(over)
    return json.dumps(found).encode()


@pytest.mark.parametrize("over", [{}, {"score": 0.6}, {"type": "street"}])
def test_a_guess_is_taken_in_the_same_commune_with_a_score_of_six_tenths(
    over: dict[str, Any],
) -> None:
    with answering(answer(**over)) as url:
        assert point(OVEN, GeocodingApi(url, http=http())) is not None


@pytest.mark.parametrize(
    "over",
    [
        {"score": 0.599},
        {"type": "locality"},
        {"type": "municipality"},
        {"citycode": "24138"},
        {"citycode": "33063", "score": 0.99},
    ],
)
def test_any_other_guess_is_left(over: dict[str, Any]) -> None:
    with answering(answer(**over)) as url:
        assert point(OVEN, GeocodingApi(url, http=http())) is None


@pytest.mark.parametrize(
    "body",
    [
        answer(score="haut"),
        answer(score=None),
        answer(citycode=24322),
        answer().replace(b'"Point"', b'"Polygon"'),
        answer().replace(b"45.", b"145."),
        answer().replace(b'"coordinates": [', b'"coordinates": [NaN, '),
        answer().replace(b'"FeatureCollection"', b'"Feature"'),
    ],
)
def test_an_answer_of_another_shape_is_an_outage(body: bytes) -> None:
    with answering(body) as url:
        outage(lambda: point(OVEN, GeocodingApi(url, http=http())), "Four")


def test_a_question_the_geocoder_refuses_is_an_outage(address: str) -> None:
    nothing = OVEN.model_copy(update={"label": "?"})

    assert outage(lambda: point(nothing, client(address))) == "status 400"
