"""The communes that are shipped: every one is found, and known under its usual spellings."""

import re
import unicodedata
from collections import Counter

import pytest

from depot.domain.firm.company import Point
from depot.domain.firm.places import Commune, name_key
from depot.reference import rows
from depot.reference.communes import ShippedCommunes


SHIPPED = ShippedCommunes()
TABLE = rows("communes.csv")


def names(postcode: str) -> list[str]:
    return [commune.name for commune in SHIPPED.of_postcode(postcode)]


def test_every_commune_is_shipped_once_for_each_of_its_postcodes() -> None:
    assert len(TABLE) == len({(postcode, insee) for postcode, insee, *_ in TABLE}) == 35_493
    assert len({insee for _, insee, *_ in TABLE}) == 34_964
    assert [row[:2] for row in TABLE] == sorted(row[:2] for row in TABLE)
    assert all("," not in name for _, _, name, *_ in TABLE)


def test_a_postcode_gives_its_communes() -> None:
    assert names("24000") == ["Périgueux"]
    assert names("24330")[1] == "Boulazac Isle Manoire"
    assert len(names("51300")) == 46


@pytest.mark.parametrize("wrong", ["", "24", "99999", "24019", "24000,24322", "\n24000", "abcde"])
def test_a_postcode_that_is_no_place_gives_none(wrong: str) -> None:
    assert names(wrong) == []


def test_a_commune_is_found_by_its_code() -> None:
    point = Point(latitude=45.19187, longitude=0.71183)
    assert SHIPPED.get("24322") == Commune(insee="24322", name="Périgueux", point=point)
    assert SHIPPED.get("2A004") is not None


@pytest.mark.parametrize("wrong", ["", "24000,", "99999", "2C004", "postc"])
def test_a_code_of_no_commune_finds_nothing(wrong: str) -> None:
    assert SHIPPED.get(wrong) is None


@pytest.mark.parametrize(
    ("name", "insee", "arrondissement", "postcodes"),
    [
        ("Paris", "75056", "75107", [f"750{n:02}" for n in range(1, 21)] + ["75116"]),
        ("Lyon", "69123", "69389", [f"6900{n}" for n in range(1, 10)]),
        ("Marseille", "13055", "13216", [f"130{n:02}" for n in range(1, 17)]),
    ],
)
def test_a_divided_city_is_one_commune_with_all_its_postcodes(
    name: str, insee: str, arrondissement: str, postcodes: list[str]
) -> None:
    found = [commune for code in postcodes for commune in SHIPPED.of_postcode(code)]

    assert {(commune.name, commune.insee) for commune in found} == {(name, insee)}
    assert SHIPPED.get(arrondissement) == SHIPPED.get(insee)
    # Each at its arrondissement; Paris 16e alone has two postcodes.
    assert len({commune.point for commune in found}) == len(postcodes) - (name == "Paris")


@pytest.mark.parametrize(
    ("postcode", "name"),
    [
        ("97110", "Pointe-à-Pitre"),
        ("97200", "Fort-de-France"),
        ("97300", "Cayenne"),
        ("97400", "Saint-Denis"),
        ("97600", "Mamoudzou"),
        ("97133", "Saint-Barthélemy"),
        ("97150", "Saint-Martin"),
        ("97500", "Saint-Pierre"),
        ("98714", "Papeete"),
        ("98800", "Nouméa"),
        ("20000", "Ajaccio"),
    ],
)
def test_overseas_and_corsica_are_there(postcode: str, name: str) -> None:
    assert name in names(postcode)


def test_the_communes_without_a_place_are_one_suburb_and_faraway_islands() -> None:
    without = {insee for _, insee, _, latitude, _ in TABLE if not latitude}

    assert {insee for insee in without if insee < "97"} == {"76095"}
    assert {insee[:3] for insee in without} == {"760", "975", "986", "987", "988", "989"}


def test_every_place_is_in_its_part_of_the_world() -> None:
    for postcode, _, name, latitude, longitude in TABLE:
        if latitude and postcode < "97":
            assert 41 < float(latitude) < 51.5, name
            assert -5.5 < float(longitude) < 10, name


def test_two_communes_of_a_postcode_are_never_taken_for_each_other() -> None:
    keys = Counter((postcode, name_key(name)) for postcode, _, name, *_ in TABLE)

    assert keys.most_common(1)[0][1] == 1
    assert all(key for _, key in keys)


def test_every_commune_is_known_as_envelopes_write_it() -> None:
    for _, _, name, *_ in TABLE:
        bare = unicodedata.normalize("NFD", name.upper().replace("Œ", "OE").replace("Æ", "AE"))
        envelope = bare.encode("ascii", "ignore").decode().replace("-", " ").replace("'", " ")
        shortened = re.sub(r"\bSAINT(E?)\b", r"ST\1", envelope)
        assert name_key(shortened) == name_key(f"{envelope} CEDEX 1") == name_key(name)
