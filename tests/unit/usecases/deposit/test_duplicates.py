"""A need the firm already has is asked about before it is deposited."""

import json
from typing import Any

import pytest

from depot.domain.errors import Duplicate, FieldError, Refused
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.deposit.twin_view import TwinsView
from tests.builders import BAKER, NOW, a_deposit
from tests.unit.usecases.deposit.duplicated import COOK, OTHER_SIRET, PASTRY, asking
from tests.world import World, days, token_of


THIRD = "00000000-0000-4000-8000-000000000003"


def refused(world: World, form: Any) -> Duplicate:
    """What a deposit is told, which writes and mails nothing."""
    kept = dict(world.store.kept)
    with pytest.raises(Duplicate) as caught:
        world.deposit(form)
    assert world.store.kept == kept
    assert world.sent == []
    return caught.value


def shown(error: Duplicate) -> TwinsView:
    assert isinstance(error.current, TwinsView)
    return error.current


def test_a_form_that_says_nothing_of_duplicates_is_asked() -> None:
    form = a_deposit().model_dump(exclude={"duplicates"})

    assert type(a_deposit()).model_validate(form).duplicates == "ask"


def test_the_same_need_of_the_same_firm_is_asked_about(world: World, receipt: Receipt) -> None:
    error = refused(world, asking())

    assert error.errors == (FieldError("offers.0.metier", "already_live"),)
    (twin,) = shown(error).offers
    assert (twin.metier.label, twin.openings, twin.days_left) == (BAKER.label, 1, 26)
    assert twin.published_at == NOW - days(2)
    assert twin.ends_on == receipt.offers[0].ends_on


def test_another_name_of_the_same_trade_is_asked_about(world: World, receipt: Receipt) -> None:
    del receipt

    assert len(shown(refused(world, asking(offers=[{"metier": PASTRY.code}]))).offers) == 1


def test_a_twin_is_shown_with_the_place_it_declares(world: World, receipt: Receipt) -> None:
    place = {"street": "12 rue du Four", "postcode": "24000", "city": "Périgueux"}
    world.add(receipt.recruiter_id, token_of(receipt), submission_id=THIRD, workplace=place)
    world.courier.sent.clear()

    elsewhere, at_the_firm = shown(refused(world, asking())).offers

    assert elsewhere.workplace is not None
    assert elsewhere.workplace.label == "12 rue du Four 24000 Périgueux"
    assert at_the_firm.workplace is None


def test_nothing_is_told_of_who_deposited_it(world: World, receipt: Receipt) -> None:
    told = json.dumps(refused(world, asking()).current.model_dump(mode="json"))

    (offer,) = receipt.offers
    for secret in ("Jeanne", "jeanne@", "33199001234", receipt.recruiter_id, offer.id):
        assert secret not in told


@pytest.mark.parametrize(
    "over",
    [
        {"offers": [{"metier": COOK.code}]},
        {"offers": [{"metier": COOK.code, "other_metiers": [BAKER.code]}]},
        {"siret": OTHER_SIRET},
        {"offers": []},
    ],
)
def test_another_need_or_another_firm_is_deposited_without_a_question(
    world: World, receipt: Receipt, over: dict[str, Any]
) -> None:
    del receipt
    world.deposit(asking(**over))

    assert world.sent == ["deposit_received"]


def test_the_same_submission_with_its_duplicates_accepted_deposits(
    world: World, receipt: Receipt
) -> None:
    refused(world, asking())

    second = world.deposit(asking(duplicates="accept"))

    assert second.recruiter_id != receipt.recruiter_id
    assert len(world.offers) == 2
    assert world.sent == ["deposit_received"]


@pytest.mark.parametrize("choice", ["ask", "accept"])
def test_a_submission_that_succeeded_shows_its_receipt_whatever_it_chose(
    world: World, receipt: Receipt, choice: str
) -> None:
    del receipt
    first = world.deposit(asking(duplicates="accept"))
    kept = dict(world.store.kept)

    assert world.deposit(asking(duplicates=choice)) == first
    assert world.store.kept == kept


