"""A mailbox is written to once about a need, whatever the round, and whoever shares it."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from depot.domain.cfa.cfa_contact import CfaContact
from depot.domain.errors import Refused
from depot.domain.letters.letter import Letter
from tests.unit.usecases.cfa.centres import deposited, refused, run, siren, sirens
from tests.world import World


SHARED = "contact@reseau.example"


def share(world: World, *ranks: int, address: str = SHARED) -> None:
    """These centres have one mailbox."""
    known = [*world.catalogue.known]
    for rank in ranks:
        known[rank] = replace(known[rank], email=address)
    world.catalogue.known = known


@settings(max_examples=25)
@given(
    boxes=st.lists(st.sampled_from("abc"), min_size=6, max_size=6),
    rounds=st.lists(st.sets(st.integers(0, 5), min_size=1, max_size=3), max_size=4),
    at_once=st.booleans(),
    nearest=st.booleans(),
)
def test_however_centres_are_asked_no_mailbox_hears_twice_of_a_need(
    *, boxes: list[str], rounds: list[set[int]], at_once: bool, nearest: bool
) -> None:
    world = World()
    receipt = deposited(world, number=6, ask_cfa=nearest)
    for rank, box in enumerate(boxes):
        share(world, rank, address=f"{box}@example.org")

    for chosen in rounds:
        try:
            world.choose(receipt, *map(siren, chosen))
        except Refused:
            continue
        if not at_once:
            run(world, receipt)
    run(world, receipt)

    told = Counter(contact.centre.email for contact in world.store.all(CfaContact))
    assert not told or max(told.values()) == 1
    assert told or not nearest
    letters = world.store.all(Letter)
    assert Counter(letter.to for letter in letters if letter.kind == "cfa_need") == told


def test_whoever_shares_a_mailbox_with_a_centre_that_was_asked_is_no_choice(world: World) -> None:
    receipt = deposited(world, number=3)
    share(world, 0, 2)

    view = world.choose(receipt, siren(2))
    before = sirens(view)
    run(world, receipt)

    assert before == sirens(world.choice(receipt)) == [siren(1)]
    assert refused(world, receipt, siren(0)) == "cfa_unfit"


def test_when_all_that_is_left_shares_their_mailbox_all_were_asked(world: World) -> None:
    receipt = deposited(world, number=2)
    share(world, 0, 1)

    world.choose(receipt, siren(1))
    run(world, receipt)

    assert world.choice(receipt).standing == "all_asked"


def test_of_those_chosen_together_one_mailbox_is_refused_twice(world: World) -> None:
    receipt = deposited(world, number=2)
    share(world, 0, 1)

    assert refused(world, receipt, siren(0), siren(1)) == "cfa_unfit"
