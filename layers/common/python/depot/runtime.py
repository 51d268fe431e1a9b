"""The composition root: the use cases that streams and schedules run, with all they need.

``services()`` is made once a process.
"""

from datetime import datetime
from functools import cache

from depot.adapters import Adapters
from depot.domain.cfa.formation import Imported
from depot.domain.feed.statistics import Statistics
from depot.reference.communes import ShippedCommunes
from depot.reference.metiers import former_codes
from depot.reference.opcos import register_names
from depot.reference.places import departements
from depot.storage.siro import SiroStore
from depot.usecases.cfa.import_catalogue import import_catalogue
from depot.usecases.cfa.match_cfa import match_cfa
from depot.usecases.cfa.post import CfaPost
from depot.usecases.dossier.erase import erase
from depot.usecases.dossier.resend_link import resend_link
from depot.usecases.dossier.retain import retain
from depot.usecases.employer.remind_employer import remind_employer
from depot.usecases.feed.count_offers import Counter
from depot.usecases.firm.verify_recruiter import Verified, verify_recruiter
from depot.usecases.letters.mail_events import MailEvent, mail_returned
from depot.usecases.life.expire_offers import Sweeper
from depot.usecases.opco.import_siro import SiroImport, import_siro
from depot.usecases.opco.notify_opco import notify_opco
from depot.usecases.opco.post import OpcoPost
from depot.usecases.opco.recheck_opco import recheck_opco
from depot.usecases.opco.remind_opco import remind_opco


class Services(Adapters):
    """The adapters, and what is done with them."""

    def count_offers(self, now: datetime) -> Statistics:
        """Run the use case with everything it needs."""
        return Counter(self.store, self.feed, departements(), now).run()

    def import_siro(self, now: datetime, *, accept_shrink: bool) -> SiroImport:
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
        return OpcoPost(self.store, self.mailing, self.mailroom, self.reminder_days)

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

    def remind_employer(self, recruiter_id: str, now: datetime) -> bool:
        """Run the use case with everything it needs."""
        return remind_employer(recruiter_id, store=self.store, mailroom=self.mailroom, now=now)

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

    def verify_recruiter(self, recruiter_id: str, now: datetime) -> Verified | None:
        """Run the use case with everything it needs."""
        return verify_recruiter(
            recruiter_id,
            store=self.store,
            companies=self.companies,
            communes=ShippedCommunes(),
            mailroom=self.mailroom,
            now=now,
        )

    def resend_link(self, owner: str, slot: str, now: datetime) -> int:
        """Run the use case with everything it needs."""
        return resend_link(owner, slot, store=self.store, mailroom=self.mailroom, now=now)

    def retain(self, recruiter_id: str, now: datetime) -> bool:
        """Run the use case with everything it needs."""
        return retain(
            recruiter_id,
            store=self.store,
            personal=self.personal,
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
            remind_employer=lambda recruiter: self.remind_employer(recruiter, now),
            retake_round=lambda recruiter, offer: self.match_cfa(recruiter, offer, now) > 0,
            follow_up_cfa=lambda asking: self.cfa_post.follow_up(asking, now),
            retake_link=lambda owner, slot: self.resend_link(owner, slot, now) > 0,
            verify=lambda recruiter: self.verify_recruiter(recruiter, now),
            retain=lambda recruiter: self.retain(recruiter, now),
            erase=lambda recruiter: erase(
                recruiter, store=self.store, personal=self.personal, now=now
            ),
            now=now,
            limits=self.limits,
        )


@cache
def services() -> Services:
    """The services of this process."""
    return Services()
