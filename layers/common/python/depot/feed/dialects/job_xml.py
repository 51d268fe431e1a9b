"""The job XML that aggregators read: ``<source>`` of ``<job>``, the whole of it at each reading.

Indeed's form (https://docs.indeed.com, XML feeds), which Jooble, Talent.com and their like read
too. A job that is absent is withdrawn. An offer without a town is left out: they all want one.

Every value is a CDATA section, which ElementTree does not write; the description is HTML.
"""

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from depot.domain.feed.record import OfferRecord
from depot.domain.life.lifetime import end_of
from depot.domain.opco.routing import departement_of
from depot.domain.text import clean_paragraphs
from depot.feed.dialects.prose import APPLY, PUBLISHER, described, markup


_END: Final = "]]>"


def _element(name: str, value: str) -> str:
    # XML 1.0 has no control characters, not even escaped; CDATA does not hold its own end.
    text = clean_paragraphs(value).replace(_END, "]]]]><![CDATA[>")
    return f"<{name}><![CDATA[{text}{_END}</{name}>"


FOOTER: Final = b"</source>\n"


def header(cursor: int, changed_at: datetime, site: str) -> bytes:
    """What comes before the jobs; ``site`` is the origin of ours."""
    said = {
        "publisher": PUBLISHER,
        "publisherurl": f"{site}/",
        "lastBuildDate": format_datetime(changed_at.astimezone(UTC), usegmt=True),
    }
    elements = "".join(f"{_element(name, value)}\n" for name, value in said.items())
    opening = f'<?xml version="1.0" encoding="utf-8"?>\n<!-- cursor {cursor} -->\n<source>\n'
    return f"{opening}{elements}".encode()


def job(record: OfferRecord, url: str) -> bytes | None:
    """One ``<job>``, on a line of its own; ``url`` is the offer's public page."""
    place = record.workplace
    if not place.city:
        return None
    insee = place.insee_code
    values = {
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
        "description": markup(f"{described(record)}\n{APPLY} {record.apply.phone}."),
        "jobtype": "apprenticeship",
        "category": record.metier.rome,
        "expirationdate": end_of(record.ends_on).isoformat(),
    }
    return f"<job>{''.join(map(_element, values, values.values()))}</job>\n".encode()
