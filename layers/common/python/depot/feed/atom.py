"""The offers published last, for news readers (Atom, RFC 4287).

Atom alone: every reader of RSS reads it, and it says when an entry changed.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from depot.domain.feed.record import OfferRecord
from depot.domain.text import clean_line
from depot.feed.public import ATOM_KEY, page_path
from depot.feed.wording import facts, firm, headline


NEWEST: Final = 50
_SPACE: Final = "http://www.w3.org/2005/Atom"
_CURSOR: Final = re.compile(rb'<generator version="(\d+)"')


def atom(
    service: str, site: str, records: Iterable[OfferRecord], cursor: int, at: datetime
) -> bytes:
    """Give the feed of a service at ``site``, its origin; ``records`` the last published first.

    ``cursor`` is that of the snapshot they are from: ``cursor_of`` reads it back; ``at`` is its
    instant.
    """
    offers = list(records)
    feed = Element("feed", {"xmlns": _SPACE, "xml:lang": "fr"})
    _text(feed, "id", f"{site}/{ATOM_KEY}")
    _text(feed, "title", service)
    _text(feed, "updated", max((each.updated_at for each in offers), default=at).isoformat())
    _text(SubElement(feed, "author"), "name", service)
    SubElement(feed, "generator", {"version": str(cursor)}).text = "depot"
    SubElement(feed, "link", {"rel": "self", "href": f"{site}/{ATOM_KEY}"})
    SubElement(feed, "link", {"rel": "alternate", "href": f"{site}/"})
    for record in offers:
        _entry(feed, site, record)
    indent(feed)
    text: bytes = tostring(feed, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def cursor_of(body: bytes) -> int:
    """The cursor a feed was made from; -1 when we did not make it."""
    found = _CURSOR.search(body)
    return int(found[1]) if found else -1


def _entry(feed: Element, site: str, record: OfferRecord) -> None:
    entry, url = SubElement(feed, "entry"), site + page_path(record.id)
    _text(entry, "id", url)
    _text(entry, "title", headline(record))
    _text(entry, "published", record.published_at.isoformat())
    _text(entry, "updated", record.updated_at.isoformat())
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": url})
    SubElement(entry, "category", {"term": record.metier.rome, "label": record.metier.label})
    said = [firm(record.workplace), *(f"{term} : {text}" for term, text in facts(record))]
    _text(entry, "summary", ". ".join(each for each in said if each))


def _text(parent: Element, name: str, text: str) -> None:
    """Add one element; XML takes no control character, and a directory's own words may hold one."""
    SubElement(parent, name).text = clean_line(text)
