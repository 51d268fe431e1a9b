"""Distances on Earth, taken for a sphere.

Two formulas of the same distance: the haversine says it, exact at any range; the dot product of
unit vectors compares, five times cheaper. Between 1 and 200 km they differ by less than 0.1 mm.
"""

from math import asin, cos, radians, sin, sqrt
from typing import Final

from depot.domain.firm.company import Point


EARTH_RADIUS_KM: Final = 6371.0088  # IUGG mean radius

Vector = tuple[float, float, float]


def distance_km(here: Point, latitude: float, longitude: float) -> float:
    """Great-circle distance (haversine), kilometres."""
    phi, theta = radians(here.latitude), radians(latitude)
    half_lat, half_lon = (theta - phi) / 2, radians(longitude - here.longitude) / 2
    chord = sin(half_lat) ** 2 + cos(phi) * cos(theta) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))


def vector(latitude: float, longitude: float) -> Vector:
    """The unit vector from the centre of the Earth; its last part is the sine of the latitude."""
    phi, turn = radians(latitude), radians(longitude)
    return cos(phi) * cos(turn), cos(phi) * sin(turn), sin(phi)


def cosine(kilometres: float) -> float:
    """The dot product of two unit vectors so far apart."""
    return cos(kilometres / EARTH_RADIUS_KM)
