"""What an employer says of what was deposited on its behalf."""

from typing import Any

import pytest

from depot.domain.employer.behalf import EmployerClaim
from depot.domain.employer.notice import EmployerNotice
from depot.domain.errors import LinkInvalid, NotFound, NotLive, Refused, StaleVersion
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.employer.deposited_view import EmployerView
from tests.builders import BAKER, NOW, PASTRY_COOK
from tests.unit.usecases.employer.behalf import deposited
from tests.world import World, days, token_in, token_of


OTHER = {"name": "Paul Martin", "email": "paul@example.org", "phone": "01 99 00 99 99"}
SAME = {"name": "Jeanne Martin", "email": "jeanne@example.org", "phone": "01 99 00 12 34"}


def card(world: World, receipt: Receipt) -> Any:
    """What the depositor's card says of the employer."""
    return world.show(token_of(receipt)).offers[0].employer


def test_the_link_shows_who_deposited_what_and_whom_candidates_call() -> None:
    world = World()
    _, token = deposited(world)

    view = world.show_employer(token)

    assert view.depositor.organisation == "CFA du Périgord (fictif)"
    assert (view.depositor.legal_name, view.depositor.role) == ("FORMATION 24", "cfa")
    assert view.contact.email == "jeanne@example.org"
    assert [offer.metier.label for offer in view.offers] == [BAKER.label]
    assert view.offers[0].answer is None


def test_looking_changes_nothing() -> None:
    world = World()
    _, token = deposited(world)
    before = dict(world.store.kept)

    world.show_employer(token)

    assert world.store.kept == before


def test_confirming_is_seen_on_the_card_and_mails_nobody() -> None:
    world = World()
    receipt, token = deposited(world)
    sent = list(world.sent)

    view = world.employer_says("confirm", world.show_employer(token).offers[0], token)

    assert view.offers[0].answer == "confirmed"
    assert (card(world, receipt).answer, card(world, receipt).answered_at) == ("confirmed", NOW)
    assert world.sent == sent


def test_the_same_gesture_twice_changes_nothing_more() -> None:
    world = World()
    _, token = deposited(world)
    offer = world.show_employer(token).offers[0]
    for gesture in ("confirm", "remove"):
        first = world.employer_says(gesture, offer, token)
        kept = dict(world.store.kept)

        assert world.employer_says(gesture, offer, token) == first
        assert world.store.kept == kept


def test_removing_withdraws_the_offer_for_a_reason_of_its_own_and_tells_the_depositor() -> None:
    world = World()
    receipt, token = deposited(world)

    view = world.employer_says("remove", world.show_employer(token).offers[0], token)

    assert (view.offers[0].state, view.offers[0].answer) == ("withdrawn", "removed")
    assert [offer.reason for offer in world.offers] == ["removed_by_employer"]
    told = world.courier.sent[-1][0]
    assert (told.kind, told.to) == ("employer_answered", "claire@example.com")
    assert card(world, receipt).answer == "removed"


def test_an_employer_may_change_its_mind_while_the_offer_is_live() -> None:
    world = World()
    _, token = deposited(world)
    confirmed = world.employer_says("confirm", world.show_employer(token).offers[0], token)

    removed = world.employer_says("remove", confirmed.offers[0], token)

    assert removed.offers[0].answer == "removed"
    with pytest.raises(NotLive):
        world.employer_says("confirm", removed.offers[0], token)


def test_a_correction_changes_the_text_and_the_number_of_every_live_offer() -> None:
    world = World()
    receipt, token = deposited(world, BAKER.code, PASTRY_COOK.code)
    offer = world.show_employer(token).offers[0]
    said = {"contact": {**SAME, "phone": OTHER["phone"]}, "description": "De jour."}

    view = world.employer_says("correct", offer, token, **said)

    answers = {shown.id: shown.answer for shown in view.offers}
    assert answers.pop(offer.id) == "corrected"
    assert set(answers.values()) == {None}
    assert {kept.phone for kept in world.offers} == {"+33199009999"}
    assert [kept.need.description for kept in world.offers if kept.id == offer.id] == ["De jour."]
    assert world.recruiter(receipt).firm_contact.phone == "+33199009999"
    assert world.recruiter(receipt).contact.email == "claire@example.com"
    assert world.courier.sent[-1][0].kind == "employer_answered"


