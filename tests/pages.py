"""Pages of offers from the templates of the site, as publish_feed makes them."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from depot.pages.render import HtmlPages
from depot.pages.templates import GONE, LAYOUT, OFFER, Templates
from depot.reference.places import region_of


WEB = Path(__file__).resolve().parents[1] / "web"
SITE = "https://depot.example"


@cache
def pages() -> HtmlPages:
    sources = {name: (WEB / "pages" / name).read_text("utf-8") for name in (LAYOUT, OFFER, GONE)}
    site = tomllib.loads((WEB / "site.toml").read_text("utf-8"))
    return HtmlPages(Templates(sources, site), SITE, region_of)


def posting_of(page: bytes) -> Any:
    """What a search engine finds in a page."""
    _, _, rest = page.decode().partition('<script type="application/ld+json">')
    return json.loads(rest.partition("</script>")[0])
