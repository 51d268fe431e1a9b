"""What the public and search engines see of offers: where each thing is.

A page and a record for each live offer, in the bucket of the feed; a sitemap and an Atom feed that
lead to the pages. Paths are from the site's origin.
"""

from typing import Final

from depot.feed.index import FILES_PREFIX


PAGES: Final = "offres/"
RECORDS: Final = f"{FILES_PREFIX}offers/"
ATOM_KEY: Final = f"{FILES_PREFIX}offers.atom"
SITEMAP_KEY: Final = "sitemap.xml"
SITEMAP_PARTS: Final = "sitemap-"
ROBOTS_KEY: Final = "robots.txt"

HTML: Final = "text/html; charset=utf-8"
XML: Final = "application/xml"
ATOM: Final = "application/atom+xml"
TEXT: Final = "text/plain; charset=utf-8"


def page_key(offer_id: str) -> str:
    """Name of an offer's page."""
    return f"{PAGES}{offer_id}"


def record_key(offer_id: str) -> str:
    """Name of an offer's record."""
    return f"{RECORDS}{offer_id}.json"


def offer_of(key: str) -> str:
    """Whose page or record this is."""
    return key.rpartition("/")[2].removesuffix(".json")


def page_path(offer_id: str) -> str:
    """Where people find an offer."""
    return f"/{page_key(offer_id)}"


def sitemap_part_key(cursor: int, number: int) -> str:
    """Name of one part of the sitemap as of ``cursor``."""
    return f"{SITEMAP_PARTS}{cursor:012d}-{number}.xml"
