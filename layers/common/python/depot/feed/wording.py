"""A feed record in the words people read: on its page, in search results, in a news reader."""

from collections.abc import Sequence
from typing import NamedTuple

from depot.domain.feed.record import OfferRecord, RecordWorkplace
from depot.words import french


class Detail(NamedTuple):
    """One line of what is sought."""

    term: str
    text: str


def headline(record: OfferRecord) -> str:
    """What is sought and where, on one line."""
    city = record.workplace.city
    return f"{record.title} en alternance" + (f" à {city}" if city else "")


def firm(place: RecordWorkplace) -> str | None:
    """Who seeks, when anybody may know."""
    return place.name or place.legal_name or None


def street(place: RecordWorkplace) -> str | None:
    """What comes before the postcode in the address."""
    if not place.address or not place.postcode:
        return place.address
    before, found, _ = f" {place.address}".partition(f" {place.postcode}")
    return before.strip(" ,") or None if found else place.address


def facts(record: OfferRecord) -> Sequence[Detail]:
    """What is sought, as the mails say it."""
    others = ", ".join(metier.label for metier in record.other_metiers)
    return [
        Detail("Début", french.start(record.start_on.isoformat() if record.start_on else None)),
        Detail("Niveau préparé", french.level(record.level)),
        Detail("Postes", str(record.openings)),
        *([Detail("Autres métiers", others)] if others else []),
        *(
            [Detail("Lieu de travail", record.workplace.address)]
            if record.workplace.address
            else []
        ),
        Detail("En ligne jusqu’au", f"{french.long_date(record.ends_on.isoformat())} inclus"),
    ]
