"""Choices that follow one another, that repeat, that leave the rest to us."""

from depot.domain.cfa.cfa_contact import CfaContact
from depot.domain.cfa.rounds import CfaRound
from depot.usecases.cfa.choice_view import SHOWN
from tests.builders import NOW, a_training
from tests.unit.usecases.cfa.centres import centres, deposited, refused, run, siren, sirens
from tests.world import World, days, token_of


def test_the_same_choice_sent_twice_asks_nobody_twice(world: World) -> None:
    receipt = deposited(world)
    first = world.choose(receipt, siren(1), siren(1), siren(2))

    assert world.choose(receipt, siren(1), siren(2)) == first
    run(world, receipt)
    world.choose(receipt, siren(1), siren(2))
    run(world, receipt)

    assert world.sent == ["cfa_need"] * 2
    assert len(world.store.all(CfaRound)) == 1


def test_the_same_choice_twice_at_once_asks_nobody_twice(world: World) -> None:
    receipt = deposited(world)
    world.store.rivals = [lambda: world.choose(receipt, siren(1), siren(2))]

    view = world.choose(receipt, siren(1), siren(2))

    assert view.left == 8
    assert run(world, receipt) == 2


def test_others_may_be_asked_later_up_to_ten(world: World) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(0), siren(1))
    run(world, receipt)
    later = NOW + days(7)

    world.choose(receipt, siren(1), *map(siren, range(2, 10)), now=later)

    assert run(world, receipt) == 8
    assert len(world.store.all(CfaContact)) == 10
    assert world.choice(receipt).standing == "full"
    assert refused(world, receipt, siren(11)) == "cfas_full"


def test_while_the_nearest_are_looked_for_nobody_else_can_be_chosen(world: World) -> None:
    receipt = deposited(world, ask_cfa=True)

    view = world.choice(receipt)
    assert (view.standing, view.left, view.centres) == ("choosing", 0, ())
    assert refused(world, receipt, siren(1)) == "cfas_choosing"


def test_after_the_nearest_others_can_be_chosen_if_fewer_than_ten_were_there(world: World) -> None:
    receipt = deposited(world, 4, ask_cfa=True)
    run(world, receipt)
    assert world.choice(receipt).standing == "all_asked"
    assert refused(world, receipt, siren(9)) == "cfas_all_asked"
    world.catalogue.known = centres(6)

    view = world.choice(receipt)

    assert (view.standing, view.left) == ("open", 6)
    assert sorted(sirens(view)) == [siren(4), siren(5)]


def test_leaving_the_choice_to_us_after_choosing_asks_the_nearest_of_the_others(
    world: World,
) -> None:
    receipt = deposited(world, 20)
    world.choose(receipt, siren(15))
    run(world, receipt)

    world.edit(receipt.offers[0], token_of(receipt), ask_cfa=True)

    assert run(world, receipt) == 9
    assert {each.centre.siren for each in world.store.all(CfaContact)} <= {
        siren(15),
        *map(siren, range(11)),
    }


def test_leaving_the_choice_to_us_after_choosing_ten_asks_nobody(world: World) -> None:
    receipt = deposited(world, 20)
    world.choose(receipt, *map(siren, range(10)))

    world.edit(receipt.offers[0], token_of(receipt), ask_cfa=True)

    assert run(world, receipt) == 10
    assert len(world.store.all(CfaRound)) == 1


def test_a_long_list_is_cut_and_says_so_and_what_it_leaves_out_may_be_asked(world: World) -> None:
    receipt = deposited(world)
    world.catalogue.known = [a_training(siren=siren(rank)) for rank in range(1, 46)]

    view = world.choice(receipt)

    assert (len(view.centres), view.more) == (SHOWN, True)
    (hidden, *_) = {siren(rank) for rank in range(1, 46)} - set(sirens(view))
    assert world.choose(receipt, hidden).left == 9
