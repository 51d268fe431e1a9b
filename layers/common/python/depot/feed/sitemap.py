"""The sitemap: pages of live offers, for search engines (https://www.sitemaps.org/protocol.html).

``sitemap.xml`` names parts of at most 45,000 addresses; the protocol bears 50,000. Parts are named
by the cursor of the snapshot they were made from, once: a reader of an older index finds its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from depot.feed.public import SITEMAP_KEY, SITEMAP_PARTS, page_path


MOST: Final = 45_000
_HEADING: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_CURSOR: Final = re.compile(rf"/{SITEMAP_PARTS}(\d+)-\d+\.xml".encode())


class Entry(NamedTuple):
    """A live offer and when it last changed, ISO 8601."""

    offer_id: str
    updated_at: str


def part(site: str, entries: Iterable[Entry]) -> Iterator[bytes]:
    """One part, in pieces. ``site`` is the origin; its home page comes first: no part is empty."""
    yield _HEADING + f'<urlset xmlns="{_SPACE}">\n'.encode()
    yield f"<url><loc>{escape(site)}/</loc></url>\n".encode()
    for offer_id, updated_at in entries:
        loc = escape(site + page_path(offer_id))
        yield f"<url><loc>{loc}</loc><lastmod>{escape(updated_at)}</lastmod></url>\n".encode()
    yield b"</urlset>\n"


def index(site: str, keys: Sequence[str]) -> bytes:
    """``sitemap.xml``, which names the parts."""
    parts = "".join(f"<sitemap><loc>{escape(site)}/{key}</loc></sitemap>\n" for key in keys)
    return _HEADING + f'<sitemapindex xmlns="{_SPACE}">\n{parts}</sitemapindex>\n'.encode()


def cursor_of(body: bytes) -> int:
    """As of which cursor a ``sitemap.xml`` is; -1 when it is none of ours."""
    found = _CURSOR.search(body)
    return int(found[1]) if found else -1


def robots(site: str) -> bytes:
    """``robots.txt``: everything may be read but the API; where the sitemap is."""
    return f"User-agent: *\nDisallow: /api/\n\nSitemap: {site}/{SITEMAP_KEY}\n".encode()
