"""A need its OPCO was told of."""

from dataclasses import dataclass

from depot.domain.opco.notice import OpcoNotice
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.opco.notice_view import NoticeView
from depot.usecases.opco.state_view import OpcoView
from tests.builders import SIRET, a_company
from tests.world import AKTO, OCAPIAT, World, share, token_in, token_of


@dataclass
class Told:
    """A need that was told; ``token`` is that of the last mail to an OPCO."""

    world: World
    receipt: Receipt

    @property
    def token(self) -> str:
        links = [link for letter, link in self.world.courier.sent if letter.turn]
        return token_in(links[-1])

    @property
    def notice(self) -> OpcoNotice:
        (kept,) = self.world.store.all(OpcoNotice)
        return kept

    @property
    def shown_to_the_depositor(self) -> OpcoView:
        (offer,) = self.world.show(token_of(self.receipt)).offers
        return offer.opco

    def answer(self, answer: str, *, to: str | None = None, token: str = "") -> NoticeView:
        version = self.notice.version
        return self.world.answer(token or self.token, answer, version=version, to=to)

    def told_to(self) -> list[str]:
        """Mailboxes that heard of it, in order."""
        return [letter.to for letter, _ in self.world.courier.sent if letter.kind == "opco_need"]


def told(world: World, *idccs: str) -> Told:
    world.opcos.known |= {"1501": [share(AKTO)], "7024": [share(OCAPIAT)]}
    world.companies.known = {SIRET: a_company(idccs=idccs)}
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return Told(world, receipt)
