"""The distance of two places as an atlas has it: what ours, which is cheaper, is held to."""

from math import asin, cos, radians, sin, sqrt

from depot.domain.cfa.sphere import EARTH_RADIUS_KM
from depot.domain.firm.company import Point


def distance_km(here: Point, latitude: float, longitude: float) -> float:
    """Great-circle distance (haversine), kilometres."""
    phi, theta = radians(here.latitude), radians(latitude)
    half_lat, half_lon = (theta - phi) / 2, radians(longitude - here.longitude) / 2
    chord = sin(half_lat) ** 2 + cos(phi) * cos(theta) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))
