"""Which training centres could find candidates for a need: pure, exact, deterministic.

A centre is eligible when it is Qualiopi-certified (art. L. 6316-1 code du travail), has an e-mail,
teaches a training of one of the need's ROME codes (or of the former ROME 3 code above it, which
catalogues still carry) at a compatible level, within 100 km. One training per SIREN, the best;
exact ROME first, then the nearest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Final

from depot.domain.company import Point
from depot.domain.model import Value
from depot.domain.offer import Need


MAX_DISTANCE_KM: Final = 100.0
MAX_CENTRES: Final = 10
_EARTH_RADIUS_KM: Final = 6371.0088  # IUGG mean radius


@dataclass(frozen=True, slots=True)
class Training:
    """One training of one centre, as a catalogue gives it.

    ``level`` is European, "3" to "7"; degrees, WGS 84.
    """

    siren: str
    siret: str
    name: str
    city: str
    email: str
    title: str
    level: str
    romes: tuple[str, ...]
    latitude: float
    longitude: float
    qualiopi: bool


class Match(Value):
    """A centre to ask, and why.

    Its training, how far, and whether it carries exactly one of the need's ROME codes.
    """

    siren: str
    siret: str
    name: str
    city: str
    email: str
    title: str
    distance_km: float
    exact: bool


def distance_km(here: Point, latitude: float, longitude: float) -> float:
    """Great-circle distance (haversine), kilometres."""
    phi, theta = radians(here.latitude), radians(latitude)
    half_lat, half_lon = (theta - phi) / 2, radians(longitude - here.longitude) / 2
    chord = sin(half_lat) ** 2 + cos(phi) * cos(theta) * sin(half_lon) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))


def sought(need: Need) -> frozenset[str]:
    """The codes a catalogue may carry for a need: those of its métiers, and the former ones."""
    return frozenset(code for metier in need.metiers for code in (metier.rome, metier.parent))


def _match(training: Training, need: Need, here: Point) -> Match | None:
    eligible = (
        training.qualiopi
        and training.email
        and not sought(need).isdisjoint(training.romes)
        and need.level in {None, training.level}
    )
    distance = (
        distance_km(here, training.latitude, training.longitude)
        if eligible
        else MAX_DISTANCE_KM + 1
    )
    if distance > MAX_DISTANCE_KM:
        return None
    return Match(
        siren=training.siren,
        siret=training.siret,
        name=training.name,
        city=training.city,
        email=training.email,
        title=training.title,
        distance_km=round(distance, 1),
        exact=not set(need.romes).isdisjoint(training.romes),
    )


def _merit(match: Match) -> tuple[bool, float, str, str, str]:
    # To the last field: the order of the catalogue must decide nothing.
    return (not match.exact, match.distance_km, match.siret, match.title, match.model_dump_json())


def rank(trainings: Iterable[Training], need: Need, here: Point) -> tuple[Match, ...]:
    """The centres to ask for a need at a place, best first, at most ten."""
    matches = filter(None, (_match(training, need, here) for training in trainings))
    best: dict[str, Match] = {}
    for match in sorted(matches, key=_merit):
        best.setdefault(match.siren, match)
    return tuple(best.values())[:MAX_CENTRES]
