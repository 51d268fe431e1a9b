"""Choices that cannot be made, or can no longer be kept when the mails leave."""

import pytest

from depot.domain.cfa.rounds import CfaRound
from depot.domain.errors import LinkInvalid, NotFound, NotLive, StaleVersion
from depot.domain.firm.company import Point
from depot.domain.letters.refusal import CentreAsked, MailRefusal, address_subject
from depot.usecases.cfa.choice_view import CfaChoiceView
from tests.builders import (
    BAKER,
    CFA_SIRET,
    NOW,
    PASTRY_COOK,
    SIRET,
    a_deposit,
    a_depositor,
    a_training,
)
from tests.unit.usecases.cfa.centres import centres, deposited, refused, run, siren, sirens
from tests.world import World, days, manage_token, minutes, token_of


def test_more_than_ten_are_refused_whatever_was_asked_before(world: World) -> None:
    receipt = deposited(world)

    assert refused(world, receipt, *map(siren, range(11))) == "cfas_too_many"
    world.choose(receipt, siren(0))
    assert refused(world, receipt, *map(siren, range(1, 11))) == "cfas_too_many"
    assert world.choose(receipt, *map(siren, range(1, 10))).left == 0


def test_nobody_chosen_asks_nobody(world: World) -> None:
    receipt = deposited(world)

    assert world.choose(receipt) == world.choice(receipt)
    assert world.store.all(CfaRound) == []


@pytest.mark.parametrize("stranger", [siren(99), "", "pas un numéro"])
def test_a_centre_that_is_not_competent_is_refused(world: World, stranger: str) -> None:
    receipt = deposited(world)

    assert refused(world, receipt, siren(1), stranger) == "cfa_unfit"


def test_an_offer_that_ended_asks_nobody(world: World) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(1))
    world.close(receipt.offers[0], token_of(receipt))

    assert world.choice(receipt).standing == "over"
    with pytest.raises(NotLive):
        world.choose(receipt, siren(2))
    assert world.choose(receipt, siren(1)).standing == "over"


def test_an_offer_past_its_end_that_no_sweep_ended_asks_nobody(world: World) -> None:
    receipt = deposited(world)
    late = NOW + days(30)

    assert world.choice(receipt, late).standing == "over"
    with pytest.raises(NotLive):
        world.choose(receipt, siren(2), now=late)


def test_a_choice_made_for_what_the_offer_no_longer_seeks_is_shown_it(world: World) -> None:
    receipt = deposited(world)
    world.edit(receipt.offers[0], token_of(receipt), metier=PASTRY_COOK.code)

    with pytest.raises(StaleVersion) as caught:
        world.choose(receipt, siren(1), version=1)

    current = caught.value.current
    assert isinstance(current, CfaChoiceView)
    assert (current.version, current.standing) == (2, "nobody_near")


def test_what_can_no_longer_be_asked_when_the_mails_leave_is_dropped_and_frees_its_place(
    world: World,
) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(1), siren(2))
    world.catalogue.known = [each for each in centres(15) if each.siren != siren(1)]

    assert run(world, receipt) == 1

    view = world.choice(receipt)
    assert [each.name for each in view.asked] == ["CFA 2"]
    assert view.left == 9


def test_when_none_of_those_chosen_can_be_asked_any_more_it_is_said(world: World) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(1))
    world.catalogue.known = []

    assert run(world, receipt) == 0
    assert world.show(token_of(receipt)).offers[0].cfa_outcome == "none_left"


def test_a_choice_the_stream_lost_is_taken_up_by_the_sweep(world: World) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(1))
    world.choose(receipt, siren(2))

    assert world.sweep(NOW + minutes(5)).rounds == 1
    assert world.sent.count("cfa_need") == 2


def test_a_link_opens_the_choice_of_its_own_offers_only(world: World) -> None:
    mine = deposited(world)
    with pytest.raises(LinkInvalid):
        world.choice(mine.model_copy(update={"manage_url": f"#{manage_token('nobody')}"}))
    (offer,) = mine.offers
    other = mine.model_copy(update={"offers": (offer.model_copy(update={"id": "other"}),)})
    with pytest.raises(NotFound):
        world.choice(other)


def test_the_place_is_the_one_where_the_apprentice_will_work(world: World) -> None:
    receipt = deposited(world, 1)
    (offer,) = world.offers
    there = Point(latitude=48.0, longitude=0.721)
    moved = offer.workplace.model_copy(update={"location": there})
    world.keep(offer.model_copy(update={"workplace": moved}))

    assert world.choice(receipt).standing == "nobody_near"


def test_a_centre_that_wants_no_more_mail_is_not_in_the_list_and_cannot_be_asked(
    world: World,
) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(1))
    for rank in (1, 2):
        world.keep(MailRefusal(subject=siren(rank), why="unsubscribed", since=NOW))

    assert siren(2) not in sirens(world.choice(receipt))
    assert refused(world, receipt, siren(2)) == "cfa_unfit"
    assert run(world, receipt) == 0, "nor is one that left between the choice and the mail"


def test_who_was_asked_lately_stays_in_the_list_after_those_as_near(world: World) -> None:
    receipt = deposited(world)
    world.catalogue.known = [a_training(siren=siren(rank)) for rank in range(1, 6)]
    first = sirens(world.choice(receipt))[0]
    world.keep(CentreAsked(siren=first, asked_at=NOW))

    assert sirens(world.choice(receipt))[-1] == first
    assert world.choose(receipt, first).left == 9


def test_neither_the_firm_nor_the_centre_that_deposits_for_it_is_to_choose_from(
    world: World,
) -> None:
    own = (SIRET[:9], CFA_SIRET[:9])
    world.catalogue.known = [*centres(1), *(a_training(siren=each) for each in own)]
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=[{"metier": BAKER.code}]))

    assert sirens(world.choice(receipt)) == [siren(0)]
    for each in own:
        assert refused(world, receipt, each) == "cfa_unfit"


def test_a_centre_whose_address_is_in_error_is_not_in_the_list_and_cannot_be_asked(
    world: World,
) -> None:
    receipt = deposited(world)
    bounced = address_subject("cfa2@example.org")
    world.keep(MailRefusal(subject=bounced, why="bounced", since=NOW))

    assert siren(2) not in sirens(world.choice(receipt))
    assert refused(world, receipt, siren(2)) == "cfa_unfit"


def test_a_centre_the_need_never_reached_gives_its_place_back_and_is_not_asked_again(
    world: World,
) -> None:
    receipt = deposited(world)
    world.choose(receipt, *map(siren, range(10)))
    run(world, receipt)
    for letter, _ in list(world.courier.sent)[:2]:
        kept = world.store.letter(letter.recruiter_id, letter.id)
        assert kept is not None
        world.returned(kept, "bounced")

    assert world.choice(receipt).left == 2
    world.choose(receipt, siren(10), siren(11))
    assert run(world, receipt) == 2
    assert world.choice(receipt).standing == "full"
