"""What the link in the mails opens."""

from datetime import date

import pytest

from depot.domain.cfa.rounds import CfaRound
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import (
    LimitReached,
    LinkInvalid,
    NotFound,
    NotLive,
    Refused,
    StaleVersion,
)
from depot.domain.life.offer import Offer
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.life.offer_view import OfferView
from tests.builders import (
    BAKER,
    CHOCOLATE_MAKER,
    DISHWASHER,
    NOW,
    PASTRY_COOK,
    USUAL,
    a_deposit,
    a_training,
)
from tests.world import EP, SECOND, World, days, token_of


@pytest.fixture
def receipt(world: World) -> Receipt:
    return world.deposit()


@pytest.fixture
def token(receipt: Receipt) -> str:
    return token_of(receipt)


@pytest.fixture
def offer(receipt: Receipt) -> OfferView:
    return receipt.offers[0]


def stored(world: World, view: OfferView) -> Offer:
    (found,) = (offer for offer in world.offers if offer.id == view.id)
    return found


def current(caught: pytest.ExceptionInfo[StaleVersion]) -> OfferView:
    view = caught.value.current
    assert isinstance(view, OfferView)
    return view


def test_the_page_shows_the_firm_and_its_offers_newest_first(world: World, token: str) -> None:
    added = world.add(world.links.manage_claim(token).recruiter_id, token, now=NOW + days(1))

    page = world.show(token, NOW + days(2))

    assert page.recruiter.company_name == "AU BON PAIN"
    assert page.recruiter.contact.phone == "+33199001234"
    assert [offer.days_left for offer in page.offers] == [27, 26]
    assert page.offers[0].id == added.id


def test_the_page_shows_whom_the_need_reached(world: World, receipt: Receipt, token: str) -> None:
    offer = receipt.offers[0]
    world.catalogue.known = [
        a_training(siren="000000002", latitude=45.3),
        a_training(siren="000000001"),
    ]
    world.edit(offer, token, ask_cfa=True)
    world.notify(receipt.recruiter_id, offer.id)
    world.match(receipt.recruiter_id, offer.id)

    (shown,) = world.show(token).offers

    assert (shown.opco.state, shown.opco.names) == ("sent", (EP,))
    assert [(cfa.distance_km, cfa.state) for cfa in shown.cfas] == [(3.9, "sent"), (13.5, "sent")]
    assert shown.cfa_outcome == "asked"


def test_the_page_of_a_revoked_link_does_not_open(world: World, token: str) -> None:
    (recruiter,) = world.store.all(Recruiter)
    world.keep(recruiter.model_copy(update={"link_version": 2}))

    with pytest.raises(LinkInvalid):
        world.show(token)


def test_an_edit_replaces_every_field_of_the_need(
    world: World, offer: OfferView, token: str
) -> None:
    first = world.edit(offer, token, level="3", description="Four à bois", openings=3)

    second = world.edit(first, token, start_on="2027-01-04")

    assert (first.version, first.level, first.description) == (2, "3", "Four à bois")
    assert (second.version, second.level, second.description, second.openings) == (3, None, None, 1)
    assert str(second.start_on) == "2027-01-04"
    assert second.ends_on == offer.ends_on


def test_an_edit_that_cannot_be_accepted_changes_nothing(
    world: World, offer: OfferView, token: str
) -> None:
    with pytest.raises(Refused) as caught:
        world.edit(offer, token, metier="?", start_on="2020-01-01")

    assert [error.field for error in caught.value.errors] == ["metier", "start_on"]
    assert stored(world, offer).version == 1


def test_a_start_date_that_came_and_went_does_not_stop_an_edit(world: World) -> None:
    form = {"metier": BAKER.code, "start_on": (NOW + days(3)).date()}
    receipt = world.deposit(a_deposit(offers=[form]))
    (offer,), token = receipt.offers, token_of(receipt)

    edited = world.edit(offer, token, now=NOW + days(10), **form | {"openings": 2})
    with pytest.raises(Refused, match="start_past"):
        world.edit(edited, token, now=NOW + days(10), start_on=(NOW + days(9)).date())

    assert edited.openings == 2


def test_other_metiers_are_shown_and_may_change(world: World, offer: OfferView, token: str) -> None:
    both = world.edit(offer, token, other_metiers=[PASTRY_COOK.code, CHOCOLATE_MAKER.code])
    none = world.edit(both, token)

    assert offer.other_metiers == none.other_metiers == ()
    assert [metier.label for metier in both.other_metiers] == [
        "Pâtissier / Pâtissière",
        "Chocolatier / Chocolatière",
    ]


