"""The dialects published as files: one row a file."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from depot.domain.feed.record import OfferRecord
from depot.feed.dialects import job_xml, la_bonne_alternance
from depot.feed.index import FILES_PREFIX


PARTNERS: Final = f"{FILES_PREFIX}partners/"


@dataclass(frozen=True)
class Dialect:
    """How a file is written: a header, offers, a footer.

    The header tells the cursor in its first 200 bytes; it is given that, the instant of the
    snapshot, which is that of its last change, and the origin of the site.
    """

    key: str
    content_type: str
    header: Callable[[int, datetime, str], bytes]
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
        lambda cursor, _at, _site: b'{"cursor":%d,"jobs":[\n' % cursor,
        _job,
        b",\n",
        b"\n]}\n",
    ),
    Dialect(
        f"{PARTNERS}jobs.xml.gz",
        "application/xml",
        job_xml.header,
        job_xml.job,
        b"",
        job_xml.FOOTER,
    ),
)
