"""The job XML that aggregators read: ``<source>`` of ``<job>``, the whole of it at each reading.

Indeed's form (https://docs.indeed.com, XML feeds), which Jooble, Talent.com and their like read
too. A job that is absent is withdrawn. An offer without a town is left out: they all want one.
"""

from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from depot.domain.feed.record import OfferRecord
from depot.domain.life.lifetime import end_of
from depot.domain.opco.routing import departement_of
from depot.domain.text import clean_paragraphs
from depot.feed.dialects.prose import APPLY, described


HEADER: Final = b'<?xml version="1.0" encoding="utf-8"?>\n<!-- cursor %d -->\n<source>\n'
FOOTER: Final = b"</source>\n"


def job(record: OfferRecord, url: str) -> bytes | None:
    """One ``<job>``, on a line of its own; ``url`` is the offer's public page."""
    place = record.workplace
    if not place.city:
        return None
    insee = place.insee_code
    element = Element("job")
    for name, value in {
        "title": record.title,
        "date": record.updated_at.isoformat(),
        "referencenumber": record.id,
        "requisitionid": record.id,
        "url": url,
        "company": place.name or place.legal_name or "",
        "city": place.city,
        "state": departement_of(insee) if insee else "",
        "country": "FR",
        "postalcode": place.postcode or "",
        "streetaddress": place.address or "",
        "description": f"{described(record)}\n{APPLY} {record.apply.phone}.",
        "jobtype": "apprenticeship",
        "category": record.metier.rome,
        "expirationdate": end_of(record.ends_on).isoformat(),
    }.items():
        # XML 1.0 has no control characters, not even escaped.
        SubElement(element, name).text = clean_paragraphs(value)
    made: bytes = tostring(element, encoding="utf-8")
    return made + b"\n"
