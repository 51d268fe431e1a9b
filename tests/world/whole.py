"""The whole service on fakes: every use case behind one short call, and the sweep over all."""

from collections.abc import Callable
from datetime import datetime

from depot.usecases.firm.verify_recruiter import Verified, verify_recruiter
from depot.usecases.life.expire_offers import expire_offers
from depot.usecases.life.sweeper import Sweeper, SweepSummary
from tests.builders import NOW
from tests.world.cfa import Centres
from tests.world.deposits import Depositing
from tests.world.dossier import Dossiers
from tests.world.employer import Employers
from tests.world.opco import Opcos


class World(Depositing, Opcos, Employers, Centres, Dossiers):
    """The whole service; see ``Ports`` for what it is made of."""

    def verify(self, recruiter_id: str, now: datetime = NOW) -> Verified | None:
        return verify_recruiter(
            recruiter_id,
            store=self.store,
            companies=self.companies,
            communes=self.communes,
            mailroom=self.mailroom,
            now=now,
        )

    def sweep(self, now: datetime, enough_time: Callable[[], bool] = lambda: True) -> SweepSummary:
        sweeper = Sweeper(
            store=self.store,
            mailroom=self.mailroom,
            retake_notice=lambda recruiter, offer: (
                self.notify(recruiter, offer, now) is not None
                or self.recheck_opco(recruiter, offer, now)
            ),
            remind_opco=lambda recruiter, offer: self.remind_opco(recruiter, offer, now),
            remind_employer=lambda recruiter: self.remind_employer(recruiter, now),
            retake_round=lambda recruiter, offer: self.match(recruiter, offer, now) > 0,
            follow_up_cfa=lambda asking: self.cfa_post.follow_up(asking, now),
            retake_link=lambda owner, slot: self.resend(owner, slot, now) > 0,
            verify=lambda recruiter: self.verify(recruiter, now),
            retain=lambda recruiter: self.retain(recruiter, now),
            erase=lambda recruiter: self.erase(recruiter, now),
            now=now,
            limits=self.limits,
        )
        return expire_offers(sweeper, enough_time=enough_time)
