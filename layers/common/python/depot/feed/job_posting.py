"""schema.org JobPosting of one offer, as search engines read it.

Rules: https://developers.google.com/search/docs/appearance/structured-data/job-posting. Nothing is
said that the page does not show, and nothing is guessed: no salary, no hours. The level is that of
the diploma to prepare, which is no requirement: it is in the description alone.
"""

from collections.abc import Mapping
from datetime import timedelta
from html import escape
from typing import Any, Final

from depot.domain.feed.record import OfferRecord, RecordMetier, RecordWorkplace
from depot.domain.life.lifetime import PARIS, end_of, paris_day
from depot.feed.wording import facts, firm, street


CONFIDENTIAL: Final = "confidential"
"""What Google wants in place of an organization that is not named."""

_LISTS: Final = {"NAFRev2": "NAF rév. 2", "NAF2025": "NAF 2025"}

Node = Mapping[str, Any]


def job_posting(record: OfferRecord, url: str, region: str | None) -> Node:
    """Give the posting of an offer whose page is at ``url``, absolute, in this région.

    What is not known is left out.
    """
    last_second = end_of(record.ends_on).astimezone(PARIS) - timedelta(seconds=1)
    return _known(
        "JobPosting",
        {"@context": "https://schema.org/"},
        url=url,
        title=record.title,
        description=_description(record),
        identifier=_known("PropertyValue", name=firm(record.workplace), value=record.id),
        datePosted=paris_day(record.published_at).isoformat(),
        validThrough=last_second.isoformat(),
        employmentType="OTHER",
        directApply=False,
        hiringOrganization=_organization(record.workplace),
        jobLocation=_location(record.workplace, region),
        totalJobOpenings=record.openings,
        jobStartDate=record.start_on and record.start_on.isoformat(),
        jobImmediateStart=None if record.start_on else True,
        occupationalCategory=list(map(_category, (record.metier, *record.other_metiers))),
        industry=_industry(record.workplace),
        applicationContact=_known("ContactPoint", telephone=record.apply.phone),
    )


def _known(kind: str, more: Node | None = None, **values: object) -> Node:
    """Make a node, less what is not known."""
    found = {name: value for name, value in values.items() if value is not None and value != ""}
    return {**(more or {}), "@type": kind, **found}


def _description(record: OfferRecord) -> str:
    own = [line for line in (record.description or "").splitlines() if line]
    told = [f"<p>{escape(line)}</p>" for line in own]
    items = [f"<li>{escape(f'{term} : {text}')}</li>" for term, text in facts(record)]
    return "".join(
        [f"<p>{escape(record.title)}, en alternance.</p>", *told, "<ul>", *items, "</ul>"]
    )


def _organization(place: RecordWorkplace) -> Node | str:
    name = firm(place)
    if name is None:
        return CONFIDENTIAL
    siret = _known("PropertyValue", propertyID="SIRET", value=place.siret)
    return _known("Organization", name=name, legalName=place.legal_name, identifier=siret)


def _location(place: RecordWorkplace, region: str | None) -> Node:
    address = _known(
        "PostalAddress",
        streetAddress=street(place),
        addressLocality=place.city,
        postalCode=place.postcode,
        addressRegion=region,
        addressCountry="FR",
    )
    unknown = place.latitude is None or place.longitude is None
    if unknown or place.location_precision == "commune":  # its middle: nobody works there
        return _known("Place", address=address)
    point = _known("GeoCoordinates", latitude=place.latitude, longitude=place.longitude)
    return _known("Place", address=address, geo=point)


def _category(metier: RecordMetier) -> Node:
    rome = _known("CategoryCodeSet", name="ROME 4.0")
    return _known("CategoryCode", name=metier.label, codeValue=metier.rome, inCodeSet=rome)


def _industry(place: RecordWorkplace) -> str | None:
    return place.naf and f"{place.naf} ({_LISTS[place.naf_nomenclature or 'NAFRev2']})"
