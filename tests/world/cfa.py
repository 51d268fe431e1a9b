"""Training centres: chosen, asked, answering, unsubscribing."""

from datetime import datetime
from typing import Any

from depot.domain.letters.letter import Letter
from depot.usecases.cfa import answer_cfa, choose_cfas, subscription
from depot.usecases.cfa.choice_view import CfaChoiceView
from depot.usecases.cfa.match_cfa import match_cfa
from depot.usecases.cfa.need_view import CfaNeedView
from depot.usecases.cfa.post import CfaPost
from depot.usecases.cfa.subscription import SubscriptionView
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.letters.mail_events import MailEvent, mail_returned
from tests.builders import NOW
from tests.world.ports import Ports
from tests.world.setting import FOLLOW_UP_DAYS, a_qr, token_of


class Centres(Ports):
    """Training centres: chosen, asked, answering, unsubscribing."""

    @property
    def cfa_post(self) -> CfaPost:
        return CfaPost(self.store, self.mailroom, FOLLOW_UP_DAYS)

    def choice(self, receipt: Receipt, now: datetime = NOW) -> CfaChoiceView:
        """The centres there are to choose from, for the first offer of a receipt."""
        return choose_cfas.show(**self._choosing(receipt), now=now)

    def choose(
        self, receipt: Receipt, *sirens: str, version: int | None = None, now: datetime = NOW
    ) -> CfaChoiceView:
        """Ask centres, for the first offer of a receipt as it is now."""
        offer = self.store.offer(receipt.recruiter_id, receipt.offers[0].id)
        assert offer is not None
        form = {"version": version or offer.version, "sirens": sirens}
        asking = choose_cfas.CfaAsking.model_validate(form)
        return choose_cfas.ask(asking, **self._choosing(receipt), now=now)

    def _choosing(self, receipt: Receipt) -> dict[str, Any]:
        return {
            "offer_id": receipt.offers[0].id,
            "token": token_of(receipt),
            "store": self.store,
            "links": self.links,
            "catalogue": self.catalogue,
        }

    def match(self, recruiter_id: str, offer_id: str, now: datetime = NOW) -> int:
        catalogue = self.catalogue
        return match_cfa(recruiter_id, offer_id, post=self.cfa_post, catalogue=catalogue, now=now)

    def show_cfa(self, token: str, now: datetime = NOW) -> CfaNeedView:
        given = {"store": self.store, "links": self.links, "qr": a_qr}
        return answer_cfa.show(token, **given, now=now)

    def read_cfa(self, token: str, now: datetime = NOW) -> CfaNeedView:
        given = {"store": self.store, "links": self.links, "qr": a_qr}
        return answer_cfa.read(answer_cfa.Opening(), token=token, **given, now=now)

    def answer_cfa(
        self, token: str, answer: str, *, replies: int = 0, now: datetime = NOW, **said: Any
    ) -> CfaNeedView:
        return answer_cfa.answer(
            answer_cfa.ReplyForm.model_validate({"replies": replies, "answer": answer, **said}),
            token=token,
            store=self.store,
            links=self.links,
            mailroom=self.mailroom,
            qr=a_qr,
            now=now,
        )

    def subscribe(self, token: str, *, wanted: bool, now: datetime = NOW) -> SubscriptionView:
        form = subscription.Subscription(wanted=wanted)
        return subscription.change(form, token=token, store=self.store, links=self.links, now=now)

    def returned(self, letter: Letter, what: str, now: datetime = NOW) -> None:
        event = MailEvent(
            what=what,
            addresses=(letter.to,),
            recruiter_id=letter.recruiter_id,
            letter_id=letter.id,
        )
        mail_returned(event, store=self.store, now=now)
