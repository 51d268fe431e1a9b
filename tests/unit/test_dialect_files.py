"""Partners' formats byte for byte, of one offer that has everything.

``UPDATE_GOLDEN=1 pytest tests/unit/test_dialect_files.py`` writes them again: read the difference.
"""

import json
import os
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from depot.domain.employer.provenance import Provenance
from depot.domain.feed.record import OfferRecord, record_of
from depot.feed.dialects import france_travail, job_xml, la_bonne_alternance
from depot.feed.dialects.france_travail_columns import COLUMNS
from depot.reference.places import regions
from tests.architecture.runtime import ROOT
from tests.builders import PASTRY_COOK, an_offer


GOLDEN = ROOT / "tests/golden/dialects"
URL = "https://depot.example/offres/o1"


def full() -> OfferRecord:
    """Every field set: a point, a phone, first and last days."""
    offer = an_offer(
        start_on=date(2027, 1, 4),
        other_metiers=(PASTRY_COOK,),
        level="3",
        openings=2,
        description="Four à bois <24 h & plus.\nTravail de nuit.",
    )
    chamber = Provenance(role="chambre", organisation="CMA Dordogne")
    later = offer.updated_at + timedelta(hours=2)
    return record_of(offer.model_copy(update={"provenance": chamber, "updated_at": later}))


def _job_xml(record: OfferRecord) -> bytes:
    header = job_xml.header(7, record.updated_at, "https://depot.example")
    return header + (job_xml.job(record, URL) or b"") + job_xml.FOOTER


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _france_travail(record: OfferRecord) -> bytes:
    row = france_travail.row(record, URL, partner="DEPOT", regions=regions()) or {}
    return "".join(f"{name}|{row.get(name, '')}\n" for name in COLUMNS).encode()


WRITERS: dict[str, Callable[[OfferRecord], bytes]] = {
    "jobs.xml": _job_xml,
    "la-bonne-alternance-read.json": lambda record: _json(la_bonne_alternance.job(record, URL)),
    "la-bonne-alternance-written.json": lambda record: _json(
        la_bonne_alternance.written(record, URL, origin="depot")
    ),
    "france-travail.csv": _france_travail,
}


def test_the_offer_has_everything() -> None:
    said = full().model_dump()

    assert None not in said.values()
    assert None not in said["workplace"].values()


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_offer_is_said_as_its_partner_read_it_before(name: str) -> None:
    written = WRITERS[name](full())
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_bytes(written)

    assert written == (GOLDEN / name).read_bytes()
