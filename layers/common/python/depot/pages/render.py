"""A feed record as the page people and search engines read.

Autoescaped; the JobPosting goes through ``tojson``, which leaves nothing that could end a script.
The page runs none: what is in ``application/ld+json`` is data to a browser, under any policy.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.ext import Extension

from depot.domain.dossier.contact import spoken_phone
from depot.domain.feed.record import OfferRecord
from depot.domain.life.lifetime import paris_day
from depot.feed.job_posting import job_posting
from depot.feed.public import page_path
from depot.feed.wording import facts, firm, headline
from depot.pages.templates import GONE, OFFER, Templates
from depot.words import french


# Its stylesheet and icon are named once and for ever (local/web.py): a page stands for weeks, and
# is the same whatever else changes of the site.
_FIXED: Final = {"assets": "", "sheet": "offre"}


class _FrenchSpaces(Extension):
    """No line breaks before « : » and its like, nor inside quotation marks."""

    def preprocess(self, source: str, _name: str | None, _filename: str | None = None) -> str:
        """Mend a template's own text; values are left as they are."""
        return french.spaces(source)


@dataclass(frozen=True)
class HtmlPages:
    """The Pages port, for a site at ``site``, its origin.

    ``region`` names the région of a commune, by its INSEE code.
    """

    templates: Templates
    site: str
    region: Callable[[str | None], str | None]

    def offer(self, record: OfferRecord) -> bytes:
        """The page of a live offer."""
        place, url = record.workplace, self.site + page_path(record.id)
        region = self.region(place.insee_code)
        return self._render(
            OFFER,
            offer=record,
            headline=headline(record),
            firm=firm(place),
            facts=facts(record),
            region=region,
            phone=spoken_phone(record.apply.phone),
            published=paris_day(record.published_at).isoformat(),
            updated=paris_day(record.updated_at).isoformat(),
            url=url,
            posting=job_posting(record, url, region),
        )

    def gone(self) -> bytes:
        """What stands there once the offer ended."""
        return self._render(GONE)

    def _render(self, name: str, **values: object) -> bytes:
        return self._environment.get_template(name).render(values).encode()

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=DictLoader(self.templates.sources),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=[_FrenchSpaces],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {"date": french.long_date, "siret": french.siret}
        environment.globals |= {"site": self.templates.site, **_FIXED}
        return environment
