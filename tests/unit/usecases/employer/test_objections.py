"""A removal lasts: whoever deposited it may not deposit it for the firm again, by any way."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from depot.domain.dossier.retention import KEPT
from depot.domain.employer.objection import Objection
from depot.domain.errors import Refused, StaleVersion
from tests.builders import (
    BAKER,
    CFA_SIRET,
    NOW,
    PASTRY_COOK,
    SIRET,
    a_centre,
    a_company,
    a_deposit,
    a_depositor,
)
from tests.unit.usecases.deposit.deposit_files import TWO, a_file, desk, states
from tests.unit.usecases.employer.behalf import deposited, removed
from tests.world import World, days, nothing, token_in, token_of


AGAIN = "00000000-0000-4000-8000-000000000003"
OTHER_SHOP = "00009001900027"


def still_live(world: World, token: str) -> list[Any]:
    """What is left online, by label."""
    shown = (offer for offer in world.show(token).offers if offer.state == "live")
    return sorted(shown, key=lambda offer: offer.metier.label)


@contextmanager
def refused(code: str, field: str = "siret") -> Iterator[None]:
    with pytest.raises(Refused) as refusal:
        yield
    assert [(error.field, error.code) for error in refusal.value.errors] == [(field, code)]


def test_the_form_refuses_what_the_firm_removed_whoever_of_the_depositor_fills_it() -> None:
    world = World()
    removed(world)
    kept = dict(world.store.kept)

    with refused("need_removed"):
        world.deposit(a_deposit(depositor=a_depositor(), submission_id=AGAIN))
    with refused("need_removed"):  # one need among several, or as another métier
        needs = [{"metier": PASTRY_COOK.code, "other_metiers": [BAKER.code]}]
        world.deposit(a_deposit(depositor=a_depositor(), submission_id=AGAIN, offers=needs))

    assert world.store.kept == kept


def test_another_need_another_depositor_and_the_firm_itself_are_not_refused() -> None:
    world = World()
    removed(world)
    chamber = a_depositor(role="chambre", siret="00009012600046")
    world.companies.known["00009012600046"] = a_centre()

    for rank, over in enumerate(
        (
            {"depositor": a_depositor(), "offers": [{"metier": PASTRY_COOK.code}]},
            {"depositor": chamber},
            {},
        )
    ):
        world.deposit(a_deposit(submission_id=AGAIN[:-1] + str(rank), **over))


def test_a_firm_that_deposits_itself_costs_no_read_of_objections() -> None:
    world = World()

    world.deposit()
    assert world.store.objections_read == []
    world.deposit(a_deposit(depositor=a_depositor(), submission_id=AGAIN))
    assert world.store.objections_read == [(SIRET[:9], CFA_SIRET[:9])]


def test_the_dossier_refuses_to_add_it_to_edit_towards_it_and_to_reactivate_its_twin() -> None:
    world = World()
    receipt, _ = removed(world, BAKER.code, BAKER.code, PASTRY_COOK.code)
    token = token_of(receipt)
    twin, pastry = still_live(world, token)

    with refused("need_removed"):
        world.add(receipt.recruiter_id, token)
    with refused("need_removed", "metier"):
        world.edit(pastry, token, metier=BAKER.code)
    closed = world.close(twin, token)
    with refused("need_removed"):
        world.reactivate(closed, token)


def test_a_live_twin_may_still_be_edited_and_extended() -> None:
    world = World()
    receipt, _ = removed(world, BAKER.code, BAKER.code)

    (twin,) = still_live(world, token_of(receipt))
    edited = world.edit(twin, token_of(receipt), description="De jour.")

    assert world.extend(edited, token_of(receipt)).state == "live"


def test_a_removed_offer_that_had_ended_stays_as_it_ended_and_is_not_reactivated() -> None:
    world = World()
    receipt, token = deposited(world)
    world.close(receipt.offers[0], token_of(receipt))
    ended = world.show_employer(token).offers[0]

    view = world.employer_says("remove", ended, token)

    assert (view.offers[0].state, view.offers[0].answer) == ("filled", "removed")
    assert world.employer_says("remove", ended, token) == view, "twice is once"
    assert world.sent.count("employer_answered") == 1
    shown = world.show(token_of(receipt)).offers[0]
    assert shown.state == "filled"
    with refused("need_removed"):
        world.reactivate(shown, token_of(receipt))


def test_an_offer_put_online_again_while_it_is_removed_is_shown_first() -> None:
    world = World()
    receipt, token = deposited(world)
    closed = world.close(receipt.offers[0], token_of(receipt))
    seen = world.show_employer(token).offers[0]
    world.store.rivals = [lambda: world.reactivate(closed, token_of(receipt))]

    with pytest.raises(StaleVersion):
        world.employer_says("remove", seen, token)

    assert world.store.all(Objection) == []
    assert world.employer_says("remove", world.show_employer(token).offers[0], token)
    assert {offer.state for offer in world.offers} == {"withdrawn"}


def test_a_removal_is_forgotten_after_two_years() -> None:
    world = World()
    removed(world)

    form = a_deposit(depositor=a_depositor(), submission_id=AGAIN)
    assert world.deposit(form, now=NOW + KEPT).offers


def test_a_file_says_what_the_firm_removed_and_leaves_it_out() -> None:
    world = World()
    removed(world)

    preview = desk(world).preview(a_file(*TWO, submission_id=AGAIN))
    assert states(preview) == [(2, "need_removed"), (3, "ready")]
    done = desk(world).deposit(a_file(*TWO, submission_id=AGAIN, accepted=[2]))

    assert done.complete
    assert states(done) == [(2, "need_removed"), (3, "deposited")]


def test_removed_while_its_file_is_read_a_line_is_refused_like_any() -> None:
    world = World()
    _, token = deposited(world)
    offer = world.show_employer(token).offers[0]
    world.store.late = [nothing, lambda: world.employer_says("remove", offer, token)]

    with pytest.raises(Refused) as refusal:
        desk(world).deposit(a_file(TWO[0], submission_id=AGAIN, accepted=[2]))

    assert [(e.field, e.code) for e in refusal.value.errors] == [("lines.2.siret", "need_removed")]


def test_a_firm_that_wants_no_more_of_a_depositor_is_left_alone_by_it() -> None:
    world = World()
    receipt, token = deposited(world)
    before = world.show_employer(token)

    after = world.object(token)

    assert (before.objects, after.objects) == (False, True)
    assert [offer.state for offer in after.offers] == ["live"], "what is online is removed apart"
    manage = token_of(receipt)
    with refused("firm_objects"):
        world.add(receipt.recruiter_id, manage, metier=PASTRY_COOK.code)
    with refused("firm_objects", "offer"):
        world.extend(receipt.offers[0], manage)
    with refused("firm_objects"):
        world.deposit(a_deposit(depositor=a_depositor(), submission_id=AGAIN, offers=[]))
    preview = desk(world).preview(a_file(TWO[0], submission_id=AGAIN))
    assert states(preview) == [(2, "firm_objects")]


def test_the_depositor_is_told_once_that_the_firm_wants_no_more() -> None:
    world = World()
    _, token = deposited(world)

    world.object(token)
    kept = dict(world.store.kept)
    world.object(token, now=NOW + days(1))

    assert world.store.kept == kept
    assert world.sent.count("employer_objected") == 1
    letter = next(each for each, _ in world.courier.sent if each.kind == "employer_objected")
    assert letter.to == "claire@example.com"


@pytest.mark.parametrize("every", [False, True])
def test_what_a_firm_objects_to_it_objects_to_for_all_its_shops(*, every: bool) -> None:
    """Nor does it object any less once it moved, under another SIRET of its own."""
    world = World()
    world.companies.known[OTHER_SHOP] = a_company(siret=OTHER_SHOP)
    _, token = deposited(world)
    if every:
        world.object(token)
    else:
        world.employer_says("remove", world.show_employer(token).offers[0], token)

    with refused("firm_objects" if every else "need_removed"):
        world.deposit(a_deposit(siret=OTHER_SHOP, depositor=a_depositor(), submission_id=AGAIN))


def test_a_need_of_several_metiers_is_removed_under_each() -> None:
    world = World()
    needs = [{"metier": BAKER.code, "other_metiers": [PASTRY_COOK.code]}]
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=needs))
    token = token_in(world.courier.sent[-1][1])
    world.employer_says("remove", world.show_employer(token).offers[0], token)

    for metier in (BAKER, PASTRY_COOK):
        with refused("need_removed"):
            world.add(receipt.recruiter_id, token_of(receipt), metier=metier.code)