def test_a_metier_that_is_refused_or_gone_since_does_not_stop_an_edit(world: World) -> None:
    need = {"metier": BAKER.code, "other_metiers": [PASTRY_COOK.code]}
    receipt = world.deposit(a_deposit(offers=[need]))
    (offer,), token = receipt.offers, token_of(receipt)
    world.metiers.refused |= {BAKER.rome}
    del world.metiers.known[PASTRY_COOK.code]

    kept = world.edit(offer, token, **need, openings=3)
    swapped = world.edit(kept, token, metier=PASTRY_COOK.code, other_metiers=[BAKER.code])
    with pytest.raises(Refused, match="metier: metier_not_apprenticeable"):
        world.edit(swapped, token, metier=DISHWASHER.code)
    with pytest.raises(Refused, match="metier: metier_not_apprenticeable"):
        world.edit(world.edit(swapped, token, metier=CHOCOLATE_MAKER.code), token)

    assert (kept.openings, swapped.metier.label) == (3, PASTRY_COOK.label)


def test_a_blank_description_is_no_description(world: World, offer: OfferView, token: str) -> None:
    assert world.edit(offer, token, description=" \n ").description is None


def test_centres_are_asked_once_by_the_first_edit_that_asks(
    world: World, offer: OfferView, token: str
) -> None:
    asking = world.edit(offer, token, ask_cfa=True)
    silent = world.edit(asking, token, ask_cfa=False)
    world.edit(silent, token, ask_cfa=True)

    (asked,) = world.store.all(CfaRound)
    assert (asked.offer_id, asked.state, asked.version) == (offer.id, "waiting", 1)


def test_an_offer_that_asked_from_the_start_is_not_asked_about_again(world: World) -> None:
    receipt = world.deposit(a_deposit(offers=[{"metier": BAKER.code, "ask_cfa": True}]))
    before = world.store.all(CfaRound)

    world.edit(receipt.offers[0], token_of(receipt), ask_cfa=True)

    assert world.store.all(CfaRound) == before


def test_an_extension_gives_four_weeks_from_today(
    world: World, offer: OfferView, token: str
) -> None:
    extended = world.extend(offer, token, NOW + days(25))

    assert (extended.days_left, extended.version, extended.state) == (28, 2, "live")
    assert stored(world, offer).extensions == 1


@pytest.mark.parametrize("action", ["edit", "extend", "close"])
def test_an_offer_changed_elsewhere_is_shown_as_it_became(
    world: World, offer: OfferView, token: str, action: str
) -> None:
    changed = world.edit(offer, token, description="Changée ailleurs")

    with pytest.raises(StaleVersion) as caught:
        getattr(world, action)(offer, token)

    days_left = {"days_left": changed.days_left}  # asked for on another day
    assert current(caught).model_copy(update=days_left) == changed
    assert stored(world, offer).version == 2


@pytest.mark.parametrize("action", ["edit", "extend", "close"])
def test_an_offer_changed_between_our_read_and_our_write_is_shown_as_it_became(
    world: World, offer: OfferView, token: str, action: str
) -> None:
    world.store.rivals = [lambda: world.edit(offer, token, description="Plus rapide")]

    with pytest.raises(StaleVersion) as caught:
        getattr(world, action)(offer, token)

    assert (current(caught).description, current(caught).version) == ("Plus rapide", 2)


@pytest.mark.parametrize("action", ["edit", "extend"])
def test_a_closed_offer_can_no_longer_be_changed(
    world: World, offer: OfferView, token: str, action: str
) -> None:
    closed = world.close(offer, token)

    with pytest.raises(NotLive):
        getattr(world, action)(closed, token)


@pytest.mark.parametrize("action", ["edit", "extend", "close"])
def test_the_offer_of_somebody_else_is_not_found(
    world: World, offer: OfferView, action: str
) -> None:
    other = world.deposit(a_deposit(submission_id=SECOND))

    with pytest.raises(NotFound):
        getattr(world, action)(offer, token_of(other))
    assert stored(world, offer).version == 1


def test_editing_and_extending_send_no_mail(world: World, offer: OfferView, token: str) -> None:
    edited = world.edit(offer, token, level="4")
    world.extend(edited, token, NOW + days(1))

    assert world.sent == ["deposit_received"]


def test_an_extension_past_the_limit_is_refused_and_changes_nothing(
    world: World, offer: OfferView, token: str
) -> None:
    world.limits = USUAL.model_copy(update={"longest": 40})
    extended = world.extend(offer, token, NOW + days(20))

    with pytest.raises(LimitReached) as caught:
        world.extend(extended, token, NOW + days(30))

    assert (extended.ends_on, world.show(token).limits.longest) == (date(2027, 1, 2), 40)
    assert caught.value.errors[0].choices == ("02/01/2027",)
    assert stored(world, offer).version == 2


def test_the_page_shows_the_history_of_each_offer(
    world: World, offer: OfferView, token: str
) -> None:
    edited = world.edit(offer, token, openings=3)
    world.extend(edited, token, NOW + days(1))

    (shown,) = world.show(token).offers

    assert [(moment.what, moment.link) for moment in shown.history] == [
        ("publish", None),
        ("edit", "manage.1"),
        ("extend", "manage.1"),
    ]
    assert shown.history[1].detail == ("openings",)
