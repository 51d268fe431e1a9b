"""An offer is closed, or said to have ended otherwise, by its depositor."""

from typing import get_args

import pytest
from pydantic import ValidationError

from depot.domain.errors import MailDelayed, NotLive
from depot.domain.life.offer import Offer
from depot.domain.life.states import CHANNELS, REASONS, Ending
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.life.close_offer import Closure
from depot.usecases.life.offer_view import OfferView
from tests.builders import NOW, a_deposit
from tests.world import World, days, token_of


@pytest.fixture
def receipt(world: World) -> Receipt:
    return world.deposit()


@pytest.fixture
def token(receipt: Receipt) -> str:
    return token_of(receipt)


@pytest.fixture
def offer(receipt: Receipt) -> OfferView:
    return receipt.offers[0]


def stored(world: World) -> Offer:
    (found,) = world.offers
    return found


@pytest.mark.parametrize(
    "said",
    [
        ("filled", None, None),
        ("filled", "with_depot", "cfa"),
        ("filled", "without_depot", "recruitment_body"),
        ("cancelled", "no_applications", None),
    ],
)
def test_a_closure_ends_the_offer_for_the_reason_and_by_the_channel_given(
    world: World, offer: OfferView, token: str, said: tuple[str, str | None, str | None]
) -> None:
    outcome, reason, channel = said
    form = {"outcome": outcome, "reason": reason, "channel": channel}
    closed = world.close(offer, token, now=NOW + days(1), **form)

    assert (closed.state, closed.closed_at) == (outcome, NOW + days(1))
    assert (closed.reason, closed.channel) == (reason, channel)
    assert (stored(world).reason, stored(world).channel) == (reason, channel)


@pytest.mark.parametrize("outcome", get_args(Ending))
def test_a_form_takes_the_reasons_of_its_outcome_and_their_channels_and_no_others(
    outcome: Ending,
) -> None:
    reasons = {reason for some in REASONS.values() for reason in some} | {"firm_refused"}
    channels = {channel for some in CHANNELS.values() for channel in some}

    for reason in reasons:
        form = {"version": 1, "outcome": outcome, "reason": reason}
        assert _fits(form) is (reason in REASONS[outcome])
        for channel in channels:
            expected = reason in REASONS[outcome] and channel in CHANNELS.get(reason, ())
            assert _fits({**form, "channel": channel}) is expected
    assert not _fits({"version": 1, "outcome": outcome, "channel": "cfa"})
    assert not _fits({"version": 1, "outcome": "bored", "reason": "other"})


def _fits(form: dict[str, object]) -> bool:
    try:
        Closure.model_validate(form)
    except ValidationError:
        return False
    return True


def test_a_closure_is_confirmed_by_one_mail(world: World, offer: OfferView, token: str) -> None:
    world.close(offer, token, outcome="cancelled")

    letter, manage_url = world.courier.sent[-1]
    assert (letter.kind, letter.to) == ("offer_closed", "jeanne@example.org")
    assert manage_url is not None
    assert world.sent == ["deposit_received", "offer_closed"]


def test_a_closure_stands_though_its_mail_does_not_leave(
    world: World, offer: OfferView, token: str
) -> None:
    world.courier.fails = [MailDelayed()]

    assert world.close(offer, token).state == "filled"
    (letter,) = [letter for letter in world.letters if letter.kind == "offer_closed"]
    assert letter.state == "pending"


def test_the_reason_is_said_afterwards_and_changed_without_another_mail(
    world: World, offer: OfferView, token: str
) -> None:
    closed = world.close(offer, token)
    said = world.close(closed, token, now=NOW + days(2), reason="with_depot", channel="opco")
    changed = world.close(said, token, now=NOW + days(3), outcome="cancelled", reason="other")

    assert (said.closed_at, said.reason, said.channel) == (NOW, "with_depot", "opco")
    assert (changed.state, changed.reason, changed.channel) == ("cancelled", "other", None)
    assert [moment.what for moment in changed.history] == ["publish", "fill", "fill", "cancel"]
    assert world.sent.count("offer_closed") == 1


def test_an_offer_that_expired_may_be_said_to_be_filled(world: World, token: str) -> None:
    world.sweep(NOW + days(29))
    (expired,) = world.show(token).offers

    filled = world.close(expired, token, now=NOW + days(30), reason="with_depot")

    assert (filled.state, filled.closed_at) == ("filled", NOW + days(29))
    assert "offer_closed" not in world.sent


def test_what_was_withdrawn_stays_so(world: World, token: str) -> None:
    world.keep(stored(world).withdraw(NOW, reason="firm_refused"))
    (withdrawn,) = world.show(token).offers

    with pytest.raises(NotLive):
        world.close(withdrawn, token)


def test_each_closure_of_an_offer_reactivated_meanwhile_has_its_own_mail(world: World) -> None:
    receipt = world.deposit(a_deposit())
    token = token_of(receipt)
    closed = world.close(receipt.offers[0], token)
    live = world.reactivate(closed, token)
    world.close(live, token, now=NOW + days(1))

    assert world.sent.count("offer_closed") == 2


def test_closed_and_put_online_in_a_loop_its_depositor_is_told_once_a_day(
    world: World, offer: OfferView, token: str
) -> None:
    view = offer
    for now in (NOW, NOW, NOW + days(0.9), NOW + days(3)):
        closed = world.close(view, token, now=now)
        view = world.reactivate(closed, token, now=now)

    assert world.sent.count("offer_closed") == 2
