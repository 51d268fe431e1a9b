"""The choice of training centres for one offer, as its depositor sees it."""

from collections.abc import Sequence
from typing import Final, Literal

from depot.domain.cfa.askings import Askings
from depot.domain.cfa.matching import Kinship, Match
from depot.domain.dossier.recruiter import Verification
from depot.domain.life.offer import Offer
from depot.domain.life.states import State
from depot.domain.model import Value
from depot.usecases.cfa.state_view import CfaView


SHOWN: Final = 30
"""Centres to choose from, the best: three times as many as may be asked, and still a short page."""

Standing = Literal[
    "open",
    "over",
    "firm_objects",
    "choosing",
    "full",
    "no_place",
    "no_catalogue",
    "nobody_near",
    "all_asked",
]


class CentreView(Value):
    """A centre that may be asked, and why: the training it gives, and how its code fits.

    ``level`` is European, or "".
    """

    siren: str
    name: str
    city: str
    distance_km: float
    title: str
    level: str
    kinship: Kinship


class CfaChoiceView(Value):
    """Who was asked, who may be, and how many more.

    ``standing`` says why nobody may be asked, when nobody may. ``centres`` may be asked, best
    first; there may be ``more`` of them.
    """

    offer_id: str
    version: int
    metier: str
    state: State
    verification: Verification
    standing: Standing
    left: int
    asked: tuple[CfaView, ...]
    centres: tuple[CentreView, ...]
    more: bool


def standing_of(
    offer: Offer,
    askings: Askings,
    near: Sequence[Match] | None,
    *,
    current: bool,
    barred: bool,
) -> Standing:
    """Whether centres may be asked, or what stands in the way; ``near``: None is unknown.

    ``barred``: the firm wants no more of its depositor.
    """
    others = near and [match for match in near if askings.may_ask(match)]
    reasons: dict[Standing, bool] = {
        "over": not current,
        "firm_objects": barred,
        "choosing": askings.choosing,
        "full": askings.left == 0,
        "no_place": offer.workplace.location is None,
        "no_catalogue": near is None,
        "nobody_near": not near,
        "all_asked": not others,
    }
    return next((reason for reason, holds in reasons.items() if holds), "open")


def centre_views(matches: Sequence[Match], askings: Askings) -> tuple[CentreView, ...]:
    """Show the centres nobody asked yet, best first."""
    return tuple(
        CentreView.model_validate(match, from_attributes=True)
        for match in matches
        if askings.may_ask(match)
    )


def promised_views(askings: Askings) -> tuple[CfaView, ...]:
    """Show the centres chosen whose letter is still to be written."""
    return tuple(
        CfaView(name=match.name, city=match.city, distance_km=match.distance_km, state="pending")
        for match in askings.promised
    )
