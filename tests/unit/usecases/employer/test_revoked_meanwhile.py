"""An employer's link dies, or its dossier moves on, while its gesture is on its way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from depot.domain.errors import LinkInvalid
from depot.ports.store import Change
from depot.usecases.deposit.receipt import Receipt
from tests.builders import BAKER, PASTRY_COOK
from tests.unit.usecases.employer.behalf import deposited
from tests.world import RacingStore, World, token_of


PAUL = {"name": "Paul Martin", "email": "paul@example.org", "phone": "01 99 00 99 99"}
ANNA = {"name": "Anna Petit", "email": "anna@example.org", "phone": "01 99 00 88 88"}


@dataclass
class OvertakenStore(RacingStore):
    """``followers`` act just after our commits, one each: between our write and the answer."""

    followers: list[Callable[[], object]] = field(default_factory=list)

    def commit(self, *changes: Change) -> None:
        super().commit(*changes)
        if self.followers:
            self.followers.pop(0)()


def moved(world: World, receipt: Receipt) -> None:
    world.change_employer(token_of(receipt), **PAUL)


def erased(world: World, receipt: Receipt) -> None:
    world.ask_erasure(token_of(receipt))


def gone(world: World, receipt: Receipt) -> None:
    recruiter_id = receipt.recruiter_id
    erased(world, receipt)
    world.store.kept = {k: v for k, v in world.store.kept.items() if recruiter_id not in str(k)}


MEANWHILE = pytest.mark.parametrize("meanwhile", [moved, erased, gone])


@MEANWHILE
@pytest.mark.parametrize("said", [{}, {"contact": ANNA}], ids=["confirm", "correct"])
def test_a_link_that_died_as_its_bearer_answered_shows_nothing_any_more(
    meanwhile: Callable[[World, Receipt], None], said: dict[str, Any]
) -> None:
    world = World()
    receipt, token = deposited(world)
    offer = world.show_employer(token).offers[0]
    world.store.rivals = [lambda: meanwhile(world, receipt)]

    with pytest.raises(LinkInvalid):
        world.employer_says("correct" if said else "confirm", offer, token, **said)


@MEANWHILE
def test_a_link_that_died_as_its_bearer_erased_shows_nothing_any_more(
    meanwhile: Callable[[World, Receipt], None],
) -> None:
    world = World()
    receipt, token = deposited(world)
    world.store.rivals = [lambda: meanwhile(world, receipt)]

    with pytest.raises(LinkInvalid):
        world.erase_deposited(token)


def test_an_answer_is_shown_as_it_was_written_whoever_moves_the_firm_next() -> None:
    store = OvertakenStore()
    world = World(store=store)
    _, token = deposited(world, BAKER.code, PASTRY_COOK.code)
    first, other = world.show_employer(token).offers
    store.followers = [lambda: world.employer_says("correct", other, token, contact=PAUL)]

    view = world.employer_says("confirm", first, token)

    assert view.contact.email == "jeanne@example.org"
    assert {offer.id: offer.answer for offer in view.offers} == {
        first.id: "confirmed",
        other.id: None,
    }
    assert "paul@example.org" not in view.model_dump_json()


def test_an_address_is_never_sent_the_link_of_the_next_one() -> None:
    store = OvertakenStore()
    world = World(store=store)
    receipt, token = deposited(world)
    offer = world.show_employer(token).offers[0]
    second = f"employer.{receipt.recruiter_id}.2"

    def again() -> None:
        world.employer_says("correct", world.show_employer(second).offers[0], second, contact=ANNA)

    store.followers = [again]

    view = world.employer_says("correct", offer, token, contact=PAUL)

    links = {letter.to: link for letter, link in world.courier.sent if letter.reader == "employer"}
    assert (links[PAUL["email"]] or "").endswith(".2")
    assert (links[ANNA["email"]] or "").endswith(".3")
    assert view.contact.email == PAUL["email"]
