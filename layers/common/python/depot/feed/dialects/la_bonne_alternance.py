"""La bonne alternance, by API Alternance: its job record, to read and to write.

``JobOfferRead`` and ``JobOfferWrite`` of https://api.apprentissage.beta.gouv.fr (OpenAPI of
api-alternance-sdk 2.17.0, v3 job record). 1jeune1solution reads the same API and has no intake of
its own: an offer written with ``multicast`` reaches it.

An offer whose place is still to be verified is left out of what is read, which wants a point, and
of what is written, which La bonne alternance would check against the same directory.
"""

from datetime import UTC, date, datetime, time
from typing import Any, Final

from depot.domain.feed.record import OfferRecord
from depot.domain.life.lifetime import PARIS, end_of
from depot.feed.dialects.prose import PUBLISHER, described, markup
from depot.words import french


Job = dict[str, Any]

PARTNER: Final = PUBLISHER
_CONTRACT: Final = ["Apprentissage"]
_NOON: Final = time(12)


def job(record: OfferRecord, url: str) -> Job | None:
    """The record as API Alternance's readers know it; ``url`` is the offer's public page."""
    place = record.workplace
    if place.latitude is None or place.longitude is None:
        return None
    return {
        "identifier": {"id": record.id, "partner_label": PARTNER, "partner_job_id": record.id},
        "workplace": {
            "siret": place.siret,
            "brand": None,
            "legal_name": place.legal_name,
            "website": None,
            "name": place.name,
            "description": None,
            "size": None,
            "location": {
                "address": place.address or "",
                "geopoint": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
            },
            "domain": {"idcc": None, "opco": None, "naf": _naf(record)},
        },
        "apply": {"url": url, "phone": record.apply.phone, "recipient_id": None},
        "contract": _contract(record),
        "offer": {**_offer(record), "access_conditions": [], "status": "Active"},
        "is_delegated": False,
    }


def written(record: OfferRecord, url: str, *, origin: str) -> Job | None:
    """The body of ``POST`` and ``PUT /job/v1/offer``: what only the depositor knows.

    The rest is deduced from the SIRET there. ``origin`` names this service.
    """
    place = record.workplace
    if place.latitude is None:
        return None
    return {
        "identifier": {"partner_job_id": record.id},
        "workplace": {
            "siret": place.siret,
            "name": place.name,
            "location": {"address": place.address} if place.address else None,
        },
        "apply": {"url": url, "phone": record.apply.phone},
        "contract": {key: value for key, value in _contract(record).items() if value},
        "offer": {**_offer(record), "multicast": True, "origin": origin, "status": "Active"},
    }


def withdrawn(job: Job, reason: str) -> Job:
    """The same body once the offer left the feed: filled, or cancelled for any other reason."""
    status = "Filled" if reason == "filled" else "Cancelled"
    return {**job, "offer": {**job["offer"], "status": status}}


def _contract(record: OfferRecord) -> Job:
    start = record.start_on and _instant(record.start_on)
    return {"start": start, "duration": None, "type": _CONTRACT, "remote": None}


def _offer(record: OfferRecord) -> Job:
    level = record.level
    return {
        "title": record.title,
        "description": markup(described(record)),
        "rome_codes": list(record.model_dump(include={"romes"})["romes"]),
        "target_diploma": {"european": level, "label": french.level(level)} if level else None,
        "desired_skills": [],
        "to_be_acquired_skills": [],
        "opening_count": record.openings,
        "publication": {
            "creation": _zulu(record.published_at),
            "expiration": _zulu(end_of(record.ends_on)),
        },
    }


def _naf(record: OfferRecord) -> Job | None:
    place = record.workplace
    return {"code": place.naf.replace(".", ""), "label": None} if place.naf else None


def _instant(day: date) -> str:
    return _zulu(datetime.combine(day, _NOON, PARIS))


def _zulu(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
