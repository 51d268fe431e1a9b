"""A dossier larger than one transaction (a hundred items) is settled all the same."""

import pytest

from depot.domain.life.offer import Offer
from depot.domain.opco.notice import OpcoNotice
from depot.ports.store import Create
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.firm.firms import commit_firm
from tests.builders import NOW, SIRET, a_company, a_deposit, a_recruiter, an_offer
from tests.fakes import MemoryStore
from tests.world import EP, Crash, World, crash, minutes, nothing, token_of


SOON = NOW + minutes(15)
MANY = 250


@pytest.fixture
def receipt(world: World) -> Receipt:
    """A deposit made while the directory was down, with many needs whose notices were told."""
    world.companies.down = True
    made = world.deposit(a_deposit(offers=[{"metier": "11573"}]))
    world.multiply(MANY)
    for offer in world.offers:
        world.notify(made.recruiter_id, offer.id)
    world.companies.down, world.companies.known = False, {SIRET: a_company()}
    return made


def moves(offer: Offer) -> int:
    return sum(moment.what == "place" for moment in offer.history)


def test_a_firm_with_many_offers_and_notices_is_verified(world: World, receipt: Receipt) -> None:
    assert world.sweep(SOON).verified == 1

    assert world.recruiter(receipt).verification == "verified"
    assert {offer.workplace.name for offer in world.offers} == {"AU BON PAIN"}
    world.sweep(SOON + minutes(15))
    shown = world.show(token_of(receipt), now=SOON + minutes(15)).offers
    assert {offer.opco.names for offer in shown} == {(EP,)}


@pytest.mark.parametrize("transactions", [1, 2, 3, 4, 5])
def test_a_verification_cut_short_is_resumed_and_does_nothing_twice(
    world: World, receipt: Receipt, transactions: int
) -> None:
    world.store.rivals = [*[nothing] * transactions, crash]
    with pytest.raises(Crash):
        world.verify(receipt.recruiter_id, SOON)
    world.store.rivals = []
    assert world.recruiter(receipt).verification == "to_verify"

    assert world.verify(receipt.recruiter_id, SOON + minutes(1)) == "told"

    assert {moves(offer) for offer in world.offers} == {1}
    assert {notice.turn for notice in world.store.all(OpcoNotice)} == {2}
    assert world.sent.count("firm_verified") == 1


def test_a_refusal_cut_short_is_resumed_and_tells_of_every_offer(
    world: World, receipt: Receipt
) -> None:
    world.companies.known = {}
    world.store.rivals = [nothing, crash]
    with pytest.raises(Crash):
        world.verify(receipt.recruiter_id, SOON)
    world.store.rivals = []

    assert world.verify(receipt.recruiter_id, SOON + minutes(1)) == "told"

    assert {offer.reason for offer in world.offers} == {"firm_refused"}
    letter = world.courier.sent[-1][0]
    assert (letter.kind, letter.facts["others"]) == ("firm_refused", MANY - 20)


def test_what_goes_with_a_firm_is_refused_when_it_cannot_be_one_transaction() -> None:
    store = MemoryStore()
    offers = [Create(an_offer(f"o{rank}")) for rank in range(101)]

    with pytest.raises(ValueError, match="written ahead"):
        commit_firm(store, [], Create(a_recruiter()), *offers)

    assert store.kept == {}
