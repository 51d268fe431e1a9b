"""OPCOs: who is told, reminded, and what they answer."""

from datetime import datetime

from depot.domain.opco.finding import Finding
from depot.usecases.dossier.manage_view import ManageView
from depot.usecases.opco import answer_notice
from depot.usecases.opco.declare_opco import OpcoClaim, declare_opco
from depot.usecases.opco.notice_view import NoticeView
from depot.usecases.opco.notify_opco import notify_opco
from depot.usecases.opco.post import OpcoPost
from depot.usecases.opco.recheck_opco import recheck_opco
from depot.usecases.opco.remind_opco import remind_opco
from tests.builders import NOW
from tests.world.ports import Ports
from tests.world.setting import MAILING, OPCOS, REMINDER_DAYS, manage_token


class Opcos(Ports):
    """OPCOs: who is told, reminded, and what they answer."""

    def declare(self, view: ManageView, opco: str | None, now: datetime = NOW) -> ManageView:
        return declare_opco(
            OpcoClaim(version=view.recruiter.version, opco=opco),
            opcos=OPCOS,
            token=manage_token(view.recruiter.id),
            links=self.links,
            post=self.post,
            limits=self.limits,
            now=now,
        )

    @property
    def post(self) -> OpcoPost:
        return OpcoPost(self.store, MAILING, self.mailroom, REMINDER_DAYS)

    def notify(self, recruiter_id: str, offer_id: str, now: datetime = NOW) -> Finding | None:
        return notify_opco(recruiter_id, offer_id, post=self.post, sources=self.sources, now=now)

    def recheck_opco(self, recruiter_id: str, offer_id: str, now: datetime) -> bool:
        return recheck_opco(recruiter_id, offer_id, post=self.post, sources=self.sources, now=now)

    def remind_opco(self, recruiter_id: str, offer_id: str, now: datetime = NOW) -> bool:
        return remind_opco(recruiter_id, offer_id, post=self.post, now=now)

    def show_notice(self, token: str, now: datetime = NOW) -> NoticeView:
        return answer_notice.show(
            token, store=self.store, links=self.links, mailing=MAILING, now=now
        )

    def answer(
        self, token: str, answer: str, *, version: int, now: datetime = NOW, to: str | None = None
    ) -> NoticeView:
        form = {"version": version, "answer": answer, "to": to}
        return answer_notice.answer(
            answer_notice.NoticeAnswer.model_validate(form),
            token=token,
            links=self.links,
            post=self.post,
            now=now,
        )
