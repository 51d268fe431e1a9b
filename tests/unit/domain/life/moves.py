"""An offer, and every act on it."""

from collections.abc import Callable

from depot.domain.life.offer import Offer
from depot.domain.life.states import By, Limits, Move, State
from tests.builders import NOW, USUAL, a_need, a_recruiter
from tests.world import days


LATER = NOW + days(3)


FIRM = a_recruiter()


LINK = By(who="depositor", link="manage.2")


Act = Callable[[Offer], Offer]


def again(offer: Offer, limits: Limits = USUAL, *, after: float = 3) -> Offer:
    place, phone = FIRM.workplace, FIRM.contact.phone
    return offer.reactivate(NOW + days(after), limits, workplace=place, phone=phone, by=LINK)


ACTS: dict[Move, Act] = {
    "edit": lambda offer: offer.edit(a_need(openings=2, level="3"), LATER, by=LINK),
    "place": lambda offer: offer.placed(FIRM.workplace, LATER),
    "extend": lambda offer: offer.extend(LATER, USUAL, by=LINK),
    "remind": lambda offer: offer.remind(LATER),
    "fill": lambda offer: offer.close("filled", "with_depot", LATER, channel="cfa", by=LINK),
    "cancel": lambda offer: offer.close("cancelled", "other", LATER, by=LINK),
    "expire": lambda offer: offer.expire(LATER),
    "withdraw": lambda offer: offer.withdraw(LATER, reason="firm_refused"),
    "reactivate": again,
}


IN_STATE: dict[State, Act] = {
    "live": lambda offer: offer,
    "filled": ACTS["fill"],
    "cancelled": ACTS["cancel"],
    "expired": ACTS["expire"],
    "withdrawn": ACTS["withdraw"],
}
