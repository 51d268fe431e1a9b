"""An ended offer is put online again."""

from datetime import date

import pytest

from depot.domain.cfa.rounds import CfaRound
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import (
    Conflict,
    Duplicate,
    LimitReached,
    NotFound,
    NotLive,
    Refused,
    StaleVersion,
)
from depot.domain.life.offer import Offer
from depot.domain.opco.notice import OpcoNotice
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.deposit.twin_view import TwinsView
from depot.usecases.life.offer_view import OfferView
from tests.builders import BAKER, NOW, PASTRY_COOK, USUAL, a_deposit, a_training
from tests.world import SECOND, World, days, minutes, token_of


LATER = NOW + days(40)


@pytest.fixture
def receipt(world: World) -> Receipt:
    return world.deposit()


@pytest.fixture
def token(receipt: Receipt) -> str:
    return token_of(receipt)


def stored(world: World, view: OfferView) -> Offer:
    (found,) = (offer for offer in world.offers if offer.id == view.id)
    return found


def recruiter(world: World) -> Recruiter:
    return world.store.all(Recruiter)[0]


def notice(world: World) -> OpcoNotice:
    (found,) = world.store.all(OpcoNotice)
    return found


@pytest.fixture
def told(world: World, receipt: Receipt) -> OfferView:
    """An offer whose OPCO was told."""
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return receipt.offers[0]


@pytest.fixture
def expired(world: World, told: OfferView, token: str) -> OfferView:
    world.sweep(NOW + days(29))
    (view,) = world.show(token, NOW + days(29)).offers
    assert (view.id, view.state) == (told.id, "expired")
    return view


def test_an_expired_offer_is_live_again_for_four_weeks(
    world: World, expired: OfferView, token: str
) -> None:
    live = world.reactivate(expired, token, now=LATER)

    assert (live.id, live.state, live.days_left) == (expired.id, "live", 28)
    assert live.published_at == NOW
    assert live.history[-1].link == "manage.1"
    assert world.show(token, LATER).offers == (live,)


@pytest.mark.parametrize("outcome", ["filled", "cancelled"])
def test_a_closed_offer_is_live_again(
    world: World, told: OfferView, token: str, outcome: str
) -> None:
    closed = world.close(told, token, outcome=outcome)

    assert world.reactivate(closed, token, now=NOW + days(2)).state == "live"


def test_it_is_reminded_and_expires_again_in_its_turn(
    world: World, expired: OfferView, token: str
) -> None:
    live = world.reactivate(expired, token, now=LATER)
    offer = stored(world, live)
    before = world.sent.count("offer_expired")

    assert world.sweep(offer.reminds_at - minutes(1)).reminded == 0
    assert world.sweep(offer.reminds_at).reminded == 1
    assert world.sweep(offer.expires_at - minutes(1)).expired == 0
    assert world.sweep(offer.expires_at).expired == 1

    assert world.sent.count("offer_expired") == before + 1
    assert stored(world, live).state == "expired"


def test_its_opco_is_not_told_twice(world: World, expired: OfferView, token: str) -> None:
    mails, before = world.sent.count("opco_need"), notice(world)

    live = world.reactivate(expired, token, now=LATER)
    world.sweep(LATER + days(1))

    assert world.sent.count("opco_need") == mails == 1
    assert notice(world) == before
    assert live.opco == expired.opco


def test_an_opco_that_was_never_told_is_told_now(world: World, receipt: Receipt) -> None:
    token, offer = token_of(receipt), receipt.offers[0]
    closed = world.close(offer, token)
    world.notify(receipt.recruiter_id, offer.id)  # late: the offer had ended
    assert "opco_need" not in world.sent

    world.reactivate(closed, token, now=LATER)
    world.sweep(LATER + minutes(5))

    assert world.sent.count("opco_need") == 1
    assert notice(world).turn == 2


def test_an_opco_nobody_found_is_looked_for_again_each_night(
    world: World, receipt: Receipt, token: str
) -> None:
    world.opcos.known = {}
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    closed = world.close(receipt.offers[0], token)
    world.recheck_opco(receipt.recruiter_id, closed.id, NOW + days(1))
    assert notice(world).recheck_at is None

    world.reactivate(closed, token, now=LATER)

    recheck_at = notice(world).recheck_at
    assert recheck_at is not None
    assert LATER < recheck_at < LATER + days(1)


def test_the_centres_asked_are_not_asked_again(world: World) -> None:
    world.catalogue.known = [a_training()]
    receipt = world.deposit(a_deposit(offers=[{"metier": BAKER.code, "ask_cfa": True}]))
    world.match(receipt.recruiter_id, receipt.offers[0].id)
    closed = world.close(receipt.offers[0], token_of(receipt))
    before = world.store.all(CfaRound)

    live = world.reactivate(closed, token_of(receipt), now=LATER)
    world.sweep(LATER + days(1))

    assert world.store.all(CfaRound) == before
    assert world.sent.count("cfa_need") == len(live.cfas) == 1


