"""The composition root of ``publish_feed``: the feed, the public pages, the partners who are told.

Apart from the others: they need neither its encodings nor its compressor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from depot.domain.feed.record import OfferRecord
from depot.domain.model import Value
from depot.feed.dialects.la_bonne_alternance import PARTNER, written
from depot.feed.public import page_path
from depot.pages.render import HtmlPages
from depot.pages.templates import Templates, deployed_templates
from depot.reference.places import region_of, regions
from depot.usecases.feed.announce_offers import Announcer
from depot.usecases.feed.publish_feed import Publisher
from depot.usecases.feed.publish_pages import PagePublisher
from depot.usecases.feed.reconcile_feed import Reconciler
from depot.usecases.feed.reconcile_pages import PageComparison
from depot.usecases.feed.translate_offers import Translator
from depot.usecases.partners.deliver_file import FileDelivery
from depot.usecases.partners.push_jobs import JobPusher
from depot.usecases.partners.tell_partners import Told, tell_partners
from depot.wiring import settings
from depot.wiring.services import Services, services


class CaughtUp(Value):
    """What the snapshot came to, and how many files went."""

    cursor: int
    records: int
    deleted: int


@dataclass(frozen=True)
class Publishing:
    """What is published, with the services of a process."""

    services: Services

    @cached_property
    def publisher(self) -> Publisher:
        """The feed."""
        return Publisher(self.services.feed)

    @cached_property
    def pages(self) -> PagePublisher:
        """The public pages."""
        pages = HtmlPages(self._templates, self._site, region_of)
        return PagePublisher(self.services.feed, self.services.offers, pages)

    @cached_property
    def announcer(self) -> Announcer:
        """What leads to the pages."""
        return Announcer(self.services.feed, self._site, str(self._templates.site["service"]))

    @cached_property
    def translator(self) -> Translator:
        """Whole files in partners' formats."""
        return Translator(self.services.feed, self.offer_url, self._site)

    def offer_url(self, offer_id: str) -> str:
        """Address of an offer's public page."""
        return f"{self._site}{page_path(offer_id)}"

    @property
    def _site(self) -> str:
        found: settings.Site = settings.read(settings.Site)
        return found.url

    @cached_property
    def _templates(self) -> Templates:
        return deployed_templates()

    def snapshot(self, now: datetime, *, accept_shrink: bool) -> CaughtUp:
        """Bring the snapshot up to date, with what rides it, and take away what nobody needs."""
        index = self.publisher.snapshot(now, accept_shrink=accept_shrink)
        self.announcer.announce(index)
        deleted = self.publisher.tidy(now) + self.announcer.tidy(now)
        self.translator.translate(index)
        return CaughtUp(cursor=index.cursor, records=index.records, deleted=deleted)

    def follow(self, now: datetime) -> None:
        """After a change: the snapshot and what rides it, while it is small."""
        if index := self.publisher.follow(now):
            self.announcer.follow(index)

    def reconciler(self, now: datetime) -> Reconciler:
        """A comparison of the feed, the pages and the offers at ``now``."""
        pages = PageComparison(self.publisher, self.pages, self.announcer, now)
        return Reconciler(self.publisher, self.services.offers, now, pages)

    def tell_partners(self, now: datetime, enough_time: Callable[[], bool]) -> Told:
        """Tell the partners of the stage who read no feed."""
        jobs, files = self.services.remote.jobs(), self.services.remote.files()

        def job(record: OfferRecord) -> dict[str, Any] | None:
            return written(record, self.offer_url(record.id), origin=PARTNER)

        pusher = JobPusher(self.publisher, jobs, job, enough_time) if jobs else None
        delivery = FileDelivery(self.publisher, files, self.offer_url, regions()) if files else None
        return tell_partners(pusher, delivery, now)


@cache
def publishing() -> Publishing:
    """What this process publishes with."""
    return Publishing(services())
