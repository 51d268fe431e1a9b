"""The composition root: the use cases that streams and schedules run, with all they need.

``services()`` is made once a process.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from depot.adapters import Adapters
from depot.domain.formation import Imported
from depot.domain.model import Value
from depot.domain.record import OfferRecord
from depot.domain.statistics import Statistics
from depot.feed.dialects.la_bonne_alternance import PARTNER, written
from depot.reference.communes import ShippedCommunes
from depot.reference.metiers import former_codes
from depot.reference.opcos import register_names
from depot.reference.places import departements, regions
from depot.storage.siro import SiroStore
from depot.usecases.cfa_post import CfaPost
from depot.usecases.count_offers import Counter
from depot.usecases.expire_offers import Sweeper
from depot.usecases.import_catalogue import import_catalogue
from depot.usecases.import_siro import Summary, import_siro
from depot.usecases.leave_offers import FileLeaver
from depot.usecases.mail_events import MailEvent, mail_returned
from depot.usecases.match_cfa import match_cfa
from depot.usecases.notify_opco import notify_opco
from depot.usecases.opco_post import OpcoPost
from depot.usecases.push_jobs import JobPusher
from depot.usecases.recheck_opco import recheck_opco
from depot.usecases.reconcile_feed import Reconciler
from depot.usecases.reconcile_pages import PageComparison
from depot.usecases.remind_opco import remind_opco
from depot.usecases.tell_partners import Told, tell_partners
from depot.usecases.verify_recruiter import verify_recruiter


class CaughtUp(Value):
    """What the snapshot came to, and how many files went."""

    cursor: int
    records: int
    deleted: int


class Services(Adapters):
    """The adapters, and what is done with them."""

    def count_offers(self, now: datetime) -> Statistics:
        """Run the use case with everything it needs."""
        return Counter(self.store, self.feed, departements(), now).run()

    def snapshot(self, now: datetime, *, accept_shrink: bool) -> CaughtUp:
        """Bring the snapshot up to date, with what rides it, and take away what nobody needs."""
        index = self.publisher.snapshot(now, accept_shrink=accept_shrink)
        self.announcer.announce(index, now)
        self.translator.translate(index)
        deleted = self.publisher.tidy(now) + self.announcer.tidy(now)
        return CaughtUp(cursor=index.cursor, records=index.records, deleted=deleted)

    def follow(self, now: datetime) -> None:
        """After a change: the snapshot and what rides it, while it is small."""
        if index := self.publisher.follow(now):
            self.announcer.follow(index, now)
            self.translator.follow(index)

    def tell_partners(self, now: datetime, enough_time: Callable[[], bool]) -> Told:
        """Tell the partners of the stage who read no feed."""
        jobs, files = self.remote.jobs(), self.remote.files()

        def job(record: OfferRecord) -> dict[str, Any] | None:
            return written(record, self.offer_url(record.id), origin=PARTNER)

        pusher = JobPusher(self.publisher, jobs, job, enough_time) if jobs else None
        leaver = FileLeaver(self.publisher, files, self.offer_url, regions()) if files else None
        return tell_partners(pusher, leaver, now)

    def reconciler(self, now: datetime) -> Reconciler:
        """A comparison of the feed, the pages and the offers at ``now``."""
        pages = PageComparison(self.publisher, self.pages, now)
        return Reconciler(self.publisher, self.offers, now, pages)

    def import_siro(self, now: datetime, *, accept_shrink: bool) -> Summary:
        """Run the use case with everything it needs."""
        return import_siro(
            files=self.remote.siro_files(),
            register=SiroStore(self.data()),
            names=register_names(),
            now=now,
            accept_shrink=accept_shrink,
        )

    @property
    def opco_post(self) -> OpcoPost:
        """What it takes to write to OPCOs."""
        return OpcoPost(self.store, self.routes, self.mailroom, self.reminder_days)

    def notify_opco(self, recruiter_id: str, offer_id: str, now: datetime) -> bool:
        """Run the use case with everything it needs."""
        post, sources = self.opco_post, self.opco_sources
        finding = notify_opco(recruiter_id, offer_id, post=post, sources=sources, now=now)
        return finding is not None

    def recheck_opco(self, recruiter_id: str, offer_id: str, now: datetime) -> bool:
        """Run the use case with everything it needs."""
        post, sources = self.opco_post, self.opco_sources
        return recheck_opco(recruiter_id, offer_id, post=post, sources=sources, now=now)

    def remind_opco(self, recruiter_id: str, offer_id: str, now: datetime) -> bool:
        """Run the use case with everything it needs."""
        return remind_opco(recruiter_id, offer_id, post=self.opco_post, now=now)

    @property
    def cfa_post(self) -> CfaPost:
        """What it takes to write to training centres."""
        return CfaPost(self.store, self.mailroom, self.follow_up_days)

    def match_cfa(self, recruiter_id: str, offer_id: str, now: datetime) -> int:
        """Run the use case with everything it needs."""
        catalogue = self.catalogue
        return match_cfa(recruiter_id, offer_id, post=self.cfa_post, catalogue=catalogue, now=now)

    def mail_returned(self, event: MailEvent, now: datetime) -> None:
        """Run the use case with everything it needs."""
        mail_returned(event, store=self.store, now=now)

    def import_catalogue(self, now: datetime, *, accept_shrink: bool = False) -> Imported:
        """Run the use case with everything it needs."""
        return import_catalogue(
            self.remote.formations(),
            catalogue=self.catalogue,
            former=former_codes(),
            now=now,
            accept_shrink=accept_shrink,
        )

    def verify_recruiter(self, recruiter_id: str, now: datetime) -> bool:
        """Run the use case with everything it needs."""
        return verify_recruiter(
            recruiter_id,
            store=self.store,
            companies=self.companies,
            communes=ShippedCommunes(),
            mailroom=self.mailroom,
            now=now,
        )

    def sweeper(self, now: datetime) -> Sweeper:
        """A sweep at ``now``."""
        return Sweeper(
            store=self.store,
            mailroom=self.mailroom,
            retake_notice=lambda recruiter, offer: (
                self.notify_opco(recruiter, offer, now) or self.recheck_opco(recruiter, offer, now)
            ),
            remind_opco=lambda recruiter, offer: self.remind_opco(recruiter, offer, now),
            retake_round=lambda recruiter, offer: self.match_cfa(recruiter, offer, now) > 0,
            follow_up_cfa=lambda asking: self.cfa_post.follow_up(asking, now),
            verify=lambda recruiter: self.verify_recruiter(recruiter, now),
            now=now,
            limits=self.limits,
        )


@cache
def services() -> Services:
    """The services of this process."""
    return Services()
