"""The dialects published as files: one row a file."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from depot.domain.feed.record import OfferRecord
from depot.feed.dialects import job_xml, la_bonne_alternance
from depot.feed.index import FILES_PREFIX


PARTNERS: Final = f"{FILES_PREFIX}partners/"


@dataclass(frozen=True)
class Dialect:
    """How a file is written: a header that tells the cursor (``%d``), offers, a footer."""

    key: str
    content_type: str
    header: bytes
    render: Callable[[OfferRecord, str], bytes | None]
    separator: bytes
    footer: bytes


def _job(record: OfferRecord, url: str) -> bytes | None:
    job = la_bonne_alternance.job(record, url)
    if job is None:
        return None
    return json.dumps(job, ensure_ascii=False, separators=(",", ":")).encode()


FILES: Final[Sequence[Dialect]] = (
    Dialect(
        f"{PARTNERS}la-bonne-alternance.json.gz",
        "application/json",
        b'{"cursor":%d,"jobs":[\n',
        _job,
        b",\n",
        b"\n]}\n",
    ),
    Dialect(
        f"{PARTNERS}jobs.xml.gz",
        "application/xml",
        job_xml.HEADER,
        job_xml.job,
        b"",
        job_xml.FOOTER,
    ),
)
