"""Distances: the one that is said and the one that compares."""

from math import acos

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bench.haversine import distance_km as haversine
from depot.domain.cfa.sphere import EARTH_RADIUS_KM, cosine, distance_km, vector
from depot.domain.firm.company import Point


latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)


def dot(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("here", "there", "kilometres"),
    [
        ((48.8566, 2.3522), (45.764, 4.8357), 391.5),  # Paris, Lyon
        ((-20.8789, 55.4481), (-21.3393, 55.4781), 51.3),  # Saint-Denis, Saint-Pierre
        ((0, 179.9), (0, -179.9), 22.2),
        ((90, 0), (-90, 0), 20015.1),
        ((45, 0), (45, 0), 0),
    ],
)
def test_distances_are_those_of_an_atlas(
    here: tuple[float, float], there: tuple[float, float], kilometres: float
) -> None:
    point = Point(latitude=here[0], longitude=here[1])

    assert haversine(point, *there) == pytest.approx(kilometres, abs=0.1)


@given(latitudes, longitudes, st.floats(-2, 2), st.floats(-2, 2))
def test_what_compares_is_within_a_millimetre_of_what_is_said(
    latitude: float, longitude: float, north: float, east: float
) -> None:
    here = Point(latitude=latitude, longitude=longitude)
    there = max(-90.0, min(90.0, latitude + north)), longitude + east
    said = haversine(here, *there)
    assume(1 <= said <= 200)

    measured = acos(dot(vector(latitude, longitude), vector(*there))) * EARTH_RADIUS_KM

    assert measured == pytest.approx(said, abs=1e-6)


@given(latitudes, longitudes, st.floats(-2, 2), st.floats(-2, 2))
def test_what_is_said_is_the_atlas_s_to_a_hundred_metres(
    latitude: float, longitude: float, north: float, east: float
) -> None:
    there = max(-90.0, min(90.0, latitude + north)), longitude + east
    exact = haversine(Point(latitude=latitude, longitude=longitude), *there)

    said = distance_km(dot(vector(latitude, longitude), vector(*there)))

    assert said == pytest.approx(exact, abs=0.0502)
    assert said == round(said, 1)


@given(st.floats(0.1, 200))
def test_a_distance_has_its_cosine(kilometres: float) -> None:
    assert acos(cosine(kilometres)) * EARTH_RADIUS_KM == pytest.approx(kilometres, abs=1e-5)