def test_another_live_offer_for_the_same_need_is_asked_about_first(
    world: World, expired: OfferView, receipt: Receipt, token: str
) -> None:
    added = world.add(receipt.recruiter_id, token, now=NOW + days(30))

    with pytest.raises(Duplicate) as caught:
        world.reactivate(expired, token, now=LATER)

    view = caught.value.current
    assert isinstance(view, TwinsView)
    assert [twin.offer and twin.offer.id for twin in view.offers] == [added.id]
    assert stored(world, expired).state == "expired"
    assert world.reactivate(expired, token, now=LATER, duplicates="accept").state == "live"


def test_a_twin_of_another_dossier_is_shown_as_anybody_may_see_it(
    world: World, expired: OfferView, token: str
) -> None:
    world.deposit(a_deposit(submission_id=SECOND), now=NOW + days(30))

    with pytest.raises(Duplicate) as caught:
        world.reactivate(expired, token, now=LATER)

    view = caught.value.current
    assert isinstance(view, TwinsView)
    assert [twin.offer for twin in view.offers] == [None]


def test_another_metier_is_no_twin_and_neither_is_the_offer_itself(
    world: World, expired: OfferView, receipt: Receipt, token: str
) -> None:
    world.add(receipt.recruiter_id, token, now=NOW + days(30), metier=PASTRY_COOK.code)

    assert world.reactivate(expired, token, now=LATER).state == "live"


def test_a_refused_firm_reactivates_nothing(world: World, expired: OfferView, token: str) -> None:
    world.keep(recruiter(world).refuse("closed_company", NOW))

    with pytest.raises(Refused, match="siret: closed_company"):
        world.reactivate(expired, token, now=LATER)
    assert stored(world, expired).state == "expired"


def test_a_firm_refused_between_our_read_and_our_write_is_not_published_again(
    world: World, expired: OfferView, token: str
) -> None:
    world.store.rivals = [lambda: world.keep(recruiter(world).refuse("closed_company", NOW))]

    with pytest.raises(Conflict):
        world.reactivate(expired, token, now=LATER)
    assert stored(world, expired).state == "expired"


def test_a_firm_nobody_looked_at_since_is_looked_at_again(
    world: World, expired: OfferView, token: str
) -> None:
    world.sweep(NOW + days(36))
    assert recruiter(world).verify_at is None

    world.reactivate(expired, token, now=LATER)

    assert recruiter(world).verify_at == LATER


def test_it_shows_the_firm_as_it_was_corrected_since(
    world: World, expired: OfferView, token: str
) -> None:
    world.correct(token, version=recruiter(world).version, name="Chez Jeanne")

    live = world.reactivate(expired, token, now=LATER)

    assert stored(world, live).workplace.name == "Chez Jeanne"


def test_it_is_too_late_after_a_while_and_the_refusal_says_since_when(
    world: World, expired: OfferView, token: str
) -> None:
    world.limits = USUAL.model_copy(update={"reactivation": 10})

    with pytest.raises(LimitReached, match="reactivation_limit") as caught:
        world.reactivate(expired, token, now=LATER)
    assert caught.value.errors[0].choices == ("31/12/2026",)
    assert world.reactivate(expired, token, now=NOW + days(38)).ends_on == date(2027, 1, 28)


def test_a_live_offer_has_nothing_to_reactivate(world: World, told: OfferView, token: str) -> None:
    with pytest.raises(NotLive):
        world.reactivate(told, token)


def test_a_withdrawn_offer_is_not_reactivated(world: World, told: OfferView, token: str) -> None:
    world.keep(stored(world, told).withdraw(NOW, reason=None))
    (withdrawn,) = world.show(token).offers

    with pytest.raises(NotLive):
        world.reactivate(withdrawn, token)


def test_an_offer_changed_in_another_tab_is_shown_as_it_became(
    world: World, expired: OfferView, token: str
) -> None:
    live = world.reactivate(expired, token, now=LATER)

    with pytest.raises(StaleVersion) as caught:
        world.reactivate(expired, token, now=LATER)
    assert caught.value.current == live


def test_two_tabs_that_press_at_once_reactivate_once(
    world: World, expired: OfferView, token: str
) -> None:
    world.store.rivals = [lambda: world.reactivate(expired, token, now=LATER)]

    with pytest.raises(StaleVersion) as caught:
        world.reactivate(expired, token, now=LATER)

    assert isinstance(caught.value.current, OfferView)
    assert caught.value.current.state == "live"
    assert [moment.what for moment in stored(world, expired).history].count("reactivate") == 1


def test_the_offer_of_somebody_else_is_not_found(world: World, expired: OfferView) -> None:
    other = world.deposit(a_deposit(submission_id=SECOND))

    with pytest.raises(NotFound):
        world.reactivate(expired, token_of(other), now=LATER)
