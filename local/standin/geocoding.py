"""Géoplateforme's geocoder (IGN): ``GET /geocodage/search``.

Not a map: a street is somewhere near the middle of its commune, always at the same place. A few
words of the street make it answer as the real one does when it does not know (``Guess``).
"""

from typing import Final, NamedTuple
from zlib import crc32

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from depot.domain.firm.places import DIVIDED, Commune
from depot.reference.communes import ShippedCommunes
from local.standin.faults import Faults, Json


PREFIX: Final = "/geocodage"
_AROUND: Final = 0.01  # degrees


class Guess(NamedTuple):
    """What the geocoder thinks that it found."""

    type: str
    score: float


# A word of the question -> the guess; None: nothing at all.
WORDS: Final[dict[str, Guess | None]] = {
    "introuvable": Guess("street", 0.5),
    "lieu-dit": Guess("locality", 0.83),
    "nulle part": None,
}


def service(faults: Faults) -> Blueprint:
    """Make the API."""
    pages, gazetteer = Blueprint("geocoding", __name__), Gazetteer()

    @pages.get(f"{PREFIX}/search")
    def search() -> ResponseReturnValue:
        q = request.args.get("q", "")
        if not (3 <= len(q) <= 200 and q[0].isalnum()):  # noqa: PLR2004 - the API's own limits
            message = "q: must contain between 3 and 200 chars and start with a number or a letter"
            return jsonify(code=400, detail=[message], message="Failed parsing query"), 400
        where = request.args.get("citycode", ""), request.args.get("postcode", "")
        return faults.answer("geocoding", gazetteer.search(q, *where))

    return pages


class Gazetteer:
    """Streets around the middles of the shipped communes."""

    def __init__(self) -> None:
        """Know the communes."""
        self._communes = ShippedCommunes()

    def search(self, q: str, citycode: str, postcode: str) -> Json:
        """Answer one question, with one feature at most, as ``limit=1`` asks."""
        known = self._communes
        found = [known.get(citycode)] if citycode else known.of_postcode(postcode)
        street = q.lower()
        guess = next((guess for word, guess in WORDS.items() if word in street), _usual(q))
        features = [
            _feature(q, commune, guess, postcode)
            for commune in found[:1]
            if commune and commune.point and guess
        ]
        return {
            "type": "FeatureCollection",
            "features": features,
            "attribution": "BAN",
            "licence": "ETALAB-2.0",
            "query": q,
            "limit": 1,
        }


def _usual(q: str) -> Guess:
    return Guess("housenumber", 0.97) if q[0].isdigit() else Guess("street", 0.81)


def _feature(q: str, commune: Commune, guess: Guess, postcode: str) -> Json:
    assert commune.point  # noqa: S101 - for the type checker
    shift = crc32(q.lower().encode()) % 1000 / 1000 * _AROUND
    return {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [
                round(commune.point.longitude + shift, 6),
                round(commune.point.latitude + shift, 6),
            ],
        },
        "properties": {
            "label": q,
            "score": guess.score,
            "name": q,
            "postcode": postcode,
            "citycode": _arrondissement(commune.insee, postcode),
            "city": commune.name,
            "type": guess.type,
            "importance": 0.5,
        },
    }


def _arrondissement(insee: str, postcode: str) -> str:
    """The real one files the addresses of Paris, Lyon and Marseille under arrondissements."""
    first = {"75056": 75100, "69123": 69380, "13055": 13200}
    return str(first[insee] + int(postcode[-2:])) if insee in DIVIDED else insee