def test_another_address_gets_a_link_of_its_own_and_the_former_is_dead() -> None:
    world = World()
    _, token = deposited(world)
    offer = world.show_employer(token).offers[0]

    view = world.employer_says("correct", offer, token, contact=OTHER)

    assert view.contact.email == "paul@example.org"
    notice, link = world.courier.sent[-1]
    assert (notice.kind, notice.to) == ("on_behalf_notice", "paul@example.org")
    with pytest.raises(LinkInvalid):
        world.show_employer(token)
    assert world.show_employer(token_in(link)).contact.email == "paul@example.org"


def test_a_correction_of_the_text_alone_leaves_the_link_alive() -> None:
    world = World()
    _, token = deposited(world)
    offer = world.show_employer(token).offers[0]

    world.employer_says("correct", offer, token, contact=SAME, description="De nuit.")

    assert world.show_employer(token).offers[0].need.description == "De nuit."


def test_the_depositors_own_contact_cannot_come_back_as_a_correction() -> None:
    world = World()
    _, token = deposited(world)
    offer = world.show_employer(token).offers[0]
    own = {**SAME, "email": "paul@example.com", "phone": "05 53 00 00 01"}

    with pytest.raises(Refused) as refusal:
        world.employer_says("correct", offer, token, contact=own)

    assert [(e.field, e.code) for e in refusal.value.errors] == [
        ("contact.email", "own_domain"),
        ("contact.phone", "own_phone"),
    ]


@pytest.mark.parametrize("gesture", ["confirm", "remove", "correct"])
def test_what_changed_since_it_was_read_is_shown_before_anything_is_done(gesture: str) -> None:
    world = World()
    receipt, token = deposited(world)
    seen = world.show_employer(token).offers[0]
    world.edit(receipt.offers[0], token_of(receipt), description="Autre texte")
    said = {"contact": SAME} if gesture == "correct" else {}

    with pytest.raises(StaleVersion) as stale:
        world.employer_says(gesture, seen, token, **said)

    assert isinstance(stale.value.current, EmployerView)
    assert stale.value.current.offers[0].need.description == "Autre texte"
    assert world.store.all(EmployerNotice)[0].answer is None


def test_a_change_between_our_read_and_our_write_is_shown_too() -> None:
    world = World()
    receipt, token = deposited(world)
    seen = world.show_employer(token).offers[0]
    world.store.rivals = [lambda: world.close(receipt.offers[0], token_of(receipt))]

    with pytest.raises(StaleVersion):
        world.employer_says("remove", seen, token)

    assert [offer.state for offer in world.offers] == ["filled"]


def test_the_link_of_one_firm_answers_about_no_other() -> None:
    world = World()
    _, token = deposited(world)
    stranger = world.show_employer(token).offers[0].model_copy(update={"id": "f" * 32})

    with pytest.raises(NotFound):
        world.employer_says("confirm", stranger, token)


def test_a_link_to_a_firm_that_deposited_itself_opens_nothing() -> None:
    world = World()
    receipt = world.deposit()

    employer = world.links.employer_url(EmployerClaim(receipt.recruiter_id, 1)).partition("#")[2]
    for token in (employer, token_of(receipt)):
        with pytest.raises(LinkInvalid):
            world.show_employer(token)


def test_a_silent_employer_is_reminded_once_and_its_offer_stays() -> None:
    world = World()
    receipt, _ = deposited(world, BAKER.code, PASTRY_COOK.code)

    early = world.sweep(NOW + days(6))
    first, second = world.sweep(NOW + days(7)), world.sweep(NOW + days(8))

    assert [s.employers_reminded for s in (early, first, second)] == [0, 1, 0]
    assert world.sent.count("on_behalf_reminder") == 1
    assert {offer.state for offer in world.offers} == {"live"}
    assert card(world, receipt).answer is None


def test_an_employer_who_answered_is_not_reminded() -> None:
    world = World()
    _, token = deposited(world)
    world.employer_says("confirm", world.show_employer(token).offers[0], token)

    assert world.sweep(NOW + days(7)).employers_reminded == 0


def test_nobody_is_reminded_of_an_offer_that_ended() -> None:
    world = World()
    receipt, _ = deposited(world)
    world.close(receipt.offers[0], token_of(receipt))

    assert world.sweep(NOW + days(7)).employers_reminded == 0
    assert list(world.store.due(NOW + days(8))) == []
