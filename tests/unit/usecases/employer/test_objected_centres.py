"""A firm that wants no more of its depositor is not made known to other training centres."""

import pytest

from depot.domain.cfa.rounds import CfaRound
from depot.domain.errors import Refused
from depot.usecases.deposit.receipt import Receipt
from tests.builders import BAKER, a_deposit, a_depositor
from tests.unit.usecases.cfa.centres import centres, refused, run, siren
from tests.world import World, token_in, token_of


@pytest.fixture
def world() -> World:
    return World()


def deposited(world: World, **need: bool) -> tuple[Receipt, str]:
    """A deposit on behalf with centres around, and the firm's own token."""
    world.catalogue.known = centres(15)
    offers = [{"metier": BAKER.code, **need}]
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=offers))
    token = token_in(world.courier.sent[-1][1])
    world.courier.sent.clear()
    return receipt, token


def test_its_depositor_starts_no_asking_and_keeps_the_rest_of_the_edit(world: World) -> None:
    receipt, token = deposited(world)
    world.object(token)
    manage = token_of(receipt)
    offer = world.show(manage).offers[0]

    with pytest.raises(Refused) as refusal:
        world.edit(offer, manage, ask_cfa=True)

    assert [(e.field, e.code) for e in refusal.value.errors] == [("ask_cfa", "firm_objects")]
    assert world.store.all(CfaRound) == []
    assert world.edit(offer, manage, ask_cfa=False, description="De jour.").state == "live"


def test_a_round_still_waiting_is_dropped_and_no_edit_starts_it_again(world: World) -> None:
    receipt, token = deposited(world, ask_cfa=True)
    world.object(token)

    assert run(world, receipt) == 0
    assert [round_.outcome for round_ in world.store.all(CfaRound)] == ["firm_objects"]
    offer = world.show(token_of(receipt)).offers[0]
    assert offer.cfa_outcome == "firm_objects"
    assert world.edit(offer, token_of(receipt), ask_cfa=True, description="De jour.").ask_cfa
    assert len(world.store.all(CfaRound)) == 1


def test_centres_are_neither_shown_nor_chosen(world: World) -> None:
    receipt, token = deposited(world)
    assert world.choice(receipt).standing == "open"
    world.object(token)

    view = world.choice(receipt)

    assert (view.standing, view.centres) == ("firm_objects", ())
    assert refused(world, receipt, siren(1)) == "cfas_firm_objects"


def test_centres_chosen_before_it_objected_are_not_written_to(world: World) -> None:
    receipt, token = deposited(world)
    world.choose(receipt, siren(1))
    world.object(token)

    assert run(world, receipt) == 0
    assert "cfa_need" not in world.sent


def test_one_need_removed_leaves_the_others_to_the_centres(world: World) -> None:
    world.catalogue.known = centres(15)
    form = a_deposit(depositor=a_depositor(), offers=[{"metier": BAKER.code}] * 2)
    receipt = world.deposit(form)
    token = token_in(world.courier.sent[-1][1])
    shown = world.show_employer(token).offers
    world.employer_says("remove", next(o for o in shown if o.id != receipt.offers[0].id), token)

    assert world.choice(receipt).standing == "open"