def test_two_requests_of_one_submission_at_once_are_no_duplicates(world: World) -> None:
    """The first is written between the second's look at its dossier and its look for twins."""
    receipts: list[Receipt] = []
    world.store.late = [lambda: receipts.append(world.deposit(asking()))]

    receipts.append(world.deposit(asking()))

    assert receipts[0] == receipts[1]
    assert len(world.offers) == 1


def test_an_offer_past_its_last_day_is_no_twin(world: World, receipt: Receipt) -> None:
    del receipt
    (offer,) = world.offers

    world.deposit(asking(), now=offer.expires_at)

    assert len(world.offers) == 2


def test_the_same_need_twice_in_one_submission_is_asked_about(world: World) -> None:
    needs = [{"metier": BAKER.code}, {"metier": BAKER.code, "openings": 2}]

    error = refused(world, asking(offers=needs))

    assert error.errors == (FieldError("offers.1.metier", "need_repeated"),)
    assert shown(error).offers == ()
    world.deposit(asking(offers=needs, duplicates="accept"))
    assert len(world.offers) == 2


def test_a_twin_is_shown_once_for_all_the_needs_like_it(world: World, receipt: Receipt) -> None:
    del receipt
    error = refused(world, asking(offers=[{"metier": BAKER.code}, {"metier": PASTRY.code}]))

    assert [(found.field, found.code) for found in error.errors] == [
        ("offers.0.metier", "already_live"),
        ("offers.1.metier", "already_live"),
    ]
    assert len(shown(error).offers) == 1


def test_several_twins_are_shown_newest_first(world: World, receipt: Receipt) -> None:
    del receipt
    world.deposit(a_deposit(submission_id=THIRD, offers=[{"metier": BAKER.code, "openings": 4}]))
    world.courier.sent.clear()

    assert [twin.openings for twin in shown(refused(world, asking())).offers] == [4, 1]


def test_a_need_that_cannot_be_accepted_is_refused_before_anything_is_asked(
    world: World, receipt: Receipt
) -> None:
    del receipt
    with pytest.raises(Refused) as caught:
        world.deposit(asking(offers=[{"metier": BAKER.code, "start_on": "2020-01-01"}]))

    assert caught.value.code == "invalid"


def test_an_index_that_does_not_answer_stops_nobody(world: World, receipt: Receipt) -> None:
    del receipt
    world.store.down = True

    world.deposit(asking())

    assert len(world.offers) == 2


def test_a_need_added_by_the_link_sees_the_whole_offer_it_repeats(
    world: World, receipt: Receipt
) -> None:
    kept = dict(world.store.kept)

    with pytest.raises(Duplicate) as caught:
        world.add(receipt.recruiter_id, token_of(receipt), duplicates="ask")

    assert caught.value.errors == (FieldError("metier", "already_live"),)
    (twin,) = shown(caught.value).offers
    assert twin.offer == world.show(token_of(receipt)).offers[0]
    assert world.store.kept == kept
    assert world.sent == []


def test_a_need_added_is_told_of_another_depositors_offer_but_not_shown_it(
    world: World, receipt: Receipt
) -> None:
    mine = world.deposit(asking(offers=[{"metier": COOK.code}]))

    with pytest.raises(Duplicate) as caught:
        world.add(mine.recruiter_id, token_of(mine), submission_id=THIRD, duplicates="ask")

    (twin,) = shown(caught.value).offers
    assert twin.metier.code == BAKER.code
    assert twin.offer is None
    assert receipt.offers[0].id not in shown(caught.value).model_dump_json()


def test_a_need_added_with_its_duplicates_accepted_is_published(
    world: World, receipt: Receipt
) -> None:
    added = world.add(receipt.recruiter_id, token_of(receipt), duplicates="accept")

    again = world.add(receipt.recruiter_id, token_of(receipt), duplicates="ask")

    assert again == added
    assert world.sent == ["offer_added"]


def test_ones_own_offers_are_seen_though_the_index_does_not_answer(
    world: World, receipt: Receipt
) -> None:
    world.store.down = True

    with pytest.raises(Duplicate):
        world.add(receipt.recruiter_id, token_of(receipt), duplicates="ask")
